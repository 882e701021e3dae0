"""Who there is: centers, staff, clients, the addresses they write from, and what they agreed to."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.schema.base import Base, Id, Line, Short, key

SIMULATED = "simulated"


class Institution(Base):
    """What runs one or more centers: a ministry, a university, an association."""

    __tablename__ = "institutions"

    id: Mapped[int] = key()
    code: Mapped[str] = mapped_column(Short, unique=True)
    name: Mapped[str] = mapped_column(Line)
    created_at: Mapped[datetime]


class Center(Base):
    """`cadence`: months after a session at which follow-ups fall due. `settings`: fold_sms,
    quiet_hours, second_review, senders."""

    __tablename__ = "centers"

    id: Mapped[int] = key()
    code: Mapped[str] = mapped_column(Short, unique=True)
    name: Mapped[str] = mapped_column(Line)
    country: Mapped[str] = mapped_column(Short)
    currency: Mapped[str] = mapped_column(Short)
    zone: Mapped[str] = mapped_column(Short)
    language: Mapped[str] = mapped_column(Short)
    cadence: Mapped[list[int]]
    settings: Mapped[dict[str, Any]]
    institution_id: Mapped[int | None] = mapped_column(Id, ForeignKey("institutions.id"), index=True)
    created_at: Mapped[datetime]

    @property
    def fold_sms(self) -> bool:
        """Whether an SMS drops the accents that would more than double its price."""
        return self.settings.get("fold_sms") is not False

    @property
    def quiet_hours(self) -> tuple[time, time] | None:
        """Between which hours of its own clock it begins no message; None: those of the network, equal ones: never."""
        own = self.settings.get("quiet_hours")
        return (time.fromisoformat(own[0]), time.fromisoformat(own[1])) if own else None

    @property
    def second_review(self) -> bool:
        """Whether a figure is verified only once two members of staff have verified it."""
        return self.settings.get("second_review") is True

    def sender_of(self, channel: str) -> str | None:
        """The number of its own that it writes from on a channel; None: that of the network."""
        senders: dict[str, str] = self.settings.get("senders") or {}
        return senders.get(channel)


class Staff(Base):
    """`role` is counselor, coordinator or admin. Somebody of a center sees that center, somebody of an institution its
    centers; a coordinator of neither sees the whole network."""

    __tablename__ = "staff"

    id: Mapped[int] = key()
    center_id: Mapped[int | None] = mapped_column(Id, ForeignKey("centers.id"), index=True)
    institution_id: Mapped[int | None] = mapped_column(Id, ForeignKey("institutions.id"), index=True)
    name: Mapped[str] = mapped_column(Line)
    role: Mapped[str] = mapped_column(Short)
    email: Mapped[str | None] = mapped_column(Line, unique=True)
    password_hash: Mapped[str | None] = mapped_column(Line)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]

    center: Mapped[Center | None] = relationship(lazy="raise_on_sql")


class Business(Base):
    """A business of the network. Clients that are the same business at two centers share it, and its figures are one
    chain, wherever they were told."""

    __tablename__ = "businesses"

    id: Mapped[int] = key()
    created_at: Mapped[datetime]


class Person(Base):
    """Who speaks for businesses: one person may own several, and one business may have several persons."""

    __tablename__ = "persons"

    id: Mapped[int] = key()
    name: Mapped[str | None] = mapped_column(Line)
    #: In which they are written to; None: that of the client.
    language: Mapped[str | None] = mapped_column(Short)
    #: f, m or x; None: not told.
    sex: Mapped[str | None] = mapped_column(Short)
    birth_year: Mapped[int | None]
    #: Since when they want no message, after a STOP, for whichever business and on whichever phone.
    opted_out_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class ClientPerson(Base):
    """A person of a client beside its owner, and what they agreed to for it."""

    __tablename__ = "client_persons"
    __table_args__ = (UniqueConstraint("client_id", "person_id"),)

    id: Mapped[int] = key()
    client_id: Mapped[int] = mapped_column(Id, ForeignKey("clients.id"))
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("persons.id"), index=True)
    service_consent: Mapped[bool] = mapped_column(default=False)
    survey_consent: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class Speaker(Base):
    """Who speaks for a client on a phone. Where there is none, the phone serves one client and its owner speaks."""

    __tablename__ = "speakers"
    __table_args__ = (UniqueConstraint("address_id", "client_id"),)

    id: Mapped[int] = key()
    address_id: Mapped[int] = mapped_column(Id, ForeignKey("addresses.id"))
    client_id: Mapped[int] = mapped_column(Id, ForeignKey("clients.id"), index=True)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("persons.id"), index=True)


class Client(Base):
    """A business at a center. `status` is new (nothing agreed yet), registered, refused or erased. `code` is what people
    say aloud: LC-7K3Q.

    `name` and `language` are copies of the owner's, which `storage/persons.py` alone writes: lists find and sort by them,
    and processes of the version before know no other place.
    """

    __tablename__ = "clients"

    id: Mapped[int] = key()
    code: Mapped[str] = mapped_column(Short, unique=True)
    center_id: Mapped[int] = mapped_column(Id, ForeignKey("centers.id"), index=True)
    counselor_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"), index=True)
    status: Mapped[str] = mapped_column(Short, default="new")
    name: Mapped[str | None] = mapped_column(Line)
    business_name: Mapped[str | None] = mapped_column(Line)
    sector: Mapped[str | None] = mapped_column(Short)
    stage: Mapped[str | None] = mapped_column(Short)
    place: Mapped[str | None] = mapped_column(Line)
    language: Mapped[str] = mapped_column(Short)
    #: What the owner agreed to for this business.
    service_consent: Mapped[bool] = mapped_column(default=False)
    survey_consent: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    registered_at: Mapped[datetime | None]
    #: Since when none of its persons wants a message.
    opted_out_at: Mapped[datetime | None]
    business_id: Mapped[int | None] = mapped_column(Id, ForeignKey("businesses.id"), index=True)
    #: The owner; who else speaks for the business is in `client_persons`.
    person_id: Mapped[int | None] = mapped_column(Id, ForeignKey("persons.id"), index=True)
    #: The stage when they came: idea or running; `stage` is that of today.
    baseline_stage: Mapped[str | None] = mapped_column(Short)
    #: When the business began to sell, or to be registered.
    start_on: Mapped[date | None] = mapped_column(Date)
    rural: Mapped[bool | None]
    disability: Mapped[bool | None]
    indigenous: Mapped[bool | None]
    registered: Mapped[bool | None]
    legal_form: Mapped[str | None] = mapped_column(Line)
    #: Percent of the business that women own.
    women_owned: Mapped[int | None]
    #: Class of ISIC Rev. 4 or 5, as the center uses it.
    isic: Mapped[str | None] = mapped_column(Short)
    #: The program or fund that pays for the counseling.
    program: Mapped[str | None] = mapped_column(Line)
    referred_by: Mapped[str | None] = mapped_column(Line)
    email: Mapped[str | None] = mapped_column(Line)
    district: Mapped[str | None] = mapped_column(Line)

    person: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    center: Mapped[Center] = relationship(lazy="raise_on_sql")
    counselor: Mapped[Staff | None] = relationship(lazy="raise_on_sql")
    addresses: Mapped[list[Address]] = relationship(back_populates="client", lazy="raise_on_sql")


class Address(Base):
    """A phone number or chat on one channel, of clients or of a staff member. Simulated phones are never real ones.

    Where several clients share it, `client_id` is who is meant now, and `speakers` has them all.
    """

    __tablename__ = "addresses"
    __table_args__ = (
        UniqueConstraint("channel", "address", "simulated"),
        Index("ix_addresses_address", "address"),
    )

    id: Mapped[int] = key()
    channel: Mapped[str] = mapped_column(Short)
    address: Mapped[str] = mapped_column(Line)
    simulated: Mapped[bool] = mapped_column(default=False)
    client_id: Mapped[int | None] = mapped_column(Id, ForeignKey("clients.id"), index=True)
    staff_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"), index=True)
    sender: Mapped[str | None] = mapped_column(Line)
    last_inbound_at: Mapped[datetime | None]
    unreachable_at: Mapped[datetime | None]
    unreachable_reason: Mapped[str | None] = mapped_column(Line)
    #: Since when nothing is sent to it for anybody, after a STOP that came from it.
    opted_out_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    client: Mapped[Client | None] = relationship(back_populates="addresses", lazy="raise_on_sql")
    staff: Mapped[Staff | None] = relationship(lazy="raise_on_sql")

    @property
    def queue(self) -> str:
        """The queue that messages to it wait in: one for each sender of ours, so that none of them stands behind those
        of another one, and one for all simulated phones."""
        return SIMULATED if self.simulated else f"{self.channel}:{self.sender or ''}"


class Consent(Base):
    """One answer to one consent question, in the words and language in which it was asked. Rows are only added."""

    __tablename__ = "consents"

    id: Mapped[int] = key()
    client_id: Mapped[int] = mapped_column(Id, ForeignKey("clients.id"), index=True)
    #: Who answered; None after they were erased, and in rows of processes of version 0.1.0: the owner.
    person_id: Mapped[int | None] = mapped_column(Id, ForeignKey("persons.id"), index=True)
    kind: Mapped[str] = mapped_column(Short)
    granted: Mapped[bool]
    text_version: Mapped[str] = mapped_column(Short)
    language: Mapped[str] = mapped_column(Short)
    channel: Mapped[str] = mapped_column(Short)
    inbox_id: Mapped[int | None] = mapped_column(Id, ForeignKey("inbox.id"))
    at: Mapped[datetime]


class LinkCode(Base):
    """A short-lived code by which somebody proves the phone (or the staff record) that they already have."""

    __tablename__ = "link_codes"

    id: Mapped[int] = key()
    code_hash: Mapped[str] = mapped_column(Line, index=True)
    client_id: Mapped[int | None] = mapped_column(Id, ForeignKey("clients.id"), index=True)
    staff_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    address_id: Mapped[int | None] = mapped_column(Id, ForeignKey("addresses.id"), index=True)
    tries: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Rate(Base):
    """Units of `currency` to one US dollar on a day, and where the rate comes from."""

    __tablename__ = "rates"
    __table_args__ = (UniqueConstraint("currency", "day"),)

    id: Mapped[int] = key()
    currency: Mapped[str] = mapped_column(Short)
    day: Mapped[str] = mapped_column(Short)
    per_usd: Mapped[Decimal]
    source: Mapped[str] = mapped_column(Text, default="")
    #: Who entered it, as in the audit log; None where that was not kept yet.
    by: Mapped[str | None] = mapped_column(Line)


class Growth(Base):
    """By how many percent all businesses of a country grew in a year, and where that is from."""

    __tablename__ = "growth"
    __table_args__ = (UniqueConstraint("country", "year"),)

    id: Mapped[int] = key()
    country: Mapped[str] = mapped_column(Short)
    year: Mapped[int]
    percent: Mapped[Decimal]
    source: Mapped[str] = mapped_column(Text, default="")

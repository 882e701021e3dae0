"""The rows that a table of clients adds: clients with their phones, businesses and persons."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.businesses import same_owner, share_business
from storage.client_codes import draw_client_code
from storage.imports.client_facts import OF_THE_CLIENT, OF_THE_PERSON
from storage.persons import person_of
from storage.schema import Address, Business, Center, Client, Person


@dataclass(frozen=True, slots=True)
class Owner:
    """Who has a phone."""

    #: The code of a client, or "a staff member", or a line of the file.
    name: str
    client_id: int | None = None
    center_id: int | None = None
    business_id: int | None = None


@dataclass(slots=True)
class Row:
    values: dict[str, str]
    phone: str = ""
    counselor_id: int | None = None
    registered_at: datetime | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    #: The client of another center that has this phone.
    same_as: Owner | None = None


def enter(
    db: Session, rows: list[Row], center: Center, taken: set[str], at: datetime, rng: Random | None
) -> list[tuple[str, Row]]:
    entered = []
    for row in rows:
        code = row.values["code"] or draw_client_code(center, rng, taken.__contains__)
        taken.add(code)
        entered.append((code, _client(code, row, center, at)))
    businesses = [Business(created_at=at) for row in rows if row.same_as is None]
    persons = [
        Person(
            name=row.values["name"] or None,
            language=row.values["language"],
            **{name: row.facts.get(name) for name in OF_THE_PERSON},
            created_at=at,
        )
        for row in rows
        if row.same_as is None
    ]
    db.add_all([*businesses, *persons])
    db.flush()
    owned = iter(zip(businesses, persons, strict=True))
    for row, (_code, client) in zip(rows, entered, strict=True):
        if row.same_as is None:
            business, person = next(owned)
            client.business_id, client.person_id = business.id, person.id
            client.addresses = [_address(db, row, center, at)]
        db.add(client)
    db.flush()
    for row, (_code, client) in zip(rows, entered, strict=True):
        if row.same_as is not None and row.same_as.client_id is not None:
            _share(db, client, row.same_as.client_id, row, at)
    return [(code, row) for (code, _client), row in zip(entered, rows, strict=True)]


def _client(code: str, row: Row, center: Center, at: datetime) -> Client:
    profile = {name: row.values[name] or None for name in ("name", "business_name", "sector", "stage", "place")}
    return Client(
        code=code,
        center_id=center.id,
        counselor_id=row.counselor_id,
        language=row.values["language"],
        created_at=at,
        registered_at=row.registered_at,
        baseline_stage=profile["stage"],
        **profile,
        **{name: row.facts.get(name) for name in OF_THE_CLIENT},
    )


def _share(db: Session, client: Client, other_id: int, row: Row, at: datetime) -> None:
    """Make the client one business with the one of another center; what is known of the person there stays."""
    other = db.get_one(Client, other_id)
    share_business(db, client, other, at)
    same_owner(db, client, other, at)
    person = person_of(db, client, at)
    for name in OF_THE_PERSON:
        if getattr(person, name) is None:
            setattr(person, name, row.facts.get(name))
    db.flush()


def _address(db: Session, row: Row, center: Center, at: datetime) -> Address:
    """The unowned address that has already written, or a new one."""
    channel = row.values["channel"]
    known = select(Address).where(
        Address.channel == channel, Address.address == row.phone, Address.simulated.is_(False)
    )
    new = Address(channel=channel, address=row.phone, sender=center.sender_of(channel), created_at=at)
    return db.scalar(known) or new

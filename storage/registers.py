"""The registers: centers, staff, clients and trainings. What comes in is checked here, once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from decimal import Decimal
from functools import cached_property
from zoneinfo import available_timezones

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bot.countries import COUNTRIES
from bot.model import LANGUAGES, SERVICE_AREAS
from storage.checks import RegisterError, a_currency, a_line, a_password, an_email, folded, one_of
from storage.client_codes import TRAINING_CODE
from storage.schema import Center, Client, Institution, Staff, Training

CADENCE = (3, 6, 12)
GONE = ("erased", "merged")
"""Clients of whom nothing is left."""
ROLES = ("counselor", "coordinator", "admin")
SHOWN_AT_MOST = 8

_CENTER_CODE = re.compile(r"[A-Z][A-Z0-9]{1,9}")


# --- centers and staff -----------------------------------------------------------------------------------------------


def add_center(
    db: Session,
    code: str,
    name: str,
    country: str,
    *,
    at: datetime,
    currency: str | None = None,
    zone: str | None = None,
    language: str | None = None,
    cadence: Sequence[int] = CADENCE,
) -> Center:
    """A center; its money, clock and language are its country's unless they are given. `cadence` is in months after a
    session; none means that follow-ups are only started by hand. Raises RegisterError."""
    code, country = code.strip().upper(), country.strip().upper()
    if not _CENTER_CODE.fullmatch(code):
        raise RegisterError(
            "code", f"{code!r} is not a valid code; use 2 to 10 letters or digits, a letter first, like LC"
        )
    if db.scalar(select(Center.id).where(Center.code == code)):
        raise RegisterError("code", f"center {code} already exists; choose another code")
    if country not in COUNTRIES:
        raise RegisterError("country", f"{country!r} is not one of {', '.join(COUNTRIES)}")
    facts = COUNTRIES[country]
    center = Center(
        code=code,
        name=a_line("name", name),
        country=country,
        currency=a_currency(currency or facts.currency),
        zone=one_of("zone", zone or facts.zone, available_timezones(), like="America/St_Lucia"),
        language=one_of("language", language or facts.language, LANGUAGES),
        cadence=_months(cadence),
        settings={},
        created_at=at,
    )
    db.add(center)
    db.flush()
    return center


def _months(cadence: Sequence[int]) -> list[int]:
    months = list(cadence)
    if any(not 1 <= month <= 120 for month in months) or months != sorted(set(months)):
        raise RegisterError("cadence", "must be months in ascending order, like 3,6,12")
    return months


def set_center(
    center: Center,
    *,
    fold_sms: bool | None = None,
    cadence: Sequence[int] | None = None,
    quiet_hours: tuple[time, time] | tuple[()] | None = None,
    second_review: bool | None = None,
) -> None:
    """Change what is given; quiet hours that are empty are those of the network. A new cadence counts for sessions from
    now on. Raises RegisterError."""
    if cadence is not None:
        center.cadence = _months(cadence)
    if fold_sms is not None:
        center.settings = {**center.settings, "fold_sms": fold_sms}
    if second_review is not None:
        center.settings = {**center.settings, "second_review": second_review}
    if quiet_hours is not None:
        center.settings = {**center.settings, "quiet_hours": [f"{clock:%H:%M}" for clock in quiet_hours]}


class Folding:
    """Whether the SMS to a client drop their accents, as each center chose. Queries the database as little as possible."""

    def __init__(self, db: Session) -> None:
        self._db = db
        self._chosen: dict[int, bool] = {}

    @cached_property
    def _accented(self) -> set[int]:
        return {center.id for center in self._db.scalars(select(Center)) if not center.fold_sms}

    def of(self, client_id: int | None) -> bool:
        if client_id is None or not self._accented:
            return True
        if client_id not in self._chosen:
            center = self._db.scalar(select(Client.center_id).where(Client.id == client_id))
            self._chosen[client_id] = center not in self._accented
        return self._chosen[client_id]


def list_centers(db: Session) -> list[Center]:
    return list(db.scalars(select(Center).order_by(Center.code)))


def find_center(db: Session, code: str) -> Center:
    """Raises RegisterError, which names the centers that there are."""
    if center := db.scalar(select(Center).where(Center.code == code.strip().upper())):
        return center
    known = ", ".join(db.scalars(select(Center.code).order_by(Center.code).limit(30)))
    raise RegisterError("center", f"there is no center {code!r}; centers: {known or 'none yet (acompana center add)'}")


def add_staff(
    db: Session,
    center: Center | None,
    name: str,
    role: str,
    email: str | None = None,
    *,
    at: datetime,
    password: str | None = None,
    institution: Institution | None = None,
) -> Staff:
    """A member of staff of a center, or of an institution and so of its centers. Only a coordinator or an admin may be
    without both: they see the whole network. Without a password nobody can log in by that e-mail. Raises RegisterError."""
    role = one_of("role", role, ROLES)
    if center is not None and institution is not None:
        raise RegisterError("institution", "a member of staff belongs to a center or to an institution, not to both")
    if center is None and institution is None and role == "counselor":
        raise RegisterError("center", "is required for a counselor")
    if password and not email:
        raise RegisterError("email", "is required for a login with a password")
    staff = Staff(
        center_id=center.id if center else None,
        institution_id=institution.id if institution else None,
        name=a_line("name", name),
        role=role,
        email=_new_email(db, email) if email else None,
        password_hash=a_password(password) if password else None,
        created_at=at,
    )
    db.add(staff)
    db.flush()
    return staff


def _new_email(db: Session, email: str) -> str:
    address = an_email(email)
    if db.scalar(select(Staff.id).where(Staff.email == address)):
        raise RegisterError("email", f"{address} is already in use")
    return address


def set_password(staff: Staff, password: str) -> None:
    """Raises RegisterError when it is too short, or the staff member has no e-mail to log in by."""
    if not staff.email:
        raise RegisterError("email", f"{staff.name} has no e-mail address to log in with")
    staff.password_hash = a_password(password)


def list_staff(db: Session, center: Center | None = None) -> list[Staff]:
    query = select(Staff).options(joinedload(Staff.center)).order_by(Staff.center_id, Staff.name, Staff.id)
    return list(db.scalars(query.where(Staff.center_id == center.id) if center else query))


def find_staff(db: Session, email_or_name: str) -> Staff:
    """An active member of staff, by e-mail or by the name that only one has. Raises RegisterError."""
    key = folded(email_or_name)
    everybody = db.scalars(select(Staff).where(Staff.active).order_by(Staff.id))
    matches = [staff for staff in everybody if key in (folded(staff.email or ""), folded(staff.name))]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise RegisterError("staff", f"{len(matches)} people are called {email_or_name!r}; use the e-mail address")
    raise RegisterError("staff", f"there is no staff member {email_or_name!r}; see: acompana staff list")


# --- clients ---------------------------------------------------------------------------------------------------------


def list_clients(
    db: Session, center: Center | None = None, status: str | None = None, counselor: Staff | None = None
) -> Iterator[Client]:
    """By code, with center and counselor loaded, streamed."""
    query = select(Client).options(joinedload(Client.center), joinedload(Client.counselor)).order_by(Client.code)
    if center:
        query = query.where(Client.center_id == center.id)
    if status:
        query = query.where(Client.status == status)
    if counselor:
        query = query.where(Client.counselor_id == counselor.id)
    yield from db.scalars(query.execution_options(yield_per=500))


def find_client(db: Session, code_or_name: str, center_id: int | None = None) -> Client:
    """The client of that code, or of that name (their own or the business's, or a part of it) if only one fits; of one
    center where `center_id` is given. Raises RegisterError; where several fit it lists their codes."""
    within = select(Client).where(Client.status.not_in(GONE))
    if center_id is not None:
        within = within.where(Client.center_id == center_id)
    code = "-".join(code_or_name.upper().replace("-", " ").split())
    if client := db.scalar(within.where(Client.code == code)):
        return client
    key = folded(code_or_name)
    exact, partly = [], []
    if key:
        names = within.with_only_columns(Client.code, Client.name, Client.business_name).order_by(Client.code)
        for code, *called in db.execute(names):
            own = [folded(name) for name in called if name]
            if key in own:
                exact.append(code)
            elif any(key in name for name in own):
                partly.append(code)
    codes = exact or partly
    if len(codes) == 1:
        return db.scalars(select(Client).where(Client.code == codes[0])).one()
    if codes:
        more = " …" if len(codes) > SHOWN_AT_MOST else ""
        listed = ", ".join(codes[:SHOWN_AT_MOST]) + more
        raise RegisterError("client", f"{len(codes)} clients match {code_or_name!r}: {listed}; use the code")
    raise RegisterError("client", f"there is no client {code_or_name!r}")


# --- trainings --------------------------------------------------------------------------------------------------------


def add_training(
    db: Session,
    center: Center,
    title: str,
    starts_at: datetime,
    *,
    hours: Decimal,
    place: str,
    capacity: int,
    area: str,
    at: datetime,
    language: str | None = None,
) -> Training:
    """A training with the center's next code, like LC-T12; in the center's language unless given. Raises RegisterError."""
    if starts_at.tzinfo is None:
        raise RegisterError("starts_at", "needs a time zone")
    if not 0 < hours <= 200:
        raise RegisterError("hours", "must be more than 0 and at most 200")
    if not 1 <= capacity <= 10_000:
        raise RegisterError("capacity", "must be between 1 and 10000 seats")
    codes = db.scalars(select(Training.code).where(Training.center_id == center.id))
    last = max((int(match[1]) for code in codes if (match := TRAINING_CODE.search(code))), default=0)
    training = Training(
        code=f"{center.code}-T{last + 1}",
        center_id=center.id,
        title=a_line("title", title),
        starts_at=starts_at,
        hours=hours,
        place=a_line("place", place),
        language=one_of("language", language or center.language, LANGUAGES),
        capacity=capacity,
        area=one_of("area", area, SERVICE_AREAS),
        created_at=at,
    )
    db.add(training)
    db.flush()
    return training


def list_trainings(db: Session, center: Center | None = None, since: datetime | None = None) -> list[Training]:
    """In the order of their time."""
    query = select(Training).options(joinedload(Training.center)).order_by(Training.starts_at, Training.id)
    if center:
        query = query.where(Training.center_id == center.id)
    return list(db.scalars(query.where(Training.starts_at >= since) if since else query))


def find_training(db: Session, code: str) -> Training:
    query = select(Training).options(joinedload(Training.center)).where(Training.code == code.strip().upper())
    if training := db.scalar(query):
        return training
    raise RegisterError("training", f"there is no training {code!r}; see: acompana training list")

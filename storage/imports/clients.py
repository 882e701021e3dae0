"""Import of clients from a CSV file: rows are checked one by one and imported all or none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from random import Random
from typing import BinaryIO
from zoneinfo import ZoneInfo

import phonenumbers
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from bot.channels.registry import PHONE_CHANNELS
from bot.countries import one_number
from bot.flows.registration import SECTORS
from bot.text.language import LANGUAGE_NAMES
from storage.checks import RegisterError, a_line, folded
from storage.imports import csv_table
from storage.imports.client_facts import FACTS
from storage.imports.client_rows import Owner, Row, enter
from storage.imports.csv_table import Problem
from storage.schema import Address, Center, Client, Staff

COLUMNS = (
    "code",
    "name",
    "business_name",
    "sector",
    "stage",
    "place",
    "language",
    "phone",
    "channel",
    "counselor",
    "registered_on",
    *FACTS,
)
NEEDED = ("name", "phone")
STAGES = ("idea", "running")

_CODE = re.compile(r"[A-Z0-9]{1,10}(-[A-Z0-9]{1,10}){1,2}")


@dataclass(slots=True)
class Imported:
    """The result of an import."""

    good: int = 0
    """Valid rows of the file, imported or not."""
    codes: list[str] = field(default_factory=list)
    """Codes of the imported clients, in the order of the file."""
    shared: list[tuple[str, str]] = field(default_factory=list)
    """Code of an imported client, and of the client of another center that is the same business."""
    problems: list[Problem] = field(default_factory=list)


def import_clients(
    db: Session,
    file: BinaryIO,
    center: Center,
    *,
    at: datetime,
    skip_broken: bool = False,
    rng: Random | None = None,
    progress: Callable[[int], None] = lambda rows: None,
) -> Imported:
    """Import clients from a CSV file in UTF-8 with columns of COLUMNS, separated by commas, semicolons or tabs.

    If any row is invalid, nothing is imported, unless `skip_broken`. The clients are new and have not consented, so
    nothing is sent to them before they register themselves. Who has the phone of a client of another center is the same
    business there, which keeps the phone. Raises RegisterError if the file cannot be read.
    """
    result = Imported()
    reader = _Reader(db, center, at)
    rows = []
    for line, values in csv_table.rows(file, COLUMNS, NEEDED):
        row, problems = reader.read(line, values)
        result.problems += problems
        if not problems:
            rows.append(row)
        progress(line)
    result.good = len(rows)
    if not result.problems or skip_broken:
        for code, row in enter(db, rows, center, reader.codes, at, rng):
            result.codes.append(code)
            if row.same_as is not None:
                result.shared.append((code, row.same_as.name))
    return result


class _Reader:
    """Checks rows against the database and against the rows before them."""

    def __init__(self, db: Session, center: Center, at: datetime) -> None:
        self.center = center
        self.at = at
        self.codes = set(db.scalars(select(Client.code)))
        self.phones = {
            row.address: Owner(row.name, row.id, row.center_id, row.business_id) for row in db.execute(_PHONES)
        }
        mine = select(Client.business_id, Client.code).where(Client.center_id == center.id)
        self.businesses = dict(db.execute(mine.where(Client.business_id.is_not(None))).all())
        staff = select(Staff.email, Staff.id).where(
            Staff.center_id == center.id, Staff.active, Staff.email.is_not(None)
        )
        self.staff = {email: number for email, number in db.execute(staff) if email}

    def read(self, line: int, values: Mapping[str, str]) -> tuple[Row, list[Problem]]:
        row, problems = Row(dict(values)), []
        for column, check in self._checks().items():
            try:
                check(row, values.get(column, ""), line)
            except RegisterError as error:
                problems.append(Problem.of(line, error))
        return row, problems

    def _checks(self) -> Mapping[str, Callable[[Row, str, int], None]]:
        return {
            csv_table.SURPLUS: self._no_more,
            "code": self._code,
            "name": self._line_of("name", needed=True),
            "business_name": self._line_of("business_name"),
            "sector": self._word_of("sector", _SECTOR_WORDS, [choice.id for choice in SECTORS]),
            "stage": self._word_of("stage", {stage: stage for stage in STAGES}, STAGES),
            "place": self._line_of("place"),
            "language": self._word_of("language", _LANGUAGE_WORDS, list(LANGUAGE_NAMES), self.center.language),
            "channel": self._channel,
            "counselor": self._counselor,
            "registered_on": self._registered_on,
            "phone": self._phone,
            **{column: self._fact_of(column) for column in FACTS},
        }

    def _no_more(self, row: Row, surplus: str, line: int) -> None:
        csv_table.no_surplus(row.values)

    def _code(self, row: Row, code: str, line: int) -> None:
        code = row.values["code"] = code.upper()
        if code and not _CODE.fullmatch(code):
            raise RegisterError(
                "code", f"{code!r} is not a code like {self.center.code}-7K3Q; leave it empty to get one"
            )
        if code in self.codes:
            raise RegisterError("code", f"{code} is taken; leave it empty to get a free one")
        if code:
            self.codes.add(code)

    def _line_of(self, column: str, *, needed: bool = False) -> Callable[[Row, str, int], None]:
        def check(row: Row, text: str, line: int) -> None:
            row.values[column] = a_line(column, text) if text or needed else ""

        return check

    def _word_of(
        self, column: str, words: Mapping[str, str], shown: list[str] | tuple[str, ...], default: str = ""
    ) -> Callable[[Row, str, int], None]:
        def check(row: Row, text: str, line: int) -> None:
            if text and folded(text) not in words:
                raise RegisterError(column, f"{text!r} is not one of {', '.join(shown)}")
            row.values[column] = words[folded(text)] if text else default

        return check

    def _channel(self, row: Row, channel: str, line: int) -> None:
        channel = row.values["channel"] = channel.lower() or PHONE_CHANNELS[0]
        if channel not in PHONE_CHANNELS:
            raise RegisterError(
                "channel",
                f"{channel!r} is not one of {', '.join(PHONE_CHANNELS)}; clients who use Telegram join there themselves",
            )

    def _counselor(self, row: Row, email: str, line: int) -> None:
        if email and email.lower() not in self.staff:
            raise RegisterError(
                "counselor", f"nobody at {self.center.code} has the e-mail address {email}; see: acompana staff list"
            )
        row.counselor_id = self.staff.get(email.lower())

    def _registered_on(self, row: Row, text: str, line: int) -> None:
        if not text:
            return
        zone = ZoneInfo(self.center.zone)
        day = csv_table.a_past_day("registered_on", text, self.at.astimezone(zone).date())
        row.registered_at = datetime.combine(day, time(), zone).astimezone(UTC)

    def _fact_of(self, column: str) -> Callable[[Row, str, int], None]:
        def check(row: Row, text: str, line: int) -> None:
            if text:
                row.facts[column] = FACTS[column](column, text, self.at.astimezone(ZoneInfo(self.center.zone)).date())

        return check

    def _phone(self, row: Row, text: str, line: int) -> None:
        row.phone = phone_number(text, self.center.country)
        owner = self.phones.get(row.phone)
        if owner is not None:
            elsewhere = owner.client_id is not None and owner.center_id != self.center.id
            here = self.businesses.get(owner.business_id) if owner.business_id is not None else None
            if here or not elsewhere:
                raise RegisterError("phone", f"already belongs to {here or owner.name}; remove one of the two")
            if owner.business_id is not None:
                self.businesses[owner.business_id] = f"line {line}"
            row.same_as = owner
        self.phones[row.phone] = Owner(f"line {line}")


_PHONES = (
    select(
        Address.address,
        func.coalesce(Client.code, "a staff member").label("name"),
        Client.id,
        Client.center_id,
        Client.business_id,
    )
    .outerjoin(Client)
    .where(
        Address.simulated.is_(False),
        Address.channel.in_(PHONE_CHANNELS),
        or_(Address.client_id.is_not(None), Address.staff_id.is_not(None)),
    )
)


def phone_number(text: str, country: str) -> str:
    """E.164, from E.164 or from a number as dialled in `country`. Raises RegisterError."""
    if not text:
        raise RegisterError("phone", "is missing")
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        raise RegisterError("phone", "is not a phone number; write it like +17584550100") from None
    number = phonenumbers.parse(one_number(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)))
    if not phonenumbers.is_possible_number(number):
        raise RegisterError("phone", f"has too few or too many digits for {country}; write it like +17584550100")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


_SECTOR_WORDS = {folded(word): choice.id for choice in SECTORS for word in (choice.id, choice.label)}
_LANGUAGE_WORDS = {folded(word): code for code, name in LANGUAGE_NAMES.items() for word in (code, name)}

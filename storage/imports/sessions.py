"""Import of counseling sessions from a CSV file: rows are checked one by one and imported all or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO
from zoneinfo import ZoneInfo

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from bot.model import LONGEST_NOTES, LONGEST_SESSION, SERVICE_AREAS, SESSION_TYPES
from storage.checks import RegisterError, folded, one_of
from storage.imports import csv_table
from storage.imports.csv_table import Problem, a_number, a_past_day
from storage.imports.known_clients import client_of, known_clients
from storage.schema import Center, Client, CounselingSession, Staff

COLUMNS = ("client", "day", "area", "hours", "type", "counselor", "notes")
NEEDED = ("client", "day", "area", "hours")

Key = tuple[int, date, str, Decimal, str]
"""Client, day, area, hours and type: what makes two sessions the same."""


@dataclass(frozen=True, slots=True)
class Held:
    """A session of the file that the database did not have."""

    id: int
    client_id: int
    day: date


@dataclass(slots=True)
class ImportedSessions:
    """The result of an import."""

    #: Valid rows of the file.
    good: int = 0
    sessions: list[Held] = field(default_factory=list)
    #: Rows that said what the database, or an earlier row, had already.
    same: int = 0
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Row:
    key: Key
    counselor_id: int | None
    notes: str


def import_sessions(
    db: Session,
    file: BinaryIO,
    center: Center,
    *,
    at: datetime,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> ImportedSessions:
    """Import sessions of a center's clients; all of them or, where a row is invalid, none. A session without a counselor
    is that of the client's. Raises RegisterError if the file cannot be read."""
    result = ImportedSessions()
    reader = _Reader(db, center, at)
    rows = []
    for line, values in csv_table.rows(file, COLUMNS, NEEDED):
        row, problems = reader.read(line, values)
        result.problems += problems
        if row is not None:
            rows.append(row)
        progress(line, line)
    result.good = len(rows)
    if result.problems:
        return result
    known = _known(db, center)
    new: dict[Key, _Row] = {}
    for row in rows:
        if row.key not in known:
            new.setdefault(row.key, row)
    result.same = len(rows) - len(new)
    if new:
        result.sessions = _enter(db, list(new.values()), at)
    return result


def _known(db: Session, center: Center) -> set[Key]:
    one = CounselingSession
    query = select(one.client_id, one.day, one.area, one.hours, one.type).join(Client, Client.id == one.client_id)
    rows = db.execute(query.where(Client.center_id == center.id))
    return {(client, day, area, hours, kind) for client, day, area, hours, kind in rows}


def _enter(db: Session, rows: list[_Row], at: datetime) -> list[Held]:
    counselors = dict(db.execute(select(Client.id, Client.counselor_id)).all())
    values = []
    for row in rows:
        client_id, day, area, hours, kind = row.key
        values.append(
            {
                "client_id": client_id,
                "counselor_id": row.counselor_id or counselors[client_id],
                "day": day,
                "type": kind,
                "area": area,
                "hours": hours,
                "notes": row.notes,
                "created_at": at,
            }
        )
    ids = db.scalars(
        insert(CounselingSession).returning(CounselingSession.id, sort_by_parameter_order=True), values
    ).all()
    return [Held(number, row.key[0], row.key[1]) for number, row in zip(ids, rows, strict=True)]


class _Reader:
    """Checks each row by itself."""

    def __init__(self, db: Session, center: Center, at: datetime) -> None:
        self.center = center
        self.clients = known_clients(db)
        self.today = at.astimezone(ZoneInfo(center.zone)).date()
        staff = select(Staff.id, Staff.email, Staff.name).where(
            Staff.active, or_(Staff.center_id == center.id, Staff.center_id.is_(None))
        )
        self.staff: dict[str, list[int]] = {}
        for number, email, name in db.execute(staff):
            for called in {folded(email or name), folded(name)}:
                self.staff.setdefault(called, []).append(number)

    def read(self, line: int, values: Mapping[str, str]) -> tuple[_Row | None, list[Problem]]:
        checked = csv_table.Checked(line)
        checked.run(lambda: csv_table.no_surplus(values))
        client = checked.run(lambda: client_of(self.clients, self.center, values.get("client", "")))
        day = checked.run(lambda: a_past_day("day", values.get("day", ""), self.today))
        area = checked.run(lambda: _word("area", values.get("area", ""), SERVICE_AREAS))
        hours = checked.run(lambda: _hours(values.get("hours", "")))
        kind = checked.run(lambda: _word("type", values.get("type", "") or SESSION_TYPES[0], SESSION_TYPES))
        counselor = checked.run(lambda: self._counselor(values.get("counselor", "")))
        notes = checked.run(lambda: _notes(values.get("notes", "")))
        if checked.problems or client is None or day is None or area is None or hours is None or kind is None:
            return None, checked.problems
        return _Row((client[0], day, area, hours, kind), counselor, notes or ""), []

    def _counselor(self, text: str) -> int | None:
        """By e-mail or by a name that only one has."""
        if not text:
            return None
        found = self.staff.get(folded(text), [])
        if len(found) > 1:
            raise RegisterError("counselor", f"{len(found)} people are called {text}; write the e-mail address")
        if not found:
            raise RegisterError("counselor", f"there is no {text} at {self.center.code}; see: acompana staff list")
        return found[0]


def _word(column: str, text: str, allowed: tuple[str, ...]) -> str:
    if not text:
        raise RegisterError(column, "is missing")
    return one_of(column, folded(text).replace(" ", "_").replace("-", "_"), allowed)


def _hours(text: str) -> Decimal:
    hours = a_number("hours", text)
    if not 0 < hours <= LONGEST_SESSION:
        raise RegisterError("hours", f"{text} is not a length; write more than 0 and at most {LONGEST_SESSION}")
    return round(hours, 2)


def _notes(text: str) -> str:
    if len(text) > LONGEST_NOTES:
        raise RegisterError("notes", f"has {len(text)} characters; the limit is {LONGEST_NOTES}")
    return text

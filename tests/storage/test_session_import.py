"""Counseling sessions from a table, and the follow-ups that are still to come after them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.service import imports
from bot.service.imports import Sessions, import_sessions
from bot.service.results import Done, Refused
from bot.service.rules import Rules
from storage import registers
from storage.schema import Audit, Center, Client, CounselingSession, Followup, Timer

NOW = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
HEADER = "client,day,area,hours,type,counselor,notes\n"
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def center(db: Session) -> Center:
    center = registers.add_center(db, "LC", "Castries", "LC", at=NOW)
    registers.add_staff(db, center, "Ana", "counselor", "ana@center.lc", at=NOW)
    registers.add_staff(db, center, "Eva", "counselor", at=NOW)
    registers.add_staff(db, center, "Eva", "counselor", "eva@center.lc", at=NOW)
    table = "code,name,phone,counselor\nLC-A,Marie,4550101,ana@center.lc\nLC-B,Ben,4550102,\n"
    assert isinstance(imports.import_clients(db, BytesIO(table.encode()), center, by="cli:ana", now=NOW), Done)
    db.commit()
    return center


def take_in(db: Session, center: Center, *rows: str) -> Done[Sessions] | Refused:
    file = BytesIO((HEADER + "".join(f"{row}\n" for row in rows)).encode())
    done = import_sessions(db, file, center, rules=Rules(), by="cli:ana", now=NOW)
    db.commit()
    return done


def planned(db: Session, center: Center, *rows: str) -> list[tuple[str, str]]:
    """Wave and day of what the sessions plan."""
    done = take_in(db, center, *rows)
    assert isinstance(done, Done), done
    return [(one.wave, str(one.due_on)) for one in done.result.planned]


def test_sessions_are_entered_with_their_counselor(db: Session, center: Center) -> None:
    rows = ("lc-a,2026-01-15,Value chains,6.5,,,A plan", "LC-B,2026-01-16,finance,1,phone,eva@center.lc,")
    done = take_in(db, center, *rows)
    assert isinstance(done, Done)
    assert (done.result.sessions, done.result.same) == (2, 0)
    entered = db.scalars(select(CounselingSession).order_by(CounselingSession.id)).all()
    names = dict(db.execute(select(Client.id, Client.code)).all())
    assert [(names[one.client_id], one.day, one.area, one.hours, one.type, one.notes) for one in entered] == [
        ("LC-A", date(2026, 1, 15), "value_chains", Decimal("6.5"), "in_person", "A plan"),
        ("LC-B", date(2026, 1, 16), "finance", Decimal(1), "phone", ""),
    ]
    assert [one.counselor_id for one in entered] == [1, 3]
    audited = db.scalars(select(Audit).where(Audit.action == "session.import")).one()
    assert (audited.subject, audited.details) == ("LC", {"sessions": 2, "planned": 2})


def test_only_waves_that_are_still_to_come_are_planned(db: Session, center: Center) -> None:
    rows = ("LC-A,2026-01-15,finance,1,,,", "LC-A,2026-09-01,finance,1,,,", "LC-A,2025-01-15,finance,1,,,")
    assert planned(db, center, *rows) == [("3m", "2026-12-01"), ("6m", "2027-03-01"), ("12m", "2027-09-01")]
    assert db.scalars(select(Timer.kind)).all() == ["followup.invite"] * 3
    assert planned(db, center, "LC-B,2025-01-15,finance,1,,,") == []


def test_sessions_on_record_are_skipped(db: Session, center: Center) -> None:
    row = "LC-A,2026-01-15,finance,6.5,phone,,"
    assert isinstance(take_in(db, center, row, row.replace("6.5", "6.50")), Done)
    again = take_in(db, center, f"{row}another note", "LC-A,2026-01-15,finance,6.5,visit,,")
    assert isinstance(again, Done)
    assert (again.result.sessions, again.result.same) == (1, 1)
    assert db.scalar(select(func.count()).select_from(CounselingSession)) == 2


def test_a_wave_that_was_imported_is_not_planned(db: Session, center: Center) -> None:
    history = b"client,wave,day,indicator,value\nLC-A,6m,2026-05-18,sales_month,100\n"
    imports.import_outcomes(db, BytesIO(history), center, source="h.csv", by="cli:ana", now=NOW)
    assert planned(db, center, "LC-A,2026-11-20,finance,1,,,") == [("3m", "2027-02-20"), ("12m", "2027-11-20")]


@on_sqlite
@pytest.mark.parametrize(
    ("due_on", "status", "waves"),
    [
        ("2026-11-01", "completed", ["6m", "12m"]),
        ("2026-11-01", "dropped", ["6m", "12m"]),
        ("2026-08-26", "completed", ["3m", "6m", "12m"]),
    ],
)
def test_a_wave_that_took_place_after_the_session_is_not_planned(
    db: Session, center: Center, due_on: str, status: str, waves: list[str]
) -> None:
    client = db.scalars(select(Client).where(Client.code == "LC-A")).one()
    day = date.fromisoformat(due_on)
    db.add(Followup(client_id=client.id, wave="3m", due_on=day, status=status, created_at=NOW))
    db.commit()
    assert [wave for wave, _ in planned(db, center, "LC-A,2026-08-27,finance,1,,,")] == waves


def test_a_later_session_moves_what_is_planned_and_an_earlier_one_does_not(db: Session, center: Center) -> None:
    planned(db, center, "LC-A,2026-09-01,finance,1,,,")
    assert planned(db, center, "LC-A,2026-01-15,finance,1,,,") == []
    assert planned(db, center, "LC-A,2026-10-01,finance,1,,,") == [
        ("3m", "2027-01-01"),
        ("6m", "2027-04-01"),
        ("12m", "2027-10-01"),
    ]
    assert db.scalar(select(func.count()).select_from(Followup)) == 3


@on_sqlite
@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("LC-Z,2026-01-15,finance,1,,,", "client: there is no client LC-Z at LC"),
        ("LC-A,2026-11-26,finance,1,,,", "day: 2026-11-26 is not a past date"),
        ("LC-A,2026-01-15,,1,,,", "area: is missing"),
        ("LC-A,2026-01-15,banking,1,,,", "area: 'banking' is not one of finance, technology"),
        ("LC-A,2026-01-15,finance,,,,", "hours: is missing"),
        ("LC-A,2026-01-15,finance,0,,,", "hours: 0 is not a length; write more than 0 and at most 24"),
        ("LC-A,2026-01-15,finance,24.5,,,", "hours: 24.5 is not a length; write more than 0 and at most 24"),
        ("LC-A,2026-01-15,finance,1h,,,", "hours: '1h' is not a number; write it like 1234.50"),
        ("LC-A,2026-01-15,finance,1,mail,,", "type: 'mail' is not one of in_person, phone, online, visit"),
        ("LC-A,2026-01-15,finance,1,,zoe,", "counselor: there is no zoe at LC; see: acompana staff list"),
        ("LC-A,2026-01-15,finance,1,,Eva,", "counselor: 2 people are called Eva; write the e-mail address"),
        (f"LC-A,2026-01-15,finance,1,,,{'x' * 5001}", "notes: has 5001 characters; the limit is 5000"),
    ],
)
def test_a_broken_row_is_named_by_its_line(db: Session, center: Center, row: str, says: str) -> None:
    refused = take_in(db, center, "LC-B,2026-01-15,finance,1,,,", row)
    assert isinstance(refused, Refused)
    assert refused.reason == "1 row is broken, 1 is good"
    assert refused.details[0].startswith(f"line 3: {says}")
    assert db.scalar(select(func.count()).select_from(CounselingSession)) == 0

"""Exports as files: what is in them, for whom, and that they are whole or not there."""

from __future__ import annotations

import csv
import io
import os
import re
import stat
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select

from storage.engine import Database
from storage.exports import EXPORTS, Wanted, export
from storage.exports.cells import written
from storage.periods import Period
from storage.schema import Address, Answer, Audit, Client, Inbox, Outbox, OutcomeRow
from tests.storage.exports_scene import LATER, START, Scene, on_sqlite


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database.open(database_url)
    yield database
    database.close()


def made(database: Database, what: str, form: str = "csv", **wanted: Any) -> bytes:
    out = io.BytesIO()
    export(database, what, form, out, Wanted(**wanted), actor="cli:ana", clock=lambda: LATER)
    return out.getvalue()


def table(database: Database, what: str, **wanted: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made(database, what, **wanted).decode())))


@pytest.fixture
def scene(database: Database) -> Scene:
    """One client with a baseline and a follow-up, and what was written to them."""
    with database.write() as db:
        scene = Scene(db)
        client = scene.client("LC-AAAA")
        scene.said(client, {"name": "Marie", "sales_month": (4000, "XCD"), "employees_full": 2})
        db.execute(delete(OutcomeRow).where(OutcomeRow.indicator == "name"))
        three = scene.followup(client, "3m", LATER)
        scene.said(client, {"sales_month": (-500, "XCD"), "attribution": "yes"}, LATER, three, month="2026-03")
        address = db.scalars(select(Address)).one()
        for channel, provider in (("sms", "SM-OUT"), ("telegram", "778899:12")):
            row = {"address_id": address.id, "client_id": client.id, "channel": channel, "provider_id": provider}
            db.add(Outbox(**row, text="Hi Marie", language="en", status="sent", due_at=START, created_at=LATER))
    return scene


def test_a_line_of_the_outcomes_names_the_messages_it_came_from(database: Database, scene: Scene) -> None:
    sales = next(row for row in table(database, "outcomes") if row["indicator"] == "sales_month")
    with database.read() as db:
        messages = {row.provider_id: str(row.id) for row in db.scalars(select(Inbox))}
    expected = {
        "client": "LC-AAAA",
        "center": "LC",
        "baseline_value": "4000",
        "baseline_currency": "XCD",
        "baseline_date": "2026-01-10",
        "baseline_month": "",
        "latest_month": "2026-03",
        "baseline_provider_message": "SM-LC-AAAA-sales_month-baseline",
        "baseline_message": messages["SM-LC-AAAA-sales_month-baseline"],
        "baseline_usd": "1481.48",
        "latest_value": "-500",
        "latest_wave": "3m",
        "latest_message": messages["SM-LC-AAAA-sales_month-3m"],
        "change": "-4500",
        "change_currency": "XCD",
        "attribution": "yes",
        "attribution_at": "2026-04-11T14:00:00Z",
        "attribution_message": messages["SM-LC-AAAA-attribution-3m"],
        "note": "",
    }
    assert {name: sales[name] for name in expected} == expected


def test_nobody_is_named_unless_it_is_asked_for(database: Database, scene: Scene) -> None:
    for what, form in product(("outcomes", "answers", "clients", "messages"), ("csv", "xlsx")):
        plain, identified = made(database, what, form), made(database, what, form, identified=True)
        if form == "xlsx":
            plain, identified = sheets(plain), sheets(identified)
        assert b"LC-AAAA" in plain
        for secret in (b"Marie", b"Bakery", b"+1758", b"778899", b"Vieux"):
            assert secret not in plain, (what, form, secret)
        assert b"Marie" in identified, (what, form)


def test_answers_tell_how_each_reply_was_read(database: Database, scene: Scene) -> None:
    rows = table(database, "answers")
    assert [(row["wave"], row["question"], row["outcome"], row["number"], row["text"]) for row in rows] == [
        ("baseline", "name", "value", "", ""),
        ("baseline", "sales_month", "value", "4000", ""),
        ("baseline", "employees_full", "value", "2", ""),
        ("3m", "sales_month", "value", "-500", ""),
        ("3m", "attribution", "value", "", "yes"),
    ]
    assert rows[1]["currency"] == "XCD"
    assert (rows[1]["month"], rows[3]["month"]) == ("", "2026-03")
    assert rows[1]["at"] == "2026-01-10T14:00:00Z"
    assert table(database, "answers", identified=True)[0]["raw"] == "about Marie, says Marie"


def test_messages_are_in_the_order_of_their_time(database: Database, scene: Scene) -> None:
    rows = table(database, "messages")
    assert [row["direction"] for row in rows] == ["in"] * 5 + ["out"] * 2
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)
    assert [row["provider_message"] for row in rows[-2:]] == ["SM-OUT", "12"]
    assert table(database, "messages", identified=True)[-1]["provider_message"] == "778899:12"


def test_a_client_is_one_line_with_what_was_done(database: Database, scene: Scene) -> None:
    with database.write() as db:
        db.add(Client(code="LC-GONE", center_id=scene.center.id, language="en", status="erased", created_at=START))
    (row,) = table(database, "clients")
    assert (row["followups_completed"], row["sessions"], row["channels"]) == ("1", "0", "sms")
    (row,) = table(database, "clients", identified=True)
    assert (row["phones"][:8], row["business_name"]) == ("sms:+175", "'=Bakery()")


def test_a_day_is_that_of_the_center(database: Database) -> None:
    """Half past three in the morning, UTC, is still the evening before in Saint Lucia, and not in London."""
    night = datetime(2026, 3, 1, 3, 30, tzinfo=UTC)
    with database.write() as db:
        scene = Scene(db)
        scene.said(scene.client("LC-AAAA"), {"employees_full": 1}, night)
    february = Period(date(2026, 2, 1), date(2026, 2, 28))
    assert len(table(database, "answers", period=february)) == 1
    assert len(table(database, "messages", period=february)) == 1
    assert table(database, "outcomes", period=february)[0]["baseline_date"] == "2026-02-28"
    march = Period(since=date(2026, 3, 1))
    assert not table(database, "answers", period=march) + table(database, "outcomes", period=march)


@on_sqlite
def test_one_center_alone(database: Database, scene: Scene) -> None:
    with database.write() as db:
        other = Scene(db, "DM", "DM")
        other.said(other.client("DM-AAAA"), {"employees_full": 1})
    for what in ("outcomes", "answers", "clients", "messages"):
        assert {row["client"] for row in table(database, what, center="DM")} == {"DM-AAAA"}
        assert {row["client"] for row in table(database, what)} == {"DM-AAAA", "LC-AAAA"}


@on_sqlite
def test_a_file_is_for_programs_and_an_identified_one_is_private(
    database: Database, scene: Scene, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    export(database, "clients", "csv", out, Wanted(), actor="cli:ana", clock=lambda: LATER)
    assert out.read_bytes().startswith(b"client,center")
    assert made(database, "clients").startswith(b"client,center")
    export(database, "clients", "csv", out, Wanted(identified=True), actor="cli:ana", clock=lambda: LATER)
    assert stat.S_IMODE(os.stat(out).st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == ["out.csv"]


def test_every_export_is_in_the_audit_log(database: Database, scene: Scene) -> None:
    made(database, "outcomes", period=Period(since=date(2026, 1, 1)), center="LC")
    with database.read() as db:
        begun, done = db.scalars(select(Audit).order_by(Audit.id))
    filters = {"format": "csv", "since": "2026-01-01", "until": "", "center": "LC", "identified": False}
    assert (begun.actor, begun.action, begun.subject, begun.details) == ("cli:ana", "export.begin", "outcomes", filters)
    assert (done.action, done.details) == ("export", filters | {"state": "completed", "rows": 2})


@on_sqlite
def test_an_aborted_export_leaves_a_row_and_no_file(database: Database, scene: Scene, tmp_path: Path) -> None:
    def give_up(done: int, total: int) -> None:
        assert total == 5
        if done == 3:
            raise KeyboardInterrupt

    out = tmp_path / "given_up.csv"
    out.write_text("what was there")
    with pytest.raises(KeyboardInterrupt):
        export(database, "answers", "csv", out, Wanted(), actor="cli:ana", clock=lambda: LATER, progress=give_up)
    assert out.read_text() == "what was there"
    assert not list(tmp_path.glob(".given_up*"))
    with database.read() as db:
        last = db.scalars(select(Audit).order_by(Audit.id.desc())).first()
    assert last is not None
    assert (last.details["state"], last.details["rows"]) == ("aborted", 3)


@on_sqlite
def test_a_path_that_cannot_be_written(database: Database, tmp_path: Path) -> None:
    for out in (tmp_path, tmp_path / "missing" / "out.csv"):
        with pytest.raises(OSError, match=r"folder|No such file"):
            export(database, "clients", "csv", out, Wanted(), actor="cli:ana", clock=lambda: LATER)


class Sink(io.RawIOBase):
    """Takes everything and keeps nothing."""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return len(data)


@pytest.mark.slow
def test_rows_are_written_as_they_are_read(database: Database) -> None:
    """Whatever the size of an export, little of it is held at a time."""
    with database.write() as db:
        scene = Scene(db)
        scene.said(scene.client("LC-AAAA"), {"employees_full": 1})
        row = db.scalars(select(Answer)).one()
        columns = {column.name: getattr(row, column.name) for column in Answer.__table__.columns if column.name != "id"}
        db.execute(insert(Answer), [{**columns, "raw": "x" * 2000}] * 9999)
    told: list[tuple[int, int]] = []
    tracemalloc.start()
    try:
        sink: Any = io.BufferedWriter(Sink())
        rows = export(
            database,
            "answers",
            "csv",
            sink,
            Wanted(identified=True),
            actor="a",
            clock=lambda: LATER,
            progress=lambda done, total: told.append((done, total)),
        )
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert rows == 10_000
    assert (len(told) > 10, told[-1]) == (True, (10_000, 10_000))
    assert most < 6_000_000 < 10_000 * 2000


ODD = (
    *(
        "",
        "plain",
        "=1+1",
        "+1",
        "-1",
        "@x",
        " -1",
        "a;=b",
        "a,-b",
        "a - b",
        'say "=1"',
        '"',
        '"-1',
        "two\nlines",
        "a\n=b",
    ),
    *("\tx", "x\r=y", "café", "é", "＝1", "\u200b=1", "'=1", "1;2", "50%", "a,b", "-", "x\\.", "\\."),
)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_what_postgresql_copies_is_what_would_be_written_row_by_row(database: Database) -> None:
    with database.write() as db:
        scene = Scene(db)
        client = scene.client("LC-AAAA")
        client.name = "=Marie"
        scene.said(client, {"employees_full": 1, "sales_month": Decimal("-4500.25")})
        row = db.scalars(select(Answer)).first()
        assert row is not None
        held = {column.name: getattr(row, column.name) for column in Answer.__table__.columns if column.name != "id"}
        readings: list[dict[str, Any]] = [{"approximate": True, "period": "week"}, {"approximate": False}, {}]
        rows = [
            {**held, "question": question, "text": odd, "raw": odd, "reading": readings[place % 3], "number": number}
            for place, odd in enumerate((None, *ODD))
            for question, number in (
                ("comment", None),
                ("employees_full", Decimal("-0.5")),
                ("x", Decimal("1200.0000")),
            )
        ]
        db.execute(insert(Answer), rows)
    table = EXPORTS["answers"]
    for wanted in (Wanted(), Wanted(identified=True), Wanted(Period(date(2026, 1, 1), date(2026, 12, 31)), "LC", True)):
        out = io.BytesIO()
        export(database, "answers", "csv", out, wanted, actor="a", clock=lambda: LATER)
        with database.read() as db:
            expected = [
                [written(record[column]) for column in table.shown(wanted)]
                for records in table.rows(db, wanted)
                for record in records
            ]
        copied = list(csv.reader(io.StringIO(out.getvalue().decode(), newline="")))
        assert copied == [list(table.shown(wanted)), *expected]
        assert len(expected) == 2 + 3 * (len(ODD) + 1)


def sheets(workbook: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        return b"".join(parts.read(name) for name in parts.namelist() if "worksheets/sheet" in name)


@on_sqlite
def test_a_workbook_has_numbers_days_and_no_formula(database: Database, scene: Scene) -> None:
    content = sheets(made(database, "outcomes", "xlsx", identified=True)).decode()
    assert "<v>-4500</v>" in content
    assert re.search(r'<c r="\w+2" s="2"><v>46032</v>', content)  # 2026-01-10
    assert "<f>" not in content
    assert "<t>'=Bakery()</t>" in content

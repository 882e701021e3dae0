from __future__ import annotations

import csv
import io
import os
import re
import stat
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from storage import registers
from storage.engine import Database
from storage.exchange_rates import set_rate
from storage.exports import EXPORTS, Wanted, export
from storage.exports.cells import harmless, written
from storage.exports.xlsx_file import XlsxFile
from storage.increments import rewrite
from storage.outcomes import lines
from storage.periods import Period
from storage.schema import Address, Answer, Audit, Center, Client, Conversation, Followup, Inbox, Outbox, OutcomeRow

START = datetime(2026, 1, 10, 14, 0, tzinfo=UTC)
LATER = datetime(2026, 4, 11, 14, 0, tzinfo=UTC)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database.open(database_url)
    yield database
    database.close()


class Scene:
    """A center's clients and what they said, put into the database."""

    def __init__(self, db: Session, code: str = "LC", country: str = "LC") -> None:
        self.db = db
        self.center = registers.add_center(db, code, f"Center {code}", country, at=START)

    def client(self, code: str, name: str = "Marie") -> Client:
        client = Client(
            code=code,
            center_id=self.center.id,
            name=name,
            business_name="=Bakery()",
            place="Vieux Fort",
            language="en",
            status="registered",
            created_at=START,
            registered_at=START,
        )
        self.db.add(client)
        self.db.flush()
        self.db.add(Address(channel="sms", address=f"+1758455{client.id:04}", client_id=client.id, created_at=START))
        self.db.flush()
        return client

    def followup(self, client: Client, wave: str, at: datetime) -> Followup:
        row = Followup(client_id=client.id, wave=wave, due_on=at.date(), status="completed", created_at=at)
        self.db.add(row)
        self.db.flush()
        return row

    def said(
        self,
        client: Client,
        figures: dict[str, Any],
        at: datetime = START,
        survey: Followup | None = None,
        **details: Any,
    ) -> list[OutcomeRow]:
        """The figures of one survey, each with the message and the answer that carried it."""
        address = self.db.scalars(select(Address).where(Address.client_id == client.id)).one()
        conversation = Conversation(
            client_id=client.id,
            flow="followup" if survey else "registration",
            version=1,
            subject=f"followup:{survey.id}" if survey else "",
            state={},
            created_at=at,
            asked_at=at,
        )
        self.db.add(conversation)
        self.db.flush()
        rows = []
        for indicator, given in figures.items():
            value, currency = given if isinstance(given, tuple) else (given, None)
            message = Inbox(
                channel="sms",
                provider_id=f"SM-{client.code}-{indicator}-{survey.wave if survey else 'baseline'}",
                address_id=address.id,
                client_id=client.id,
                conversation_id=conversation.id,
                text=f"about {value}, says Marie",
                received_at=at,
            )
            self.db.add(message)
            self.db.flush()
            number = Decimal(value) if isinstance(value, int) else None
            withheld = value in ("refused", "unknown")
            outcome = value if withheld else "zero" if number == 0 else "value"
            text = value if number is None and not withheld else None
            answer = Answer(
                client_id=client.id,
                conversation_id=conversation.id,
                flow=conversation.flow,
                form_version=1,
                question=indicator,
                outcome=outcome,
                number=number,
                text=text,
                currency=currency,
                raw=message.text,
                reading={"outcome": outcome},
                channel="sms",
                inbox_id=message.id,
                at=at,
            )
            self.db.add(answer)
            self.db.flush()
            row = OutcomeRow(
                client_id=client.id,
                indicator=indicator,
                wave=survey.wave if survey else "baseline",
                outcome=outcome,
                value=number,
                text=text,
                currency=currency,
                answer_id=answer.id,
                followup_id=survey.id if survey else None,
                at=at,
                **details,
            )
            self.db.add(row)
            self.db.flush()
            rows.append(row)
        rewrite(self.db, client, at)
        return rows


def told(db: Session, period: Period = Period(), center: str | None = None) -> list[str]:
    """The lines of the outcomes as: client indicator baseline > latest = change (notes)."""

    def shown(figure: Any) -> str:
        return f"{figure.value}{figure.currency or ''}@{figure.wave}" if figure else "-"

    return [
        f"{line.subject.code} {line.indicator} {shown(line.baseline)} > {shown(line.latest)}"
        + (f" = {line.change}" if line.change is not None else "")
        + (f" [{line.attribution.value}]" if line.attribution else "")
        + (f" ({'; '.join(line.notes)})" if line.notes else "")
        for of_client in lines(db, period, Center.code == center if center else None)
        for line in of_client
    ]


# --- outcomes --------------------------------------------------------------------------------------------------------


def test_the_change_from_the_baseline_to_the_latest_figure(db: Session) -> None:
    scene = Scene(db)
    client = scene.client("LC-AAAA")
    scene.said(client, {"sales_month": (4000, "XCD"), "employees_full": 2, "employees_part": 1})
    three = scene.followup(client, "3m", LATER)
    figures = {"sales_month": (4500, "XCD"), "employees_full": 2, "employees_part": 4, "exports_month": (0, "XCD")}
    scene.said(client, figures | {"financing": "refused", "attribution": "yes"}, LATER, three)
    assert told(db) == [
        "LC-AAAA sales_month 4000XCD@baseline > 4500XCD@3m = 500 [yes]",
        "LC-AAAA exports_month - > 0XCD@3m [yes] (no baseline)",
        "LC-AAAA employees_full 2@baseline > 2@3m = 0 [yes]",
        "LC-AAAA employees_part 1@baseline > 4@3m = 3 [yes]",
        "LC-AAAA fte 2.5@baseline > 4@3m = 1.5 [yes]",
        "LC-AAAA financing - > - (no later figure; 3m refused)",
    ]


@on_sqlite
def test_a_change_is_only_told_where_there_is_one(db: Session) -> None:
    scene = Scene(db)
    first, second = scene.client("LC-AAAA"), scene.client("LC-BBBB")
    scene.said(first, {"sales_month": (4000, "XCD"), "employees_full": "unknown", "employees_part": 1})
    scene.said(first, {"sales_month": (1500, "USD"), "employees_full": 3}, LATER, scene.followup(first, "3m", LATER))
    scene.said(second, {"sales_month": (4000, "XCD")})
    six = LATER + timedelta(days=90)
    scene.said(second, {"sales_month": (5000, "XCD")}, LATER, scene.followup(second, "3m", LATER))
    scene.said(second, {"sales_month": "refused"}, six, scene.followup(second, "6m", six))
    assert told(db) == [
        "LC-AAAA sales_month 4000XCD@baseline > 1500USD@3m (baseline in XCD, latest in USD)",
        "LC-AAAA employees_full - > 3@3m (no baseline; baseline unknown)",
        "LC-AAAA employees_part 1@baseline > - (no later figure)",
        "LC-BBBB sales_month 4000XCD@baseline > 5000XCD@3m = 1000 (6m refused)",
    ]


def test_a_correction_takes_the_place_and_the_day_of_what_it_corrects(db: Session) -> None:
    scene = Scene(db)
    client = scene.client("LC-AAAA")
    wrong = scene.said(client, {"sales_month": (45000, "XCD")})[0]
    for value in (4400, 4500):
        correction = OutcomeRow(
            client_id=client.id,
            indicator="sales_month",
            wave="baseline",
            outcome="value",
            value=Decimal(value),
            currency="XCD",
            corrects_id=wrong.id,
            by="ana@center.lc",
            why="a nought too many, says Marie",
            at=datetime(2026, 6, 1, tzinfo=UTC),
        )
        db.add(correction)
        db.flush()
        wrong = correction
    january = Period(date(2026, 1, 1), date(2026, 1, 31))
    message = db.scalars(select(Inbox.id)).one()
    assert told(db, january) == [
        "LC-AAAA sales_month 4500XCD@baseline > - "
        f"(no later figure; baseline corrected on 2026-06-01 (message {message} said 45000 XCD))"
    ]
    assert told(db, Period(since=date(2026, 2, 1))) == []


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (Period(), ["4000@baseline > 4500@3m = 500"]),
        (Period(until=date(2026, 4, 10)), ["4000@baseline > -"]),
        (Period(until=date(2026, 1, 9)), []),
        (Period(since=date(2026, 4, 11)), ["4000@baseline > 4500@3m = 500"]),
        (Period(since=date(2026, 4, 12)), []),
        (Period(since=date(2026, 2, 1), until=date(2026, 4, 10)), []),
    ],
    ids=["always", "before the second", "before the first", "its day", "the day after", "between the two"],
)
@on_sqlite
def test_a_period_holds_what_was_told_by_its_end_and_last_in_it(
    db: Session, period: Period, expected: list[str]
) -> None:
    scene = Scene(db)
    client = scene.client("LC-AAAA")
    scene.said(client, {"employees_full": 4000})
    scene.said(client, {"employees_full": 4500}, LATER, scene.followup(client, "3m", LATER))
    lines = [re.sub(r"^LC-AAAA employees_full | \(.*", "", line) for line in told(db, period)]
    assert lines == expected


def test_dollars_stand_beside_an_amount_where_a_rate_is_known(db: Session) -> None:
    scene = Scene(db, "JM", "JM")
    client = scene.client("JM-AAAA")
    scene.said(client, {"sales_month": (310_000, "JMD")})
    scene.said(client, {"sales_month": (320_000, "JMD")}, LATER, scene.followup(client, "3m", LATER), usd=Decimal(1))
    set_rate(db, "JMD", date(2026, 1, 5), Decimal(155))
    (line,) = next(lines(db, Period()))
    assert line.baseline is not None
    assert (line.baseline.usd, line.baseline.per_usd, line.baseline.rate_day) == (
        Decimal(2000),
        Decimal(155),
        "2026-01-05",
    )
    assert line.latest is not None
    assert line.latest.usd == Decimal("2064.52")  # whatever was stored with the figure


# --- files -----------------------------------------------------------------------------------------------------------


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
        scene.said(
            client, {"sales_month": (-500, "XCD"), "attribution": "yes"}, LATER, scene.followup(client, "3m", LATER)
        )
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


# --- cells -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Decimal("-4500.50"), "-4500.50"),
        (Decimal("1E+6"), "1000000"),
        (-3, "-3"),
        (True, "yes"),
        (None, ""),
        (date(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 3, 1, 12, 0, 5, 99, tzinfo=UTC), "2026-03-01T12:00:05Z"),
        ("-5", "'-5"),
        ("Pan & Co", "Pan & Co"),
    ],
)
def test_how_a_value_is_written(cell: Any, text: str) -> None:
    assert written(cell) == text


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+1758", "'+1758"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "'  =1"),
        ("\u00a0=1", "'\u00a0=1"),
        ("\ufeff\u200b=1", "'\ufeff\u200b=1"),
        ("\x00=1", "'\x00=1"),
        ("＝1", "'＝1"),
        ("﹢1", "'﹢1"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\t=x", "'\t'=x"),
        ("a;=1", "a;'=1"),
        ("a; ;=1", "a; ;'=1"),
        ("a\n=1", "a\n'=1"),
        ("a\r\n =1", "a\r\n' =1"),
        ("\n=1", "\n'=1"),
        ("a = 1 + 2", "a = 1 + 2"),
        ("a-b@c", "a-b@c"),
        ("", ""),
        ("   ", "   "),
    ],
)
def test_no_text_is_taken_for_a_formula(text: str, safe: str) -> None:
    assert harmless(text) == safe
    assert harmless(safe) == safe


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


def test_a_full_sheet_is_followed_by_another_one() -> None:
    out = io.BytesIO()
    book = XlsxFile(out, "answers", ["n"], rows=3)
    for number in range(5):
        book.write([number])
    book.write([Decimal("12345678901234567.25")])
    book.close()
    with zipfile.ZipFile(out) as parts:
        assert sorted(re.findall(rb'sheet name="([^"]+)"', parts.read("xl/workbook.xml"))) == [
            b"answers",
            b"answers 2",
            b"answers 3",
        ]
        assert b"12345678901234567.25" in parts.read("xl/worksheets/sheet3.xml")

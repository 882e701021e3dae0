from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.exc import DBAPIError

from bot.channels.base import Misconfigured
from bot.channels.telegram.channel import TelegramChannel
from bot.cli.afar import Answer
from storage import health
from storage.engine import Database, make_engine
from storage.migrate import latest
from storage.schema import Audit
from tests.cli import Shell


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A folder without a store."""
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path, f"sqlite:///{tmp_path / 'store.sqlite3'}")


@pytest.fixture
def sh(bare: Shell, store_template: Callable[[str], str]) -> Shell:
    copyfile(store_template("sqlite"), bare.folder / "store.sqlite3")
    return bare


# --- read ------------------------------------------------------------------------------------------------------------


def test_a_reply_is_read_as_json(sh: Shell) -> None:
    answer = json.loads(sh.ok("read --ask sales_month --country LC --lang en 'EC$4,500'"))
    assert (answer["outcome"], answer["value"], answer["currency"]) == ("value", 4500, "XCD")
    assert json.loads(sh.ok("read --ask count -5"))["outcome"] == "ask_again"
    assert json.loads(sh.ok("read --ask date --today 2026-03-14 yesterday"))["value"] == "2026-03-13"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("read", "TEXT: is missing"),
        ("read 12", "--ask: is missing"),
        ("read --ask sales 12", "--ask: 'sales' is not one of amount,"),
        ("read --ask count --today soon 12", "--today: 'soon' is not a date like 2026-03-14"),
        ("read --jsonl 12", "TEXT: comes from the standard input"),
    ],
)
def test_what_cannot_be_read(sh: Shell, line: str, told: str) -> None:
    said = sh(line)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(told)


def test_rows_are_read_one_by_one_and_broken_ones_named(sh: Shell) -> None:
    rows = [
        b'{"id": 1, "text": "3", "ask": "count"}',
        b"",
        b"{",
        b'{"text": "3"}',
        b"[3]",
        b'{"text": "3", "ask": "count", "last": NaN}',
        b"\xff",
        b'{"id": "x", "text": "12", "ask": "amount", "country": "DO"}',
    ]
    said = sh("read --jsonl --country LC", b"\n".join(rows))
    answers = [json.loads(line) for line in said.out.splitlines()]
    assert [(answer["id"], answer["value"], answer["currency"]) for answer in answers] == [
        (1, 3, None),
        ("x", 12, "DOP"),
    ]
    assert said.err.splitlines() == [
        "line 3: is not JSON (Expecting property name enclosed in double quotes at character 2)",
        "line 4: ask: is missing",
        'line 5: a row is an object, like {"text": "2 mil", "ask": "amount"}',
        "line 6: last: nan is not a number",
        "line 7: is not UTF-8",
    ]
    assert said.code == 1


# --- export ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def filled(sh: Shell) -> Shell:
    sh.ok("center add LC 'Castries SBDC' --country LC")
    (sh.folder / "clients.csv").write_text("code,name,phone\nLC-AAAA,José,4550102\n")
    sh.ok("client import clients.csv --center LC")
    return sh


def test_an_export_goes_to_a_file_or_a_pipe(filled: Shell) -> None:
    said = filled("export clients --out -")
    assert (said.code, said.err) == (0, "1 row.")
    assert [row["client"] for row in csv.DictReader(io.StringIO(said.out))] == ["LC-AAAA"]
    assert "José" not in said.out
    assert filled("export clients --identified --out clients.out.csv").err == "1 row in clients.out.csv."
    assert "José" in (filled.folder / "clients.out.csv").read_text("utf-8")
    filled.ok("export clients --out clients.xlsx")
    assert (filled.folder / "clients.xlsx").read_bytes().startswith(b"PK")
    filled.ok("export outcomes --format csv --out figures --since 2026-01-01 --until 2026-12-31 --center lc")
    assert (filled.folder / "figures").read_text("utf-8").startswith("client,center,country,indicator")


def test_an_export_is_logged_with_its_filters(filled: Shell) -> None:
    filled.ok("export messages --out m.csv --since 2026-01-01 --center lc")
    database = Database.open(filled.url)
    with database.read() as db:
        last = db.scalars(select(Audit).order_by(Audit.id.desc())).first()
    database.close()
    assert last is not None
    assert last.actor.startswith("cli:")
    assert last.details == {
        "format": "csv",
        "since": "2026-01-01",
        "until": "",
        "center": "LC",
        "identified": False,
        "state": "completed",
        "rows": 0,
    }


@pytest.mark.parametrize(
    ("line", "told", "code"),
    [
        ("export clients --out nowhere/x.csv", "nowhere/.x.csv.", 1),
        ("export clients --out .", ".: is a folder; name a file", 1),
        ("export clients --out x.csv --center ZZ", "center: there is no center 'ZZ'; there are: LC", 1),
        (
            "export clients --out x.csv --since 2026-02-01 --until 2026-01-01",
            "--since, --until: the first day is after the last one",
            1,
        ),
        ("export everything --out x.csv", "Usage:", 2),
    ],
)
def test_an_export_that_cannot_be_made(filled: Shell, line: str, told: str, code: int) -> None:
    said = filled(line)
    assert (said.code, said.out) == (code, "")
    assert said.err.startswith(told)


# --- the store -------------------------------------------------------------------------------------------------------


def test_a_store_is_made_and_brought_up_to_date(bare: Shell) -> None:
    said = bare("center list")
    assert (said.code, said.err) == (
        1,
        f"there is no store at {bare.folder}/store.sqlite3 yet; create it with: acompana migrate",
    )
    assert not (bare.folder / "store.sqlite3").exists()
    assert bare.ok("migrate").startswith(f"The store {bare.folder}/store.sqlite3 is ready")
    assert bare.ok("migrate")
    bare.ok("center list")


@pytest.mark.parametrize(
    ("revision", "told"),
    [
        ("DELETE FROM alembic_version", "is empty; run: acompana migrate"),
        ("UPDATE alembic_version SET version_num = '9999'", "is newer (9999) than this program; upgrade the program"),
    ],
)
def test_a_store_of_another_time(sh: Shell, revision: str, told: str) -> None:
    with closing(sqlite3.connect(sh.folder / "store.sqlite3")) as connection:
        connection.execute(revision)
        connection.commit()
    said = sh("center list")
    assert said.code == 1
    assert said.err == f"the store {sh.folder}/store.sqlite3 {told}"


def test_a_file_that_is_no_store(bare: Shell) -> None:
    (bare.folder / "store.sqlite3").write_bytes(b"a letter to the ministry " * 100)
    for line in ("center list", "migrate", "doctor"):
        assert "is not a store, or damaged; put a backup in its place" in str(bare(line))


def fail_by(pragma: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every connection begin with a pragma that makes it fail the way a disk does."""

    def with_pragma(url: str) -> Engine:
        engine = make_engine(url)
        event.listen(engine, "connect", lambda connection, record: connection.execute(pragma).close())
        return engine

    monkeypatch.setattr("storage.health.make_engine", with_pragma)
    monkeypatch.setattr("storage.engine.make_engine", with_pragma)


@pytest.mark.parametrize(
    ("pragma", "told"),
    [
        ("PRAGMA query_only = 1", "cannot be written; check who may write"),
        ("PRAGMA max_page_count = 1", "is out of room; free some space on its disk"),
    ],
    ids=["read-only", "full"],
)
def test_a_store_that_takes_nothing(sh: Shell, monkeypatch: pytest.MonkeyPatch, pragma: str, told: str) -> None:
    fail_by(pragma, monkeypatch)
    rows = "code,name,phone\n" + "".join(f"LC-{n},{'x' * 190},+1758{4_000_000 + n}\n" for n in range(500))
    (sh.folder / "clients.csv").write_text(rows)
    said = sh("center add LC 'Castries SBDC' --country LC")
    if said.code == 0:  # what little room is left on its last page
        said = sh("client import clients.csv --center LC")
    assert said.code == 1
    assert told in said.err
    assert "\n" not in said.err
    assert f"✗ store: the store {sh.folder}/store.sqlite3 {told}" in sh("doctor").out


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("connection to server at localhost, port 5 failed: Connection refused", "cannot be reached"),
        ('FATAL:  database "acompana" does not exist', "does not exist; create the database first"),
        ('FATAL:  password authentication failed for user "x"', "refuses the name or password"),
        ("cannot execute INSERT in a read-only transaction", "cannot be written; check what its user may do"),
        ("could not extend file: No space left on device", "is out of room"),
        ("something new", "failed: something new"),
    ],
)
def test_a_server_that_fails(error: str, told: str) -> None:
    said = health.explain(DBAPIError("", {}, RuntimeError(error)), "postgresql+psycopg://ana:secret@db/acompana")
    assert told in said
    assert "secret" not in said


# --- settings, doctor, texts, telegram -------------------------------------------------------------------------------


def test_a_wrong_setting_is_named_in_a_line(sh: Shell) -> None:
    sh.environment = {"ACOMPANA_SIMULATR": "1", "ACOMPANA_NUDGE_DAYS": "soon"}
    said = sh("center list")
    assert said.code == 2
    assert said.err.splitlines() == [
        "ACOMPANA_SIMULATR: there is no such setting; did you mean ACOMPANA_SIMULATOR?",
        "ACOMPANA_NUDGE_DAYS: 'soon' is not a list of days; write it like 1,3, or off",
    ]
    assert "✗ settings: ACOMPANA_SIMULATR: there is no such setting" in sh("doctor").out


def test_no_traceback_reaches_the_operator(sh: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("private")

    monkeypatch.setattr("storage.registers.list_centers", broken)
    said = sh("center list")
    assert said.code == 1
    assert said.err == (
        "this should not have happened (ZeroDivisionError); ACOMPANA_LOG_LEVEL=debug shows where it did"
    )


def test_the_doctor_says_what_is_missing(sh: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.checks.problems", lambda labels: [])
    said = sh("doctor")
    assert said.code == 0
    assert [line for line in said.out.splitlines() if "free on its disk" not in line] == [
        "✓ settings: can be read",
        "– secret key: none; log-ins end when the program does. Set ACOMPANA_SECRET_KEY",
        f"✓ store: {sh.folder}/store.sqlite3 is at {latest()}",
        "✓ store: can be written",
        "– centers: none yet; add one: acompana center add",
        "✓ texts: complete in every language",
        "– public address: none; Telegram is asked for messages, Twilio needs ACOMPANA_PUBLIC_URL",
        "– sms: not set up; set ACOMPANA_TWILIO_ACCOUNT_SID, _AUTH_TOKEN and _SMS_FROM",
        "– whatsapp: not set up; set ACOMPANA_TWILIO_ACCOUNT_SID, _AUTH_TOKEN and _WHATSAPP_FROM",
        "– telegram: not set up; set ACOMPANA_TELEGRAM_TOKEN",
        "✓ simulator: is off",
    ]


TELEGRAM = {
    "ACOMPANA_TELEGRAM_TOKEN": "123456:ABC-DEF",
    "ACOMPANA_SECRET_KEY": "sixteen characters at least",
    "ACOMPANA_PUBLIC_URL": "https://chat.example.org",
    "ACOMPANA_SIMULATOR": "1",
}


def test_the_doctor_asks_the_providers_only_when_told(bare: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refused(channel: TelegramChannel) -> str:
        raise Misconfigured("401", "Telegram does not know this token")

    monkeypatch.setattr("bot.cli.checks.problems", lambda labels: ["es: 'x': no translation"])
    monkeypatch.setattr(TelegramChannel, "check", refused)
    monkeypatch.setattr("bot.cli.afar.ask", lambda url: Answer(200))
    bare.environment = TELEGRAM
    offline, online = bare("doctor"), bare("doctor --online")
    assert offline.code == online.code == 1
    assert "✓ telegram: is set up; try it with: acompana doctor --online" in offline.out
    assert "✗ telegram: Telegram does not know this token (401)" in online.out
    assert "✗ texts: 1 problem; see: acompana texts check" in online.out
    assert "– simulator: is on, beside real providers" in online.out
    assert f"✗ store: there is no store at {bare.folder}/store.sqlite3 yet" in online.out


def test_telegram_is_told_where_to_bring_messages(sh: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sh("telegram webhook").err == "ACOMPANA_TELEGRAM_TOKEN: is missing; copy the bot's token from @BotFather"

    async def registered(channel: TelegramChannel, url: str) -> str:
        return f"{url}/webhooks/telegram"

    shown: list[dict[str, list[tuple[str, str]]]] = []

    async def menu(channel: TelegramChannel, menus: dict[str, list[tuple[str, str]]]) -> None:
        shown.append(menus)

    monkeypatch.setattr(TelegramChannel, "register_webhook", registered)
    monkeypatch.setattr(TelegramChannel, "set_menu", menu)
    sh.environment = TELEGRAM
    assert sh.ok("telegram webhook") == "Telegram calls https://chat.example.org/webhooks/telegram"
    assert shown[0]["es"][0] == ("update", "Dar mis cifras")
    del sh.environment["ACOMPANA_PUBLIC_URL"]
    assert sh("telegram webhook").err == "ACOMPANA_PUBLIC_URL: is missing; Telegram needs an https address to call"


def test_the_texts_are_checked(sh: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "bot.cli.care.problems", lambda labels: ["es: 'Yes': no translation"] if "Yes" in labels else []
    )
    said = sh("texts check")
    assert (said.out, said.err, said.code) == ("es: 'Yes': no translation", "1 problem.", 1)


@pytest.mark.parametrize(
    "command", ["", "center", "staff", "client", "training", "export", "read", "doctor", "rate", "texts", "telegram"]
)
def test_every_command_explains_itself(sh: Shell, command: str) -> None:
    said = sh.ok(f"{command} --help")
    assert "Usage:" in said

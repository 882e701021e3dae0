"""Messages that were given up, on the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copyfile

import pytest
import time_machine
from sqlalchemy import select

from storage.engine import Database
from storage.schema import Address, Audit, Client, Outbox
from tests.cli import Shell

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)


@pytest.fixture
def sh(tmp_path: Path, store_template: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    """A shell on a database in which the messages 1 (by SMS, two hours ago) and 2 (by WhatsApp, a day ago) were given up, and
    3 has arrived."""
    path = tmp_path / "store.sqlite3"
    copyfile(store_template("sqlite"), path)
    monkeypatch.chdir(tmp_path)
    shell = Shell(tmp_path, f"sqlite:///{path}")
    with time_machine.travel(NOW, tick=False):
        shell.ok("center add LC 'Castries SBDC' --country LC")
        (tmp_path / "clients.csv").write_text("code,name,phone\nLC-AAAA,Marie,4550102\n")
        shell.ok("client import clients.csv --center LC")
        database = Database.open(shell.url)
        with database.write() as db:
            client, address = db.scalars(select(Client)).one(), db.scalars(select(Address)).first()
            assert address is not None
            for channel, hours, status in (("sms", 2, "failed"), ("whatsapp", 24, "dropped"), ("sms", 2, "delivered")):
                at = NOW - timedelta(hours=hours)
                about = {"address_id": address.id, "client_id": client.id, "channel": channel, "language": "en"}
                reason = "the channel was not set up correctly for a day" if status != "delivered" else None
                db.add(Outbox(**about, text="Hello", status=status, reason=reason, due_at=at, created_at=at))
                db.flush()
        database.close()
        yield shell


def queued(sh: Shell) -> list[int | None]:
    """In whose place messages wait to be sent."""
    database = Database.open(sh.url)
    with database.read() as db:
        found = list(db.scalars(select(Outbox.instead_of_id).where(Outbox.status == "queued").order_by(Outbox.id)))
    database.close()
    return found


def test_what_was_given_up_is_listed_without_its_words(sh: Shell) -> None:
    said = sh.ok("message list")
    assert [line.split("\t")[0] for line in said.splitlines()] == ["message", "1", "2"]
    assert "the channel was not set up correctly for a day" in said
    assert "Hello" not in said
    assert len(sh.ok("message list --since 3").splitlines()) == 2
    assert sh.ok("message list --channel telegram") == "No failed messages."


@pytest.mark.parametrize(
    ("line", "sent", "told"),
    [
        ("message again 1", [1], "1 message queued for the worker."),
        ("message again 1 2", [1, 2], "2 messages queued for the worker."),
        ("message again --since 3", [1], "1 message queued for the worker."),
        ("message again --since 48 --channel whatsapp", [2], "1 message queued for the worker."),
        ("message again 1 3", [1], "no failed message has this number"),
    ],
)
def test_it_is_sent_again(sh: Shell, line: str, sent: list[int], told: str) -> None:
    assert told in sh.ok(line)
    assert queued(sh) == sent


def test_it_is_sent_again_once_and_leaves_a_trace(sh: Shell) -> None:
    sh.ok("message again 1")
    again = sh("message again 1")
    assert (again.code, "it was already sent again" in again.out) == (1, True)
    database = Database.open(sh.url)
    with database.read() as db:
        traces = db.scalars(select(Audit.subject).where(Audit.action == "message.again")).all()
    database.close()
    assert traces == ["LC-AAAA"]


def test_what_to_send_has_to_be_named(sh: Shell) -> None:
    said = sh("message again")
    assert (said.code, "--since 6" in said.err) == (1, True)

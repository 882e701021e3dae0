"""What the statements cost that are repeated for every message.

No statement of a turn crosses clients: each is bound to one client, one address or one row, which is what lets the
tables be spread over several servers by client. And none of them, in no subquery, reads a table that grows from end to
end: both engines say how they would run it, on the rows of a few hundred clients.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select, update

from bot.channels.registry import simulators
from bot.model import Delivery, Inbound, Status
from bot.service import resend
from scheduler.firing import fire_due
from scheduler.sender import Sender
from storage.engine import Database
from storage.schema import Address, Outbox
from tests.service.world import ANA, REGISTRATION, World
from tests.storage.plans import Run, fill, recorded, scans
from tests.web.console.conftest import found, opened

SHARED = {"centers", "staff", "rates", "trainings"}
"""Small, and the same everywhere: each server has a copy."""
OF_A_CLIENT = re.compile(r"(?:client_id|business_id|(?<=clients\.)id)\s*(?:=|IN)\s*[(%?$]")
OF_A_PART = re.compile(
    r"seen\.address_id|(?:(?<=WHERE )\w+\.id|(?<=WHERE )id|address_id|conversation_id|session_id|followup_id|business_id|person_id|subject)\s*(?:=|IN)\s*[(%?$]"
)
"""By a key of something that is one client's, which a statement bound to the client gave before."""
EXCEPTIONS = {
    "whose phone it is": r"WHERE addresses\.channel = \S+ AND addresses\.address = ",
    "the same number on another channel": r"FROM addresses.* WHERE .*addresses\.address (=|IN) ",
    "whether the message was there before": r"FROM inbox WHERE inbox\.channel = .*inbox\.provider_id = ",
    "whose code it is": r"FROM link_codes WHERE link_codes\.code_hash = ",
    "whether a client code is taken": r"FROM clients WHERE clients\.code = \S+$",
    "how many seats of a training are taken, and who waits for one": r"FROM enrollments (JOIN .*)?WHERE enrollments\.training_id = ",
    "which timers are due": r"FROM timers WHERE timers\.status = ",
    "which timers are claimed": r"^UPDATE timers SET .*WHERE timers\.id IN ",
}
"""What docs/scale.md names, and how it would be answered there."""


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine, "before_cursor_execute", note)


def crossing(statements: list[str]) -> list[str]:
    """The statements that read or change rows of more than one client, and are no exceptions."""
    found = set()
    for statement in statements:
        line = " ".join(statement.split())
        tables = set(re.findall(r"(?:FROM|JOIN|UPDATE) (\w+)", line))
        reads = re.match("SELECT|UPDATE|DELETE|WITH", line) and tables - SHARED
        known = any(re.search(pattern, line) for pattern in EXCEPTIONS.values())
        if reads and not known and not OF_A_CLIENT.search(line) and not OF_A_PART.search(line):
            found.add(line)
    return sorted(found)


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    world = World.open(database_url)
    yield world
    world.database.close()


def hear(world: World, *lines: str, who: str = ANA, channel: str = "sms") -> list[str]:
    """The statements by which messages of one client are answered."""
    with statements(world.database) as seen:
        for line in lines:
            world.now += timedelta(minutes=1)
            world.number += 1
            inbound = Inbound(channel, f"m{world.number}", who, world.now, line, simulated=True)
            with world.database.write() as db:
                world.assistant.receive(db, inbound)
    return seen


def test_no_statement_of_a_turn_crosses_clients(world: World) -> None:
    seen = hear(world, *REGISTRATION, "update", "5200", "3", "1", "0", "none", "1", "1", "data", "person", "back")
    world.add_training(days=5)
    world.wait(days=1)
    seen += hear(world, "1", "later", "STOP", "START", "ERASE", "1")
    seen += hear(world, "hello", channel="whatsapp")
    assert len(seen) > 200
    assert crossing(seen) == []


def test_no_statement_of_a_timer_crosses_clients(world: World) -> None:
    world.register()
    world.log_session()
    world.add_training(days=20)
    with statements(world.database) as seen:
        for _ in range(100):
            world.now += timedelta(days=1)
            fire_due(world.database, world.assistant, lambda: world.now)
    assert len(seen) > 200
    assert crossing(seen) == []


def test_a_statement_that_reads_everybody_is_noticed() -> None:
    assert crossing(["SELECT clients.id\nFROM clients WHERE clients.status = ?", "SELECT 1 FROM centers"]) == [
        "SELECT clients.id FROM clients WHERE clients.status = ?"
    ]


# --- how the engines run them ----------------------------------------------------------------------------------------

BEN = "+17585550202"


@pytest.fixture
def crowded(world: World) -> World:
    world.once(lambda: crowd(world), "crowd")
    return world


def crowd(world: World) -> None:
    """A client on SMS and one on WhatsApp, both asked for figures and invited, among a few hundred like them."""
    world.register()
    world.register(BEN, "whatsapp", name="Ben Toussaint")
    world.log_session()
    world.add_training(days=20)
    world.wait(days=95)
    world.talk("update", "5200", "3", "1", "0", "none", "1", "1")
    fill(world.database)
    world.add_staff()


def whole_tables(database: Database, runs: list[Run]) -> dict[str, set[str]]:
    """Statement → the tables that grow which it reads from end to end."""
    with database.engine.connect() as connection:
        each = {run.sql: scans(connection, run) for run in runs}
    return {sql: tables for sql, tables in each.items() if tables}


@pytest.mark.slow
def test_no_statement_of_a_turn_reads_a_whole_table(crowded: World) -> None:
    with recorded(crowded.database) as runs:
        hear(crowded, "update", "5200", "3", "1", "0", "none", "1", "1", "data", "code", "person", "back", "1")
        hear(crowded, *REGISTRATION, channel="telegram")
        crowded.now += timedelta(days=2)
        hear(crowded, "hello", who=BEN, channel="whatsapp")
    assert any("instead_of_id = outbox" in run.sql for run in runs), "what was announced was looked up"
    assert len(runs) > 40
    assert whole_tables(crowded.database, runs) == {}


@pytest.mark.slow
def test_no_statement_of_a_timer_reads_a_whole_table(crowded: World) -> None:
    with recorded(crowded.database) as runs:
        for _ in range(300):
            crowded.now += timedelta(days=1)
            fire_due(crowded.database, crowded.assistant, lambda: crowded.now)
    assert len(runs) > 25
    assert whole_tables(crowded.database, runs) == {}


@pytest.mark.slow
def test_no_statement_of_a_sending_or_a_report_reads_a_whole_table(crowded: World) -> None:
    hear(crowded, "data", "help")
    sender = Sender(crowded.database, {}, simulators(), lambda: crowded.now)
    with crowded.database.read() as db:
        ids = db.scalars(select(Outbox.id).order_by(Outbox.id.desc()).limit(2)).all()
    with recorded(crowded.database) as runs:
        assert asyncio.run(sender.drain()) > 1
        with crowded.database.read() as db:
            first, second = (db.get_one(Outbox, number) for number in ids)
        for row, state in ((first, Delivery.DELIVERED), (second, Delivery.FAILED)):
            with crowded.database.write() as db:
                assert crowded.assistant.report(db, Status(row.channel, row.provider_id or "", state, crowded.now))
        with crowded.database.write() as db:
            assert not crowded.assistant.report(db, Status("sms", "nobody's", Delivery.DELIVERED, crowded.now))
    assert len(runs) > 10
    assert whole_tables(crowded.database, runs) == {}


@pytest.mark.slow
def test_no_statement_of_sending_again_reads_a_whole_table(crowded: World) -> None:
    with crowded.database.write() as db:
        row = db.scalars(select(Outbox).join(Address).where(Address.address == ANA).order_by(Outbox.id.desc())).first()
        assert row is not None
        row.status, row.conversation_id = "failed", None
    with recorded(crowded.database) as runs, crowded.database.write() as db:
        assert isinstance(resend.again(db, db.get_one(Outbox, row.id), crowded.now), Outbox)
    assert whole_tables(crowded.database, runs) == {}


@pytest.mark.slow
def test_the_page_of_failed_messages_reads_no_whole_table(database_url: str) -> None:
    network = opened(database_url)
    found(network)
    network.signs_up()
    fill(network.database)
    with network.database.write() as db:
        db.execute(update(Outbox).where(Outbox.id > 0).values(status="failed"))
    network.enter("ana@network.example")
    with recorded(network.database) as runs:
        assert network.browser.get("/console/messages").status_code == 200
    assert any("instead_of_id IN" in run.sql for run in runs)
    assert whole_tables(network.database, runs) == {}
    network.close()

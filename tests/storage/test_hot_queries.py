"""No statement of a turn crosses clients: each is bound to one client, one address or one row, which is what lets the
tables be spread over several servers by client."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from bot.model import Inbound
from scheduler.firing import fire_due
from storage.engine import Database
from tests.service.world import ANA, REGISTRATION, World

SHARED = {"centers", "staff", "rates", "trainings"}
"""Small, and the same everywhere: each server has a copy."""
OF_A_CLIENT = re.compile(r"(?:client_id|(?<=clients\.)id)\s*(?:=|IN)\s*[(%?$]")
OF_A_PART = re.compile(
    r"seen\.address_id|(?:(?<=WHERE )\w+\.id|(?<=WHERE )id|address_id|conversation_id|session_id|followup_id|subject)\s*(?:=|IN)\s*[(%?$]"
)
"""By a key of something that is one client's, which a statement bound to the client gave before."""
EXCEPTIONS = {
    "whose phone it is": r"WHERE addresses\.channel = \S+ AND addresses\.address = ",
    "the same number on another channel": r"FROM addresses.* WHERE .*addresses\.address (=|IN) ",
    "whether the message was there before": r"FROM inbox WHERE inbox\.channel = .*inbox\.provider_id = ",
    "whose code it is": r"FROM link_codes WHERE link_codes\.code_hash = ",
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


def hear(world: World, *lines: str, channel: str = "sms") -> list[str]:
    """The statements by which messages of one client are answered."""
    with statements(world.database) as seen:
        for line in lines:
            world.now += timedelta(minutes=1)
            world.number += 1
            inbound = Inbound(channel, f"m{world.number}", ANA, world.now, line, simulated=True)
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

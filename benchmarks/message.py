"""What a message costs on PostgreSQL: the processors of the program and of the server, and the disk. Time of the processors,
so that whatever else the machine does hardly matters.

    python -m benchmarks message [--clients 100]
"""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time

from sqlalchemy import func, select, text

from benchmarks.bulk import add_center
from benchmarks.turns import LINES
from bot.channels.simulator import SimulatorChannel
from bot.model import Inbound
from bot.service.assistant import Assistant
from bot.service.rules import Rules
from bot.text.language import Catalogs
from scheduler.sender import Sender
from storage.engine import Database
from storage.migrate import upgrade
from storage.schema import Inbox, Outbox
from tests import postgres

NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)
TICKS = os.sysconf("SC_CLK_TCK")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks message")
    parser.add_argument("--clients", type=int, default=100, help="each registers and answers one survey")
    clients = parser.parse_args(arguments).clients
    server = postgres.start()
    try:
        server.create("message")
        upgrade(server.url("message"))
        with closing(Database.open(server.url("message"))) as database:
            _measure(database, server.process.pid, clients)
    finally:
        server.stop()
    return 0


def _measure(database: Database, server: int, clients: int) -> None:
    assistant = Assistant(Catalogs.load(), Rules())
    add_center(database, NOW)
    _converse(database, assistant, range(3))
    size, received, sent = _size(database), _count(database, Inbox), _count(database, Outbox)
    own, theirs = process_time(), _seconds(server)
    _converse(database, assistant, range(3, 3 + clients))
    own, theirs = process_time() - own, _seconds(server) - theirs
    turns = _count(database, Inbox) - received
    print(
        f"a message that comes in, with its reply queued: {own / turns * 1e3:.1f} ms of the program's processor, "
        f"{theirs / turns * 1e3:.1f} ms of the server's"
    )
    sms = SimulatorChannel("sms")
    sender = Sender(database, {}, {"sms": sms}, lambda: NOW + timedelta(hours=2))
    own, theirs = process_time(), _seconds(server)
    handled = asyncio.run(sender.drain())
    own, theirs = process_time() - own, _seconds(server) - theirs
    print(
        f"a message that goes out, claimed and recorded: {own / handled * 1e3:.1f} ms of the program's processor, "
        f"{theirs / handled * 1e3:.1f} ms of the server's"
    )
    grown = _size(database) - size
    replies = _count(database, Outbox) - sent
    print(f"{turns} messages in, {replies} out: {grown / turns / 1024:.1f} KiB of disk for a message in and its reply")


def _converse(database: Database, assistant: Assistant, clients: range) -> None:
    for client in clients:
        for number, line in enumerate(LINES):
            at = NOW + timedelta(minutes=number)
            inbound = Inbound("sms", f"{client}-{number}", f"+1758555{client:04d}", at, line, simulated=True)
            with database.write() as db:
                assistant.receive(db, inbound)


def _count(database: Database, table: type[Inbox] | type[Outbox]) -> int:
    with database.read() as db:
        return db.scalar(select(func.count(table.id))) or 0


def _size(database: Database) -> int:
    with database.read() as db:
        return int(db.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


def _seconds(server: int) -> float:
    """What the server's processes took of the processors, those that have ended included: their parent bears it then."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if server in (int(fields[1]), int(stat.parent.name)):
            ended = stat.parent.name == str(server)
            total += sum(map(int, fields[11:15] if ended else fields[11:13]))
    return total / TICKS

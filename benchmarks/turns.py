"""Turns through the service, each committed, as a ratio to a bare commit of one row on the same database in the same run."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from sqlalchemy import event

from bot.model import Inbound
from bot.service.assistant import Assistant
from bot.service.rules import Rules
from bot.text.language import Catalogs
from storage.engine import Database
from storage.migrate import upgrade
from storage.schema import Audit, Center
from tests import postgres

NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)
LINES = (
    *("hello", "1", "1", "1", "Ana Charles", "Bakery", "1", "Castries", "4500", "2", "1", "update"),
    *("5200", "3", "1", "0", "none", "1", "1"),
)
CLIENTS = 25


@contextmanager
def database_urls(*, durable: bool = False) -> Iterator[dict[str, str]]:
    """URLs of a new database on each engine. SQLite is always fully durable, PostgreSQL if `durable`; its server is the
    installed one, or the one from the wheel."""
    with tempfile.TemporaryDirectory() as folder:
        urls = {"SQLite": f"sqlite:///{Path(folder) / 'bench.sqlite3'}"}
        server = None
        try:
            server = postgres.start(options=()) if durable else postgres.start()
            server.create("bench", "template0")
            urls["PostgreSQL"] = server.url("bench")
        except postgres.NoPostgres as missing:
            print(f"PostgreSQL is NOT measured: {missing}")
        try:
            yield urls
        finally:
            if server is not None:
                server.stop()


def main() -> None:
    with database_urls() as urls:
        for name, url in urls.items():
            upgrade(url)
            measure(name, url)


def measure(name: str, url: str) -> None:
    database = Database.open(url)
    assistant = Assistant(Catalogs.load(), Rules())
    with database.write() as db:
        db.add(
            Center(
                code="LC",
                name="SBDC",
                country="LC",
                currency="XCD",
                zone="America/St_Lucia",
                language="en",
                cadence=[3],
                settings={},
                created_at=NOW,
            )
        )
    statements = 0

    def count(*_: object) -> None:
        nonlocal statements
        statements += 1

    event.listen(database.engine, "before_cursor_execute", count)
    turns = 0
    started = perf_counter()
    for client in range(CLIENTS):
        for number, line in enumerate(LINES):
            at = NOW + timedelta(minutes=number)
            inbound = Inbound("sms", f"{client}-{number}", f"+1758555{client:04d}", at, line, simulated=True)
            with database.write() as db:
                assistant.receive(db, inbound)
            turns += 1
    turn = (perf_counter() - started) / turns
    per_turn = statements / turns
    started = perf_counter()
    for number in range(turns):
        with database.write() as db:
            db.add(Audit(at=NOW, actor="bench", action="row", subject=str(number), details={}))
    bare = (perf_counter() - started) / turns
    database.close()
    print(
        f"{name}: {1 / turn:,.0f} turns a second, {per_turn:.1f} statements a turn; "
        f"a bare commit of one row {1 / bare:,.0f} a second; ratio {bare / turn:.2f}"
    )

"""Two new databases on each engine, to measure one beside the other."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from storage.engine import Database
from storage.migrate import upgrade
from tests import postgres


def paired_databases() -> Iterator[tuple[str, Database, Database]]:
    """(engine, first database, second database), empty and migrated; removed when the next pair is requested."""
    with tempfile.TemporaryDirectory(prefix="acompana-bench-") as folder:
        urls = [f"sqlite:///{Path(folder) / name}.sqlite3" for name in ("first", "second")]
        yield from _opened("SQLite", urls)
    try:
        server = postgres.start()
    except postgres.NoPostgres as missing:
        print(f"PostgreSQL is NOT measured: {missing}")
        return
    try:
        for name in ("first", "second"):
            server.create(name)
        yield from _opened("PostgreSQL", [server.url("first"), server.url("second")])
    finally:
        server.stop()


def _opened(name: str, urls: list[str]) -> Iterator[tuple[str, Database, Database]]:
    for url in urls:
        upgrade(url)
    with closing(Database.open(urls[0])) as first, closing(Database.open(urls[1])) as second:
        yield name, first, second

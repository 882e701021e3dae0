"""Copies of an SQLite database, made while others write to it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from storage.backup.archive import Progress
from storage.engine import BUSY_SECONDS
from storage.health import DatabaseProblem

PAGES = 2048
"""Copied in one go, 8 MiB."""


def copy(source: Path, to: Path, progress: Progress) -> None:
    """A copy of one moment, in one file. Writers go on meanwhile: the read transaction that is held keeps that moment."""
    os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    with _connected(source) as database, _connected(to) as target:
        database.execute("BEGIN")
        database.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        database.backup(
            target, pages=PAGES, progress=lambda _status, left, total: progress(total - left, total), sleep=0
        )
        database.execute("ROLLBACK")
        target.execute("PRAGMA journal_mode=DELETE")


def faults(file: Path) -> list[str]:
    """What is wrong in a database, if anything."""
    with _connected(file) as database:
        try:
            found = [line for (line,) in database.execute("PRAGMA integrity_check") if line != "ok"]
            lost = database.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.DatabaseError as error:
            return [str(error)]
    return [
        *found,
        *(f"row {row} of {table} names a row of {other} that is not there" for table, row, other, _n in lost),
    ]


def rows(file: Path) -> dict[str, int]:
    """How many rows each table has."""
    with _connected(file) as database:
        names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        tables = [name for (name,) in database.execute(names)]
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608


def revision(file: Path) -> str | None:
    """The revision that a database is at; None where it was never migrated."""
    with _connected(file) as database:
        try:
            return str(database.execute("SELECT version_num FROM alembic_version").fetchone()[0])
        except (sqlite3.DatabaseError, TypeError):
            return None


def settle(file: Path) -> None:
    """Bring everything into the one file."""
    with _connected(file) as database:
        database.execute("PRAGMA journal_mode=DELETE")


def put_aside(file: Path, at: datetime) -> Path:
    """Rename a database that is to be replaced. Raises DatabaseProblem while a process has it open."""
    with _connected(file, wait=0) as database:
        try:
            database.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.DatabaseError as error:
            if "locked" in str(error):
                raise DatabaseProblem(f"the database {file} is in use; stop the program first") from error
    aside = file.with_name(f"{file.name}.replaced-{at:%Y%m%dT%H%M%SZ}")
    os.rename(file, aside)
    return aside


@contextmanager
def _connected(file: Path, wait: float = BUSY_SECONDS) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file, timeout=wait, isolation_level=None)) as connection:
        yield connection

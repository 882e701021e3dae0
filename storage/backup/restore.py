"""Restoring a backup."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from storage import audit
from storage.backup import postgres_copy, sqlite_copy
from storage.backup.archive import Manifest, Progress, beside, manifest_of, thrown_away, unpack
from storage.engine import Database
from storage.health import DatabaseProblem, file_of, known_revision, shown
from storage.migrate import latest, upgrade

NAMES = {"sqlite": "an SQLite file", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Restored:
    """The result of a restore."""

    manifest: Manifest
    aside: str | None
    """Where the replaced database is kept: a file, or a PostgreSQL schema."""


def restore(url: str, file: Path, *, replace: bool, actor: str, at: datetime, progress: Progress) -> Restored:
    """Verify the backup `file`, upgrade it if it is from an older version, and put it in place of the database at `url`. A
    database that is not empty is replaced only with `replace`, and is kept under another name.

    Raises DatabaseProblem if that fails, leaving the database unchanged; OSError if a file cannot be used.
    """
    manifest = manifest_of(file)
    engine = make_url(url).get_backend_name()
    if engine != manifest.engine:
        raise DatabaseProblem(
            f"{file} is a backup of {NAMES[manifest.engine]}, but ACOMPANA_DATABASE_URL names {NAMES[engine]}; use the same kind"
        )
    if not known_revision(manifest.revision):
        raise DatabaseProblem(
            f"{file} is from a newer version ({manifest.revision}, this is {latest()}); upgrade the program"
        )
    put = _put_file if engine == "sqlite" else _put_database
    aside = put(url, file, manifest, replace, at, progress)
    with closing(Database.open(url)) as database, database.write() as db:
        details: dict[str, Any] = {"revision": manifest.revision, "rows": manifest.total, "sha256": manifest.sha256}
        audit.record(db, actor, "store.restore", at=at, made_at=manifest.made_at.isoformat(), **details)
    return Restored(manifest, aside)


def _refuse(url: str, rows: dict[str, int], replace: bool) -> None:
    if sum(rows.values()) and not replace:
        raise DatabaseProblem(
            f"the database {shown(url)} already holds {sum(rows.values()):,} rows; --replace keeps it under another name"
        )


def _held(rows: dict[str, int]) -> dict[str, int]:
    """Without the table that has a row in every migrated database."""
    return {table: number for table, number in rows.items() if table != "alembic_version"}


def _compare(file: Path, manifest: Manifest, rows: dict[str, int], faults: list[str]) -> None:
    if faults:
        raise DatabaseProblem(f"{file} cannot be used: {faults[0]}")
    if rows != manifest.rows:
        raise DatabaseProblem(f"{file} cannot be used: its rows do not match its manifest")


def _put_file(url: str, file: Path, manifest: Manifest, replace: bool, at: datetime, progress: Progress) -> str | None:
    target = file_of(url)
    if target is None:
        raise DatabaseProblem("a database in memory cannot be restored")
    held = _rows_in(target)
    _refuse(url, held, replace)
    with thrown_away(beside(target, "restore")) as copy:
        unpack(file, manifest, copy, progress)
        faults = sqlite_copy.faults(copy)
        _compare(file, manifest, sqlite_copy.rows(copy) if not faults else {}, faults)
        upgrade(f"sqlite:///{copy}")
        sqlite_copy.settle(copy)
        aside = sqlite_copy.put_aside(target, at) if target.exists() else None
        os.replace(copy, target)
    if aside is not None and not sum(held.values()):
        aside.unlink()
        aside = None
    return str(aside) if aside else None


def _rows_in(target: Path) -> dict[str, int]:
    if not target.exists():
        return {}
    try:
        return _held(sqlite_copy.rows(target))
    except sqlite3.DatabaseError:
        return {"damaged or not a database": 1}


def _put_database(
    url: str, file: Path, manifest: Manifest, replace: bool, at: datetime, progress: Progress
) -> str | None:
    copy = Path(f"{file}.{os.getpid()}.restore")
    with thrown_away(copy), closing(Database.open(url)) as database:
        with database.engine.connect() as connection:
            held = _held(postgres_copy.rows(connection))
        _refuse(url, held, replace)
        database.engine.dispose()
        unpack(file, manifest, copy, progress)
        aside = postgres_copy.put_aside(database.engine, at)
        database.engine.dispose()
        try:
            postgres_copy.load(database.engine, copy, len(manifest.rows), progress)
            with database.engine.connect() as connection:
                _compare(file, manifest, postgres_copy.rows(connection), [])
            upgrade(url)
        except BaseException:
            postgres_copy.take_back(database.engine, aside)
            raise
        if not sum(held.values()):
            postgres_copy.forget(database.engine, aside)
    return f"schema {aside}" if sum(held.values()) else None

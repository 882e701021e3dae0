"""Whether the store can be used, and in one line what to do where it cannot."""

from __future__ import annotations

import shutil
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, make_url
from sqlalchemy.exc import DBAPIError

from storage.engine import make_engine
from storage.migrate import configuration, latest

SCARCE = 100 * 1024 * 1024
"""Bytes free below which a store on this disk is in danger."""

_SAID = (
    (("session is read-only",), "has no server that may be written just now; a fail-over may be under way"),
    (("readonly database", "read-only", "permission denied", "must be owner"), "cannot be written; {write}"),
    (("disk is full", "no space left", "disk i/o", "could not extend"), "is out of room; free some space on its disk"),
    (("database is locked", "database table is locked"), "is held by another process; end that or try again"),
    (("unable to open database file",), "cannot be opened; check that its folder is there and may be written"),
    (("file is not a database", "malformed"), "is not a store, or damaged; put a backup in its place"),
    (
        ("no such table", "no such column", "undefinedtable", "undefinedcolumn"),
        "is not up to date; run: acompana migrate",
    ),
    (("password authentication", "no password supplied"), "refuses the name or password in ACOMPANA_DATABASE_URL"),
    (("does not exist",), "does not exist; create the database first, then run: acompana migrate"),
    (("connection", "could not translate host"), "cannot be reached; check that it runs, and ACOMPANA_DATABASE_URL"),
)


class StoreProblem(Exception):
    """The store cannot be used as it is. The message is one line that says what to do."""


def shown(url: str) -> str:
    """The store's address without its password; the file where it is one."""
    parsed = make_url(url)
    return str(parsed.database) if parsed.get_backend_name() == "sqlite" else parsed.render_as_string()


def check(url: str) -> None:
    """Raise StoreProblem unless the store is there and at the revision that this program wants. Creates nothing."""
    file = file_of(url)
    if file and not file.exists():
        raise StoreProblem(f"there is no store at {file} yet; create it with: acompana migrate")
    engine = make_engine(url)
    try:
        found = _revision(engine)
    except DBAPIError as error:
        raise StoreProblem(explain(error, url)) from error
    finally:
        engine.dispose()
    if found is None:
        raise StoreProblem(f"the store {shown(url)} is empty; run: acompana migrate")
    if not known_revision(found):
        raise StoreProblem(f"the store {shown(url)} is newer ({found}) than this program; upgrade the program")
    if found != latest():
        raise StoreProblem(f"the store {shown(url)} is at {found} and must be at {latest()}; run: acompana migrate")


def explain(error: DBAPIError, url: str) -> str:
    """What a failure of the store means, and what to do about it."""
    file = file_of(url)
    write = f"check who may write {file} and its folder" if file else "check what its user may do"
    found = meaning(error, write)
    return f"the store {shown(url)} {found or 'failed: ' + str(error.orig).strip().splitlines()[0]}"


def meaning(error: BaseException, write: str = "check who may write it") -> str:
    """What a failure of the store means and what to do about it, in words of ours; "" where nobody knows."""
    orig = getattr(error, "orig", None) or error
    said = f"{type(orig).__name__} {orig}".lower()
    found = next((meaning for words, meaning in _SAID if any(word in said for word in words)), "")
    return found.format(write=write)


def probe(url: str) -> None:
    """Write to the store and take it back. Raises StoreProblem where that cannot be done."""
    engine = make_engine(url)
    try:
        with engine.connect() as connection, connection.begin() as trial:
            connection.exec_driver_sql("CREATE TABLE acompana_probe (n INTEGER)")
            trial.rollback()
    except DBAPIError as error:
        raise StoreProblem(explain(error, url)) from error
    finally:
        engine.dispose()


def room(url: str) -> int | None:
    """Free bytes on the disk of an SQLite store; None where the store is a server's."""
    file = file_of(url)
    return shutil.disk_usage(file.resolve().parent).free if file else None


def file_of(url: str) -> Path | None:
    parsed = make_url(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        reading = connection.execution_options(reading=True)
        return MigrationContext.configure(reading).get_current_revision()


def outdated(revision: str | None) -> bool:
    """Whether a store must be migrated first. A newer one need not: while one version replaces another, processes of the
    old one go on beside those of the new."""
    return revision is None or (revision != latest() and known_revision(revision))


def known_revision(revision: str) -> bool:
    """Whether this program knows that revision: it is its own, or an older one."""
    scripts = ScriptDirectory.from_config(configuration("sqlite://"))
    return revision in {script.revision for script in scripts.walk_revisions()}

"""Whether the database can be used and, if not, one line on what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, make_url
from sqlalchemy.exc import DBAPIError

from storage.engine import make_engine
from storage.migrate import latest, revisions

SCARCE = 100 * 1024 * 1024
"""Free bytes on the disk below which an SQLite database is at risk."""

_MEANINGS = (
    (("session is read-only",), "has no writable server right now; a fail-over may be in progress"),
    (("readonly database", "read-only", "permission denied", "must be owner"), "cannot be written; {write}"),
    (("disk is full", "no space left", "disk i/o", "could not extend"), "is out of disk space; free some space"),
    (
        ("database is locked", "database table is locked"),
        "is locked by another process; stop that process or try again",
    ),
    (("unable to open database file",), "cannot be opened; check that its folder exists and is writable"),
    (("file is not a database", "malformed"), "is damaged or not a database; restore a backup"),
    (
        ("no such table", "no such column", "undefinedtable", "undefinedcolumn"),
        "is not up to date; run: acompana migrate",
    ),
    (("password authentication", "no password supplied"), "rejects the user name or password in ACOMPANA_DATABASE_URL"),
    (("does not exist",), "does not exist; create it on the server, then run: acompana migrate"),
    (
        ("connection", "could not translate host"),
        "cannot be reached; check that the server is running, and ACOMPANA_DATABASE_URL",
    ),
)


class DatabaseProblem(Exception):
    """The database cannot be used. The message is one line that says what to do."""


def shown(url: str) -> str:
    """The database URL without its password, or the file of an SQLite database."""
    parsed = make_url(url)
    return str(parsed.database) if parsed.get_backend_name() == "sqlite" else parsed.render_as_string()


def check(url: str) -> None:
    """Raise DatabaseProblem unless the database exists and has the revision this program needs. Creates nothing."""
    file = file_of(url)
    if file and not file.exists():
        raise DatabaseProblem(f"there is no database at {file} yet; create it with: acompana migrate")
    engine = make_engine(url)
    try:
        revision = _revision(engine)
    except DBAPIError as error:
        raise DatabaseProblem(explain(error, url)) from error
    finally:
        engine.dispose()
    if revision is None:
        raise DatabaseProblem(f"the database {shown(url)} is empty; run: acompana migrate")
    if not known_revision(revision):
        raise DatabaseProblem(f"the database {shown(url)} is from a newer version ({revision}); upgrade the program")
    if revision != latest():
        raise DatabaseProblem(
            f"the database {shown(url)} is at revision {revision} but {latest()} is needed; run: acompana migrate"
        )


def explain(error: DBAPIError, url: str) -> str:
    """What a database error means and what to do about it, with the name of the database."""
    file = file_of(url)
    write = f"check the permissions of {file} and its folder" if file else "check the permissions of its user"
    known = meaning(error, write)
    return f"the database {shown(url)} {known or 'failed: ' + str(error.orig).strip().splitlines()[0]}"


def meaning(error: BaseException, write: str = "check its permissions") -> str:
    """What a database error means and what to do about it; "" if the error is unknown."""
    orig = getattr(error, "orig", None) or error
    description = f"{type(orig).__name__} {orig}".lower()
    template = next((meaning for words, meaning in _MEANINGS if any(word in description for word in words)), "")
    return template.format(write=write)


def probe(url: str) -> None:
    """Write to the database and roll back. Raises DatabaseProblem if that fails."""
    engine = make_engine(url)
    try:
        with engine.connect() as connection, connection.begin() as trial:
            connection.exec_driver_sql("CREATE TABLE acompana_probe (n INTEGER)")
            trial.rollback()
    except DBAPIError as error:
        raise DatabaseProblem(explain(error, url)) from error
    finally:
        engine.dispose()


def room(url: str) -> int | None:
    """Free bytes on the disk of an SQLite database; None for a database server."""
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
    """Whether the database must be migrated first. A newer one need not be: during an upgrade, processes of the old version
    keep running next to those of the new one."""
    return revision is None or (revision != latest() and known_revision(revision))


def known_revision(revision: str) -> bool:
    """Whether this program knows the revision: its own or an older one."""
    return revision in revisions()

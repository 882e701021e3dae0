"""Copies of a PostgreSQL database, by PostgreSQL's own programs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from psycopg.conninfo import make_conninfo
from sqlalchemy import Connection, Engine, text

from storage.backup.archive import Progress
from storage.health import DatabaseProblem

DEBIAN = Path("/usr/lib/postgresql")
SCHEMA = "public"
TABLES = text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
    "AND backend_type = 'client backend'"
)


def dump(engine: Engine, to: Path, progress: Progress) -> tuple[str, dict[str, int]]:
    """A copy of one moment in `pg_dump`'s custom format; its revision, and how many rows each table has. Raises
    DatabaseProblem."""
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection, connection.begin():
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        program = _program("pg_dump", connection)
        snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        held = rows(connection)
        if "alembic_version" not in held:
            raise DatabaseProblem("the database is empty; run: acompana migrate")
        options = ("--format=custom", f"--schema={SCHEMA}", "--no-owner", "--no-privileges", f"--snapshot={snapshot}")
        os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        _run(engine, [program, *options, "--verbose", f"--file={to}"], "dumping contents of table", len(held), progress)
        return revision(connection), held


def load(engine: Engine, copy: Path, tables: int, progress: Progress) -> None:
    """Put a copy into an empty schema, in one transaction. Raises DatabaseProblem."""
    with engine.connect() as connection:
        program = _program("pg_restore", connection)
    options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", f"--schema={SCHEMA}")
    _run(engine, [program, *options, "--verbose", str(copy)], "processing data for table", tables, progress)


def put_aside(engine: Engine, at: datetime) -> str:
    """Rename the schema that is to be replaced, and make an empty one. Raises DatabaseProblem while others are connected."""
    aside = f"replaced_{at:%Y%m%dt%H%M%Sz}"
    with engine.begin() as connection:
        if others := connection.execute(OTHERS).scalar_one():
            raise DatabaseProblem(f"the database is in use by {others} other connections; stop the program first")
        connection.exec_driver_sql(f"ALTER SCHEMA {SCHEMA} RENAME TO {aside}")
        connection.exec_driver_sql(f"CREATE SCHEMA {SCHEMA}")
    return aside


def take_back(engine: Engine, aside: str) -> None:
    """Make the schema that was put aside the database again."""
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {SCHEMA} CASCADE")
        connection.exec_driver_sql(f"ALTER SCHEMA {aside} RENAME TO {SCHEMA}")


def forget(engine: Engine, aside: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {aside} CASCADE")


def rows(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    quoted = connection.dialect.identifier_preparer.quote
    return {
        name: connection.exec_driver_sql(f"SELECT count(*) FROM {SCHEMA}.{quoted(name)}").scalar_one()  # noqa: S608
        for name in connection.execute(TABLES).scalars().all()
    }


def revision(connection: Connection) -> str:
    return str(connection.exec_driver_sql(f"SELECT version_num FROM {SCHEMA}.alembic_version").scalar_one())  # noqa: S608


# --- the programs ----------------------------------------------------------------------------------------------------


def _program(name: str, connection: Connection) -> str:
    """The program that fits the server: one of its version, or a newer one. Raises DatabaseProblem where there is none."""
    server = connection.execute(text("SELECT current_setting('server_version_num')::int / 10000")).scalar_one()
    versions = {path: _version(path) for path in _installed(name)}
    fitting = [path for path, version in versions.items() if version >= server]
    if fitting:
        return str(min(fitting, key=lambda path: versions[path]))
    has = f"the newest one found is version {max(versions.values())}" if versions else "none is installed"
    raise DatabaseProblem(
        f"{name} of PostgreSQL {server} or newer is required, but {has}. On Debian: "
        f"sudo apt-get install postgresql-client-{server}"
    )


def _installed(name: str) -> Iterator[Path]:
    if on_path := shutil.which(name):
        yield Path(on_path)
    yield from DEBIAN.glob(f"*/bin/{name}")


def _version(program: Path) -> int:
    output = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    number = re.search(r"\d+", output)
    return int(number[0]) if number else 0


def _run(engine: Engine, command: list[str], step: str, steps: int, progress: Progress) -> None:
    """Run a program on the database; each line that names a `step` moves the progress. The password is not among its
    arguments, which everybody on the machine can read."""
    _arguments, options = engine.dialect.create_connect_args(engine.url)
    known: dict[str, Any] = {name: value for name, value in options.items() if name != "context"}
    environment = dict(os.environ)
    if password := known.pop("password", None):
        environment["PGPASSWORD"] = str(password)
    done, last = 0, ""
    call = [command[0], f"--dbname={make_conninfo(**known)}", *command[1:]]
    with subprocess.Popen(
        call, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        for line in process.stderr or ():
            last = line.strip() or last
            if step in line:
                done += 1
                progress(done, steps)
    if process.returncode != 0:
        raise DatabaseProblem(f"{Path(command[0]).name} failed: {last}")

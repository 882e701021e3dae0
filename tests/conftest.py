"""What tests share: a fresh, migrated database on each engine, and a run that repeats itself exactly.

`database_url` runs a test once on SQLite and once on PostgreSQL. A test that needs only one of them says so:

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""

from __future__ import annotations

import gc
import itertools
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
import structlog

from tests import postgres

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from storage.engine import Database

ENGINES = ("sqlite", "postgresql")
TEMPLATE = "acompana_template"
IN_MEMORY = Path("/dev/shm")
"""Where a database's file costs no wait for a disk: the database itself writes through at every commit, here as elsewhere."""

hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None)
hypothesis.settings.register_profile("quick", hypothesis.settings.get_profile("repeatable"), max_examples=20)
hypothesis.settings.load_profile("repeatable")


@dataclass
class PostgresOfTheRun:
    """The one server of a run, started when the first test asks for it. `missing` is why there is none."""

    server: postgres.Server | None = None
    missing: str = ""
    names: Iterator[int] = field(default_factory=itertools.count)

    def get(self) -> postgres.Server:
        if self.server is None and not self.missing:
            try:
                self.server = postgres.start()
            except postgres.NoPostgres as error:
                self.missing = str(error)
        if self.server is None:
            pytest.skip(self.missing)
        return self.server


NO_PARAMETERS = SimpleNamespace(params={})
POSTGRES = pytest.StashKey[PostgresOfTheRun]()


def pytest_configure(config: pytest.Config) -> None:
    """A developer's own settings are not those of a test."""
    for name in [name for name in os.environ if name.startswith("ACOMPANA_")]:
        del os.environ[name]
    config.stash[POSTGRES] = PostgresOfTheRun()
    gc.set_threshold(100_000, 50, 100)


def pytest_unconfigure(config: pytest.Config) -> None:
    if server := config.stash[POSTGRES].server:
        server.stop()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of a run in several processes tells the one that sums up."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["missing"] = session.config.stash[POSTGRES].missing


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever runs on PostgreSQL needs a server."""
    for item in items:
        if (
            isinstance(item, pytest.Function)
            and "postgresql" in getattr(item, "callspec", NO_PARAMETERS).params.values()
        ):
            item.add_marker("server")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    if missing := getattr(node, "workeroutput", {}).get("missing"):
        node.config.stash[POSTGRES].missing = missing


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if missing := config.stash[POSTGRES].missing:
        terminalreporter.section("NOT TESTED ON POSTGRESQL", sep="!", red=True, bold=True)
        terminalreporter.line(missing, red=True, bold=True)
    left_out = [name for name in ("slow", "server") if f"not {name}" in (config.option.markexpr or "")]
    if left_out:
        terminalreporter.section("NOT EVERYTHING WAS TESTED", sep="!", yellow=True, bold=True)
        terminalreporter.line(f"Left out: tests marked {' and '.join(left_out)}. `make test` runs all.", yellow=True)


@pytest.fixture(autouse=True)
def logs_as_they_were() -> Iterator[None]:
    """A command that sets up logs writes to the streams of its own test; no later test writes there."""
    configured = structlog.get_config()
    yield
    structlog.configure(**configured)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def shortcuts() -> Iterator[None]:
    """Imported here, for the tests of the core have no use for SQLAlchemy and Typer."""
    from tests import shortcuts

    with shortcuts.taken():
        yield


@pytest.fixture(scope="session")
def store_template(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, shortcuts: None
) -> Callable[[str], str]:
    """Name of a migrated, empty database of an engine: a file's path or a database's name. Migrated once in a run."""
    from storage.migrate import upgrade

    made: dict[str, str] = {}

    def template(engine: str) -> str:
        if engine not in made:
            if engine == "sqlite":
                path = tmp_path_factory.mktemp("template") / "store.sqlite3"
                upgrade(f"sqlite:///{path}")
                with closing(sqlite3.connect(path)) as connection:
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                made[engine] = str(path)
            else:
                server = request.config.stash[POSTGRES].get()
                server.create(TEMPLATE)
                upgrade(server.url(TEMPLATE))
                made[engine] = TEMPLATE
        return made[engine]

    return template


@pytest.fixture(params=ENGINES)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a single table, on each engine: what a migration starts from."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    else:
        yield from _postgres_database(request, "template0")


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, store_template: Callable[[str], str]) -> Iterator[str]:
    """The address of a migrated, empty database that this test has for itself, on each engine."""
    yield from own_store(request, store_template, request.param)


def own_store(request: pytest.FixtureRequest, store_template: Callable[[str], str], engine: str) -> Iterator[str]:
    """The address of a copy of the migrated, empty database of one engine; gone when the test is over."""
    if engine == "sqlite":
        with tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as folder:
            path = Path(folder) / "store.sqlite3"
            shutil.copyfile(store_template("sqlite"), path)
            yield f"sqlite:///{path}"
    else:
        yield from _postgres_database(request, store_template("postgresql"))


def _postgres_database(request: pytest.FixtureRequest, template: str) -> Iterator[str]:
    run = request.config.stash[POSTGRES]
    server = run.get()
    name = f"test_{next(run.names)}"
    server.create(name, template)
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The database at `database_url`, opened the way the program opens its own."""
    from storage.engine import Database

    database = Database.open(database_url)
    yield database
    database.close()


@pytest.fixture
def engine(database: Database) -> Engine:
    return database.engine


@pytest.fixture
def db(engine: Engine) -> Iterator[Session]:
    """An open session; the test commits what another one shall see, and on SQLite before another one may write."""
    from sqlalchemy.orm import Session

    with Session(engine, expire_on_commit=False, autoflush=False) as session:
        yield session

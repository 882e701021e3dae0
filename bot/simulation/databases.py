"""One in-memory database for all processes of a world; it crashes its process or is unreachable as chance has it."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from bot.simulation.fate import Fate
from storage.engine import Database, make_engine
from storage.migrate import upgrade

BEFORE_COMMIT, AFTER_COMMIT = 0.0008, 0.0008


class Crash(BaseException):
    """The process dies at this point."""


@cache
def _template() -> bytes:
    """A migrated, empty database."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.sqlite3"
        upgrade(f"sqlite:///{path}")
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
            return connection.serialize()


_COMPILED: dict[Any, Any] = {}
"""Compiled statements, shared by all worlds of this process."""


def new_database() -> tuple[Engine, sqlite3.Connection]:
    """An empty database that shares nothing with an earlier world, and its only connection.

    The connection also serves for reading outside the transactions, from every thread: another one would see an empty
    database.
    """
    engine = make_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    engine.update_execution_options(compiled_cache=_COMPILED)
    with closing(engine.raw_connection()) as pooled:
        connection: Any = pooled.driver_connection
    connection.deserialize(_template())
    connection.execute("PRAGMA foreign_keys=ON")
    return engine, connection


class FragileDatabase(Database):
    """The database as one process sees it."""

    def __init__(self, engine: Engine, process: str, fate: Fate) -> None:
        super().__init__(engine)
        self.process, self.fate = process, fate
        self.occasion = ""
        """What the process is doing."""
        self.commits = 0
        """Commits since the occasion began."""
        self.down = False
        """True while the database cannot be reached."""

    def begin(self, occasion: str) -> None:
        self.occasion, self.commits = occasion, 0

    def quietly(self) -> AbstractContextManager[Session]:
        """A transaction that never fails."""
        return super().write()

    @contextmanager
    def read(self) -> Iterator[Session]:
        self._check_reachable()
        with super().read() as db:
            yield db

    def _check_reachable(self) -> None:
        if self.down:
            raise OperationalError("BEGIN", None, ConnectionError("the database is down"))

    @contextmanager
    def write(self) -> Iterator[Session]:
        self._check_reachable()
        self.commits += 1
        here = f"{self.process} dies in commit {self.commits} of {self.occasion}"
        with super().write() as db:
            yield db
            if self.fate.happens(f"{here}, before it", BEFORE_COMMIT):
                raise Crash(here)
        if self.fate.happens(f"{here}, after it", AFTER_COMMIT):
            raise Crash(here)

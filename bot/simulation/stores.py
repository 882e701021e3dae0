"""One store in memory for all processes of a world, which fails and takes its process down where fate has it."""

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
    """The process ends here and now."""


@cache
def _template() -> bytes:
    """A migrated, empty store."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.sqlite3"
        upgrade(f"sqlite:///{path}")
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
            return connection.serialize()


_COMPILED: dict[Any, Any] = {}
"""For all worlds of this process: what was compiled once need not be compiled again."""


def fresh() -> tuple[Engine, sqlite3.Connection]:
    """An empty store of its own, so that nothing of an earlier world can reach it; the connection is the one and only, for
    looking at it without disturbing a transaction. It serves every thread: one that had its own would see nothing."""
    engine = make_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    engine.update_execution_options(compiled_cache=_COMPILED)
    with closing(engine.raw_connection()) as pooled:
        connection: Any = pooled.driver_connection
    connection.deserialize(_template())
    connection.execute("PRAGMA foreign_keys=ON")
    return engine, connection


class FragileStore(Database):
    """The store as one process sees it. `occasion` names what is being done, `down` is true while it cannot be reached."""

    def __init__(self, engine: Engine, process: str, fate: Fate) -> None:
        super().__init__(engine)
        self.process, self.fate = process, fate
        self.occasion = ""
        self.count = 0
        self.down = False

    def begin(self, occasion: str) -> None:
        self.occasion, self.count = occasion, 0

    def quietly(self) -> AbstractContextManager[Session]:
        """A transaction in which nothing fails."""
        return super().write()

    @contextmanager
    def read(self) -> Iterator[Session]:
        self._reached()
        with super().read() as db:
            yield db

    def _reached(self) -> None:
        if self.down:
            raise OperationalError("BEGIN", None, ConnectionError("the store is down"))

    @contextmanager
    def write(self) -> Iterator[Session]:
        self._reached()
        self.count += 1
        here = f"{self.process} dies in commit {self.count} of {self.occasion}"
        with super().write() as db:
            yield db
            if self.fate.befalls(f"{here}, before it", BEFORE_COMMIT):
                raise Crash(here)
        if self.fate.befalls(f"{here}, after it", AFTER_COMMIT):
            raise Crash(here)

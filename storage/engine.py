"""Opening the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic, sleep
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from storage.trouble import gave_way, read_only

Result = TypeVar("Result")

BUSY_SECONDS = 30
"""How long a writer waits for another one on SQLite."""
ASK_AGAIN_SECONDS = 0.0005
"""How long it waits between two looks whether the other one is done; a turn takes a few milliseconds."""
POOL_SECONDS = 5
"""How long a transaction waits for a connection while all of them are in use."""
NOTICING = {
    "connect_timeout": "3",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}
"""By which a server that is gone without a word is noticed, in seconds (the last one: milliseconds) for each host of the
address. An address may say otherwise."""
ABANDONED = "SET idle_in_transaction_session_timeout = '2min'; SET tcp_keepalives_idle = 30"
"""So that the server lets go of what a machine held that is gone without a word."""


def make_engine(url: str, **options: Any) -> Engine:
    """An engine for `url`. On SQLite, to which `options` of SQLAlchemy's apply, every transaction takes the write lock at
    its start: one writer at a time, in order, instead of a lock that is found taken half-way through. Errors never carry
    what was bound to a statement: it may be a name or a number."""
    if not url.startswith("sqlite"):
        return _postgres_engine(make_url(url))
    engine = create_engine(url, **{"connect_args": {"timeout": BUSY_SECONDS}, "hide_parameters": True, **options})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _postgres_engine(url: URL) -> Engine:
    engine = create_engine(
        url.update_query_dict({name: value for name, value in NOTICING.items() if name not in url.query}),
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=20,
        pool_timeout=POOL_SECONDS,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_postgres)
    event.listen(engine, "handle_error", _leave_a_replica)
    return engine


def _prepare_postgres(connection: Any, record: Any) -> None:
    connection.autocommit = True
    connection.execute(ABANDONED)
    connection.autocommit = False


def _leave_a_replica(context: ExceptionContext) -> None:
    """A server that may not be written any more is no use to us: the pool connects anew, to the one that may."""
    if read_only(context.original_exception):
        context.is_disconnect = True


def _prepare_sqlite(connection: Any, record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_SECONDS * 1000}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    if connection.get_execution_options().get("reading", False):
        connection.exec_driver_sql("BEGIN")
        return
    raw: Any = connection.connection.dbapi_connection
    raw.execute("PRAGMA busy_timeout=0")
    try:
        _wait_for_its_turn(raw)
    finally:
        raw.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    if not raw.in_transaction:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _wait_for_its_turn(raw: sqlite3.Connection) -> None:
    """Begin as soon as no other process writes. SQLite itself would ask ever less often, up to ten times a second, and
    whoever came later would overtake."""
    until = monotonic() + BUSY_SECONDS
    while monotonic() < until:
        try:
            raw.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                return
            sleep(ASK_AGAIN_SECONDS)
        else:
            return


class Database:
    """Transactions on one engine. Only the edges open them."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._session = sessionmaker(engine, expire_on_commit=False, autoflush=False)
        self._one_writer = Lock() if engine.dialect.name == "sqlite" else None

    @classmethod
    def open(cls, url: str) -> Database:
        return cls(make_engine(url))

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back on any exception."""
        with self._in_line(), self._session.begin() as session:
            yield session

    @contextmanager
    def _in_line(self) -> Iterator[None]:
        """On SQLite the threads of a process write one after the other; a lock of our own wakes the next one at once."""
        mine = self._one_writer is not None and self._one_writer.acquire(timeout=BUSY_SECONDS)
        try:
            yield
        finally:
            if self._one_writer is not None and mine:
                self._one_writer.release()

    def transact(self, work: Callable[[Session], Result]) -> Result:
        """What `work` gives, in one transaction. Where that has to give way to another one (a deadlock), it is done once
        more from the start."""
        try:
            with self.write() as session:
                return work(session)
        except DBAPIError as error:
            if not gave_way(error):
                raise
        with self.write() as session:
            return work(session)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent view that takes no write lock; what is changed in it is not kept."""
        with self._session() as session:
            session.connection(execution_options={"reading": True})
            yield session

    def close(self) -> None:
        self.engine.dispose()

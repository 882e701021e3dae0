"""A database that is gone, full, a replica, or in the way of itself: how it is noticed, and what is tried again."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from storage import engine as engines
from storage.engine import Database
from storage.schema import Center
from storage.trouble import UNAVAILABLE
from tests.service.world import CENTERS

pytestmark = pytest.mark.slow

postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

FAR = {
    "nobody listens": "postgresql+psycopg://u@127.0.0.1:1/a",
    "neither host listens": "postgresql+psycopg://u@/a?host=127.0.0.1:1&host=127.0.0.1:2&target_session_attrs=read-write",
    "no such socket": "postgresql+psycopg://u@/a?host=/nowhere",
}


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A server that takes the connection and then says nothing, as behind a network that is cut."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.mark.parametrize("url", FAR.values(), ids=FAR)
def test_a_server_that_is_not_there_is_told_at_once(url: str) -> None:
    began = time.monotonic()
    with pytest.raises(UNAVAILABLE), Database.open(url).read():
        pass
    assert time.monotonic() - began < 1


def test_a_server_that_says_nothing_is_given_up(silent_port: int) -> None:
    database = Database.open(f"postgresql+psycopg://u@127.0.0.1:{silent_port}/a?connect_timeout=2")
    assert database.engine.url.query["connect_timeout"] == "2"
    began = time.monotonic()
    with pytest.raises(UNAVAILABLE), database.read():
        pass
    assert time.monotonic() - began < 4


@postgresql
def test_when_all_connections_are_in_use_nobody_waits_for_long(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "POOL_SECONDS", 0.05)
    database = Database.open(database_url)
    taken = [database.engine.connect() for _ in range(30)]
    with pytest.raises(UNAVAILABLE), database.read():
        pass
    for connection in taken:
        connection.close()
    database.close()


@postgresql
def test_the_pool_leaves_a_server_that_has_become_a_replica(database: Database, database_url: str) -> None:
    with database.read() as db:
        first = db.scalar(text("SELECT pg_backend_pid()"))
        db.execute(text("SET default_transaction_read_only = on"))
        db.commit()
    with pytest.raises(UNAVAILABLE), database.write() as db:
        db.add(CENTERS["LC"]())
    with database.write() as db:
        assert db.scalar(text("SELECT pg_backend_pid()")) != first
        db.add(CENTERS["LC"]())


@postgresql
def test_a_connection_that_the_server_ended_is_replaced_unseen(database: Database, database_url: str) -> None:
    with database.read() as db:
        pid = db.scalar(text("SELECT pg_backend_pid()"))
    with psycopg.connect(database_url.replace("+psycopg", ""), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))
    with database.write() as db:
        db.add(CENTERS["LC"]())


@pytest.mark.parametrize("error", [errors.DeadlockDetected, errors.SerializationFailure])
def test_who_had_to_give_way_tries_again_once(database: Database, error: type[psycopg.Error]) -> None:
    tries = []

    def work(db: Session) -> int:
        tries.append(1)
        db.add(CENTERS["LC"]())
        db.flush()
        if len(tries) == 1:
            raise OperationalError("", {}, error())
        return len(tries)

    assert database.transact(work) == 2
    with database.read() as db:
        assert db.scalar(select(func.count(Center.id))) == 1


@pytest.mark.parametrize("error", [errors.DeadlockDetected, errors.SerializationFailure])
def test_and_no_more_than_once(database: Database, error: type[psycopg.Error]) -> None:
    tries = []

    def work(db: Session) -> None:
        tries.append(1)
        raise OperationalError("", {}, error())

    with pytest.raises(OperationalError):
        database.transact(work)
    assert len(tries) == 2


def test_another_failure_is_not_tried_again(database: Database) -> None:
    tries = []

    def work(db: Session) -> None:
        tries.append(1)
        raise OperationalError("", {}, errors.DiskFull())

    with pytest.raises(OperationalError):
        database.transact(work)
    assert len(tries) == 1

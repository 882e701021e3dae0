"""The throw-away server itself: it comes up from whatever is installed, and its absence is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests import postgres

pytestmark = pytest.mark.server


@pytest.fixture
def server() -> Iterator[postgres.Server]:
    wheel = list(postgres.installations())[-1]
    server = postgres.start([wheel])
    yield server
    server.stop()


def query(server: postgres.Server, database: str, statement: str) -> object:
    with psycopg.connect(host=str(server.folder), user="postgres", dbname=database) as connection:
        row = connection.execute(statement.encode()).fetchone()
    return row and row[0]


def test_server_of_the_wheel_copies_databases_and_cleans_up(server: postgres.Server) -> None:
    server.create("one")
    with psycopg.connect(host=str(server.folder), user="postgres", dbname="one") as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    server.create("two", template="one")
    assert query(server, "two", "SELECT number FROM kept") == 7

    server.drop("two")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        query(server, "two", "SELECT 1")

    server.stop()
    assert not server.folder.exists()


def test_absence_names_what_was_tried_and_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(postgres.NoPostgres, match=r"none is installed.*apt-get install postgresql"):
        postgres.start([tmp_path])

    programs = tmp_path / "package" / "install" / "bin"
    programs.mkdir(parents=True)
    for name in ("initdb", "postgres"):
        (programs / name).write_text("#!/bin/sh\necho 'this disk is full' >&2\nexit 3\n")
        (programs / name).chmod(0o755)
    with pytest.raises(postgres.NoPostgres, match=rf"{programs}: this disk is full"):
        postgres.start([programs])

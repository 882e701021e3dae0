"""acompana migrate, and a database that is missing, of another time, damaged or full."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError

from storage import health
from storage.engine import make_engine
from tests.cli import Shell


def test_a_store_is_made_and_brought_up_to_date(bare: Shell) -> None:
    said = bare("center list")
    assert (said.code, said.err) == (
        1,
        f"there is no database at {bare.folder}/store.sqlite3 yet; create it with: acompana migrate",
    )
    assert not (bare.folder / "store.sqlite3").exists()
    assert bare.ok("migrate").startswith(f"The database {bare.folder}/store.sqlite3 is ready")
    assert bare.ok("migrate")
    bare.ok("center list")


@pytest.mark.parametrize(
    ("revision", "told"),
    [
        ("DELETE FROM alembic_version", "is empty; run: acompana migrate"),
        ("UPDATE alembic_version SET version_num = '9999'", "is from a newer version (9999); upgrade the program"),
    ],
)
def test_a_store_of_another_time(sh: Shell, revision: str, told: str) -> None:
    with closing(sqlite3.connect(sh.folder / "store.sqlite3")) as connection:
        connection.execute(revision)
        connection.commit()
    said = sh("center list")
    assert said.code == 1
    assert said.err == f"the database {sh.folder}/store.sqlite3 {told}"


@pytest.mark.slow
def test_a_file_that_is_no_store(bare: Shell) -> None:
    (bare.folder / "store.sqlite3").write_bytes(b"a letter to the ministry " * 100)
    for line in ("center list", "migrate", "doctor"):
        assert "is damaged or not a database; restore a backup" in str(bare(line))


def fail_by(pragma: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every connection begin with a pragma that makes it fail the way a disk does."""

    def with_pragma(url: str) -> Engine:
        engine = make_engine(url)
        event.listen(engine, "connect", lambda connection, record: connection.execute(pragma).close())
        return engine

    monkeypatch.setattr("storage.health.make_engine", with_pragma)
    monkeypatch.setattr("storage.engine.make_engine", with_pragma)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pragma", "told"),
    [
        ("PRAGMA query_only = 1", "cannot be written; check the permissions of"),
        ("PRAGMA max_page_count = 1", "is out of disk space; free some space"),
    ],
    ids=["read-only", "full"],
)
def test_a_store_that_takes_nothing(sh: Shell, monkeypatch: pytest.MonkeyPatch, pragma: str, told: str) -> None:
    fail_by(pragma, monkeypatch)
    rows = "code,name,phone\n" + "".join(f"LC-{n},{'x' * 190},+1758{4_000_000 + n}\n" for n in range(500))
    (sh.folder / "clients.csv").write_text(rows)
    said = sh("center add LC 'Castries SBDC' --country LC")
    if said.code == 0:  # what little room is left on its last page
        said = sh("client import clients.csv --center LC")
    assert said.code == 1
    assert told in said.err
    assert "\n" not in said.err
    assert f"✗ database: the database {sh.folder}/store.sqlite3 {told}" in sh("doctor").out


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("connection to server at localhost, port 5 failed: Connection refused", "cannot be reached"),
        ('FATAL:  database "acompana" does not exist', "does not exist; create it on the server"),
        ('FATAL:  password authentication failed for user "x"', "rejects the user name or password"),
        ("cannot execute INSERT in a read-only transaction", "cannot be written; check the permissions of its user"),
        ("could not extend file: No space left on device", "is out of disk space"),
        ("something new", "failed: something new"),
    ],
)
def test_a_server_that_fails(error: str, told: str) -> None:
    said = health.explain(DBAPIError("", {}, RuntimeError(error)), "postgresql+psycopg://ana:secret@db/acompana")
    assert told in said
    assert "secret" not in said

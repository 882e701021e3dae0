"""Backups: a consistent copy of a database in use, and nothing comes back that was not verified."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, table, text

from storage import registers
from storage.backup import back_up, postgres_copy, restore
from storage.backup.archive import MANIFEST, Manifest, manifest_of
from storage.engine import Database
from storage.health import DatabaseProblem
from storage.migrate import latest, upgrade
from storage.schema import Audit, Center, Client
from tests.cli import Shell

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def nothing(done: int, total: int) -> None:
    assert 0 <= done <= total


def filled(database: Database, *codes: str) -> None:
    with database.write() as db:
        for code in codes or ("LC",):
            registers.add_center(db, code, f"Center {code}", "LC", at=AT)


CENTER_OF_THE_FIRST_TABLES = (
    "INSERT INTO centers (code, name, country, currency, zone, language, cadence, settings, created_at) "
    "VALUES ('LC', 'Center LC', 'LC', 'XCD', 'America/St_Lucia', 'en', '[3]', '{}', '2026-01-05 15:00:00')"
)


def backup_of(database: Database, url: str, to: Path) -> Manifest:
    return back_up(database, url, to, actor="cli:me", at=AT, progress=nothing)


def put_back(url: str, file: Path, *, replace: bool = False) -> str | None:
    return restore(url, file, replace=replace, actor="cli:me", at=AT, progress=nothing).aside


def centers(url: str) -> list[str]:
    with closing(Database.open(url)) as database, database.read() as db:
        return list(db.scalars(select(Center.code).order_by(Center.code)))


def test_what_was_backed_up_comes_back_and_what_it_replaced_is_kept(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    filled(database, "LC", "HT")
    file = tmp_path / "one.backup"
    made = backup_of(database, database_url, file)
    assert (made.rows["centers"], made.rows["clients"], made.revision) == (2, 0, latest())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["one.backup"]
    filled(database, "DO")
    database.close()

    with pytest.raises(DatabaseProblem, match="already holds 4 rows; --replace"):
        put_back(database_url, file)
    assert centers(database_url) == ["DO", "HT", "LC"]

    aside = put_back(database_url, file, replace=True)
    assert centers(database_url) == ["HT", "LC"]
    assert aside is not None
    if database_url.startswith("sqlite"):
        assert centers(f"sqlite:///{aside}") == ["DO", "HT", "LC"]
    else:
        with closing(Database.open(database_url)) as again, again.read() as db:
            kept = aside.removeprefix("schema ")
            assert db.execute(select(func.count()).select_from(table("centers", schema=kept))).scalar_one() == 3
    with closing(Database.open(database_url)) as again, again.read() as db:
        log = [(row.actor, row.action, row.details["rows"]) for row in db.scalars(select(Audit).order_by(Audit.id))]
    assert log == [("cli:me", "store.restore", made.total)]


def test_a_backup_comes_back_into_an_empty_store(
    database: Database, database_url: str, empty_database_url: str, tmp_path: Path
) -> None:
    if database_url.split(":", maxsplit=1)[0] != empty_database_url.split(":", maxsplit=1)[0]:
        with pytest.raises(DatabaseProblem, match="use the same kind"):
            put_back(empty_database_url, _made(database, database_url, tmp_path))
        return
    assert put_back(empty_database_url, _made(database, database_url, tmp_path)) is None
    assert centers(empty_database_url) == ["LC"]


def _made(database: Database, url: str, folder: Path) -> Path:
    filled(database)
    backup_of(database, url, folder / "one.backup")
    return folder / "one.backup"


def test_a_store_in_use_is_not_replaced(database: Database, database_url: str, tmp_path: Path) -> None:
    file = _made(database, database_url, tmp_path)
    with database.read() as db:
        db.scalar(select(func.count(Center.id)))
        with pytest.raises(DatabaseProblem, match="is in use"):
            put_back(database_url, file, replace=True)
    assert centers(database_url) == ["LC"]


@pytest.mark.slow
def test_a_backup_while_somebody_writes_is_of_one_moment(database: Database, database_url: str, tmp_path: Path) -> None:
    """Each transaction adds a center with a client; a copy that holds one without the other is of no moment."""
    stop = threading.Event()
    written: list[int] = []

    def write() -> None:
        while not stop.is_set():
            number = len(written)
            with database.write() as db:
                center = registers.add_center(db, f"C{number}", "Center", "LC", at=AT)
                db.add(Client(code=f"C-{number}", center_id=center.id, language="en", created_at=AT))
            written.append(number)

    filled(database)
    with database.write() as db:
        db.add_all(Audit(at=AT, actor="a" * 200, action="x", subject="s" * 200, details={}) for _ in range(5_000))
    writer = threading.Thread(target=write)
    writer.start()
    try:
        while not written:
            stop.wait(0.01)
        before = len(written)
        rows = backup_of(database, database_url, tmp_path / "one.backup").rows
        after = len(written)
    finally:
        stop.set()
        writer.join()
    assert rows["centers"] == rows["clients"] + 1
    assert before <= rows["clients"] <= after
    assert after > before


# --- what is no good -------------------------------------------------------------------------------------------------


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-400])


def bytes_changed(file: Path) -> None:
    held = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as archive:
        at = archive.infolist()[1].header_offset + 200
    held[at : at + 20] = bytes(20)
    file.write_bytes(held)


def foreign(file: Path) -> None:
    file.write_text("date,amount\n")


def another_zip(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "hello")


def rewritten(file: Path, **change: object) -> None:
    """The same backup with another manifest."""
    with zipfile.ZipFile(file) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    manifest = manifest_of(file)
    fields = {name: change.get(name, getattr(manifest, name)) for name in Manifest.__dataclass_fields__}
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(MANIFEST, Manifest(**fields).to_json())  # type: ignore[arg-type]
        for name in held.keys() - {MANIFEST}:
            archive.writestr(name, held[name])


def newer(file: Path) -> None:
    rewritten(file, revision="9999")


def fewer_rows(file: Path) -> None:
    rewritten(file, rows={**manifest_of(file).rows, "centers": 7})


def another_sum(file: Path) -> None:
    rewritten(file, sha256="0" * 64)


@on_sqlite
@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (cut_short, "is not an Acompaña backup, or is incomplete"),
        (foreign, "is not an Acompaña backup"),
        (another_zip, "is not an Acompaña backup"),
        (bytes_changed, "is damaged"),
        (another_sum, "is damaged"),
        (newer, "is from a newer version (9999"),
        (fewer_rows, "its rows do not match its manifest"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_what_cannot_be_trusted_is_refused_and_the_store_stays(
    database: Database, database_url: str, tmp_path: Path, spoil: Callable[[Path], None], says: str
) -> None:
    file = _made(database, database_url, tmp_path)
    filled(database, "HT")
    database.close()
    spoil(file)
    with pytest.raises(DatabaseProblem, match=re.escape(says)):
        put_back(database_url, file, replace=True)
    assert centers(database_url) == ["HT", "LC"]
    assert sorted(os.listdir(tmp_path)) == ["one.backup"]


def test_a_backup_that_does_not_load_leaves_postgresql_as_it_was(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    file = _made(database, database_url, tmp_path)
    database.close()
    fewer_rows(file)
    with pytest.raises(DatabaseProblem, match="do not match its manifest"):
        put_back(database_url, file, replace=True)
    assert centers(database_url) == ["LC"]


@on_sqlite
def test_a_damaged_store_is_not_backed_up(database: Database, database_url: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute(
            "INSERT INTO trainings (code, center_id, title, starts_at, hours, place, language, capacity, area, created_at) "
            "VALUES ('T', 99, 't', '2026-01-01', 1, 'p', 'en', 1, 'finance', '2026-01-01')"
        )
    with pytest.raises(DatabaseProblem, match="damaged, no backup was made: row 1 of trainings names a row of centers"):
        backup_of(database, database_url, tmp_path / "one.backup")
    assert os.listdir(tmp_path) == []


@pytest.mark.slow
def test_a_backup_of_the_first_tables_is_upgraded(empty_database_url: str, tmp_path: Path) -> None:
    upgrade(empty_database_url, "0001")
    with closing(Database.open(empty_database_url)) as database:
        with database.write() as db:
            db.execute(text(CENTER_OF_THE_FIRST_TABLES))
        file = tmp_path / "old.backup"
        manifest = backup_of(database, empty_database_url, file)
    assert manifest.revision == "0001"
    put_back(empty_database_url, file, replace=True)
    assert centers(empty_database_url) == ["LC"]
    with closing(Database.open(empty_database_url)) as database, database.read() as db:
        assert db.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == latest()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_without_a_program_that_fits_the_server_it_is_said(
    database: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6'\n")
    old.chmod(0o755)
    monkeypatch.setattr(postgres_copy, "DEBIAN", tmp_path / "none")
    for path, says in ((str(tmp_path), "newest one found is version 9"), ("", "none is installed")):
        monkeypatch.setenv("PATH", path)
        with pytest.raises(DatabaseProblem, match=f"pg_dump of PostgreSQL .*{says}.*apt-get install postgresql-client"):
            backup_of(database, database_url, tmp_path / "one.backup")


# --- the command line ------------------------------------------------------------------------------------------------


def test_the_commands(database: Database, database_url: str, tmp_path: Path) -> None:
    shell = Shell(tmp_path, database_url)
    filled(database)
    database.close()
    file = tmp_path / "one.backup"
    assert re.fullmatch(rf"2 rows in {file} \([\d,]+ bytes, verified\)\.", shell(f"backup --out {file}").err)
    assert "already holds 2 rows; --replace" in shell(f"restore {file}").err
    said = shell(f"restore {file} --replace")
    assert (said.code, "centers\t1" in said.out) == (0, True)
    assert "The previous database is kept: " in said.err
    assert "No such file" in shell(f"restore {tmp_path / 'none'}").err


@on_sqlite
def test_a_store_that_is_no_store_is_put_aside_too(database_url: str, tmp_path: Path) -> None:
    with closing(Database.open(database_url)) as database:
        file = _made(database, database_url, tmp_path)
    other = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE theirs (n INTEGER)")
        connection.execute("INSERT INTO theirs VALUES (1)")
        connection.commit()
    with pytest.raises(DatabaseProblem, match="holds 1 rows"):
        put_back(f"sqlite:///{other}", file)
    assert str(other) in (put_back(f"sqlite:///{other}", file, replace=True) or "")
    assert centers(f"sqlite:///{other}") == ["LC"]

"""acompana export: tables to files and pipes."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import select

from storage.engine import Database
from storage.schema import Audit
from tests.cli import Shell


@pytest.fixture
def filled(sh: Shell) -> Shell:
    sh.ok("center add LC 'Castries SBDC' --country LC")
    (sh.folder / "clients.csv").write_text("code,name,phone\nLC-AAAA,José,4550102\n")
    sh.ok("client import clients.csv --center LC")
    return sh


def test_an_export_goes_to_a_file_or_a_pipe(filled: Shell) -> None:
    said = filled("export clients --out -")
    assert (said.code, said.err) == (0, "1 row.")
    assert [row["client"] for row in csv.DictReader(io.StringIO(said.out))] == ["LC-AAAA"]
    assert "José" not in said.out
    assert filled("export clients --identified --out clients.out.csv").err == "1 row in clients.out.csv."
    assert "José" in (filled.folder / "clients.out.csv").read_text("utf-8")
    filled.ok("export clients --out clients.xlsx")
    assert (filled.folder / "clients.xlsx").read_bytes().startswith(b"PK")
    filled.ok("export outcomes --format csv --out figures --since 2026-01-01 --until 2026-12-31 --center lc")
    assert (filled.folder / "figures").read_text("utf-8").startswith("client,center,country,indicator")


def test_an_export_is_logged_with_its_filters(filled: Shell) -> None:
    filled.ok("export messages --out m.csv --since 2026-01-01 --center lc")
    database = Database.open(filled.url)
    with database.read() as db:
        last = db.scalars(select(Audit).order_by(Audit.id.desc())).first()
    database.close()
    assert last is not None
    assert last.actor.startswith("cli:")
    assert last.details == {
        "format": "csv",
        "since": "2026-01-01",
        "until": "",
        "center": "LC",
        "identified": False,
        "state": "completed",
        "rows": 0,
    }


@pytest.mark.parametrize(
    ("line", "told", "code"),
    [
        ("export clients --out nowhere/x.csv", "nowhere/.x.csv.", 1),
        ("export clients --out .", ".: is a folder; choose a file", 1),
        ("export clients --out x.csv --center ZZ", "center: there is no center 'ZZ'; centers: LC", 1),
        (
            "export clients --out x.csv --since 2026-02-01 --until 2026-01-01",
            "--since, --until: the first day is after the last day",
            1,
        ),
        ("export everything --out x.csv", "Usage:", 2),
    ],
)
def test_an_export_that_cannot_be_made(filled: Shell, line: str, told: str, code: int) -> None:
    said = filled(line)
    assert (said.code, said.out) == (code, "")
    assert said.err.startswith(told)

"""Figures on the command line: shown, and put right with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import select

from storage.engine import Database
from storage.schema import Client, OutcomeRow
from tests.cli import Shell


@pytest.fixture
def sh(tmp_path: Path, store_template: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell on a database with one client, who sold for 4,500 and thinks that the center helped."""
    path = tmp_path / "store.sqlite3"
    copyfile(store_template("sqlite"), path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("getpass.getuser", lambda: "ana")
    shell = Shell(tmp_path, f"sqlite:///{path}")
    shell.ok("center add LC 'Castries SBDC' --country LC")
    (tmp_path / "clients.csv").write_text("code,name,phone\nLC-AAAA,Marie,4550102\n")
    shell.ok("client import clients.csv --center LC")
    database = Database.open(shell.url)
    at = datetime(2026, 6, 1, 15, tzinfo=UTC)
    with database.write() as db:
        client = db.scalars(select(Client)).one()
        told = {"client_id": client.id, "wave": "baseline", "outcome": "value", "at": at}
        db.add(OutcomeRow(**told, indicator="sales_month", value=Decimal(4500), currency="XCD"))
        db.add(OutcomeRow(**told, indicator="attribution", text="no"))
    database.close()
    return shell


def test_a_figure_is_put_right(sh: Shell) -> None:
    told = sh.ok("outcome correct marie sales_month '3,900.50' --why 'read from the books'")
    assert told == "LC-AAAA, sales_month, baseline: corrected from 4,500 XCD to 3,900.50 XCD."
    assert "3,900.50 XCD" in sh.ok("outcome show marie")
    assert sh.ok("outcome correct marie attribution partly --why asked").endswith("corrected from no to partly.")


def test_with_several_waves_the_one_to_correct_is_named(sh: Shell) -> None:
    add_figure(sh, "6m", 5000)
    refused = sh("outcome correct marie sales_month 5200 --why books")
    assert refused.code != 0
    assert (
        "several waves: baseline (4,500 XCD), 6m (5,000 XCD). Choose the one to correct, e.g. --wave 6m" in refused.err
    )
    corrected = sh.ok("outcome correct marie sales_month 5200 --why books --wave 6m")
    assert corrected == "LC-AAAA, sales_month, 6m: corrected from 5,000 XCD to 5,200 XCD."
    assert figures(sh) == {"baseline": [4500], "6m": [5000, 5200]}


def test_on_a_terminal_the_wave_is_asked_for(sh: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    add_figure(sh, "6m", 5000)
    monkeypatch.setattr("bot.cli.outcome._on_a_terminal", lambda: True)
    asked = sh.ok("outcome correct marie sales_month 4600 --why books", given="baseline\n")
    assert "Which wave" in asked
    assert asked.endswith("LC-AAAA, sales_month, baseline: corrected from 4,500 XCD to 4,600 XCD.")
    assert figures(sh) == {"baseline": [4500, 4600], "6m": [5000]}


def add_figure(sh: Shell, wave: str, value: int) -> None:
    database = Database.open(sh.url)
    with database.write() as db:
        client = db.scalars(select(Client)).one()
        at = datetime(2026, 9, 1, 15, tzinfo=UTC)
        row = {"client_id": client.id, "wave": wave, "outcome": "value", "at": at}
        db.add(OutcomeRow(**row, indicator="sales_month", value=Decimal(value), currency="XCD"))
    database.close()


def figures(sh: Shell) -> dict[str, list[int]]:
    """Every figure of sales by wave, oldest first."""
    database = Database.open(sh.url)
    by_wave: dict[str, list[int]] = {}
    with database.read() as db:
        for row in db.scalars(select(OutcomeRow).where(OutcomeRow.indicator == "sales_month").order_by(OutcomeRow.id)):
            by_wave.setdefault(row.wave, []).append(int(row.value or 0))
    database.close()
    return by_wave


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("outcome correct marie fte 3 --why x", "fte: choose one of sales_month"),
        ("outcome correct marie sales_month lots --why x", "is not a number"),
        ("outcome correct marie sales_month -5 --why x", "No such option"),
        ("outcome correct marie sales_month 5 --why ' '", "needs its reason"),
        (
            "outcome correct marie sales_month 5 --why x --wave 3m",
            "no sales_month in wave 3m; choose one of baseline",
        ),
        ("outcome correct marie attribution maybe --why x", "yes, partly or no"),
        ("outcome correct zoe sales_month 5 --why x", "zoe"),
    ],
)
def test_what_cannot_be_is_told(sh: Shell, line: str, told: str) -> None:
    said = sh(line)
    assert said.code != 0
    assert told in said.err


def test_without_figures_it_says_how_to_ask(sh: Shell) -> None:
    (sh.folder / "more.csv").write_text("code,name,phone\nLC-BBBB,Zoe,4550103\n")
    sh.ok("client import more.csv --center LC")
    assert "acompana followup trigger LC-BBBB" in sh.ok("outcome show zoe")


HISTORY = "client,wave,day,indicator,value,attribution,review\n"


def test_figures_of_earlier_surveys_come_from_a_table(sh: Shell) -> None:
    rows = "LC-AAAA,3m,2026-02-02,sales_month,5000,yes,verified\nLC-AAAA,3m,2026-02-02,employees_full,2,,\n"
    (sh.folder / "history.csv").write_text(HISTORY + rows)
    told = sh.ok("outcome import history.csv --center LC")
    assert told == "Imported 2 figures and 1 survey of 1 client, 1 review."
    assert sh.ok("outcome import history.csv --center LC") == "Skipped 2 rows on record already."
    assert "5,000 XCD (verified)\t3m" in sh.ok("outcome show marie")
    (sh.folder / "none.csv").write_text(HISTORY)
    assert sh.ok("outcome import none.csv --center LC") == "The file contains no figures."


def test_a_table_with_broken_rows_is_not_imported(sh: Shell) -> None:
    rows = "LC-AAAA,3m,2026-02-02,sales_month,5000,,\nLC-ZZZZ,3m,2026-02-02,sales_month,5000,,\n"
    (sh.folder / "history.csv").write_text(HISTORY + rows)
    said = sh("outcome import history.csv --center LC")
    assert (said.code, said.out) == (1, "")
    assert said.err.splitlines() == [
        "line 3: client: there is no client LC-ZZZZ at LC",
        "Nothing was imported: 1 row is broken, 1 is good. Fix the rows and import the file again.",
    ]
    assert figures(sh) == {"baseline": [4500]}
    (sh.folder / "other.csv").write_text("client,wave\n")
    assert sh("outcome import other.csv --center LC").err == "other.csv: line 1: the column day is missing"
    assert sh("outcome import other.csv --center XX").err.startswith("center: there is no center 'XX'")

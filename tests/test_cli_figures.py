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
    """A shell on a store with one client, who sold for 4,500 and thinks that the center helped."""
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
    assert told == "LC-AAAA, sales_month, baseline: 3,900.50 instead of 4,500."
    assert "3,900.50 XCD" in sh.ok("outcome show marie")
    assert sh.ok("outcome correct marie attribution partly --why asked").endswith("partly instead of no.")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("outcome correct marie fte 3 --why x", "fte: choose one of sales_month"),
        ("outcome correct marie sales_month lots --why x", "is not a number"),
        ("outcome correct marie sales_month -5 --why x", "No such option"),
        ("outcome correct marie sales_month 5 --why ' '", "needs its reason"),
        ("outcome correct marie sales_month 5 --why x --wave 3m", "told no sales_month in the wave 3m"),
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

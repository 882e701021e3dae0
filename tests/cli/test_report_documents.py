"""acompana report: its documents and its pack, of figures that were imported."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import frictionless
import pyarrow.parquet
import pyreadstat
import pytest

from reports.stats import extra
from tests.cli import CENTER, Shell

PERIOD = "report --since 2026-01-01 --until 2026-12-31"
CLIENTS = "".join(f"LC-{letter * 4},Ana Hill,455010{n},f\n" for n, letter in enumerate("ABCDEF"))
FIGURES = "".join(
    f"LC-{letter * 4},{wave},{day},sales_month,{sales},XCD,{said},verified\n"
    for letter in "ABCDEF"
    for wave, day, sales, said in (("baseline", "2025-11-17", 2700, ""), ("6m", "2026-05-18", 5400, "yes"))
)


@pytest.fixture
def filled(sh: Shell) -> Shell:
    sh.ok(CENTER)
    (sh.folder / "clients.csv").write_text(f"code,name,phone,sex\n{CLIENTS}")
    sh.ok("client import clients.csv --center LC")
    (sh.folder / "figures.csv").write_text(f"client,wave,day,indicator,value,currency,attribution,review\n{FIGURES}")
    sh.ok("outcome import figures.csv --center LC")
    return sh


@pytest.mark.parametrize(
    ("form", "start"), [("json", b"{"), ("html", b"<!doctype"), ("pdf", b"%PDF-"), ("xlsx", b"PK"), ("zip", b"PK")]
)
def test_every_form_is_written(filled: Shell, form: str, start: bytes) -> None:
    said = filled(f"{PERIOD} --by sex --format {form} --out report.{form}")
    assert (said.out, said.err, said.code) == ("", f"Wrote report.{form}.", 0)
    assert (filled.folder / f"report.{form}").read_bytes().lstrip().startswith(start)


def test_documents_have_the_numbers(filled: Shell) -> None:
    page = filled.ok(f"{PERIOD} --format html")
    assert '<data value="6000">6,000</data>' in page
    assert "Ana" not in page


def unpacked(filled: Shell, options: str = "") -> Path:
    filled.ok(f"{PERIOD} --by sex --format zip --out pack.zip {options}")
    zipfile.ZipFile(filled.folder / "pack.zip").extractall(filled.folder / "pack")
    return filled.folder / "pack"


def test_pack_is_a_valid_data_package(filled: Shell) -> None:
    folder = unpacked(filled)
    assert frictionless.Package(str(folder / "datapackage.json")).validate().flatten() == []
    assert sorted(path.name for path in (folder / "data").iterdir()) == [
        *("answers.csv", "attendance.csv", "clients.csv", "consents.csv", "followups.csv"),
        *("outcomes.csv", "rates.csv", "sessions.csv", "trainings.csv"),
    ]
    assert json.loads((folder / "report.json").read_text("utf-8"))["by"]["sex"]["f"]["sales_change_usd"] == "6000"


def test_pack_has_each_figure_with_its_review(filled: Shell) -> None:
    rows = list(csv.DictReader(io.StringIO((unpacked(filled) / "data/outcomes.csv").read_text("utf-8"))))
    sales = [row for row in rows if row["client"] == "LC-AAAA" and row["indicator"] == "sales_month"]
    assert [(row["wave"], row["day"], row["value"], row["currency"], row["review"]) for row in sales] == [
        ("baseline", "2025-11-17", "2700", "XCD", "verified"),
        ("6m", "2026-05-18", "5400", "XCD", "verified"),
    ]
    said = [row for row in rows if row["client"] == "LC-AAAA" and row["indicator"] == "attribution"]
    assert [(row["wave"], row["attribution"]) for row in said] == [("6m", "yes")]


def test_names_are_only_in_an_identified_pack(filled: Shell) -> None:
    assert "Ana" not in "".join(path.read_text("utf-8") for path in (unpacked(filled) / "data").iterdir())
    assert "Ana Hill" in (unpacked(filled, "--identified") / "data/clients.csv").read_text("utf-8")
    assert (filled.folder / "pack.zip").stat().st_mode & 0o077 == 0


def test_pack_holds_nothing_after_the_period(filled: Shell) -> None:
    filled.ok("report --since 2025-01-01 --until 2025-12-31 --format zip --out pack.zip")
    outcomes = zipfile.ZipFile(filled.folder / "pack.zip").read("data/outcomes.csv").decode()
    assert [row["wave"] for row in csv.DictReader(io.StringIO(outcomes))] == ["baseline"] * 6


def test_period_is_divided_into_quarters_that_add_up(filled: Shell) -> None:
    report = json.loads(filled.ok(f"{PERIOD} --by center,country"))
    assert [(part["since"], part["sales_change_usd"]) for part in report["over_time"]] == [
        ("2026-01-01", "0"),
        ("2026-04-01", "6000"),
        ("2026-07-01", "0"),
        ("2026-10-01", "0"),
    ]
    assert report["centers"] == {"LC": "LC"}


def test_report_that_cannot_be_written(filled: Shell) -> None:
    said = filled(f"{PERIOD} --format pdf --out .")
    assert (said.err, said.code) == (".: is a folder; choose a file", 1)


def test_pack_for_statistics_programs(filled: Shell) -> None:
    folder = unpacked(filled)
    for read, path in ((pyreadstat.read_sav, "spss/outcomes.sav"), (pyreadstat.read_dta, "stata/outcomes.dta")):
        rows, about = read(folder / path, output_format="dict")
        assert about.file_label.startswith("One row per client, wave and indicator")
        assert about.column_names_to_labels["value"] == "People, or units of the currency."
        indicators = about.variable_value_labels["indicator"]
        sales = [value for value, code in zip(rows["value"], rows["indicator"], strict=True) if code == 1]
        assert (indicators[1], sales) == ("sales_month", [2700.0] * 6 + [5400.0] * 6)
    table = pyarrow.parquet.read_table(folder / "parquet/clients.parquet")
    assert table["sex"].to_pylist() == ["f"] * 6


def test_a_pack_without_the_extra_says_how_to_get_it(filled: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda name: None)
    said = filled(f"{PERIOD} --format zip --out pack.zip")
    assert said.err.splitlines() == [
        "The pack is without SPSS, Stata and Parquet files; they need: pip install 'acompana[stats]'",
        "Wrote pack.zip.",
    ]
    assert not [name for name in zipfile.ZipFile(filled.folder / "pack.zip").namelist() if name.startswith("spss")]

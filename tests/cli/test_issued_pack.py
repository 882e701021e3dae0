"""acompana report show --format zip: the pack of an issued report, from what was kept of it."""

from __future__ import annotations

import hashlib
import json
import zipfile
from typing import Any

import pytest

from tests.cli import CENTER, Shell

FIGURES = (
    *("LC-AAAA,baseline,2025-11-17,2700,,verified", "LC-AAAA,6m,2026-05-18,5400,yes,verified"),
    *("LC-BBBB,baseline,2025-11-17,2700,,verified", "LC-BBBB,6m,2026-05-18,8100,yes,verified"),
)
CODE = "R2026-1"


@pytest.fixture
def issued(sh: Shell) -> Shell:
    sh.ok(CENTER)
    (sh.folder / "clients.csv").write_text(
        "code,name,phone,sex\nLC-AAAA,Ana Hill,4550101,f\nLC-BBBB,Bo Lee,4550102,m\n"
    )
    sh.ok("client import clients.csv --center LC")
    lines = (line.split(",") for line in FIGURES)
    rows = [
        f"{who},{wave},{day},sales_month,{value},XCD,{said},{seen}\n" for who, wave, day, value, said, seen in lines
    ]
    (sh.folder / "figures.csv").write_text(
        "client,wave,day,indicator,value,currency,attribution,review\n" + "".join(rows)
    )
    sh.ok("outcome import figures.csv --center LC")
    sh.ok("report --since 2026-01-01 --until 2026-06-30 --by sex --issue --out first.json")
    return sh


def pack(sh: Shell, options: str = "") -> dict[str, bytes]:
    sh.ok(f"report show {CODE} --format zip --out pack.zip {options}")
    with zipfile.ZipFile(sh.folder / "pack.zip") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def as_issued(sh: Shell, form: str = "json") -> bytes:
    sh.ok(f"report show {CODE} --format {form} --out again")
    return (sh.folder / "again").read_bytes()


def test_what_is_in_it(issued: Shell) -> None:
    files = pack(issued)
    assert {name for name in files if "/" not in name} == {
        *("README.txt", "SHA256SUMS", "datapackage.json", "report.json", "report.pdf", "report.xlsx", "seal.json"),
    }
    assert files["data/contributions.csv"] == as_issued(issued, "csv")
    assert b"Report R2026-1, issued on" in files["datapackage.json"]
    assert b"No business has withdrawn since." in files["README.txt"]


@pytest.mark.parametrize("options", ["", "--identified"])
def test_seal_is_of_the_report_as_issued(issued: Shell, options: str) -> None:
    files = pack(issued, options)
    seal: dict[str, Any] = json.loads(files["seal.json"])
    assert seal["sha256"] == hashlib.sha256(as_issued(issued)).hexdigest()
    assert (files["report.json"] == as_issued(issued)) == bool(options)
    assert (seal["covers"] == "report.json") == bool(options)
    assert (json.loads(files["report.json"])["by"]["sex"]["f"] is None) == (not options)


def test_a_correction_changes_nothing_of_it(issued: Shell) -> None:
    before = pack(issued)
    issued.ok("outcome correct LC-AAAA sales_month 5000 --wave 6m --why typo")
    assert pack(issued) == before


def test_it_says_who_withdrew_and_what_cannot_be_told_any_more(issued: Shell) -> None:
    before = pack(issued)
    issued.ok("client erase LC-BBBB --yes")
    after = pack(issued)
    assert json.loads(after["seal.json"])["businesses_withdrawn"] == 1
    assert b"1 business has withdrawn since" in after["README.txt"]
    assert after["report.json"] == before["report.json"]
    lines = after["data/contributions.csv"].decode().splitlines()
    assert [line for line in lines if line.startswith("withdrawn")] == [
        "withdrawn,told,yes,sales_month,5400,XCD,2000",
        "withdrawn,verified,yes,sales_month,5400,XCD,2000",
    ]
    assert len(lines) == len(before["data/contributions.csv"].decode().splitlines())

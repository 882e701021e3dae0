"""The export pack: what is in it, that others can read it, and that memory stays flat."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tracemalloc
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal as D
from pathlib import Path
from typing import Any, BinaryIO

import frictionless
import pytest

from reports.pack import write
from reports.stats import extra
from storage.exports.dataset import DataTable, Field, Reference
from storage.exports.table import Cell
from tests.reports.sample import network, year

CLIENTS: tuple[Sequence[Cell], ...] = (("LC-A", "f", True), ("LC-B", None, False))
OUTCOMES: tuple[Sequence[Cell], ...] = (
    (1, "LC-A", date(2026, 5, 18), D("5400.50"), datetime(2026, 5, 18, 14, 2, tzinfo=UTC), "=SUM(A1)"),
    (2, "LC-B", date(2026, 5, 19), None, None, 'says "no",\nor yes'),
)


def tables(outcomes: Iterable[Sequence[Cell]] = OUTCOMES) -> Iterator[DataTable]:
    yield DataTable(
        "clients",
        "One row per client.",
        (
            Field("client", "string", "Its code."),
            Field("sex", "string", "As it said.", categories=("f", "m", "x")),
            Field("rural", "boolean", "Whether its place is rural."),
        ),
        CLIENTS,
        primary_key=("client",),
    )
    yield DataTable(
        "outcomes",
        "One row per figure.",
        (
            Field("id", "integer", "Its number."),
            Field("client", "string", "Who told it."),
            Field("day", "date", "When it was told."),
            Field("value", "number", "Units of its currency."),
            Field("received_at", "datetime", "When the message came."),
            Field("words", "string", "What the client wrote."),
        ),
        outcomes,
        primary_key=("id",),
        references=(Reference(("client",), "clients", ("client",)),),
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack, unpacked."""
    file = io.BytesIO()
    write(network(), tables(), file)
    folder = tmp_path_factory.mktemp("pack")
    zipfile.ZipFile(file).extractall(folder)
    return folder


EVERYWHERE = (
    *("SHA256SUMS", "data/clients.csv", "data/outcomes.csv"),
    *("datapackage.json", "report.json", "report.pdf", "report.xlsx"),
)


def test_files(folder: Path) -> None:
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()) == [
        *EVERYWHERE[:-3],
        *("parquet/clients.parquet", "parquet/outcomes.parquet"),
        *EVERYWHERE[-3:],
        *("spss/clients.sav", "spss/outcomes.sav", "stata/clients.dta", "stata/outcomes.dta"),
    ]


@pytest.fixture
def _no_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda name: None if name == "pyreadstat" else object())


@pytest.mark.slow
@pytest.mark.usefixtures("_no_extra")
def test_files_without_the_extra() -> None:
    file = io.BytesIO()
    write(network(), tables(), file)
    assert sorted(zipfile.ZipFile(file).namelist()) == sorted(EVERYWHERE)


def test_checksums(folder: Path) -> None:
    lines = [line.partition("  ") for line in (folder / "SHA256SUMS").read_text().splitlines()]
    assert {path: digest for digest, _, path in lines} == {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }


def test_rows(folder: Path) -> None:
    with (folder / "data/outcomes.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [
            ["id", "client", "day", "value", "received_at", "words"],
            ["1", "LC-A", "2026-05-18", "5400.50", "2026-05-18T14:02:00Z", "'=SUM(A1)"],
            ["2", "LC-B", "2026-05-19", "", "", 'says "no",\nor yes'],
        ]


def test_descriptor(folder: Path) -> None:
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    resources = {one["name"]: one for one in descriptor["resources"]}
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert list(resources) == ["clients", "outcomes"]
    for one in resources.values():
        assert one["bytes"] == (folder / one["path"]).stat().st_size
    assert resources["clients"]["schema"] == {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [
            {"name": "client", "type": "string", "description": "Its code."},
            {"name": "sex", "type": "string", "description": "As it said.", "categories": ["f", "m", "x"]},
            {
                "name": "rural",
                "type": "boolean",
                "description": "Whether its place is rural.",
                "trueValues": ["yes"],
                "falseValues": ["no"],
            },
        ],
        "fieldsMatch": "exact",
        "missingValues": [""],
        "primaryKey": ["client"],
    }
    assert resources["outcomes"]["schema"]["foreignKeys"] == [
        {"fields": ["client"], "reference": {"resource": "clients", "fields": ["client"]}}
    ]


def errors(folder: Path) -> list[Any]:
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    return [*report.errors, *report.flatten(["name", "type", "message"])]


def test_data_package_is_valid(folder: Path) -> None:
    assert errors(folder) == []


@pytest.mark.slow
@pytest.mark.usefixtures("_no_extra")
def test_validation_sees_a_wrong_type(tmp_path: Path) -> None:
    file = io.BytesIO()
    write(year(), tables([(1, "LC-Z", "yesterday", D(1), None, "")]), file)
    zipfile.ZipFile(file).extractall(tmp_path)
    assert [error[1] for error in errors(tmp_path)] == ["type-error", "foreign-key"]


def read_report(*, identified: bool = False) -> Any:
    file = io.BytesIO()
    write(network(), (), file, identified=identified)
    return json.loads(zipfile.ZipFile(file).read("report.json"))


@pytest.mark.slow
def test_report_is_masked_unless_identified() -> None:
    assert read_report(identified=True) == network()
    masked = read_report()
    assert [name for name, totals in masked["by"]["sector"].items() if totals is None] == ["crafts", "farming"]
    assert masked["tiers"] == network()["tiers"]


@pytest.mark.slow
def test_same_data_is_the_same_pack() -> None:
    packs = [io.BytesIO(), io.BytesIO()]
    for file in packs:
        write(network(), tables(), file)
    assert packs[0].getvalue() == packs[1].getvalue()


class Nowhere(io.RawIOBase):
    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return len(data)


def peak(rows: int) -> int:
    """Bytes of memory at most while a pack of `rows` figures is written."""
    many = ((n, "LC-A", date(2026, 1, 1), D(n), None, f"figure {n}") for n in range(rows))
    file: BinaryIO = io.BufferedWriter(Nowhere())
    tracemalloc.start()
    try:
        write(year(), tables(many), file)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.slow
@pytest.mark.usefixtures("_no_extra")
def test_memory_does_not_grow_with_the_rows() -> None:
    assert peak(60_000) < peak(1_000) + 500_000

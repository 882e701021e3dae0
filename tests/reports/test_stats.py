"""Tables for statistics programs, read back by the libraries that others read them with."""

from __future__ import annotations

import tracemalloc
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pyreadstat
import pytest

from reports.stats.files import StatsFiles
from storage.exports.dataset import DataTable, Field
from storage.exports.table import Cell

SAID = datetime(2026, 5, 18, 14, 2, tzinfo=UTC)
LONG = "What the client wrote, " + "word for word, " * 9
TABLE = DataTable(
    "figures",
    "One row per figure.",
    (
        Field("id", "integer", "Its number."),
        Field("indicator", "string", "What was asked.", ("sales_month", "employees_full")),
        Field("outcome", "string", "Whether a value was given, or why not.", ("value", "refused")),
        Field("value", "number", "Units of its currency.", absent="outcome"),
        Field("day", "date", "When it was told."),
        Field("at", "datetime", "When, UTC."),
        Field("claimed", "boolean", "Said and not written."),
        Field("words", "string", LONG),
    ),
    (),
)
ROWS: tuple[Sequence[Cell], ...] = (
    (1, "sales_month", "value", D("5400.5"), date(2026, 5, 18), SAID, False, "é" * 3000),
    (2, "employees_full", "refused", None, date(2026, 5, 19), None, True, None),
    (3, "jobs_of_old", "skipped", None, None, None, None, "=SUM(A1)"),
)
READERS = {".sav": pyreadstat.read_sav, ".dta": pyreadstat.read_dta}


def written(folder: Path, rows: Sequence[Sequence[Cell]] = ROWS, parts: tuple[int, int] = (2, 1000)) -> list[str]:
    """The names of the files."""
    files = StatsFiles(folder, TABLE, rows=parts)
    assert list(files.passing(rows)) == list(rows)
    return [path.name for path in files.close()]


def read(path: Path, **options: Any) -> tuple[dict[str, list[Any]], Any]:
    rows, about = READERS[path.suffix](path, output_format="dict", **options)
    return rows, about


def test_parquet_keeps_types(tmp_path: Path) -> None:
    written(tmp_path)
    file = pyarrow.parquet.ParquetFile(tmp_path / "figures.parquet")
    table = file.read()
    words = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    assert {one.name: one.type for one in table.schema} == {
        "id": pyarrow.int64(),
        "indicator": words,
        "outcome": words,
        "value": pyarrow.decimal128(24, 4),
        "day": pyarrow.date32(),
        "at": pyarrow.timestamp("us", tz="UTC"),
        "claimed": pyarrow.bool_(),
        "words": pyarrow.string(),
    }
    assert table.schema.field("value").metadata == {b"description": b"Units of its currency."}
    assert [tuple(row.values()) for row in table.to_pylist()] == list(ROWS)
    assert file.num_row_groups == 2


@pytest.mark.parametrize("end", [".sav", ".dta"])
def test_labels_and_values(tmp_path: Path, end: str) -> None:
    written(tmp_path)
    rows, about = read(tmp_path / f"figures{end}")
    assert about.file_label == "One row per figure."
    assert about.column_names == [field.name for field in TABLE.fields]
    assert about.column_labels[:-1] == [field.description for field in TABLE.fields[:-1]]
    assert about.column_labels[-1] == LONG[: 119 if end == ".sav" else 79] + "…"
    labels = about.variable_value_labels
    assert labels["indicator"] == {1: "sales_month", 2: "employees_full", 3: "jobs_of_old"}
    assert labels["claimed"] == {0: "no", 1: "yes"}
    assert rows == {
        "id": [1, 2, 3],
        "indicator": [1, 2, 3],
        "outcome": [1, 2, 3],
        "value": [5400.5, None, None],
        "day": [date(2026, 5, 18), date(2026, 5, 19), None],
        "at": [SAID.replace(tzinfo=None), None, None],
        "claimed": [0, 1, None],
        "words": ["é" * 3000, "", "=SUM(A1)"],
    }


def test_spss_says_why_a_figure_is_missing(tmp_path: Path) -> None:
    written(tmp_path)
    rows, about = read(tmp_path / "figures.sav", user_missing=True)
    assert rows["value"] == [5400.5, -98, -97]
    assert about.variable_value_labels["value"] == {-97: "skipped", -98: "refused", -99: "unknown"}
    assert {tuple(one.values()) for one in about.missing_ranges["value"]} == {(-99, -99), (-98, -98), (-97, -97)}
    assert about.variable_measure == {
        **dict.fromkeys(("id", "value", "day", "at"), "scale"),
        **dict.fromkeys(("indicator", "outcome", "claimed", "words"), "nominal"),
    }


def test_every_edition_of_stata_14_reads_it(tmp_path: Path) -> None:
    written(tmp_path)
    assert b"<release>118</release>" in (tmp_path / "figures.dta").read_bytes()[:64]


def test_a_long_table_is_in_parts(tmp_path: Path) -> None:
    many = [(number, *ROWS[0][1:]) for number in range(5)]
    assert written(tmp_path, many, (3, 2)) == [
        "figures.parquet",
        *("figures.sav", "figures.dta", "figures-2.sav", "figures-2.dta", "figures-3.sav", "figures-3.dta"),
    ]
    parts = [read(tmp_path / f"figures{part}.dta")[0]["id"] for part in ("", "-2", "-3")]
    assert parts == [[0, 1], [2, 3], [4]]


def test_an_empty_table_keeps_its_columns(tmp_path: Path) -> None:
    assert written(tmp_path, ()) == ["figures.parquet", "figures.sav", "figures.dta"]
    assert read(tmp_path / "figures.sav")[0] == {field.name: [] for field in TABLE.fields}


def test_a_text_longer_than_spss_holds_is_cut(tmp_path: Path) -> None:
    written(tmp_path, [(*ROWS[0][:-1], "é" * 20_000)])
    assert read(tmp_path / "figures.sav")[0]["words"] == ["é" * 16_383]


def test_same_rows_are_the_same_files(tmp_path: Path) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
        written(folder)
    (first, second) = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert first == second
    assert read(folders[0] / "figures.dta")[1].creation_time.year == 1980


def peaks(folder: Path, rows: int) -> tuple[int, int]:
    """Bytes of Python and of Arrow at most, while rows are written."""
    files = StatsFiles(folder, TABLE, rows=(500, 1000))
    of_arrow = 0
    tracemalloc.start()
    try:
        for row in files.passing((number, *ROWS[0][1:-1], f"figure {number}") for number in range(rows)):
            assert row
            of_arrow = max(of_arrow, pyarrow.total_allocated_bytes())
        files.close()
        return tracemalloc.get_traced_memory()[1], of_arrow
    finally:
        tracemalloc.stop()


ROOM = 500_000
"""Bytes that the allocator may take or leave; 36,000 rows more would take ten times as many."""


@pytest.mark.slow
def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    peaks(tmp_path, 10)
    few, many = peaks(tmp_path, 4000), peaks(tmp_path, 40_000)
    assert many[0] < few[0] + ROOM
    assert many[1] < few[1] + ROOM

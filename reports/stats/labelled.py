"""SPSS and Stata files with labels. Their libraries hold a whole file in memory, so that a long table is written in parts.

What these formats ask for: a Decimal would become text, so numbers are floats; choices are whole numbers with a label each,
since Stata labels no text; times are UTC without a zone; labels, names and texts have limits. A figure that is missing
because the client skipped, refused or did not know it has a code of its own in SPSS, declared as missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars
import pyarrow
import pyreadstat

from storage.exports.dataset import DataTable, Field

ROWS = 250_000
"""Of a part."""
ABSENT = {"skipped": -97, "refused": -98, "unknown": -99}
"""Why a figure is missing, and its code in SPSS. No figure is negative."""
SPSS_LABEL = 120
STATA_LABEL = 80
SPSS_TEXT = 32_767
"""Bytes of a text."""
STATA_VERSION = 14
"""Read by every edition of Stata from 14 on; the library's own choice is read by Stata/MP alone."""
FORMATS = {"integer": "F12.0", "number": "F20.4"}
"""How SPSS shows them."""
LONG_AGO = b"01 Jan 80", b"00:00:00", b"01 Jan 1980 00:00"
"""When a file is said to be written: the same rows are the same file."""

NO_TEXT = polars.col(polars.String).fill_null("")
"""As Stata has it: the library fails where a long text and a missing one are in one column."""


class LabelledFiles:
    """Writes `<table>.sav` and `<table>.dta` into a folder, then `<table>-2.sav` and so on."""

    def __init__(self, folder: Path, table: DataTable, *, rows: int = ROWS) -> None:
        self._folder, self._table, self._most = folder, table, rows
        self._codes = {one.name: codes(one) for one in table.fields if one.categories}
        self._batches: list[Any] = []
        self.paths: list[Path] = []

    def write(self, batch: Any) -> None:
        held = sum(one.num_rows for one in self._batches)
        while held + batch.num_rows > self._most:
            fits = self._most - held
            self._batches.append(batch.slice(0, fits))
            self._write_part()
            batch, held = batch.slice(fits), 0
        self._batches.append(batch)

    def close(self) -> None:
        if sum(one.num_rows for one in self._batches) or not self.paths:
            self._write_part()

    def _write_part(self) -> None:
        frame: Any = polars.from_arrow(pyarrow.Table.from_batches(self._batches))
        self._batches = []
        for name, known in self._codes.items():
            for value in sorted(set(frame[name].cast(polars.String).unique().drop_nulls()) - set(known)):
                known[value] = len(known) + 1
        part = f"-{len(self.paths) // 2 + 1}" if self.paths else ""
        spss, stata = (self._folder / f"{self._table.name}{part}.{end}" for end in ("sav", "dta"))
        self._write_spss(frame, spss)
        self._write_stata(frame, stata)
        self.paths += [spss, stata]

    def _write_spss(self, frame: Any, path: Path) -> None:
        absent = [one for one in self._table.fields if one.absent]
        labels = self._labels() | {one.name: {code: why for why, code in ABSENT.items()} for one in absent}
        pyreadstat.write_sav(
            _cut_texts(frame.select(self._with_reason(one) for one in self._table.fields)),
            path,
            file_label=_cut(self._table.description, 64),
            column_labels=[_cut(one.description, SPSS_LABEL) for one in self._table.fields],
            variable_value_labels=labels,
            missing_ranges={one.name: sorted(ABSENT.values()) for one in absent},
            variable_measure={one.name: _measure(one) for one in self._table.fields},
            variable_format={one.name: FORMATS[one.type] for one in self._table.fields if one.type in FORMATS},
            row_compress=True,
        )
        with path.open("r+b") as file:
            file.seek(92)
            file.write(LONG_AGO[0] + LONG_AGO[1])

    def _write_stata(self, frame: Any, path: Path) -> None:
        pyreadstat.write_dta(
            frame.select(self._column(one) for one in self._table.fields).with_columns(NO_TEXT),
            path,
            file_label=_cut(self._table.description, STATA_LABEL),
            column_labels=[_cut(one.description, STATA_LABEL) for one in self._table.fields],
            version=STATA_VERSION,
            variable_value_labels=self._labels(),
            variable_format={one.name: "%20.4f" for one in self._table.fields if one.type == "number"},
        )
        with path.open("r+b") as file:
            head = file.read(512)
            file.seek(head.index(b"<timestamp>\x11") + len(b"<timestamp>\x11"))
            file.write(LONG_AGO[2])

    def _labels(self) -> dict[str, dict[int | float, str]]:
        yes_no: dict[str, dict[int | float, str]] = {
            one.name: {0: "no", 1: "yes"} for one in self._table.fields if one.type == "boolean"
        }
        return yes_no | {name: {code: value for value, code in known.items()} for name, known in self._codes.items()}

    def _column(self, field: Field) -> Any:
        """The column in a type that both formats know."""
        column = polars.col(field.name)
        if field.categories:
            return column.cast(polars.String).replace_strict(self._codes[field.name], return_dtype=polars.Int32)
        match field.type:
            case "number" | "integer":
                return column.cast(polars.Float64)
            case "boolean":
                return column.cast(polars.Int8)
            case "datetime":
                return column.dt.replace_time_zone(None).dt.cast_time_unit("ms")
            case _:
                return column

    def _with_reason(self, field: Field) -> Any:
        """The column, with a code where it is empty for a reason."""
        column = self._column(field)
        if not field.absent:
            return column
        reasons = polars.col(field.absent).cast(polars.String)
        return polars.coalesce(column, reasons.replace_strict(ABSENT, default=None, return_dtype=polars.Float64))


def codes(field: Field) -> dict[str, int]:
    """The number of each of its values. One that is not listed gets the next number."""
    return {value: number for number, value in enumerate(field.categories, 1)}


def _cut_texts(frame: Any) -> Any:
    """Only where there are longer ones than SPSS holds."""
    return frame.with_columns(
        one.map_elements(lambda text: _cut_bytes(text, SPSS_TEXT), return_dtype=polars.String)
        for one in frame
        if one.dtype == polars.String and (one.str.len_bytes().max() or 0) > SPSS_TEXT
    )


def _measure(field: Field) -> str:
    return "scale" if field.type in ("number", "integer", "date", "datetime") else "nominal"


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _cut_bytes(text: str, length: int) -> str:
    return text.encode()[:length].decode(errors="ignore")

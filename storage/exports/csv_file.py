"""CSV: comma, UTF-8, one line end per row."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import TextIOWrapper
from typing import BinaryIO, TextIO

from storage.exports.cells import written
from storage.exports.table import Cell


class Lines:
    """Writes a line per row. Python's own writer leaves a carriage return unquoted, and readers take it for a line's end."""

    def __init__(self, text: TextIO) -> None:
        self._short = csv.writer(text, lineterminator="\n")
        self._quoted = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)

    def write(self, cells: Sequence[str]) -> None:
        returns = any("\r" in cell for cell in cells)
        (self._quoted if returns else self._short).writerow(cells)


class CsvFile:
    """Writes to `file`, which stays open. There is no byte order mark: a program that reads the file would take it for a
    part of the first column's name. Excel wants one, and has the xlsx file instead."""

    def __init__(self, file: BinaryIO, title: str, columns: Sequence[str]) -> None:
        self._text = TextIOWrapper(file, encoding="utf-8", newline="", write_through=False)
        self._lines = Lines(self._text)
        self._lines.write(columns)

    def write(self, cells: Sequence[Cell]) -> None:
        self._lines.write([written(cell) for cell in cells])

    def close(self) -> None:
        self._text.flush()
        self._text.detach()

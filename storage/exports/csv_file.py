"""CSV: comma, UTF-8, one line end per row."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import TextIOWrapper
from typing import BinaryIO

from storage.exports.cells import written
from storage.exports.table import Cell


class CsvFile:
    """Writes to `file`, which stays open. There is no byte order mark: a program that reads the file would take it for a
    part of the first column's name. Excel wants one, and has the xlsx file instead."""

    def __init__(self, file: BinaryIO, title: str, columns: Sequence[str]) -> None:
        self._text = TextIOWrapper(file, encoding="utf-8", newline="", write_through=False)
        self._csv = csv.writer(self._text, lineterminator="\n")
        self._csv.writerow(columns)

    def write(self, cells: Sequence[Cell]) -> None:
        self._csv.writerow([written(cell) for cell in cells])

    def close(self) -> None:
        self._text.flush()
        self._text.detach()

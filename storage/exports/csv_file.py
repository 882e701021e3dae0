"""CSV: comma, UTF-8, one line end per row."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import TextIOWrapper
from typing import BinaryIO

from storage.exports.cells import written
from storage.exports.table import Cell


class CsvFile:
    """Writes to `file`, which stays open. `mark` puts the byte order mark in front: without it Excel takes UTF-8 for the
    code page of its country and garbles every accent; a pipe does not want it."""

    def __init__(self, file: BinaryIO, title: str, columns: Sequence[str], *, mark: bool) -> None:
        self._text = TextIOWrapper(file, encoding="utf-8-sig" if mark else "utf-8", newline="", write_through=False)
        self._csv = csv.writer(self._text, lineterminator="\n")
        self._csv.writerow(columns)

    def write(self, cells: Sequence[Cell]) -> None:
        self._csv.writerow([written(cell) for cell in cells])

    def close(self) -> None:
        self._text.flush()
        self._text.detach()

"""XLSX, written row by row in constant memory; a sheet that is full is followed by another one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO

import xlsxwriter

from storage.exports.cells import harmless, written
from storage.exports.table import Cell

ROWS = 1_048_576
"""What one sheet holds, its header included."""
LONGEST = 32_767
"""Characters of one cell."""
EXACT = 15
"""Digits of a number that a spreadsheet keeps; a longer one is written as text."""


class XlsxFile:
    """Writes to `file`, which stays open, when it is closed. Days are real dates, shown in ISO; times are ISO text in
    UTC, since a spreadsheet knows no zones. No text is ever a formula or a link."""

    def __init__(self, file: BinaryIO, title: str, columns: Sequence[str], *, rows: int = ROWS) -> None:
        self._book = xlsxwriter.Workbook(file, {"constant_memory": True})
        self._title, self._columns, self._most = title, columns, rows
        self._bold = self._book.add_format({"bold": True})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._sheets = 0
        self._begin_sheet()

    def write(self, cells: Sequence[Cell]) -> None:
        if self._row == self._most:
            self._begin_sheet()
        for column, cell in enumerate(cells):
            self._cell(column, cell)
        self._row += 1

    def close(self) -> None:
        self._book.close()

    def _begin_sheet(self) -> None:
        self._sheets += 1
        name = self._title if self._sheets == 1 else f"{self._title} {self._sheets}"
        self._sheet: Any = self._book.add_worksheet(name)
        self._sheet.set_column(0, len(self._columns) - 1, 16)
        self._sheet.freeze_panes(1, 0)
        for column, heading in enumerate(self._columns):
            self._sheet.write_string(0, column, heading, self._bold)
        self._row = 1

    def _cell(self, column: int, cell: Cell) -> None:
        match cell:
            case None | "":
                return
            case bool() | datetime():
                self._sheet.write_string(self._row, column, written(cell))
            case date():
                self._sheet.write_datetime(self._row, column, cell, self._day)
            case int() | Decimal() if len(Decimal(cell).as_tuple().digits) <= EXACT:
                self._sheet.write_number(self._row, column, cell)
            case str():
                self._sheet.write_string(self._row, column, harmless(cell)[:LONGEST])
            case _:
                self._sheet.write_string(self._row, column, written(cell))

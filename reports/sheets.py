"""Sheets of typed cells: numbers are numbers and days are days. A sheet that is full is followed by another one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from reports.tables import Cell, Column, Kind, Mask
from storage.exports.cells import harmless
from storage.exports.xlsx_file import EXACT, LONGEST, ROWS

FORMATS = {
    Kind.COUNT: "#,##0",
    Kind.JOBS: "#,##0.##",
    Kind.MONEY: "#,##0.00",
    Kind.PERCENT: "0.00",
    Kind.RATE: "0.######",
    Kind.DATE: "yyyy-mm-dd",
}
WHOLE = "#,##0"
LONGEST_NAME = 31
"""Characters in the name of a sheet."""


class Sheets:
    """The sheets of a workbook. `rows` is what one of them holds, its header included."""

    def __init__(self, book: Any, *, rows: int = ROWS) -> None:
        self._book, self._most = book, rows
        self._names: set[str] = set()
        self._heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
        self._text = book.add_format({"text_wrap": True, "valign": "top"})
        self._strong = book.add_format({"bold": True, "top": 1})
        self._formats: dict[tuple[str, bool], Any] = {}

    def write(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Cell]],
        *,
        kinds: Sequence[Kind] = (),
        total: Sequence[Cell] | None = None,
        note: str = "",
    ) -> None:
        """A sheet with a filter over `rows`; `total` and `note` stand below it. `kinds`: of the numbers of each row, where
        they differ by row."""
        sheet, number, parts = self._sheet(name, columns, 1), 0, 1
        for place, cells in enumerate(rows):
            if number == self._most - 1:
                sheet.autofilter(0, 0, number, len(columns) - 1)
                parts += 1
                sheet, number = self._sheet(name, columns, parts), 0
            number += 1
            for column, cell in enumerate(cells):
                kind = kinds[place] if kinds and columns[column].kind.numeric else columns[column].kind
                self._cell(sheet, number, column, cell, kind)
        sheet.autofilter(0, 0, number, len(columns) - 1)
        below = bool(total) + 2 * bool(note)
        if number + below >= self._most:
            sheet, number = self._sheet(name, columns, parts + 1), 0
        for column, cell in enumerate(total or ()):
            self._cell(sheet, number + 1, column, cell, columns[column].kind, strong=True)
        if note:
            sheet.write_string(number + below, 0, note)

    def _sheet(self, name: str, columns: Sequence[Column], part: int) -> Any:
        end = f" {part}" if part > 1 else ""
        title = f"{name[: LONGEST_NAME - len(end)]}{end}"
        assert title not in self._names, f"two sheets are called {title}"
        self._names.add(title)
        sheet = self._book.add_worksheet(title)
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        for column, heading in enumerate(columns):
            text = not heading.kind.numeric and heading.kind is not Kind.DATE
            sheet.set_column(column, column, 34 if text else 14)
            sheet.write_string(0, column, heading.title, self._heading)
        return sheet

    def _cell(self, sheet: Any, row: int, column: int, cell: Cell, kind: Kind, *, strong: bool = False) -> None:
        match cell:
            case None | "":
                return
            case date():
                moment = datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - a spreadsheet's day has no zone
                sheet.write_datetime(row, column, moment, self._format(FORMATS[Kind.DATE], strong))
            case int() | Decimal() if len(Decimal(cell).as_tuple().digits) <= EXACT:
                whole = Decimal(cell) == Decimal(cell).to_integral_value()
                number_format = WHOLE if whole and kind is not Kind.MONEY else FORMATS.get(kind, "General")
                sheet.write_number(row, column, cell, self._format(number_format, strong))
            case int() | Decimal():
                sheet.write_string(row, column, str(cell))
            case Mask():
                sheet.write_string(row, column, cell.value)
            case _:
                sheet.write_string(row, column, harmless(cell)[:LONGEST], self._strong if strong else self._text)

    def _format(self, number_format: str, strong: bool) -> Any:
        if (number_format, strong) not in self._formats:
            bold = {"bold": True, "top": 1} if strong else {}
            self._formats[number_format, strong] = self._book.add_format(
                {"num_format": number_format, "valign": "top", **bold}
            )
        return self._formats[number_format, strong]

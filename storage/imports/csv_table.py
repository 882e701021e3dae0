"""Tables that people bring as CSV files: read by the names of their columns, and checked row by row."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from io import StringIO
from typing import BinaryIO, TypeVar

from storage.checks import RegisterError, folded

DELIMITERS = ",;\t"
FIRST_DAY = date(1900, 1, 1)
SURPLUS = ""
"""The name under which a row says how many cells it has more than columns."""

T = TypeVar("T")

_MADE_HARMLESS = re.compile(r"'(?=\s*[=+\-@])")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_YES = ("yes", "y", "sí", "oui", "sim", "wi", "ja")
_NO = ("no", "n", "non", "não", "nee", "neen")
YES_OR_NO: Mapping[str, bool] = {folded(word): word in _YES for word in (*_YES, *_NO)}
"""In the six languages."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a line of the file (1 is the header), and how to fix it."""

    line: int
    column: str
    what: str

    @classmethod
    def of(cls, line: int, error: RegisterError) -> Problem:
        return cls(line, error.field, error.problem)

    def __str__(self) -> str:
        return f"line {self.line}: {self.column}: {self.what}" if self.column else f"line {self.line}: {self.what}"


@dataclass(slots=True)
class Checked:
    """The checks of one row, of which each adds its problem."""

    line: int
    problems: list[Problem] = field(default_factory=list)

    def run(self, check: Callable[[], T]) -> T | None:
        """What the check gives; None where it raises RegisterError."""
        try:
            return check()
        except RegisterError as error:
            self.problems.append(Problem.of(self.line, error))
            return None


def rows(file: BinaryIO, columns: Sequence[str], needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row that is not empty, with the line on which it begins, from a file in UTF-8 with a header of some of
    `columns` and all of `needed`, separated by commas, semicolons or tabs. Raises RegisterError if the file cannot be
    read."""
    text = _text(file)
    if not text.strip():
        raise RegisterError("file", "is empty")
    delimiter = max(DELIMITERS, key=text.splitlines()[0].count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        header = [name.strip().lower().replace(" ", "_") for name in next(reader)]
        _check_header(header, columns, needed)
        begins = reader.line_num + 1
        for cells in reader:
            line, begins = begins, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            values = {name: _MADE_HARMLESS.sub("", cell.strip(), 1) for name, cell in zip(header, cells, strict=False)}
            surplus = [cell for cell in cells[len(header) :] if cell.strip()]
            yield line, values | ({SURPLUS: str(len(surplus))} if surplus else {})
    except csv.Error as error:
        raise RegisterError("file", f"cannot be read from line {begins}: {error}") from None


def no_surplus(values: Mapping[str, str]) -> None:
    """Raises RegisterError where the row has more cells than the header."""
    if surplus := values.get(SURPLUS):
        raise RegisterError("", f"{surplus} more cells than columns; quote texts that contain the separator")


def a_past_day(column: str, text: str, today: date) -> date:
    """From YYYY-MM-DD. Raises RegisterError."""
    if not text:
        raise RegisterError(column, "is missing")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise RegisterError(column, f"{text!r} is not a date like 2026-03-14") from None
    if not FIRST_DAY <= day <= today:
        raise RegisterError(column, f"{text} is not a past date")
    return day


def a_number(column: str, text: str) -> Decimal:
    """From digits with a point before the fraction. Raises RegisterError."""
    if not text:
        raise RegisterError(column, "is missing")
    if not _NUMBER.fullmatch(text):
        raise RegisterError(column, f"{text!r} is not a number; write it like 1234.50")
    return Decimal(text)


def yes_or_no(column: str, text: str) -> bool | None:
    """None where nothing is said. Raises RegisterError."""
    if not text:
        return None
    if folded(text) not in YES_OR_NO:
        raise RegisterError(column, f"{text!r} is neither yes nor no")
    return YES_OR_NO[folded(text)]


def _text(file: BinaryIO) -> str:
    try:
        return file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RegisterError(
            "file", f"is not UTF-8 (byte {error.start}); save it as 'CSV UTF-8' (in Excel: Save As)"
        ) from None


def _check_header(header: list[str], columns: Sequence[str], needed: Sequence[str]) -> None:
    for name in header:
        if name not in columns:
            close = get_close_matches(name, columns, n=1)
            meant = f"; did you mean {close[0]}?" if close else f"; columns: {', '.join(columns)}"
            raise RegisterError("file", f"line 1: there is no column {name!r}{meant}")
    if doubled := [name for name, times in Counter(header).items() if times > 1]:
        raise RegisterError("file", f"line 1: the column {doubled[0]} appears twice")
    if missing := [name for name in needed if name not in header]:
        raise RegisterError("file", f"line 1: the column {missing[0]} is missing")

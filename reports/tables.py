"""Tables as every document shows them: typed cells, and how a number is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum, StrEnum
from typing import Literal

MOST_DECIMALS = 2


class Kind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    DATE = "date"
    COUNT = "count"
    #: People or full-time equivalents.
    JOBS = "jobs"
    MONEY = "money"
    PERCENT = "percent"
    #: Units of a currency to one US dollar.
    RATE = "rate"

    @property
    def numeric(self) -> bool:
        return self not in (Kind.TEXT, Kind.DATE)


class Mask(Enum):
    """In place of a number of a group that is too small to be shown."""

    MASKED = "masked"


MASKED = Mask.MASKED
Cell = str | int | Decimal | date | Mask | None
"""None: not known, or it does not apply. It is never a zero."""


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    #: In words, above the table.
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    #: Shown last and in bold; no part of what a filter works on.
    total: tuple[Cell, ...] | None = None
    #: What a reader must know to read it.
    note: str = ""
    #: Along which the numbers have as many decimals: rows where each row is another measure.
    aligned: Literal["rows", "columns"] = "columns"
    #: The kind of each row's numbers, where rows are aligned.
    row_kinds: tuple[Kind, ...] = ()

    def kind(self, row: int, column: int) -> Kind:
        """What a cell holds; the total has the number after the last row's."""
        kind = self.columns[column].kind
        return self.row_kinds[row] if kind.numeric and row < len(self.row_kinds) else kind

    def is_masked(self, row: int) -> bool:
        """Whether all of a row but its name is masked; the total never is."""
        return row < len(self.rows) and self.rows[row][-1] is MASKED

    def texts(self) -> list[list[str]]:
        """Every cell as it is read, row by row, the total last."""
        rows = [*self.rows, *([self.total] if self.total else [])]
        if self.aligned == "rows":
            return [[*map(written_text, row[:1]), *aligned(row[1:], self.kind(n, 1))] for n, row in enumerate(rows)]
        columns = [aligned([row[n] for row in rows], column.kind) for n, column in enumerate(self.columns)]
        return [list(row) for row in zip(*columns, strict=True)]


def aligned(cells: Sequence[Cell], kind: Kind) -> list[str]:
    """The texts of cells that are read against each other: all numbers with the decimals that one of them needs."""
    decimals = max((decimals_of(cell) for cell in cells if isinstance(cell, Decimal)), default=0)
    if decimals and kind is Kind.MONEY:
        decimals = MOST_DECIMALS
    return [written_text(cell, decimals) for cell in cells]


def decimals_of(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def written_text(cell: Cell, decimals: int = 0) -> str:
    """1,234.50 and −3, with a true minus sign; a dash for what is not known; days in ISO. Decimals beyond `decimals` would be
    rounded away: `aligned` finds how many are needed."""
    match cell:
        case None:
            return "–"
        case Mask():
            return cell.value
        case date():
            return cell.isoformat()
        case int() | Decimal():
            return f"{Decimal(cell) or Decimal(0):,.{decimals}f}".replace("-", "−")
        case _:
            return cell


def number(text: str | int | None) -> Decimal | None:
    """A number of the report's data."""
    return None if text is None else Decimal(text)


def day(text: str | None) -> date | None:
    """A day of the report's data; None where there is none."""
    return date.fromisoformat(text[:10]) if text else None


def names_in(amounts: Iterable[Mapping[str, str]]) -> list[str]:
    """The names that occur in any of the mappings, such as currencies, sorted."""
    return sorted({name for mapping in amounts for name in mapping})


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)

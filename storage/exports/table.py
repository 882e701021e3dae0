"""What an export is: a name, columns, and rows that are read as they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from storage.periods import Period

Cell = str | int | Decimal | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. `center` is a code; `identified` lets through what tells who a client is."""

    period: Period = field(default_factory=Period)
    center: str | None = None
    identified: bool = False


@dataclass(frozen=True, slots=True)
class Export:
    """`personal` are the columns that only an identified export has; `count` is how many steps of `rows` there are to
    come, each of which is the rows of one record. Where one query gives all rows, in columns named like those that are
    shown, it is `query`."""

    name: str
    columns: tuple[str, ...]
    personal: frozenset[str]
    count: Callable[[Session, Wanted], int]
    rows: Callable[[Session, Wanted], Iterator[list[Mapping[str, Cell]]]]
    query: Callable[[Wanted, Session], Select[Any]] | None = None

    def shown(self, wanted: Wanted) -> tuple[str, ...]:
        return tuple(column for column in self.columns if wanted.identified or column not in self.personal)

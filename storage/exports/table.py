"""What an export is: a name, columns, and rows that are read as they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, true
from sqlalchemy.orm import Session

from storage.periods import Period
from storage.schema import Center, Staff
from storage.visible import visible

Cell = str | int | Decimal | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. `center` is a code; `identified` lets through what tells who a client is. `seen_by`: only of the
    centers that a member of staff may see."""

    period: Period = field(default_factory=Period)
    center: str | None = None
    identified: bool = False
    seen_by: Staff | None = None

    def of_centers(self) -> ColumnElement[bool]:
        """The condition on `Center`."""
        return and_(
            Center.code == self.center if self.center else true(),
            visible(self.seen_by, Center.id) if self.seen_by else true(),
        )


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

"""Tables of a data set: what each column holds, and rows that are read as they are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from storage.exports.table import Cell

FieldType = Literal["string", "integer", "number", "boolean", "date", "datetime"]


@dataclass(frozen=True, slots=True)
class Field:
    """A column."""

    name: str
    type: FieldType
    description: str
    #: The values that a string can have, where they are few.
    categories: tuple[str, ...] = ()
    #: Of a number: the column that says why it is empty.
    absent: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns that name a row of another table."""

    fields: tuple[str, ...]
    table: str
    #: Its columns, in the same order.
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DataTable:
    #: Lower-case, of letters, digits and underscores.
    name: str
    description: str
    fields: tuple[Field, ...]
    #: Read once.
    rows: Iterable[Sequence[Cell]]
    primary_key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()

"""How a table of a report's data is read: columns of a query, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from storage.exports.dataset import DataTable, Field, FieldType, Reference
from storage.exports.table import Cell
from storage.periods import Period
from storage.report.scope import Scope
from storage.schema import Center, Client

Column = tuple[Field, Any]
OF_CLIENT = Reference(("client",), "clients", ("client",))
AT_ONCE = 1000
"""Rows that are read at a time."""


def column(name: str, kind: FieldType, description: str, expression: Any, *categories: str, absent: str = "") -> Column:
    return Field(name, kind, description, categories, absent), expression


def table_of(
    db: Session,
    name: str,
    description: str,
    columns: Sequence[Column],
    query: Select[Any],
    key: str,
    *references: Reference,
) -> DataTable:
    rows = query.with_only_columns(*(expression for _, expression in columns), maintain_column_froms=True)
    return DataTable(name, description, tuple(field for field, _ in columns), _read(db, rows), (key,), references)


def _read(db: Session, query: Select[Any]) -> Iterator[Sequence[Cell]]:
    yield from (tuple(row) for row in db.execute(query, execution_options={"yield_per": AT_ONCE}))


def of_clients(scope: Scope, table: Any) -> Select[Any]:
    """Rows of `table` with their client and center, in the order in which they came."""
    joined = select(table.id).join(Client, Client.id == table.client_id).join(Center, Center.id == Client.center_id)
    return joined.where(scope.of_clients()).order_by(table.id)


def until(db: Session, scope: Scope, moment: Any) -> ColumnElement[bool]:
    return Period(None, scope.until).holds(db, moment)


CLIENT = column("client", "string", "Code of the client.", Client.code)

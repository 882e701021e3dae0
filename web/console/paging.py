"""One page of a long list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session as Db

SIZE = 25
Query = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Page:
    """`rows` of page `number` (from 1) of `total` rows; `query` is what the address asks for beside the page."""

    rows: list[Any]
    number: int
    total: int
    query: dict[str, str]
    size: int = SIZE

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return (self.number - 1) * self.size + len(self.rows)

    def to(self, number: int) -> str:
        return "?" + urlencode({**self.query, "page": number})


def page_of(db: Db, query: Query, request: Request, size: int = SIZE) -> Page:
    """The rows that the address asks for; with more than one column they are tuples."""
    total = db.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    given = {name: value for name, value in request.query_params.items() if name != "page" and value}
    asked = request.query_params.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 6 else 1
    number = min(max(number, 1), max(1, -(-total // size)))
    found = db.execute(query.limit(size).offset((number - 1) * size)).all()
    rows = [row[0] if len(row) == 1 else row for row in found]
    return Page(rows, number, total, given, size)

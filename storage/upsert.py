"""The INSERT that knows ON CONFLICT: SQLite and PostgreSQL have one each, of the same methods."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


def insert(db: Session | str, table: Any) -> sqlite.Insert | postgresql.Insert:
    """`db` is a session or the name of its dialect; `table` a mapped class or a table."""
    dialect = db if isinstance(db, str) else db.get_bind().dialect.name
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)

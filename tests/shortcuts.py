"""What makes a test cheap without changing what it tests: statements compiled once in a run, a command line built once,
passwords hashed with little work, the certificates of the machine read once."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
import typer
from argon2 import PasswordHasher
from sqlalchemy import Engine, create_engine
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

COMPILED: dict[object, object] = {}


@contextmanager
def taken() -> Iterator[None]:
    """All shortcuts, until the end of the run."""
    with pytest.MonkeyPatch.context() as patch:
        _compile_statements_once(patch)
        patch.setattr("storage.passwords._HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        patch.setattr("typer.testing._get_command", cache(typer.main.get_command))
        trusting = cache(ssl.create_default_context)
        patch.setattr("ssl.create_default_context", trusting)
        patch.setattr("ssl._create_default_https_context", trusting)
        yield


def _compile_statements_once(patch: pytest.MonkeyPatch) -> None:
    """All databases on SQLite share their compiled statements. SQLAlchemy keeps these by dialect, of which each engine
    has its own; they are all alike, so they count as equal."""

    def create(url: Any, **options: Any) -> Engine:
        engine = create_engine(url, **options)
        if engine.dialect.name == "sqlite":
            engine.update_execution_options(compiled_cache=COMPILED)
        return engine

    patch.setattr(SQLiteDialect_pysqlite, "__eq__", lambda self, other: type(self) is type(other))
    patch.setattr(SQLiteDialect_pysqlite, "__hash__", lambda self: hash(type(self)))
    patch.setattr("storage.engine.create_engine", create)

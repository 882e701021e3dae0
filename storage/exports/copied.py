"""CSV as PostgreSQL writes it by COPY, several times as fast as row by row: only what a spreadsheet might calculate is
read here, and guarded."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any, BinaryIO

from sqlalchemy import BigInteger, Boolean, ColumnElement, Engine, Integer, Select, String, cast, func
from sqlalchemy.orm import Session

from storage.engine import Database
from storage.exports.cells import harmless
from storage.exports.csv_file import Lines
from storage.exports.table import Export, Wanted
from storage.schema.base import Exact, UtcDateTime

STEP = 200
"""Rows that are looked at together."""
WORK_MEMORY = "64MB"
"""Of the server, for sorting the rows; with the usual 4 MB it writes them to its disk and back once more."""
_PLAIN = bytes(set(range(0x20, 0x7F)) - set(b";=+@")) + b"\n"
"""What can neither begin a formula nor another cell, wherever it stands; only a minus has to be looked at more closely."""
_MINUS = (b",-", b'"-', b"\n-", b" -")


def can_copy(engine: Engine) -> bool:
    return engine.dialect.name == "postgresql"


def copy_csv(
    database: Database, table: Export, wanted: Wanted, file: BinaryIO, progress: Callable[[int, int], None]
) -> int:
    """Write the rows of `table`, the same cells as row by row; returns how many there are."""
    assert table.query is not None
    rows = 0
    with database.read() as db:
        total = table.count(db, wanted)
        query = table.query(wanted, db)
        texts = [place for place, column in enumerate(query.selected_columns) if _is_text(column)]
        statement, values = _statement(db, query)
        cursor = db.connection().connection.cursor()
        cursor.execute(f"SET LOCAL work_mem = '{WORK_MEMORY}'")
        with cursor.copy(statement, values) as copy:
            while lines := [bytes(line) for line in islice(copy, STEP)]:
                file.write(_harmless(lines, texts))
                rows += len(lines)
                progress(rows, total)
    return rows


def _harmless(lines: list[bytes], texts: Sequence[int]) -> bytes:
    """The rows in one piece. Looking at all of them at once is what makes it fast."""
    whole = b"".join(lines)
    if not _doubtful(whole, len(lines)):
        return whole
    return b"".join(_guarded(line, texts) if _doubtful(line, 1) else line for line in lines)


def _doubtful(text: bytes, rows: int) -> bool:
    """Whether there may be a formula in it, or a line that begins within a cell."""
    return bool(
        text.translate(None, _PLAIN)
        or text.startswith(b"-")
        or any(minus in text for minus in _MINUS)
        or text.count(b"\n") != rows
    )


def _guarded(row: bytes, texts: Sequence[int]) -> bytes:
    """The same row with every text made harmless."""
    (cells,) = csv.reader(io.StringIO(row.decode(), newline=""))
    for place in texts:
        cells[place] = harmless(cells[place])
    line = io.StringIO(newline="")
    Lines(line).write(cells)
    return line.getvalue().encode()


def _statement(db: Session, query: Select[Any]) -> tuple[str, dict[str, Any]]:
    as_text = query.with_only_columns(*(_as_text(column).label(column.name) for column in query.selected_columns))
    compiled = as_text.compile(db.get_bind(), compile_kwargs={"render_postcompile": True})
    return f"COPY ({compiled}) TO STDOUT (FORMAT csv)", dict(compiled.params)


def _is_text(column: ColumnElement[Any]) -> bool:
    return isinstance(column.type, String)


def _as_text(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The value as `written` would write it."""
    match column.type:
        case Boolean():
            return func.replace(func.replace(cast(column, String), "true", "yes"), "false", "no")
        case Exact():
            return cast(func.trim_scale(column), String)
        case UtcDateTime():
            return func.to_char(func.timezone("UTC", column), 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
        case Integer() | BigInteger():
            return column
        case String():
            return func.nullif(column, "")
        case unknown:
            raise TypeError(f"{column.name}: {unknown} cannot be copied")

"""Writing an export: a file that is whole or not there, and a row in the audit log in either case."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from errno import EISDIR
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Protocol

from storage import audit
from storage.engine import Database
from storage.exports.answers import ANSWERS
from storage.exports.clients import CLIENTS
from storage.exports.copied import can_copy, copy_csv
from storage.exports.csv_file import CsvFile
from storage.exports.messages import MESSAGES
from storage.exports.outcomes import OUTCOMES
from storage.exports.table import Cell, Export, Wanted
from storage.exports.xlsx_file import XlsxFile

EXPORTS: Mapping[str, Export] = MappingProxyType(
    {export.name: export for export in (OUTCOMES, ANSWERS, CLIENTS, MESSAGES)}
)


class TableFile(Protocol):
    """A file that takes rows."""

    def __init__(self, file: BinaryIO, title: str, columns: Sequence[str]) -> None: ...
    def write(self, cells: Sequence[Cell]) -> None: ...
    def close(self) -> None: ...


FORMATS: Mapping[str, type[TableFile]] = MappingProxyType({"csv": CsvFile, "xlsx": XlsxFile})


def export(
    database: Database,
    what: str,
    form: str,
    out: Path | BinaryIO,
    wanted: Wanted,
    *,
    actor: str,
    clock: Callable[[], datetime],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Write the export `what` (one of EXPORTS) in `form` (one of FORMATS); returns how many rows it has.

    The audit log gets a row before the first record is read and another one at the end, which says whether the export
    was completed; an export that cannot be logged is not made. Raises OSError where `out` cannot be written.
    """
    table = EXPORTS[what]
    details = {
        "format": form,
        "since": str(wanted.period.since or ""),
        "until": str(wanted.period.until or ""),
        "center": wanted.center or "",
        "identified": wanted.identified,
    }
    with opened(out, private=wanted.identified) as file:
        with database.write() as db:
            audit.record(db, actor, "export.begin", what, at=clock(), **details)
        writer = _Counting(FORMATS[form](file, what, table.shown(wanted)))
        copied = form == "csv" and table.query is not None and can_copy(database.engine)
        state = "aborted"
        try:
            if copied:
                writer.close()
                writer.rows = copy_csv(database, table, wanted, file, progress)
            else:
                _write(database, table, wanted, writer, progress)
                writer.close()
            state = "completed"
        finally:
            with database.write() as db:
                audit.record(db, actor, "export", what, at=clock(), **details, state=state, rows=writer.rows)
    return writer.rows


class _Counting:
    def __init__(self, file: TableFile) -> None:
        self._file = file
        self.rows = 0

    def write(self, cells: Sequence[Cell]) -> None:
        self._file.write(cells)
        self.rows += 1

    def close(self) -> None:
        self._file.close()


def _write(
    database: Database, table: Export, wanted: Wanted, writer: _Counting, progress: Callable[[int, int], None]
) -> None:
    columns = table.shown(wanted)
    with database.read() as db:
        total = table.count(db, wanted)
        for done, rows in enumerate(table.rows(db, wanted), start=1):
            for row in rows:
                writer.write([row.get(column) for column in columns])
            progress(done, total)


@contextmanager
def opened(out: Path | BinaryIO, *, private: bool) -> Iterator[BinaryIO]:
    """A file that takes the place of `out` when all went well. What holds names is for its owner's eyes only."""
    if not isinstance(out, Path):
        yield out
        out.flush()
        return
    if out.is_dir():
        raise IsADirectoryError(EISDIR, "is a folder; choose a file", str(out))
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600 if private else 0o666)
    try:
        with open(descriptor, "wb") as file:
            yield file
        os.replace(part, out)
    except BaseException:
        part.unlink(missing_ok=True)
        raise

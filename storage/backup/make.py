"""Making a backup."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from errno import EISDIR
from pathlib import Path

from sqlalchemy import make_url

from storage import audit
from storage.backup import postgres_copy, sqlite_copy
from storage.backup.archive import Manifest, Progress, beside, measured, pack, thrown_away
from storage.engine import Database
from storage.health import DatabaseProblem, file_of, shown


def back_up(database: Database, url: str, out: Path, *, actor: str, at: datetime, progress: Progress) -> Manifest:
    """Back up the database at `url` to the file `out`, which is replaced once the backup is complete and verified. The
    database may be in use. `progress` gets (done, total), from the start for copying and again for packing.

    Raises DatabaseProblem if the backup cannot be made, OSError if the file cannot be written.
    """
    if out.is_dir():
        raise IsADirectoryError(EISDIR, "is a folder; choose a file", str(out))
    engine = make_url(url).get_backend_name()
    with thrown_away(beside(out, "copy")) as copy:
        if engine == "sqlite":
            revision, rows = _copy_file(url, copy, progress)
        else:
            revision, rows = postgres_copy.dump(database.engine, copy, progress)
        digest, size = measured(copy)
        manifest = Manifest(at, engine, revision, rows, digest, size)
        pack(copy, manifest, out, progress)
    with database.write() as db:
        audit.record(db, actor, "store.backup", at=at, revision=revision, rows=manifest.total, sha256=digest)
    return manifest


def _copy_file(url: str, copy: Path, progress: Progress) -> tuple[str, dict[str, int]]:
    source = file_of(url)
    if source is None:
        raise DatabaseProblem("a database in memory cannot be backed up")
    try:
        sqlite_copy.copy(source, copy, progress)
    except sqlite3.Error as error:
        raise DatabaseProblem(f"the database {source} could not be copied: {error}") from error
    if faults := sqlite_copy.faults(copy):
        raise DatabaseProblem(f"the database {source} is damaged, no backup was made: {faults[0]}")
    revision = sqlite_copy.revision(copy)
    if revision is None:
        raise DatabaseProblem(f"{shown(url)} is not an Acompaña database")
    return revision, sqlite_copy.rows(copy)

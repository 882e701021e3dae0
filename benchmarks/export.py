"""Exporting answers to CSV beside what PostgreSQL's own COPY takes for the same table, and how much memory it needs.

python -m benchmarks export [--rows 5000000]
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from benchmarks.bulk import add_answers, add_center, add_clients, analyze
from benchmarks.memory import Peak
from benchmarks.pairs import paired_databases
from storage.engine import Database
from storage.exports import Wanted, export

NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)
PER_CLIENT = 25
FEW = 50_000


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks export")
    parser.add_argument("--rows", type=int, default=5_000_000, help="answers in the database")
    options = parser.parse_args(arguments)
    for engine, database, few in paired_databases():
        for one, rows in ((few, FEW), (database, options.rows)):
            add_center(one, NOW)
            add_clients(one, max(1, rows // PER_CLIENT), NOW)
            add_answers(one, rows, NOW)
            analyze(one)
        with Peak() as small:
            _exported(few)
        with Peak() as large:
            seconds = _timed(lambda database=database: _exported(database))  # type: ignore[misc]
        print(
            f"{engine}: {options.rows:,} answers, {options.rows / seconds:,.0f} a second; memory at most "
            f"{large.mib:.0f} MiB more, with {FEW:,} answers {small.mib:.0f} MiB",
            flush=True,
        )
        if engine == "PostgreSQL":
            copied = _timed(lambda database=database: _copied(database))  # type: ignore[misc]
            print(f"COPY answers TO STDOUT: {options.rows / copied:,.0f} a second; ratio {copied / seconds:.2f}")
    return 0


def _exported(database: Database) -> None:
    with Path(os.devnull).open("wb") as out:
        export(database, "answers", "csv", out, Wanted(), actor="bench", clock=lambda: NOW)


def _copied(database: Database) -> None:
    with database.read() as db, Path(os.devnull).open("wb") as out:
        cursor = db.connection().connection.cursor()
        with cursor.copy("COPY answers TO STDOUT (FORMAT csv)") as copy:
            for block in copy:
                out.write(block)


def _timed(work: Callable[[], None]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started

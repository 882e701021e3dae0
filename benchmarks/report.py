"""A report beside one SQL sum over the same increments, and what a period and its groups cost.

python -m benchmarks report [--clients 100000] [--figures 5000000]
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from time import perf_counter

from sqlalchemy import text

from benchmarks.bulk import add_center, add_clients, analyze, fill, moment
from benchmarks.pairs import paired_databases
from storage.engine import Database
from storage.report.ask import wanted
from storage.report.build import build

NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)
FIRST, LAST = date(2022, 1, 1), date(2026, 12, 31)
INDICATORS = ("sales_month", "exports_month", "employees_full", "employees_part", "financing")
SUM = "SELECT indicator, sum(value), sum(usd) FROM increments WHERE chain = 'told' GROUP BY indicator"


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks report")
    parser.add_argument("--clients", type=int, default=100_000)
    parser.add_argument("--figures", type=int, default=5_000_000, help="figures told, half of them verified")
    options = parser.parse_args(arguments)
    for engine, database, _other in paired_databases():
        add_center(database, NOW)
        add_clients(database, options.clients, NOW)
        _add_figures(database, options.clients, options.figures)
        analyze(database)
        one_sum = _timed(partial(_summed, database))
        print(f"{engine}: {options.clients:,} clients, {options.figures:,} figures", flush=True)
        for name, since, until, by in (
            ("five years", FIRST, LAST, ()),
            ("five years by sex", FIRST, LAST, ("sex",)),
            ("a year", date(2026, 1, 1), LAST, ()),
            ("a quarter", date(2026, 1, 1), date(2026, 3, 31), ()),
        ):
            seconds = _timed(partial(_built, database, since, until, by))
            print(f"  a report of {name}: {seconds / one_sum:.2f} of one sum over all increments", flush=True)
    return 0


def _add_figures(database: Database, clients: int, figures: int) -> None:
    """Five figures a survey, told from the first day to the last; every second one is verified."""
    at = moment(database, NOW)
    money = " ".join(f"WHEN {place} THEN '{name}'" for place, name in enumerate(INDICATORS))
    day = {
        "sqlite": "date(:first_day, (i % :days) || ' days')",
        "postgresql": "CAST(:first_day AS date) + CAST(i % :days AS integer)",
    }[database.engine.dialect.name]
    scale = 10_000 if database.engine.dialect.name == "sqlite" else 1
    fill(
        database, "INSERT INTO businesses (id, created_at) SELECT i, CAST(:at AS {time}) FROM {series}", clients, at=at
    )
    with database.write() as db:
        db.execute(text("UPDATE clients SET business_id = id, baseline_stage = 'running'"))
    fill(
        database,
        "INSERT INTO outcomes (id, client_id, indicator, wave, outcome, value, currency, approximate, partial, at, day) "  # noqa: S608
        f"SELECT i, 1 + (i / 5) % {clients}, CASE i % 5 {money} END, '6m', 'value', {scale} * (i % 900), "
        f"CASE WHEN i % 5 IN (0, 1, 4) THEN 'XCD' END, false, false, CAST(:at AS {{time}}), {day} FROM {{series}}",
        figures,
        at=at,
        first_day=FIRST if database.engine.dialect.name == "postgresql" else FIRST.isoformat(),
        days=(LAST - FIRST).days + 1,
    )
    for chain, which in (("told", "true"), ("verified", "id % 10 < 5")):
        with database.write() as db:
            db.execute(
                text(
                    "INSERT INTO increments (business_id, client_id, outcome_id, chain, indicator, day, before, after, "  # noqa: S608
                    "value, currency, usd, attribution, review, baseline) "
                    f"SELECT client_id, client_id, id, '{chain}', indicator, day, 0, value, value, currency, "
                    "CASE WHEN currency IS NOT NULL THEN value END, 'yes', 'verified', false "
                    f"FROM outcomes WHERE {which}"
                )
            )


def _summed(database: Database) -> None:
    with database.read() as db:
        db.execute(text(SUM)).all()


def _built(database: Database, since: date, until: date, by: Sequence[str]) -> None:
    with database.read() as db:
        build(db, wanted(db, since, until, by=by))


def _timed(work: Callable[[], object]) -> float:
    """Seconds, the better of two."""
    times = []
    for _run in range(2):
        begun = perf_counter()
        work()
        times.append(perf_counter() - begun)
    return min(times)

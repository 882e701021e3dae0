"""Planning follow-ups by the hundred thousand, and claiming those that are due on one morning.

python -m benchmarks planning [--followups 1000000] [--due 50000]
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from time import perf_counter
from typing import Any

from sqlalchemy import insert, select

from benchmarks.bulk import add_center, add_clients, analyze
from benchmarks.memory import Peak
from benchmarks.pairs import paired_databases
from bot.service.followup_plan import Plan, plan_all
from bot.service.rules import Rules
from scheduler.firing import BATCH, LEASE
from scheduler.policy import cadence
from storage import timers
from storage.engine import Database
from storage.schema import Center, CounselingSession

NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)
AT_ONCE = 500
"""Sessions that are recorded in one transaction."""
WAVES = 3


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks planning")
    parser.add_argument("--followups", type=int, default=1_000_000)
    parser.add_argument("--due", type=int, default=50_000, help="how many of them fall due on one morning")
    options = parser.parse_args(arguments)
    sessions = -(-options.followups // WAVES)
    for engine, database, few in paired_databases():
        for one, clients in ((few, AT_ONCE * 4), (database, sessions)):
            add_center(one, NOW)
            add_clients(one, clients, NOW)
        with Peak() as small:
            _plan(few, AT_ONCE * 4, options.due)
        with Peak() as large:
            seconds = _timed(lambda database=database: _plan(database, sessions, options.due))  # type: ignore[misc]
        print(
            f"{engine}: {sessions * WAVES:,} follow-ups planned, {sessions * WAVES / seconds:,.0f} a second; memory at most "
            f"{large.mib:.0f} MiB more, for {AT_ONCE * 4 * WAVES:,} of them {small.mib:.0f} MiB",
            flush=True,
        )
        analyze(database)
        claimed: list[int] = []
        with Peak() as claiming:
            seconds = _timed(lambda database=database, claimed=claimed: claimed.append(_claim(database)))  # type: ignore[misc]
        print(
            f"{engine}: the {claimed[0]:,} of one morning claimed, {claimed[0] / seconds:,.0f} a second; memory at most "
            f"{claiming.mib:.0f} MiB more",
            flush=True,
        )
    return 0


def _plan(database: Database, sessions: int, due: int) -> None:
    """A session with each client, the first `due` on one day and the others on the following ones."""
    rules = Rules()
    for first in range(0, sessions, AT_ONCE):
        clients = range(first + 1, min(first + AT_ONCE, sessions) + 1)
        with database.write() as db:
            center = db.scalars(select(Center)).one()
            held = [_session(client, 0 if client <= due else 1 + client % 60) for client in clients]
            ids = db.scalars(
                insert(CounselingSession).returning(CounselingSession.id, sort_by_parameter_order=True), held
            )
            plans = [
                Plan(row["client_id"], number, cadence.plan_followups(row["day"], center.cadence))
                for row, number in zip(held, ids, strict=True)
            ]
            plan_all(db, plans, center, rules, NOW)


def _session(client: int, later: int) -> dict[str, Any]:
    return {
        "client_id": client,
        "day": date(2026, 1, 5) + timedelta(days=later),
        "type": "in_person",
        "area": "finance",
        "hours": Decimal("1.5"),
        "notes": "",
        "created_at": NOW,
    }


def _claim(database: Database) -> int:
    morning = datetime(2026, 4, 5, 15, tzinfo=UTC)
    total = 0
    while True:
        with database.write() as db:
            claimed = len(timers.claim(db, morning, LEASE, BATCH))
        total += claimed
        if claimed < BATCH:
            return total


def _timed(work: Callable[[], None]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started

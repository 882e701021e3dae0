"""Claiming what is due among many timers that are not: 10 million in one database, 10 thousand in another, on the same engine, turn
by turn. And the same for the outbox: beside millions that were sent, and at the head of a deep queue.

    python -m benchmarks timers [--rows 10000000] [--queue 100000]
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import median
from time import perf_counter

from benchmarks.bulk import add_center, add_clients, add_messages, add_timers, analyze
from benchmarks.pairs import paired_databases
from scheduler.channel_state import IN_FLIGHT
from scheduler.firing import BATCH, LEASE
from storage import outbox, timers
from storage.engine import Database

NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)
CHANNELS = ("sms", "whatsapp", "telegram")
FEW = 10_000
ROUNDS = 25
ENOUGH = 2 * IN_FLIGHT * ROUNDS
"""Messages that keep a lane busy through all rounds."""


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks timers")
    parser.add_argument("--rows", type=int, default=10_000_000, help="timers in the large database")
    parser.add_argument("--sent", type=int, default=2_000_000, help="sent messages in the large database")
    parser.add_argument("--queue", type=int, default=100_000, help="messages that wait in the deep queue")
    options = parser.parse_args(arguments)
    for engine, few, many in paired_databases():
        measure = partial(compare, engine, few, many)
        for database, rows in ((few, FEW), (many, options.rows)):
            add_timers(database, rows, due=BATCH * ROUNDS, now=NOW)
            analyze(database)
        measure(f"{BATCH} timers of", FEW, options.rows, _claim_timers)
        for database, sent, queued in ((few, FEW, ENOUGH), (many, options.sent, ENOUGH)):
            add_center(database, NOW)
            add_clients(database, options.queue, NOW)
            add_messages(database, sent, status="sent", now=NOW - timedelta(days=1))
            add_messages(database, queued, status="queued", now=NOW)
            analyze(database)
        measure(f"{IN_FLIGHT} messages beside sent ones,", FEW, options.sent, _claim_messages)
        add_messages(few, ENOUGH, status="queued", now=NOW)
        add_messages(many, options.queue, status="queued", now=NOW)
        for database in (few, many):
            analyze(database)
        measure("a lane with nothing to do beside a queue of", ENOUGH, options.queue, _claim_apart)
        measure("a lane whose senders are busy beside a queue of", ENOUGH, options.queue, _claim_busy)
        measure(f"{IN_FLIGHT} messages of a queue of", ENOUGH, options.queue, _claim_messages)
    return 0


def compare(
    engine: str, few: Database, many: Database, what: str, less: int, more: int, claim: Callable[[Database], None]
) -> None:
    """Claim from both databases in turn, so that other load on the machine affects both alike."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for database, taken in zip((few, many), times, strict=True):
            started = perf_counter()
            claim(database)
            taken.append(perf_counter() - started)
    short, long = median(times[0]), median(times[1])
    print(
        f"{engine}: {what} {less:,}: {short * 1e3:.2f} ms; of {more:,}: {long * 1e3:.2f} ms; ratio {long / short:.2f}",
        flush=True,
    )


def _claim_timers(database: Database) -> None:
    with database.write() as db:
        claimed = timers.claim(db, NOW, LEASE, BATCH)
    assert len(claimed) == BATCH


def _claim_messages(database: Database) -> None:
    with database.write() as db:
        claimed = outbox.claim(db, NOW, LEASE, IN_FLIGHT, outbox.Part(channel="sms"))
        for row in claimed:
            row.status = "sent"
    assert len(claimed) == IN_FLIGHT


def _claim_apart(database: Database) -> None:
    """The lane of simulated phones has to find out that all messages are for real ones."""
    with database.write() as db:
        assert not outbox.claim(db, NOW, LEASE, IN_FLIGHT, outbox.Part(apart=CHANNELS))


def _claim_busy(database: Database) -> None:
    """A sender that may send no more for a while."""
    with database.write() as db:
        assert not outbox.claim(db, NOW, LEASE, IN_FLIGHT, outbox.Part(channel="sms", busy=[""]))

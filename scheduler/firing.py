"""Firing what is due: claimed in batches with a lease, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from time import sleep

import structlog
from sqlalchemy.orm import Session

from bot.config.metrics import TIMERS
from bot.service.assistant import Assistant
from storage import timers
from storage.engine import Database
from storage.schema import Timer
from storage.trouble import UNAVAILABLE

LEASE = timedelta(minutes=1)
BATCH = 50
MOST_ATTEMPTS = 5
OUTAGE_WAITS = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds before trying again when the database cannot be used: a batch need not wait for its lease to run out."""

log = structlog.get_logger(__name__)


def fire_due(database: Database, assistant: Assistant, now: Callable[[], datetime], limit: int = BATCH) -> int:
    """Fire what is due; how many timers came out of it fired, put off or dropped. A timer that fails is tried again
    when its lease runs out, and given up visibly after five times. Raises one of UNAVAILABLE when the database cannot be
    used, which is no timer's fault."""
    with database.write() as db:
        ids = timers.claim(db, now(), LEASE, limit)
    done = 0
    for timer_id in ids:
        try:
            result = _patiently(partial(database.transact, partial(_fire, assistant, timer_id, now)))
            if result is not None:
                TIMERS.labels(result).inc()
                done += 1
        except UNAVAILABLE:
            raise
        except Exception as error:
            TIMERS.labels("failed").inc()
            log.error("timer.failed", timer=timer_id, error=type(error).__name__)
            _give_up(database, timer_id, error)
    return done


def _patiently(turn: Callable[[], str | None]) -> str | None:
    for wait in OUTAGE_WAITS:
        try:
            return turn()
        except UNAVAILABLE:
            sleep(wait)
    return turn()


def _fire(assistant: Assistant, timer_id: int, now: Callable[[], datetime], db: Session) -> str | None:
    """What became of the timer; None where somebody else had it."""
    timer = timers.take(db, timer_id)
    if timer is None:
        return None
    assistant.fire(db, timer, now())
    return timer.status


def _give_up(database: Database, timer_id: int, error: Exception) -> None:
    with database.write() as db:
        timer = db.get(Timer, timer_id)
        if timer is not None and timer.attempts >= MOST_ATTEMPTS:
            timer.status, timer.reason = "failed", type(error).__name__

"""The worker processes of a world: when there is something to do, and which worker does it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.simulation.kernel import NEVER, Kernel
from bot.simulation.processes import Process

NEXT_TIMER = """
SELECT min(coalesce((SELECT min(due_at) FROM timers WHERE status = 'pending'), '9999'),
           coalesce((SELECT min(lease_until) FROM timers WHERE status = 'leased'), '9999'))"""
NEXT_MESSAGE = """
SELECT min(coalesce((SELECT min(due_at) FROM outbox WHERE status = 'queued'), '9999'),
           coalesce((SELECT min(lease_until) FROM outbox WHERE status IN ('leased', 'unknown')), '9999'))"""


class Workers:
    def __init__(self, kernel: Kernel, connection: sqlite3.Connection, processes: Sequence[Process]) -> None:
        self.kernel, self.connection, self.processes = kernel, connection, processes

    def due(self) -> datetime:
        if self.processes[0].database.down or not any(worker.alive for worker in self.processes):
            return NEVER
        return min(self._first(NEXT_TIMER), self._first(NEXT_MESSAGE))

    def work(self) -> int:
        """Let one worker fire the timers that are due and lease the messages that may be sent."""
        kernel = self.kernel
        kernel.counts["looks"] += 1
        occasion = f"the look of {kernel.now:%d %b %H:%M:%S.%f}"
        worker = kernel.fate.pick(f"{occasion} by", [worker for worker in self.processes if worker.alive])
        done = 0
        if self._first(NEXT_TIMER) <= kernel.now:
            done += worker.fire(occasion)
        if worker.alive and self._first(NEXT_MESSAGE) <= kernel.now:
            done += worker.lease(occasion)
        return done

    def _first(self, query: str) -> datetime:
        (first,) = self.connection.execute(query).fetchone()
        return NEVER if first == "9999" else datetime.fromisoformat(first).replace(tzinfo=UTC)

"""The kernel of a simulated world: a clock that jumps from event to event, chance, and the trace of what happened."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

from bot.simulation.fate import Fate

STARTS = ((2026, 1, 5), (2026, 9, 14), (2027, 6, 1))
"""Days on which a world begins; the last one's year has a leap day."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(minutes=10)
"""How soon polled work is tried again where something is due and nothing could be done."""
BUSY_PAUSE = timedelta(milliseconds=50)
"""How soon it is tried again after something was done."""
NEVER = datetime.max.replace(tzinfo=UTC)
Action = Callable[[], "Awaitable[None] | None"]


class Polled(Protocol):
    """Work that nobody announces by an event: it is done when it falls due."""

    def due(self) -> datetime:
        """When there is something to do; NEVER where there is nothing."""
        ...

    def work(self) -> int:
        """Do what is due; how many things were done."""
        ...


class Kernel:
    """What every actor of a world takes: the clock, the events to come, chance, counts, the trace and a way to fail."""

    def __init__(self, seed: int, days: int, spared: frozenset[str] = frozenset()) -> None:
        self.fate = Fate(seed, spared)
        self.began = datetime(*self.fate.pick("the first day", STARTS), 12, tzinfo=UTC)
        self.now = self.began
        self.until = self.began + timedelta(days=days)
        self.counts: Counter[str] = Counter()
        """How often each kind of thing happened."""
        self.trace: list[tuple[datetime, str]] = []
        """Every step with its time."""
        self.broken: str | None = None
        """The first thing that was found wrong; it ends the world."""
        self._events: list[tuple[datetime, int, str, Action]] = []
        self._number = 0
        self._poll_at: datetime | None = None
        self._pause = FIRST_PAUSE

    def at(self, when: datetime, name: str, action: Action) -> None:
        """Do `action` at a time; events of the same time follow the order in which they were planned. An empty name leaves
        no line in the trace."""
        self._number += 1
        heapq.heappush(self._events, (when.astimezone(UTC), self._number, name, action))

    def later(self, after: timedelta, name: str, action: Action) -> None:
        self.at(self.now + after, name, action)

    def tell(self, what: str) -> None:
        self.trace.append((self.now, what))

    def fail(self, what: str) -> None:
        if self.broken is None:
            self.broken = what
            self.tell(f"WRONG: {what}")

    def hurry(self) -> None:
        """Something was committed: polled work is not put off any longer."""
        self._poll_at, self._pause = None, FIRST_PAUSE

    async def run(self, polled: Polled, after_step: Callable[[], None], on_day: Callable[[int], None]) -> None:
        """Until the time is up or something is found wrong. `on_day` is called with the number of days that have passed."""
        day = 0
        while self.broken is None:
            due = polled.due() if self._poll_at is None else max(polled.due(), self._poll_at)
            event_at = self._events[0][0] if self._events else NEVER
            when = min(due, event_at)
            if when == NEVER or when > self.until:
                break
            self.now = max(self.now, when)
            if due <= event_at:
                self._poll(polled)
            else:
                await self._next_event()
            after_step()
            if (passed := (self.now - self.began).days) > day:
                day = passed
                on_day(day)

    def _poll(self, polled: Polled) -> None:
        done = polled.work()
        if not done:
            self._pause = min(2 * self._pause, LONGEST_PAUSE)
        self._poll_at = self.now + (BUSY_PAUSE if done else self._pause)

    async def _next_event(self) -> None:
        _when, _number, name, action = heapq.heappop(self._events)
        if name:
            self.tell(name)
        if (result := action()) is not None:
            await result

"""The kernel of a simulated world: a clock that jumps from event to event, chance, and a trace."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

from bot.simulation.fate import Fate

STARTS = ((2026, 1, 5), (2026, 9, 14), (2027, 6, 1))
"""Days on which a world may begin; the year after the last one contains a leap day."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(minutes=10)
"""The pause before the next poll when the last one could do nothing; it doubles each time."""
BUSY_PAUSE = timedelta(milliseconds=50)
"""The pause after a poll that did something."""
NEVER = datetime.max.replace(tzinfo=UTC)
Action = Callable[[], "Awaitable[None] | None"]


class Polled(Protocol):
    """Work that is polled when it falls due instead of being scheduled as an event."""

    def due(self) -> datetime:
        """When there is something to do; NEVER if there is nothing."""
        ...

    def work(self) -> int:
        """Do what is due, and return how many things were done."""
        ...


class Kernel:
    """The clock, pending events, chance, counts and trace of a world, shared by all its actors."""

    def __init__(self, seed: int, days: int, excluded: frozenset[str] = frozenset()) -> None:
        self.fate = Fate(seed, excluded)
        self.began = datetime(*self.fate.pick("the first day", STARTS), 12, tzinfo=UTC)
        self.now = self.began
        self.until = self.began + timedelta(days=days)
        self.counts: Counter[str] = Counter()
        """How often each kind of event happened."""
        self.trace: list[tuple[datetime, str]] = []
        """Every named step with its time."""
        self.broken: str | None = None
        """The first failure; it ends the world."""
        self._events: list[tuple[datetime, int, str, Action]] = []
        self._number = 0
        self._poll_at: datetime | None = None
        self._pause = FIRST_PAUSE

    def at(self, when: datetime, name: str, action: Action) -> None:
        """Schedule `action`. Events at the same time run in the order in which they were scheduled. An event with an empty
        name is not traced."""
        self._number += 1
        heapq.heappush(self._events, (when.astimezone(UTC), self._number, name, action))

    def later(self, after: timedelta, name: str, action: Action) -> None:
        self.at(self.now + after, name, action)

    def log(self, what: str) -> None:
        self.trace.append((self.now, what))

    def fail(self, what: str) -> None:
        if self.broken is None:
            self.broken = what
            self.log(f"WRONG: {what}")

    def hurry(self) -> None:
        """Reset the pause between polls, because something was committed."""
        self._poll_at, self._pause = None, FIRST_PAUSE

    async def run(self, polled: Polled, after_step: Callable[[], None], on_day: Callable[[int], None]) -> None:
        """Run until the time is up or something fails. `on_day` receives the number of days that have passed."""
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
            self.log(name)
        if (result := action()) is not None:
            await result

"""What happens to the machines while the campaign runs: a kill every few seconds, and three things once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random

from benchmarks.chaos.cluster import Cluster
from benchmarks.chaos.phones import Phones
from benchmarks.chaos.processes import Fleet

LONGEST = 30.0
"""Seconds after an event in which a webhook should be taken again."""


@dataclass(frozen=True, slots=True)
class Event:
    """`outage`: the longest time in seconds, from its beginning until all was over, in which no webhook was taken."""

    at: float
    what: str
    outage: float


@dataclass
class Havoc:
    """`progress` is the part of the campaign that has arrived, 0 to 1."""

    fleet: Fleet
    cluster: Cluster
    phones: Phones
    kill_every: float
    progress: Callable[[], float]
    rng: Random
    kills: int = 0
    events: list[Event] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    async def rage(self) -> None:
        """Until every one of the three has happened and the campaign is through."""
        kills = asyncio.create_task(self._keep_killing())
        try:
            await self._at(0.2, "PostgreSQL is restarted", lambda: asyncio.to_thread(self.cluster.restart))
            await self._at(0.4, "rolling restart of all processes", self.fleet.roll)
            await self._at(0.6, "the primary dies, the replica takes over", self._fail_over)
            while self.progress() < 1:
                await asyncio.sleep(0.2)
        finally:
            kills.cancel()
            await asyncio.gather(kills, return_exceptions=True)

    async def _fail_over(self) -> None:
        await asyncio.to_thread(self.cluster.fail_over)

    async def _keep_killing(self) -> None:
        while True:
            await asyncio.sleep(self.rng.uniform(0.5, 1.5) * self.kill_every)
            self.kills += self.rng.choice(self.fleet.keepers).kill()

    async def _at(self, progress: float, what: str, happens: Callable[[], Awaitable[object]]) -> None:
        while self.progress() < progress:
            await asyncio.sleep(0.1)
        began = time.monotonic()
        self.phones.longest_gap, self.phones.last_accepted = 0.0, began
        await happens()
        done = time.monotonic()
        while self.phones.last_accepted < done and time.monotonic() < done + LONGEST:
            await asyncio.sleep(0.05)
        gap = max(self.phones.longest_gap, done - self.phones.last_accepted)
        self.events.append(Event(began - self.began, what, gap))

"""From a year in which something went wrong to the shortest story of it: whatever can be left out is left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from time import monotonic

from bot.simulation.run import Result, live

PATIENCE = 120.0
"""Seconds after which the shortest story so far has to do."""
CLIENT = re.compile(r"client \d+\Z")


def shrink(result: Result, patience: float = PATIENCE, tell: Callable[[int], None] = lambda left: None) -> Result:
    """The same failure with as little around it as possible, with its trace. `tell` hears how many things are left."""
    search = _Search(result, monotonic() + patience, tell)
    everybody = [name for name in result.met if CLIENT.fullmatch(name)]
    search.without([name for name in everybody if name not in result.suspects])
    search.minimise(lambda name: CLIENT.fullmatch(name) is not None)
    search.minimise(lambda name: CLIENT.fullmatch(name) is None)
    shortest = search.best
    closely = live(replace(shortest.plan, closely=True), traced=True)
    return closely if _alike(closely, result) else live(shortest.plan, traced=True)


class _Search:
    def __init__(self, result: Result, until: float, tell: Callable[[int], None]) -> None:
        self.first = self.best = result
        self.until, self.tell = until, tell

    def without(self, names: list[str]) -> bool:
        """Whether it still fails in the same way without these; if so, they stay left out."""
        if not names or monotonic() > self.until:
            return False
        tried = live(replace(self.best.plan, spared=self.best.plan.spared | set(names)))
        if not _alike(tried, self.first):
            return False
        self.best = tried
        self.tell(len(tried.met))
        return True

    def minimise(self, of_kind: Callable[[str], bool]) -> None:
        """Leave out halves, then quarters, and at last one by one."""
        size = len(self._left(of_kind)) // 2
        while size:
            place = 0
            while place < len(left := self._left(of_kind)):
                if not self.without(left[place : place + size]):
                    place += size
            size //= 2

    def _left(self, of_kind: Callable[[str], bool]) -> list[str]:
        return [name for name in self.best.met if of_kind(name)]


def _alike(one: Result, other: Result) -> bool:
    """Whether two worlds broke in the same way; numbers and names may differ."""
    return one.broken is not None and other.broken is not None and _kind(one.broken) == _kind(other.broken)


def _kind(broken: str) -> str:
    return re.sub(r"[^a-z ]+", "", broken.lower())[:40]

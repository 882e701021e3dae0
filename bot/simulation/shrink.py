"""Reduces a failing world to the shortest trace that still fails in the same way, by leaving out occasions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from time import monotonic

from bot.simulation.run import Result, live

TIME_LIMIT = 120.0
"""Seconds after which the best result so far is returned."""
CLIENT = re.compile(r"client \d+\Z")


def shrink(result: Result, seconds: float = TIME_LIMIT, tell: Callable[[int], None] = lambda left: None) -> Result:
    """The same failure with as few occasions as possible, and its trace. `tell` receives the number of occasions left."""
    search = _Search(result, monotonic() + seconds, tell)
    everybody = [name for name in result.met if CLIENT.fullmatch(name)]
    search.without([name for name in everybody if name not in result.suspects])
    search.minimise(lambda name: CLIENT.fullmatch(name) is not None)
    search.minimise(lambda name: CLIENT.fullmatch(name) is None)
    shortest = search.best
    checked = live(replace(shortest.plan, closely=True), traced=True)
    return checked if _same_failure(checked, result) else live(shortest.plan, traced=True)


class _Search:
    def __init__(self, result: Result, until: float, tell: Callable[[int], None]) -> None:
        self.first = self.best = result
        self.until, self.tell = until, tell

    def without(self, names: list[str]) -> bool:
        """Whether the world still fails in the same way without these; if so, they stay excluded."""
        if not names or monotonic() > self.until:
            return False
        result = live(replace(self.best.plan, excluded=self.best.plan.excluded | set(names)))
        if not _same_failure(result, self.first):
            return False
        self.best = result
        self.tell(len(result.met))
        return True

    def minimise(self, of_kind: Callable[[str], bool]) -> None:
        """Leave out halves, then quarters, and finally one by one."""
        size = len(self._left(of_kind)) // 2
        while size:
            place = 0
            while place < len(left := self._left(of_kind)):
                if not self.without(left[place : place + size]):
                    place += size
            size //= 2

    def _left(self, of_kind: Callable[[str], bool]) -> list[str]:
        return [name for name in self.best.met if of_kind(name)]


def _same_failure(one: Result, other: Result) -> bool:
    """Whether two worlds failed in the same way; numbers and names may differ."""
    return (
        one.broken is not None and other.broken is not None and _failure_kind(one.broken) == _failure_kind(other.broken)
    )


def _failure_kind(broken: str) -> str:
    return re.sub(r"[^a-z ]+", "", broken.lower())[:40]

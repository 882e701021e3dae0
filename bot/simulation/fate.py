"""Chance from one seed: each number depends only on the seed and on the name of the occasion.

One occasion can therefore be left out of a world while everything unrelated still happens as before. A name that is
reworded is another occasion: it changes what every seed does.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")
DIGITS = 7
RANGE = 1 << 8 * DIGITS


class Fate:
    def __init__(self, seed: int, excluded: frozenset[str] = frozenset()) -> None:
        self.seed = seed
        self.excluded = excluded
        """Occasions that never happen."""
        self.met: dict[str, None] = {}
        """Occasions that happened, in their order."""

    def number(self, name: str) -> float:
        """At least 0, less than 1."""
        digest = blake2b(f"{self.seed}:{name}".encode(), digest_size=DIGITS).digest()
        return int.from_bytes(digest, "big") / RANGE

    def happens(self, what: str, chance: float) -> bool:
        """Whether an occasion happens. `what` names this one occasion, never a kind of occasion."""
        if self.number(what) >= chance or what in self.excluded:
            return False
        self.met[what] = None
        return True

    def between(self, name: str, low: float, high: float) -> float:
        return low + (high - low) * self.number(name)

    def seconds(self, name: str, low: float, high: float) -> timedelta:
        return timedelta(seconds=round(self.between(name, low, high), 3))

    def days(self, name: str, low: float, high: float) -> timedelta:
        return self.seconds(name, low * 86400, high * 86400)

    def pick(self, name: str, among: Sequence[T]) -> T:
        return among[int(self.number(name) * len(among))]

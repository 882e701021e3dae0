"""Chance, all of it from one seed: what is drawn depends on the seed and on the name of the thing alone.

So one thing can be taken out of a world, and what has nothing to do with it still happens as before.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")
DIGITS = 7
WHOLE = 1 << 8 * DIGITS


class Fate:
    """`spared` are the things that do not happen this time; `met` are those that did, in their order."""

    def __init__(self, seed: int, spared: frozenset[str] = frozenset()) -> None:
        self.seed, self.spared = seed, spared
        self.met: dict[str, None] = {}

    def number(self, name: str) -> float:
        """From 0 up to 1."""
        drawn = blake2b(f"{self.seed}:{name}".encode(), digest_size=DIGITS).digest()
        return int.from_bytes(drawn, "big") / WHOLE

    def befalls(self, what: str, chance: float) -> bool:
        """Whether `what` happens. The name is that of one occasion, never of a kind."""
        if self.number(what) >= chance or what in self.spared:
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

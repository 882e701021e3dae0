"""How fast a provider lets us send: token buckets. Pure: the time is handed in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

FOR_REPLIES = 0.2
"""The part of each rate that campaigns leave to replies."""
MOST_KEPT = 1000
"""Chats whose last message is remembered before those are dropped that may be written to again anyway."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages (on SMS: segments) a second: of the whole channel, of each sender of ours, to each chat. None: no limit."""

    overall: float | None = None
    sender: float | None = None
    chat: float | None = None


@dataclass(slots=True)
class Bucket:
    """Holds what may be sent at once: a second's worth, and never less than one message."""

    rate: float
    at: datetime
    level: float = field(init=False)

    def __post_init__(self) -> None:
        self.level = self.size

    @property
    def size(self) -> float:
        return max(self.rate, 1.0)

    def fill(self, now: datetime) -> float:
        """How much may go now. A clock that was set back costs nothing and gives nothing."""
        passed = max((now - self.at) / timedelta(seconds=1), 0.0)
        self.level, self.at = min(self.size, self.level + passed * self.rate), now
        return self.level

    def admits(self, cost: float, now: datetime, kept_back: float = 0.0) -> bool:
        """Whether `cost` may go, with that part of the bucket kept back. What costs more than the whole bucket may go
        when it is full, and is paid for afterwards."""
        most = self.size * (1 - kept_back)
        return self.fill(now) - self.size * kept_back >= min(cost, most) - 1e-9

    def take(self, cost: float) -> None:
        self.level -= cost


class SendRate:
    """The buckets of one channel."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._overall: Bucket | None = None
        self._senders: dict[str, Bucket] = {}
        self._chats: dict[str, Bucket] = {}

    def room(self, now: datetime, most: int) -> int:
        """How many messages may go now at all, up to `most`."""
        if self.limits.overall is None:
            return most
        self._overall = self._overall or Bucket(self.limits.overall, now)
        return min(most, int(self._overall.fill(now)))

    def busy(self, now: datetime) -> list[str]:
        """Our senders that cannot send anything now."""
        return [sender for sender, bucket in self._senders.items() if not bucket.admits(1, now)]

    def admit(self, sender: str, chat: str, cost: float, now: datetime, *, bulk: bool) -> bool:
        """Whether a message may go now; if so, it is counted."""
        self._forget(now)
        kept_back = FOR_REPLIES if bulk else 0.0
        chats = self._bucket(self._chats, chat, self.limits.chat, now)
        if chats is not None and not chats.admits(cost, now):
            return False
        shared = [self._bucket(self._senders, sender, self.limits.sender, now)]
        if self.limits.overall is not None:
            self._overall = self._overall or Bucket(self.limits.overall, now)
            shared.append(self._overall)
        if any(bucket is not None and not bucket.admits(cost, now, kept_back) for bucket in shared):
            return False
        for bucket in (chats, *shared):
            if bucket is not None:
                bucket.take(cost)
        return True

    def _bucket(self, known: dict[str, Bucket], key: str, rate: float | None, now: datetime) -> Bucket | None:
        return None if rate is None else known.setdefault(key, Bucket(rate, now))

    def _forget(self, now: datetime) -> None:
        if len(self._chats) > MOST_KEPT:
            self._chats = {chat: bucket for chat, bucket in self._chats.items() if bucket.fill(now) < bucket.size}

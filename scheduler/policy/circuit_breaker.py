"""Leaving a provider alone that is down. Pure: the time is handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

OPENS_AFTER = 5
"""Failures in a row after which nothing more is tried for a while."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=10)


@dataclass(slots=True)
class CircuitBreaker:
    """Closed while the provider works. Open, it lets nothing through until `until`, and then one message as a probe: when
    it goes well the circuit closes, else it stays open twice as long."""

    failures: int = 0
    wait: timedelta = FIRST_WAIT
    until: datetime | None = None

    @property
    def open(self) -> bool:
        return self.until is not None

    def room(self, now: datetime, in_flight: int, most: int) -> int:
        """How many more messages may be tried now, up to `most`."""
        if self.until is None:
            return most
        return 1 if now >= self.until and not in_flight else 0

    def failed(self, now: datetime) -> bool:
        """Count a failure of the provider; True when that opened the circuit."""
        self.failures += 1
        if self.until is None:
            if self.failures < OPENS_AFTER:
                return False
            self.until = now + self.wait
            return True
        if now >= self.until:
            self.wait = min(2 * self.wait, LONGEST_WAIT)
            self.until = now + self.wait
        return False

    def worked(self) -> bool:
        """The provider answered; True when that closed the circuit."""
        was_open = self.open
        self.failures, self.wait, self.until = 0, FIRST_WAIT, None
        return was_open

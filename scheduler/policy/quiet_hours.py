"""When a message may go out. Pure: every time is passed in and comes back in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduler.policy.local_time import at_local

BEFORE_QUIET = timedelta(hours=1)
"""How long before the quiet hours that a message goes which would be too late after them."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The span of the local clock in which no message is begun; over midnight when `end` is the earlier. Equal: never."""

    start: time
    end: time

    def cover(self, clock: time) -> bool:
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end


def next_allowed(at: datetime, zone: ZoneInfo, quiet: QuietHours) -> datetime:
    """`at` itself, or the end of the quiet hours that it falls in."""
    local = at.astimezone(zone)
    if not quiet.cover(local.time()):
        return at.astimezone(UTC)
    day = local.date() if local.time() < quiet.end else local.date() + timedelta(days=1)
    end = at_local(day, quiet.end, zone)
    # Where the clock is set back, the end comes twice, and the first one may be over.
    return end if end > at else at_local(day, quiet.end.replace(fold=1), zone)


def last_allowed(at: datetime, zone: ZoneInfo, quiet: QuietHours) -> datetime:
    """`at` itself, or an hour before the quiet hours that it falls in."""
    local = at.astimezone(zone)
    if not quiet.cover(local.time()):
        return at.astimezone(UTC)
    day = local.date() if local.time() >= quiet.start else local.date() - timedelta(days=1)
    return at_local(day, quiet.start, zone) - BEFORE_QUIET


def send_time(day: date, zone: ZoneInfo, quiet: QuietHours, hour: int = 10) -> datetime:
    """When something that is due on a day goes out: at that hour of the client's clock, or when quiet hours end."""
    return next_allowed(at_local(day, time(hour), zone), zone, quiet)


def spread(count: int, start: datetime, over: timedelta, zone: ZoneInfo, quiet: QuietHours) -> list[datetime]:
    """So many times from `start` on, evenly over a span of waking hours: after a night it goes on where it stopped."""
    times, at = [], start
    for _number in range(count):
        at = next_allowed(at, zone, quiet)
        times.append(at)
        at += over / count
    return times

"""The local clock of a center, in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def at_local(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """That time of the local clock on that day, in UTC."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


def days_later(at: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The same time of the local clock so many days later (or earlier)."""
    local = at.astimezone(zone)
    return at_local(local.date() + timedelta(days=days), local.time(), zone)

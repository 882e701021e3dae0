"""When follow-ups, nudges and training reminders are due. Pure: every time is passed in and comes back in UTC."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.policy.local_time import days_later
from scheduler.policy.quiet_hours import QuietHours, last_allowed, next_allowed


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a month that is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def plan_followups(session_day: date, cadence_months: Sequence[int]) -> list[tuple[str, date]]:
    """The waves ("3m", "6m" …) that follow a counseling session, each with the day on which it is due."""
    return [(f"{months}m", months_after(session_day, months)) for months in sorted(set(cadence_months))]


def nudge_times(invited_at: datetime, days: Sequence[int], zone: ZoneInfo, quiet: QuietHours) -> list[datetime]:
    """When a client who has not finished is reminded: at the hour of the invitation, so many days later."""
    return [next_allowed(days_later(invited_at, count, zone), zone, quiet) for count in sorted(set(days))]


def close_time(invited_at: datetime, after_days: int, zone: ZoneInfo) -> datetime:
    """When an unfinished survey is closed with what was given. Nothing is sent then, so quiet hours do not matter."""
    return days_later(invited_at, after_days, zone)


def training_reminders(
    starts_at: datetime, now: datetime, offsets: Sequence[timedelta], zone: ZoneInfo, quiet: QuietHours
) -> list[tuple[str, datetime]]:
    """The reminders that still lie ahead, by name ("7d", "1d", "2h"), earliest first.

    Those of whole days go at the hour of the training, after the quiet hours where it falls in them. A shorter one
    would then come too late, so it goes the evening before.
    """
    planned = []
    for offset in set(offsets):
        days, rest = divmod(offset, timedelta(days=1))
        if rest:
            at = last_allowed(starts_at - offset, zone, quiet)
        else:
            at = next_allowed(days_later(starts_at, -days, zone), zone, quiet)
        if now < at < starts_at:
            planned.append((_name(offset), at))
    return sorted(planned, key=lambda reminder: reminder[1])


def _name(offset: timedelta) -> str:
    for unit, length in (("d", timedelta(days=1)), ("h", timedelta(hours=1))):
        if not offset % length:
            return f"{offset // length}{unit}"
    return f"{offset // timedelta(minutes=1)}m"

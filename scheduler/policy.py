"""When something may go out, and when it is no longer worth it. Pure: every time is handed in and comes back in UTC."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

# --- quiet hours -----------------------------------------------------------------------------------------------------

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
    end = _at(day, quiet.end, zone)
    # Where the clock is set back, the end comes twice, and the first one may be over.
    return end if end > at else _at(day, quiet.end.replace(fold=1), zone)


def last_allowed(at: datetime, zone: ZoneInfo, quiet: QuietHours) -> datetime:
    """`at` itself, or an hour before the quiet hours that it falls in."""
    local = at.astimezone(zone)
    if not quiet.cover(local.time()):
        return at.astimezone(UTC)
    day = local.date() if local.time() >= quiet.start else local.date() - timedelta(days=1)
    return _at(day, quiet.start, zone) - BEFORE_QUIET


def send_time(day: date, zone: ZoneInfo, quiet: QuietHours, hour: int = 10) -> datetime:
    """When something that is due on a day goes out: at that hour of the client's clock, or when quiet hours end."""
    return next_allowed(_at(day, time(hour), zone), zone, quiet)


def spread(count: int, start: datetime, over: timedelta, zone: ZoneInfo, quiet: QuietHours) -> list[datetime]:
    """So many times from `start` on, evenly over a span of waking hours: after a night it goes on where it stopped."""
    times, at = [], start
    for _number in range(count):
        at = next_allowed(at, zone, quiet)
        times.append(at)
        at += over / count
    return times


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)


def _days_later(at: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The same time of the local clock so many days later (or earlier)."""
    local = at.astimezone(zone)
    return _at(local.date() + timedelta(days=days), local.time(), zone)


# --- follow-ups ------------------------------------------------------------------------------------------------------


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
    return [next_allowed(_days_later(invited_at, count, zone), zone, quiet) for count in sorted(set(days))]


def close_time(invited_at: datetime, after_days: int, zone: ZoneInfo) -> datetime:
    """When an unfinished survey is closed with what was given. Nothing is sent then, so quiet hours do not matter."""
    return _days_later(invited_at, after_days, zone)


# --- trainings -------------------------------------------------------------------------------------------------------


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
            at = next_allowed(_days_later(starts_at, -days, zone), zone, quiet)
        if now < at < starts_at:
            planned.append((_name(offset), at))
    return sorted(planned, key=lambda reminder: reminder[1])


def _name(offset: timedelta) -> str:
    for unit, length in (("d", timedelta(days=1)), ("h", timedelta(hours=1))):
        if not offset % length:
            return f"{offset // length}{unit}"
    return f"{offset // timedelta(minutes=1)}m"


# --- what came too late ----------------------------------------------------------------------------------------------

STALE_AFTER = {
    "announcement": timedelta(days=1),
    "followup.invite": timedelta(days=30),
    "followup.nudge": timedelta(days=2),
    "training.feedback": timedelta(days=14),
}
UNTIL_ITS_SUBJECT = ("training.invite", "training.offer", "training.remind")
REMINDER = "training.remind"


def worth_sending(kind: str, due_at: datetime, now: datetime, subject_time: datetime | None = None) -> bool:
    """Whether what was due at `due_at` should still happen now, after the worker was down.

    `kind` is a timer's; what follows a second dot in it (which nudge, which reminder) does not matter. `subject_time`
    is when the training starts. A reminder is dropped when more than half of the time that it announced has passed:
    the next one is then nearer. What is not a message (closing, alarms, erasing) never comes too late.
    """
    kind = ".".join(kind.split(".")[:2])
    late = now - due_at
    if kind in UNTIL_ITS_SUBJECT and subject_time is not None:
        if kind == REMINDER and late > (subject_time - due_at) / 2:
            return False
        return now < subject_time
    return kind not in STALE_AFTER or late <= STALE_AFTER[kind]


# --- trying again ----------------------------------------------------------------------------------------------------


class Trouble(StrEnum):
    """What went wrong with a message, as far as trying again is concerned."""

    LATER = "later"
    UNKNOWN = "unknown"
    MISCONFIGURED = "misconfigured"
    PERMANENT = "permanent"


@dataclass(frozen=True, slots=True)
class Retry:
    at: datetime


@dataclass(frozen=True, slots=True)
class GiveUp:
    """`reason` is for the counselor."""

    reason: str


GIVE_UP_AFTER = timedelta(hours=24)
_MINUTE = timedelta(minutes=1)
# A message of unknown outcome is looked up first, which is cheap. A wrong configuration is mended by a person: an even
# wait lets everything go soon after.
WAITS = {
    Trouble.LATER: (_MINUTE / 2, 2 * _MINUTE, 8 * _MINUTE, 30 * _MINUTE, 60 * _MINUTE, 120 * _MINUTE, 240 * _MINUTE),
    Trouble.UNKNOWN: (_MINUTE / 4, _MINUTE, 5 * _MINUTE, 30 * _MINUTE, 120 * _MINUTE),
    Trouble.MISCONFIGURED: (15 * _MINUTE,),
}
REASONS = {
    Trouble.LATER: "the provider did not take the message for a day",
    Trouble.UNKNOWN: "for a day the provider did not say whether the message went out",
    Trouble.MISCONFIGURED: "the channel was not set up correctly for a day",
    Trouble.PERMANENT: "the message cannot be delivered to this address",
}


def retry(
    attempt: int, trouble: Trouble | str, now: datetime, first_at: datetime, after: timedelta | None = None
) -> Retry | GiveUp:
    """What to do after attempt number `attempt` (from 1) failed at `now`; `first_at` is when the message was first due.

    `after` is how long the provider asked to wait; it is honoured where it is longer than our own wait.
    """
    trouble = Trouble(trouble)
    if trouble is Trouble.PERMANENT:
        return GiveUp(REASONS[trouble])
    waits = WAITS[trouble]
    wait = waits[min(attempt, len(waits)) - 1]
    at = now + max(wait, after or wait)
    return GiveUp(REASONS[trouble]) if at > first_at + GIVE_UP_AFTER else Retry(at)

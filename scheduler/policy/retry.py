"""Whether a failed message is tried again, and when. Pure: the time is passed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


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
# A message of unknown outcome is looked up first, which is cheap. A wrong configuration is corrected by a person: an even
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

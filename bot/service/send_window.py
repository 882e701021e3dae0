"""What is due in the outbox and should not go now: nothing that we begin goes out in quiet hours, or about what is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.service.rules import Rules
from scheduler.policy import quiet_hours
from storage.messages import with_center_and_status
from storage.schema import Outbox
from storage.turns import Db


@dataclass(frozen=True, slots=True)
class Untimely:
    """By message: when it may go instead; and which ones ask what is closed by now."""

    later: Mapping[int, datetime]
    over: frozenset[int]


NOTHING = Untimely({}, frozenset())

BY_HAND = timedelta(hours=1)
"""How long after a person asked for a follow-up in quiet hours it is still what they asked for."""


def untimely(db: Db, rows: Sequence[Outbox], rules: Rules, now: datetime) -> Untimely:
    """A question that we begin with waits until morning where its provider, or we, did not get to it in time. A notice
    without a question (a training is cancelled) does not wait, nor what may have gone out already, nor a follow-up that
    somebody asked for by hand just now; and beside a simulated phone nobody sleeps."""
    ours = [
        row.id
        for row in rows
        if row.bulk and row.conversation_id is not None and row.status != "unknown" and not row.address.simulated
    ]
    if not ours:
        return NOTHING
    later, over = {}, set()
    for row, center, status in with_center_and_status(db, ours):
        zone, quiet = ZoneInfo(center.zone), rules.quiet_of(center)
        at = quiet_hours.next_allowed(now, zone, quiet)
        if status != "open":
            over.add(row.id)
        elif at > now and not _by_hand(row, zone, quiet, now):
            later[row.id] = at
    return Untimely(later, frozenset(over))


def _by_hand(row: Outbox, zone: ZoneInfo, quiet: quiet_hours.QuietHours, now: datetime) -> bool:
    """Whether a person asked for it, knowing the hour: by itself no follow-up is begun in quiet hours."""
    return (
        row.flow == "followup"
        and row.instead_of_id is None
        and quiet_hours.next_allowed(row.created_at, zone, quiet) > row.created_at
        and now - row.created_at < BY_HAND
    )

"""Asking many clients for their figures, spread over some hours, and calling that off while it goes on."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.service.reachability import reach
from bot.service.rules import Rules
from scheduler.policy import quiet_hours
from storage import schema, timers
from storage.campaigns import drop_unasked
from storage.followups import followup_due_on
from storage.turns import Db

WAVE = "asked"
CALLED_OFF = "the campaign was called off"


def times(center: schema.Center, count: int, rules: Rules, now: datetime, over: timedelta) -> list[datetime]:
    """When each of so many clients is asked: evenly over the span, within the center's waking hours."""
    return quiet_hours.spread(count, now, over, ZoneInfo(center.zone), rules.quiet_of(center))


def ask(db: Db, client: schema.Client, center: schema.Center, at: datetime, now: datetime) -> str | None:
    """Plan to ask a client for their figures at that time; why that cannot be, or None. Planning twice is planning once."""
    reachable = reach(db, client, now)
    if reachable.address is None:
        return reachable.why_not
    today = now.astimezone(ZoneInfo(center.zone)).date()
    followup = followup_due_on(db, client.id, WAVE, today)
    if followup is None:
        followup = schema.Followup(
            client_id=client.id, wave=WAVE, due_on=today, started_by="counselor", created_at=now, status="planned"
        )
        db.add(followup)
        db.flush()
    elif followup.status == "dropped":
        followup.status, followup.reason, followup.closed_at = "planned", None, None
    elif followup.status != "planned":
        return f"was asked today already ({followup.status})"
    timers.plan(db, "followup.invite", f"followup:{followup.id}", at, client.id)
    return None


def call_off(db: Db, center: schema.Center, now: datetime) -> int:
    """Ask nobody of the center any more who was to be asked by hand and was not yet: what is still planned, and what waits
    in the outbox and no sender has tried. How many clients will hear nothing."""
    return drop_unasked(db, center.id, WAVE, CALLED_OFF, now)

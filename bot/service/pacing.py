"""When the assistant may begin to write: in waking hours, not while somebody else speaks, and not too often."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.service.timers import Postpone
from bot.service.turn import TurnContext, Wiring
from scheduler.policy import quiet_hours
from storage import handovers, outbox, schema
from storage.turns import Db

ONE_A_DAY = timedelta(hours=20)
"""The day in which messages that nobody asked for are counted; less than a whole one, so that a daily hour stays what it
is."""
WHILE_TAKEN = timedelta(hours=3)


def waking(wiring: Wiring, center: schema.Center, now: datetime) -> None:
    """Postpone to the end of the quiet hours."""
    allowed = quiet_hours.next_allowed(now, ZoneInfo(center.zone), wiring.rules.quiet_of(center))
    if allowed > now:
        raise Postpone(allowed)


def not_busy(address: schema.Address, now: datetime, since: timedelta) -> None:
    """Nobody is interrupted who was writing a moment ago."""
    if address.last_inbound_at is not None and now - address.last_inbound_at < since:
        raise Postpone(address.last_inbound_at + since)


def nobody_awaited(db: Db, client_id: int, now: datetime) -> None:
    """Not while a client waits for a person, or speaks with one."""
    if handovers.current(db, client_id) is not None:
        raise Postpone(now + WHILE_TAKEN)


def alone(db: Db, turn: TurnContext, now: datetime) -> None:
    """A question that can wait: not beside another conversation, nor while a person is awaited, nor at an hour that is
    not convenient."""
    nobody_awaited(db, turn.client.id, now)
    if turn.open_conversations():
        raise Postpone(now + timedelta(days=1))
    convenient(db, turn, now)


def convenient(db: Db, turn: TurnContext, now: datetime, *, daily: bool = True) -> None:
    """Not while the client is writing or a counselor speaks with them; and, where `daily`, not more in a day that nobody
    asked for than the rules allow."""
    not_busy(turn.address, now, turn.rules.busy)
    handover = handovers.current(db, turn.client.id)
    if handover is not None and handover.taken_at is not None:
        raise Postpone(now + WHILE_TAKEN)
    if not daily:
        return
    moments = outbox.last_unasked(db, turn.client.id, now - ONE_A_DAY, turn.rules.unasked)
    if len(moments) == turn.rules.unasked:
        raise Postpone(moments[-1] + ONE_A_DAY)

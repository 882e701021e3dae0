"""Firing a timer: its action is carried out, put off to a better hour, or skipped visibly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.service import conversations
from bot.service.opening import open_turn
from bot.service.turn import TurnContext, Wiring
from scheduler.policy.staleness import worth_sending
from storage import schema, timers
from storage.addresses import first_address
from storage.clients import locked
from storage.conversations import get_conversation
from storage.turns import Db

Action = Callable[[Wiring, Db, schema.Timer, datetime], None]


class Postpone(Exception):
    """Not now; `at` is when."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at.isoformat())
        self.at = at


class Skip(Exception):
    """Not any more, and why."""


def fire(wiring: Wiring, actions: Mapping[str, Action], db: Db, timer: schema.Timer, now: datetime) -> None:
    """Carry out the action of `timer` and note how that ended."""
    timer.status, timer.fired_at, timer.lease_until = "fired", now, None
    db.flush()
    try:
        with timers.undone_if_raised(db):
            action_of(actions, timer.kind)(wiring, db, timer, now)
            db.flush()
    except Postpone as later:
        timer.status, timer.due_at, timer.fired_at, timer.attempts = "pending", later.at, None, 0
    except Skip as skipped:
        timer.status, timer.reason = "dropped", str(skipped)[:200]


def action_of(actions: Mapping[str, Action], kind: str) -> Action:
    """The action of a kind, or of what its name begins with: "followup.nudge" of "followup.nudge.2"."""
    for prefix, action in actions.items():
        if kind == prefix or kind.startswith(prefix + "."):
            return action
    raise KeyError(f"no action for timer {kind!r}")


def subject_number(about: schema.Timer | schema.Conversation) -> int:
    """The id in its subject: 12 of "followup:12"."""
    return int(about.subject.partition(":")[2])


def in_time(timer: schema.Timer, now: datetime, subject_time: datetime | None = None) -> None:
    if not worth_sending(timer.kind, timer.due_at, now, subject_time):
        raise Skip("too late to be of use")


def open_conversation(
    wiring: Wiring, db: Db, timer: schema.Timer, now: datetime
) -> tuple[TurnContext, schema.Conversation]:
    """The conversation that a timer closes, and a turn to do so. Skip where it is closed already."""
    conversation = get_conversation(db, subject_number(timer))
    if conversation.status != "open":
        raise Skip("it is finished")
    client, center = locked(db, conversation.client_id)
    address = first_address(db, client.id)
    if address is None:
        raise Skip("nobody to close it with")
    return open_turn(wiring, db, client, center, address, now), conversation


def close_conversation(wiring: Wiring, db: Db, timer: schema.Timer, now: datetime) -> None:
    """Its time is up; what was given is kept."""
    conversations.expire(*open_conversation(wiring, db, timer, now))


TIMERS: dict[str, Action] = {"conversation.close": close_conversation}

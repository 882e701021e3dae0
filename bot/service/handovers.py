"""A person steps in: a client asks for one, a counselor takes over, and the assistant is silent meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.flows.engine import Step
from bot.flows.form import Effect, HandOver
from bot.service import conversations
from bot.service.staff_notices import tell_staff
from bot.service.timers import Action, Skip, subject_number
from bot.service.turn import Closing, EffectHandler, FlowHooks, TurnContext, Wiring
from storage import handovers, schema, timers
from storage.clients import get_client
from storage.turns import Db

HAND_BACK = timedelta(days=1)
"""After a day without a word of the counselor the assistant is back, so that no client writes to nobody."""
QUESTION_OPEN = timedelta(hours=1)
"""How long the assistant waits for what it is about; a person comes all the same."""


def open_for(turn: TurnContext, reason: str) -> schema.Handover:
    """Ask a person to step in; one open request is enough. The alarm rings when nobody took it in time."""
    handover = handovers.current(turn.db, turn.client.id)
    if handover is None:
        handover = schema.Handover(client_id=turn.client.id, reason=reason, opened_at=turn.now)
        turn.db.add(handover)
        turn.db.flush()
        due = turn.now + turn.rules.alarm_after
        timers.plan(turn.db, "handover.alarm", f"handover:{handover.id}", due, turn.client.id)
    else:
        handover.reason = reason
    name = turn.client.name or turn.client.code
    tell_staff(
        turn.db,
        turn.client.counselor_id,
        turn.center.id,
        f"{name} ({turn.client.code}) {reason}\n/take {turn.client.code}",
        turn.now,
    )
    return handover


def take(db: Db, client_id: int, staff: schema.Staff, now: datetime) -> schema.Handover:
    """The counselor speaks now; what the client writes goes to them."""
    handover = handovers.current(db, client_id)
    if handover is None:
        handover = schema.Handover(client_id=client_id, reason="taken over by the counselor", opened_at=now)
        db.add(handover)
    handover.staff_id, handover.taken_at = staff.id, now
    db.flush()
    subject = f"handover:{handover.id}"
    timers.cancel(db, subject, reason="taken")
    timers.plan(db, "handover.return", subject, now + HAND_BACK, client_id)
    return handover


def close(db: Db, client_id: int, now: datetime) -> bool:
    """Give the conversation back to the assistant; False when nobody had it."""
    handover = handovers.current(db, client_id)
    if handover is None:
        return False
    handover.closed_at = now
    timers.cancel(db, f"handover:{handover.id}", reason="closed")
    return True


def closes(turn: TurnContext, conversation: schema.Conversation) -> Closing:
    return conversations.closes_itself(conversation, turn.now + QUESTION_OPEN)


def hand_over(turn: TurnContext, conversation: schema.Conversation, result: Step, effect: Effect) -> None:
    assert isinstance(effect, HandOver)
    open_for(turn, effect.reason)


HOOKS = {"counseling": FlowHooks(closes)}
EFFECTS: dict[type[object], EffectHandler] = {HandOver: hand_over}


def ring_alarm(wiring: Wiring, db: Db, timer: schema.Timer, now: datetime) -> None:
    handover = handovers.get_handover(db, subject_number(timer))
    if handover.closed_at is not None or handover.taken_at is not None:
        raise Skip("somebody took it")
    client = get_client(db, handover.client_id)
    text = f"{client.name or client.code} ({client.code}) has been waiting for a person since {handover.opened_at:%d %b}.\n/take {client.code}"
    tell_staff(db, None, client.center_id, text, now)


def hand_back(wiring: Wiring, db: Db, timer: schema.Timer, now: datetime) -> None:
    handover = handovers.get_handover(db, subject_number(timer))
    if handover.closed_at is not None:
        raise Skip("it is over")
    client = get_client(db, handover.client_id)
    handover.closed_at = now
    text = f"I look after {client.name or client.code} ({client.code}) again, since you have not written for a day.\n/take {client.code}"
    tell_staff(db, handover.staff_id, client.center_id, text, now)


TIMERS: dict[str, Action] = {"handover.alarm": ring_alarm, "handover.return": hand_back}

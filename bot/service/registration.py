"""Registration: what follows from its end, and what becomes of one that nobody finishes."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.service import conversations, personal, privacy, share_phone, shared_phones
from bot.service.opening import open_turn
from bot.service.pacing import convenient, waking
from bot.service.reachability import reach
from bot.service.timers import Action, Skip, open_conversation, subject_number
from bot.service.turn import Closing, FlowHooks, TurnContext, Wiring
from scheduler.policy import quiet_hours
from storage import link_codes, schema, timers
from storage.businesses import business_of
from storage.clients import locked
from storage.conversations import get_conversation
from storage.turns import Db

NUDGE_AFTER, CLOSE_AFTER = timedelta(days=1), timedelta(days=30)
"""An unfinished registration is asked for once, and kept this long."""


def closes(turn: TurnContext, conversation: schema.Conversation) -> Closing:
    return "registration.close", conversations.subject_of(conversation), turn.now + CLOSE_AFTER


def begun(turn: TurnContext, conversation: schema.Conversation) -> None:
    """From here on six digits are a figure, and whoever stops half-way is reminded tomorrow."""
    link_codes.forget_awaited(turn.db, turn.address.id, turn.now)
    tomorrow = quiet_hours.next_allowed(turn.now + NUDGE_AFTER, turn.zone, turn.rules.quiet_of(turn.center))
    timers.plan(turn.db, "registration.nudge", conversations.subject_of(conversation), tomorrow, turn.client.id)


def finished(turn: TurnContext, conversation: schema.Conversation, result: str) -> None:
    if result == "completed":
        turn.client.status, turn.client.registered_at = "registered", turn.now
        turn.client.baseline_stage = turn.client.stage
        business_of(turn.db, turn.client, turn.now)
        share_phone.ask(turn)
        personal.ask(turn)
    elif result == "refused":
        turn.client.status = "refused"
        privacy.forget_words(turn.db, turn.client)
        shared_phones.give_back(turn)
    elif not turn.client.service_consent:
        privacy.forget_words(turn.db, turn.client)


HOOKS = {"registration": FlowHooks(closes, begun=begun, finished=finished)}


def nudge_registration(wiring: Wiring, db: Db, timer: schema.Timer, now: datetime) -> None:
    conversation = get_conversation(db, subject_number(timer))
    if conversation.status != "open":
        raise Skip("it is finished")
    client, center = locked(db, conversation.client_id)
    waking(wiring, center, now)
    reachable = reach(db, client, now, surveys=False, registered=False)
    if reachable.address is None:
        raise Skip(reachable.why_not)
    turn = open_turn(wiring, db, client, center, reachable.address, now, bulk=True)
    convenient(db, turn, now)
    conversations.nudge(turn, conversation)


def close_registration(wiring: Wiring, db: Db, timer: schema.Timer, now: datetime) -> None:
    """Its time is up; where nobody ever agreed, nothing is kept."""
    turn, conversation = open_conversation(wiring, db, timer, now)
    conversations.expire(turn, conversation)
    if not turn.client.service_consent and not turn.opted_out:
        privacy.erase_client(turn)


TIMERS: dict[str, Action] = {
    "registration.nudge": nudge_registration,
    "registration.close": close_registration,
}

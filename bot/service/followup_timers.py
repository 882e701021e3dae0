"""What is due of a follow-up: its invitation, its nudges and its end."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.service import conversations, followups
from bot.service.opening import open_turn, outreach
from bot.service.pacing import ONE_A_DAY, convenient, not_busy, waking
from bot.service.timers import Action, Postpone, Skip, in_time, subject_number
from bot.service.turn import Wiring
from scheduler.policy.staleness import worth_sending
from storage import schema
from storage.addresses import addresses_of, first_address
from storage.centers import get_center
from storage.clients import get_client, locked
from storage.followups import get_followup
from storage.turns import Db


def invite_followup(wiring: Wiring, db: Db, timer: schema.Timer, now: datetime) -> None:
    followup = get_followup(db, subject_number(timer))
    if followup.status != "planned":
        raise Skip(f"the follow-up is {followup.status}")
    if not worth_sending(timer.kind, timer.due_at, now):
        followups.drop(db, followup, "could not be sent for a month", now)
        return
    waking(wiring, _center_of(db, followup.client_id), now)
    turn = outreach(wiring, db, followup.client_id, now, surveys=True)
    if isinstance(turn, str):
        followups.drop(db, followup, turn, now)
        return
    convenient(db, turn, now)
    if any(conversation.flow == "followup" for conversation in turn.open_conversations()):
        raise Postpone(now + timedelta(days=1))
    followups.start(turn, wave=followup.wave, started_by="cadence", followup=followup)
    turn.post()


def nudge_followup(wiring: Wiring, db: Db, timer: schema.Timer, now: datetime) -> None:
    followup = get_followup(db, subject_number(timer))
    if followup.status != "invited":
        raise Skip(f"the follow-up is {followup.status}")
    in_time(timer, now)
    waking(wiring, _center_of(db, followup.client_id), now)
    turn = outreach(wiring, db, followup.client_id, now, surveys=True)
    if isinstance(turn, str):
        raise Skip(turn)
    conversation = followups.conversation_of(turn, followup)
    if conversation is None:
        raise Skip("nothing is open")
    convenient(db, turn, now)
    not_busy(turn.address, now, ONE_A_DAY)
    conversations.nudge(turn, conversation)


def close_followup(wiring: Wiring, db: Db, timer: schema.Timer, now: datetime) -> None:
    followup = get_followup(db, subject_number(timer))
    client, center = locked(db, followup.client_id)
    address = first_address(db, client.id)
    if address is None:
        raise Skip("nobody to close it with")
    turn = open_turn(wiring, db, client, center, address, now, bulk=True)
    conversation = followups.conversation_of(turn, followup)
    if conversation is None:
        raise Skip(f"the follow-up is {followup.status}")
    for mine in addresses_of(db, client.id):
        not_busy(mine, now, wiring.rules.busy)
    conversations.expire(turn, conversation)
    if followup.status == "unanswered":
        followup.reason = followup.reason or "no answer to the invitation and its reminders"


def _center_of(db: Db, client_id: int) -> schema.Center:
    return get_center(db, get_client(db, client_id).center_id)


TIMERS: dict[str, Action] = {
    "followup.invite": invite_followup,
    "followup.nudge": nudge_followup,
    "followup.close": close_followup,
}

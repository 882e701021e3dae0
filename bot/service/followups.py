"""Follow-ups: started by time, by a counselor or by the client, nudged, and closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from types import MappingProxyType

from bot.flows.catalog import FLOWS
from bot.flows.engine import Step, begin
from bot.flows.form import Effect, Measure, Nudged
from bot.flows.state import State
from bot.model import Reading, ReadingKind
from bot.service import conversations, outcomes
from bot.service.opening import open_turn, outreach
from bot.service.outcomes import followup_id
from bot.service.pacing import ONE_A_DAY, convenient, not_busy, waking
from bot.service.timers import Action, Postpone, Skip, in_time, subject_number
from bot.service.turn import Closing, EffectHandler, FlowHooks, TurnContext, Wiring
from scheduler.policy import cadence
from scheduler.policy.staleness import worth_sending
from storage import schema, timers
from storage.addresses import addresses_of, first_address
from storage.centers import get_center
from storage.clients import get_client, locked
from storage.followups import completed_survey, followup_due_on, get_followup, last_completed_survey, unused_wave
from storage.persons import consents_of
from storage.turns import Db

OPEN = ("planned", "invited")
NUDGES = "followup.nudge"
CHANGEABLE, REOPENED_FOR = timedelta(days=7), timedelta(days=1)
"""How long after a survey its figures can be changed by its client, and how long they are shown for that."""


def start(
    turn: TurnContext,
    *,
    wave: str,
    started_by: str,
    staff: schema.Staff | None = None,
    followup: schema.Followup | None = None,
) -> schema.Followup:
    """Begin the survey with the client now. One that is already open is asked once more instead."""
    for conversation in turn.open_conversations():
        if conversation.flow == "followup" and (number := followup_id(conversation)):
            conversations.step(turn, conversation, Nudged(turn.now))
            return get_followup(turn.db, number)
    if followup is None:
        followup = due_today(turn, wave, started_by=started_by, staff_id=staff.id if staff else None)
    followup.status, followup.invited_at, followup.closed_at, followup.reason = "invited", turn.now, None, None
    subject = f"followup:{followup.id}"
    conversations.begin(turn, "followup", subject)
    timers.cancel(turn.db, subject, kinds=("followup.invite",), reason="started")
    nudges = cadence.nudge_times(turn.now, turn.rules.nudge_days, turn.zone, turn.rules.quiet_of(turn.center))
    for number, at in enumerate(nudges, 1):
        timers.plan(turn.db, f"{NUDGES}.{number}", subject, at, turn.client.id)
    return followup


def due_today(turn: TurnContext, wave: str, *, started_by: str, staff_id: int | None) -> schema.Followup:
    """The follow-up of a wave that is due today and not closed yet, else a new one; the second of a day is "asked 2"."""
    today = turn.now.astimezone(turn.zone).date()
    known = followup_due_on(turn.db, turn.client.id, wave, today)
    if known is not None and known.status in OPEN:
        return known
    followup = schema.Followup(
        client_id=turn.client.id,
        wave=unused_wave(turn.db, turn.client.id, wave, today),
        due_on=today,
        started_by=started_by,
        staff_id=staff_id,
        created_at=turn.now,
    )
    turn.db.add(followup)
    turn.db.flush()
    return followup


def reopen(turn: TurnContext) -> bool:
    """Show the figures of a survey that was completed a few days ago once more, to be changed; False: there is none."""
    found = last_completed_survey(turn.db, turn.client.id, turn.now - CHANGEABLE)
    if found is None:
        return False
    _show_again(turn, found)
    return True


def change_figures(turn: TurnContext, followup: int) -> bool:
    """Ask which figure of a completed follow-up the client wants to change; False: there is no talk about it on record."""
    found = completed_survey(turn.db, turn.client.id, f"followup:{followup}")
    if found is None:
        return False
    _show_again(turn, found, {"review": Reading(ReadingKind.VALUE, "change")})
    return True


def _show_again(
    turn: TurnContext, survey: schema.Conversation, given: Mapping[str, Reading] = MappingProxyType({})
) -> None:
    before = State.from_json(survey.state)
    answers = {name: reading for name, reading in before.answers.items() if name not in ("review", "change")}
    state = replace(
        begin(FLOWS["followup"]),
        answers={**answers, **given},
        asked=before.asked,
        month_asked_on=before.month_asked_on,
    )
    conversations.begin(turn, "followup", survey.subject, state, closes=_closes_soon)


def closed(turn: TurnContext, conversation: schema.Conversation, result: str) -> Sequence[str]:
    """Note what became of the follow-up when its conversation came to its end; its timers end with one that was open."""
    number = followup_id(conversation)
    if number is None:
        return ()
    followup = get_followup(turn.db, number)
    if followup.status == "completed":
        return ()
    answered = any(name for name in conversation.state.get("answers", {}))
    if result == "completed":
        followup.status = "completed"
    elif answered:
        followup.status = "partial"
    else:
        agrees = not turn.opted_out and consents_of(turn.db, turn.client, turn.person).survey_consent
        followup.status = "unanswered" if agrees else "declined"
    followup.closed_at = turn.now
    return (conversation.subject,)


def conversation_of(turn: TurnContext, followup: schema.Followup) -> schema.Conversation | None:
    subject = f"followup:{followup.id}"
    return next((found for found in turn.open_conversations() if found.subject == subject), None)


def drop(db: Db, followup: schema.Followup, reason: str, now: datetime) -> None:
    """A follow-up that cannot take place, with its reason, for the call list."""
    followup.status, followup.reason, followup.closed_at = "dropped", reason[:200], now
    timers.cancel(db, f"followup:{followup.id}", reason=reason[:200])


def closes(turn: TurnContext, conversation: schema.Conversation) -> Closing:
    at = cadence.close_time(turn.now, turn.rules.close_after_days, turn.zone)
    return "followup.close", conversation.subject, at


def _closes_soon(turn: TurnContext, conversation: schema.Conversation) -> Closing:
    return conversations.closes_itself(conversation, turn.now + REOPENED_FOR)


def last_figures(turn: TurnContext, conversation: schema.Conversation) -> Mapping[str, Decimal]:
    return outcomes.last_figures(
        turn.db, turn.client.id, turn.center.currency, but_of=followup_id(conversation) or None
    )


def measure(turn: TurnContext, conversation: schema.Conversation, result: Step, effect: Effect) -> None:
    """Record every figure of the turn, when the first one comes."""
    figures = [figure for figure in result.effects if isinstance(figure, Measure)]
    if effect is figures[0]:
        partial = "review" not in result.state.answers
        month = result.state.month
        turn.survey = outcomes.record(
            turn.db,
            turn.client,
            conversation,
            figures,
            month=str(month) if month is not None else None,
            partial=partial,
            now=turn.now,
            day=turn.now.astimezone(turn.zone).date(),
            keyed_in=turn.keyed_in,
        )


HOOKS = {"followup": FlowHooks(closes, last_figures=last_figures, closed=closed)}
EFFECTS: dict[type[object], EffectHandler] = {Measure: measure}


# --- what is due -----------------------------------------------------------------------------------------------------


def invite_followup(wiring: Wiring, db: Db, timer: schema.Timer, now: datetime) -> None:
    followup = get_followup(db, subject_number(timer))
    if followup.status != "planned":
        raise Skip(f"the follow-up is {followup.status}")
    if not worth_sending(timer.kind, timer.due_at, now):
        drop(db, followup, "could not be sent for a month", now)
        return
    waking(wiring, _center_of(db, followup.client_id), now)
    turn = outreach(wiring, db, followup.client_id, now, surveys=True)
    if isinstance(turn, str):
        drop(db, followup, turn, now)
        return
    convenient(db, turn, now)
    if any(conversation.flow == "followup" for conversation in turn.open_conversations()):
        raise Postpone(now + timedelta(days=1))
    start(turn, wave=followup.wave, started_by="cadence", followup=followup)
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
    conversation = conversation_of(turn, followup)
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
    conversation = conversation_of(turn, followup)
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

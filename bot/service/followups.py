"""Follow-ups: planned by the cadence, started by time, by a counselor or by the client, nudged, and closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.flows.catalog import FLOWS
from bot.flows.engine import Turn as Step
from bot.flows.engine import begin
from bot.flows.form import Effect, Measure, Nudged
from bot.flows.state import State
from bot.service import conversations, outcomes
from bot.service.outcomes import followup_id
from bot.service.rules import Rules
from bot.service.turn import Closing, EffectHandler, FlowHooks, TurnContext
from scheduler.policy import cadence, quiet_hours
from storage import schema, timers
from storage.followups import followup_due_on, get_followup, last_completed_survey, planned_followups
from storage.turns import Db

HOUR = 10
"""Local hour at which a follow-up that is due on a day goes out."""
OPEN = ("planned", "invited")
NUDGES = "followup.nudge"
CHANGEABLE, REOPENED_FOR = timedelta(days=7), timedelta(days=1)
"""How long after a survey its figures can be changed by its client, and how long they are shown for that."""


def add_session(
    db: Db,
    client: schema.Client,
    center: schema.Center,
    *,
    day: date,
    type: str,
    area: str,
    hours: Decimal,
    notes: str,
    counselor: schema.Staff | None,
    rules: Rules,
    now: datetime,
) -> tuple[schema.CounselingSession, list[schema.Followup]]:
    """Record a counseling session and plan its follow-ups; those whose day is past are not planned."""
    session = schema.CounselingSession(
        client_id=client.id,
        counselor_id=counselor.id if counselor else client.counselor_id,
        day=day,
        type=type,
        area=area,
        hours=hours,
        notes=notes,
        created_at=now,
    )
    db.add(session)
    db.flush()
    if counselor is not None and client.counselor_id is None:
        client.counselor_id = counselor.id
    today = now.astimezone(ZoneInfo(center.zone)).date()
    waves = [(wave, due) for wave, due in cadence.plan_followups(day, center.cadence) if due >= today]
    return session, plan(db, client, center, session, waves, rules, now)


def plan(
    db: Db,
    client: schema.Client,
    center: schema.Center,
    session: schema.CounselingSession,
    waves: Sequence[tuple[str, date]],
    rules: Rules,
    now: datetime,
) -> list[schema.Followup]:
    """The client's follow-ups for these waves. A new session moves the waves that are still to come; planning twice is
    planning once, and nobody is asked for the same wave by two sessions."""
    return plan_all(db, [Plan(client.id, session.id, waves)], center, rules, now)


@dataclass(frozen=True, slots=True)
class Plan:
    """The waves that follow a session, each with the day on which it is due."""

    client_id: int
    session_id: int
    waves: Sequence[tuple[str, date]]


def plan_all(
    db: Db, plans: Sequence[Plan], center: schema.Center, rules: Rules, now: datetime
) -> list[schema.Followup]:
    """`plan` for many clients of a center, each of them once, in as many statements as for one."""
    planned = planned_followups(db, [plan.client_id for plan in plans])
    made = []
    for plan in plans:
        for wave, due in plan.waves:
            followup = planned.get((plan.client_id, wave))
            if followup is None:
                followup = schema.Followup(client_id=plan.client_id, wave=wave, due_on=due, created_at=now)
                db.add(followup)
            followup.session_id, followup.due_on = plan.session_id, due
            made.append(followup)
    db.flush()
    days = {followup.due_on for followup in made}
    quiet, zone = rules.quiet_of(center), ZoneInfo(center.zone)
    times = {day: quiet_hours.send_time(day, zone, quiet, HOUR) for day in days}
    invitations = [(f"followup:{followup.id}", times[followup.due_on], followup.client_id) for followup in made]
    timers.plan_all(db, "followup.invite", invitations)
    return made


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
        followup = followup_due_on(turn.db, turn.client.id, wave, turn.now.astimezone(turn.zone).date())
    if followup is None:
        followup = schema.Followup(
            client_id=turn.client.id,
            wave=wave,
            due_on=turn.now.astimezone(turn.zone).date(),
            started_by=started_by,
            staff_id=staff.id if staff else None,
            created_at=turn.now,
        )
        turn.db.add(followup)
        turn.db.flush()
    followup.status, followup.invited_at, followup.closed_at, followup.reason = "invited", turn.now, None, None
    subject = f"followup:{followup.id}"
    conversations.begin(turn, "followup", subject)
    timers.cancel(turn.db, subject, kinds=("followup.invite",), reason="started")
    nudges = cadence.nudge_times(turn.now, turn.rules.nudge_days, turn.zone, turn.rules.quiet_of(turn.center))
    for number, at in enumerate(nudges, 1):
        timers.plan(turn.db, f"{NUDGES}.{number}", subject, at, turn.client.id)
    return followup


def reopen(turn: TurnContext) -> bool:
    """Show the figures of a survey that was completed a few days ago once more, to be changed; False: there is none."""
    found = last_completed_survey(turn.db, turn.client.id, turn.now - CHANGEABLE)
    if found is None:
        return False
    before = State.from_json(found.state)
    answers = {name: reading for name, reading in before.answers.items() if name not in ("review", "change")}
    state = replace(begin(FLOWS["followup"]), answers=answers, asked=before.asked)
    conversations.begin(turn, "followup", found.subject, state, closes=_closes_soon)
    return True


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
        agrees = turn.client.opted_out_at is None and turn.client.survey_consent
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
    return outcomes.last_figures(turn.db, turn.client.id, turn.center.currency)


def measure(turn: TurnContext, conversation: schema.Conversation, result: Step, effect: Effect) -> None:
    """Record every figure of the turn, when the first one comes."""
    figures = [figure for figure in result.effects if isinstance(figure, Measure)]
    if effect is figures[0]:
        partial = "review" not in result.state.answers
        turn.survey = outcomes.record(turn.db, turn.client, conversation, figures, partial=partial, now=turn.now)


HOOKS = {"followup": FlowHooks(closes, last_figures=last_figures, closed=closed)}
EFFECTS: dict[type[object], EffectHandler] = {Measure: measure}

"""What is said about a training, and when: invitation, reminders, offered seats, cancellation and the question after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.flows.engine import Step
from bot.flows.form import Effect, Feedback, Rsvp
from bot.flows.training import CANCELLED
from bot.model import Param, Say
from bot.service import conversations, trainings
from bot.service.opening import outreach
from bot.service.pacing import convenient, waking
from bot.service.reachability import reach
from bot.service.timers import Action, Skip, in_time, open_conversation
from bot.service.turn import Closing, EffectHandler, FlowHooks, TurnContext, Wiring
from scheduler.policy import quiet_hours
from storage import outbox, schema, timers
from storage.centers import get_center
from storage.clients import get_client
from storage.trainings import enrollment_of
from storage.turns import Db

SOON = timedelta(hours=3)
"""So shortly before a training its reminder cannot wait."""
FEEDBACK_OPEN = timedelta(days=14)
"""How long the question after a training waits for its answer."""


def closes(turn: TurnContext, conversation: schema.Conversation) -> Closing:
    """A conversation about a training has lost its point when that starts."""
    _enrollment, training = enrollment_of(turn.db, conversation.subject)
    return "training.over", conversations.subject_of(conversation), max(training.starts_at, turn.now)


def feedback_closes(turn: TurnContext, conversation: schema.Conversation) -> Closing:
    return "training.over", conversations.subject_of(conversation), turn.now + FEEDBACK_OPEN


def params(turn: TurnContext, conversation: schema.Conversation) -> Mapping[str, Param]:
    """Of the training, which stays locked: what is said about its seats stays true."""
    enrollment, training = enrollment_of(turn.db, conversation.subject, lock=True)
    params: dict[str, Param] = {"title": training.title, "when": training.starts_at, "place": training.place}
    if not trainings.has_seat(turn.db, training, enrollment):
        params["full"] = 1
    return params


def answered(turn: TurnContext, conversation: schema.Conversation, result: Step, effect: Effect) -> None:
    assert isinstance(effect, Rsvp | Feedback)
    trainings.answered(turn, conversation, effect)


HOOKS = {
    "training": FlowHooks(closes, params=params),
    "training.reminder": FlowHooks(closes, params=params),
    "training.promotion": FlowHooks(closes, params=params),
    "training.feedback": FlowHooks(feedback_closes, params=params),
}
EFFECTS: dict[type[object], EffectHandler] = {Rsvp: answered, Feedback: answered}


def invite_training(wiring: Wiring, db: Db, timer: schema.Timer, now: datetime) -> None:
    enrollment, _training_row = _training(db, timer)
    if enrollment.status != "planned":
        raise Skip(f"already {enrollment.status}")
    _speak_of_training(wiring, db, timer, now, "training")


def remind_training(wiring: Wiring, db: Db, timer: schema.Timer, now: datetime) -> None:
    enrollment, training = _training(db, timer)
    if enrollment.status != "yes":
        raise Skip(f"the answer was {enrollment.status}")
    in_time(timer, now, training.starts_at)
    far = training.starts_at - now > timedelta(days=1)
    _speak_of_training(wiring, db, timer, now, "training.reminder", daily=far)


def offer_seat(wiring: Wiring, db: Db, timer: schema.Timer, now: datetime) -> None:
    """Tell who is next that a seat is free. It is held for a while; who cannot be told gives way at once."""
    enrollment, training = enrollment_of(db, timer.subject, lock=True)
    if enrollment.status != "offered" or training.cancelled_at is not None:
        raise Skip(f"the answer was {enrollment.status}")
    if reach(db, get_client(db, enrollment.client_id), now, surveys=False).address is None:
        trainings.lapse(db, enrollment, training, wiring.rules, now)
        return
    _speak_of_training(wiring, db, timer, now, "training.promotion", daily=False)
    until = trainings.offer_until(training, now)
    timers.plan(db, "training.lapse", timer.subject, until, enrollment.client_id)


def lapse_offer(wiring: Wiring, db: Db, timer: schema.Timer, now: datetime) -> None:
    enrollment, training = enrollment_of(db, timer.subject, lock=True)
    if enrollment.status != "offered":
        raise Skip(f"the answer was {enrollment.status}")
    trainings.lapse(db, enrollment, training, wiring.rules, now)


def tell_cancelled(wiring: Wiring, db: Db, timer: schema.Timer, now: datetime) -> None:
    enrollment, training = enrollment_of(db, timer.subject)
    if training.starts_at <= now:
        raise Skip("it would have begun")
    center = get_center(db, training.center_id)
    if quiet_hours.next_allowed(now, ZoneInfo(center.zone), wiring.rules.quiet_of(center)) < training.starts_at:
        waking(wiring, center, now)
    turn = outreach(wiring, db, enrollment.client_id, now, surveys=False)
    if isinstance(turn, str):
        raise Skip(turn)
    for conversation in turn.open_conversations():
        if conversation.subject == timer.subject:
            conversations.close(turn, conversation, "cancelled")
    if enrollment.status == "invited" and not outbox.was_notified(db, enrollment.client_id, timer.subject):
        return
    turn.say(
        Say(
            CANCELLED,
            {"title": training.title, "when": training.starts_at},
        )
    )
    turn.post()


def training_over(wiring: Wiring, db: Db, timer: schema.Timer, now: datetime) -> None:
    """Nobody is asked any more whether they come to a training that has begun, or how one was that is long past."""
    turn, conversation = open_conversation(wiring, db, timer, now)
    conversations.close(turn, conversation, "over")


def ask_feedback(wiring: Wiring, db: Db, timer: schema.Timer, now: datetime) -> None:
    enrollment, _training_row = _training(db, timer)
    if enrollment.status != "attended" or enrollment.rating is not None:
        raise Skip("nothing to ask")
    in_time(timer, now)
    _speak_of_training(wiring, db, timer, now, "training.feedback", before=False)


def _training(db: Db, timer: schema.Timer) -> tuple[schema.Enrollment, schema.Training]:
    enrollment, training = enrollment_of(db, timer.subject)
    if training.cancelled_at is not None:
        raise Skip("the training was cancelled")
    return enrollment, training


def _speak_of_training(
    wiring: Wiring,
    db: Db,
    timer: schema.Timer,
    now: datetime,
    flow: str,
    *,
    before: bool = True,
    daily: bool = True,
) -> None:
    enrollment, training = _training(db, timer)
    if before and training.starts_at <= now:
        raise Skip("the training has begun")
    waking(wiring, get_center(db, training.center_id), now)
    turn = outreach(wiring, db, enrollment.client_id, now, surveys=False)
    if isinstance(turn, str):
        raise Skip(turn)
    soon = training.starts_at - now <= SOON
    if daily or not soon:
        convenient(db, turn, now, daily=daily)
    if enrollment.status == "planned":
        enrollment.status, enrollment.invited_at = "invited", now
        db.flush()
    conversations.begin(turn, flow, timer.subject)
    turn.post()


TIMERS: dict[str, Action] = {
    "training.invite": invite_training,
    "training.remind": remind_training,
    "training.offer": offer_seat,
    "training.lapse": lapse_offer,
    "training.cancelled": tell_cancelled,
    "training.over": training_over,
    "training.feedback": ask_feedback,
}

"""What a timer stands for when its time has come: it is carried out, put off to a better hour, or dropped visibly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from bot.flows.training import CANCELLED
from bot.model import Say
from bot.service import followups, handovers, privacy, trainings
from bot.service.staff_notices import tell_staff
from scheduler.policy import quiet_hours, staleness
from storage import outbox, schema, timers

if TYPE_CHECKING:
    from bot.service.assistant import Assistant
    from bot.service.turn import TurnContext

ONE_A_DAY = timedelta(hours=20)
"""The day in which messages that nobody asked for are counted; less than a whole one, so that a daily hour stays what it
is."""
WHILE_TAKEN = timedelta(hours=3)
SOON = timedelta(hours=3)
"""So shortly before a training its reminder cannot wait."""


class Postpone(Exception):
    """Not now; `at` is when."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at.isoformat())
        self.at = at


class Skip(Exception):
    """Not any more, and why."""


def fire(assistant: Assistant, db: Db, timer: schema.Timer, now: datetime) -> None:
    """Carry out `timer` and note how that ended."""
    timer.status, timer.fired_at, timer.lease_until = "fired", now, None
    db.flush()
    try:
        with db.begin_nested():
            _kind(timer.kind)(assistant, db, timer, now)
            db.flush()
    except Postpone as later:
        timer.status, timer.due_at, timer.fired_at, timer.attempts = "pending", later.at, None, 0
    except Skip as dropped:
        timer.status, timer.reason = "dropped", str(dropped)[:200]


def _kind(kind: str) -> Callable[[Assistant, Db, schema.Timer, datetime], None]:
    for prefix, action in ACTIONS.items():
        if kind == prefix or kind.startswith(prefix + "."):
            return action
    raise KeyError(f"no action for timer {kind!r}")


def _number(timer: schema.Timer) -> int:
    return int(timer.subject.partition(":")[2])


def _waking(assistant: Assistant, center: schema.Center, now: datetime) -> None:
    allowed = quiet_hours.next_allowed(now, ZoneInfo(center.zone), assistant.rules.quiet_of(center))
    if allowed > now:
        raise Postpone(allowed)


def _in_time(timer: schema.Timer, now: datetime, subject_time: datetime | None = None) -> None:
    if not staleness.worth_sending(timer.kind, timer.due_at, now, subject_time):
        raise Skip("too late to be of use")


def _center_of(db: Db, client_id: int) -> schema.Center:
    client = db.get_one(schema.Client, client_id)
    return db.get_one(schema.Center, client.center_id)


# --- follow-ups ------------------------------------------------------------------------------------------------------


def invite_followup(assistant: Assistant, db: Db, timer: schema.Timer, now: datetime) -> None:
    followup = db.get_one(schema.Followup, _number(timer))
    if followup.status != "planned":
        raise Skip(f"the follow-up is {followup.status}")
    if not staleness.worth_sending(timer.kind, timer.due_at, now):
        followups.drop(db, followup, "could not be sent for a month", now)
        return
    _waking(assistant, _center_of(db, followup.client_id), now)
    desk = assistant.proactive(db, followup.client_id, now, surveys=True)
    if isinstance(desk, str):
        followups.drop(db, followup, desk, now)
        return
    _convenient(assistant, db, desk, now)
    if any(conversation.flow == "followup" for conversation in desk.open_conversations()):
        raise Postpone(now + timedelta(days=1))
    followups.start(desk, wave=followup.wave, started_by="cadence", followup=followup)
    desk.post()


def nudge_followup(assistant: Assistant, db: Db, timer: schema.Timer, now: datetime) -> None:
    followup = db.get_one(schema.Followup, _number(timer))
    if followup.status != "invited":
        raise Skip(f"the follow-up is {followup.status}")
    _in_time(timer, now)
    _waking(assistant, _center_of(db, followup.client_id), now)
    desk = assistant.proactive(db, followup.client_id, now, surveys=True)
    if isinstance(desk, str):
        raise Skip(desk)
    conversation = followups.conversation_of(desk, followup)
    if conversation is None:
        raise Skip("nothing is open")
    _convenient(assistant, db, desk, now)
    _not_busy(desk.address, now, ONE_A_DAY)
    assistant.nudge(desk, conversation)


def close_followup(assistant: Assistant, db: Db, timer: schema.Timer, now: datetime) -> None:
    followup = db.get_one(schema.Followup, _number(timer))
    client, center = assistant.locked(db, followup.client_id)
    address = db.query(schema.Address).filter_by(client_id=client.id).order_by(schema.Address.id).first()
    if address is None:
        raise Skip("nobody to close it with")
    desk = assistant.desk(db, client, center, address, now, bulk=True)
    conversation = followups.conversation_of(desk, followup)
    if conversation is None:
        raise Skip(f"the follow-up is {followup.status}")
    for mine in db.query(schema.Address).filter_by(client_id=client.id):
        _not_busy(mine, now, assistant.rules.busy)
    desk.expire(conversation)
    if followup.status == "unanswered":
        followup.reason = followup.reason or "no answer to the invitation and its reminders"


def _not_busy(address: schema.Address, now: datetime, since: timedelta) -> None:
    """Nobody is interrupted who was writing a moment ago."""
    if address.last_inbound_at is not None and now - address.last_inbound_at < since:
        raise Postpone(address.last_inbound_at + since)


def _convenient(assistant: Assistant, db: Db, desk: TurnContext, now: datetime, *, daily: bool = True) -> None:
    """Not while the client is writing or a counselor speaks with them; and, where `daily`, not more in a day that nobody
    asked for than the rules allow."""
    _not_busy(desk.address, now, assistant.rules.busy)
    handover = handovers.current(db, desk.client.id)
    if handover is not None and handover.taken_at is not None:
        raise Postpone(now + WHILE_TAKEN)
    if not daily:
        return
    moments = db.scalars(
        select(schema.Outbox.created_at)
        .where(
            schema.Outbox.client_id == desk.client.id,
            schema.Outbox.bulk.is_(True),
            schema.Outbox.instead_of_id.is_(None),
            schema.Outbox.created_at > now - ONE_A_DAY,
        )
        .order_by(schema.Outbox.created_at.desc())
        .limit(assistant.rules.unasked)
    ).all()
    if len(moments) == assistant.rules.unasked:
        raise Postpone(moments[-1] + ONE_A_DAY)


# --- trainings -------------------------------------------------------------------------------------------------------


def _training(db: Db, timer: schema.Timer) -> tuple[schema.Enrollment, schema.Training]:
    enrollment, training = trainings.of_subject(db, timer.subject)
    if training.cancelled_at is not None:
        raise Skip("the training was cancelled")
    return enrollment, training


def _speak_of_training(
    assistant: Assistant,
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
    _waking(assistant, db.get_one(schema.Center, training.center_id), now)
    desk = assistant.proactive(db, enrollment.client_id, now, surveys=False)
    if isinstance(desk, str):
        raise Skip(desk)
    soon = training.starts_at - now <= SOON
    if daily or not soon:
        _convenient(assistant, db, desk, now, daily=daily)
    if enrollment.status == "planned":
        enrollment.status, enrollment.invited_at = "invited", now
        db.flush()
    desk.begin(flow, timer.subject)
    desk.post()


def invite_training(assistant: Assistant, db: Db, timer: schema.Timer, now: datetime) -> None:
    enrollment, _training_row = _training(db, timer)
    if enrollment.status != "planned":
        raise Skip(f"already {enrollment.status}")
    _speak_of_training(assistant, db, timer, now, "training")


def remind_training(assistant: Assistant, db: Db, timer: schema.Timer, now: datetime) -> None:
    enrollment, training = _training(db, timer)
    if enrollment.status != "yes":
        raise Skip(f"the answer was {enrollment.status}")
    _in_time(timer, now, training.starts_at)
    far = training.starts_at - now > timedelta(days=1)
    _speak_of_training(assistant, db, timer, now, "training.reminder", daily=far)


def offer_seat(assistant: Assistant, db: Db, timer: schema.Timer, now: datetime) -> None:
    """Tell who is next that a seat is free. It is held for a while; who cannot be told gives way at once."""
    enrollment, training = trainings.of_subject(db, timer.subject, lock=True)
    if enrollment.status != "offered" or training.cancelled_at is not None:
        raise Skip(f"the answer was {enrollment.status}")
    reach = followups.reach(db, db.get_one(schema.Client, enrollment.client_id), now, surveys=False)
    if reach.address is None:
        trainings.lapse(db, enrollment, training, assistant.rules, now)
        return
    _speak_of_training(assistant, db, timer, now, "training.promotion", daily=False)
    until = trainings.offer_until(training, now)
    timers.plan(db, "training.lapse", timer.subject, until, enrollment.client_id)


def lapse_offer(assistant: Assistant, db: Db, timer: schema.Timer, now: datetime) -> None:
    enrollment, training = trainings.of_subject(db, timer.subject, lock=True)
    if enrollment.status != "offered":
        raise Skip(f"the answer was {enrollment.status}")
    trainings.lapse(db, enrollment, training, assistant.rules, now)


def tell_cancelled(assistant: Assistant, db: Db, timer: schema.Timer, now: datetime) -> None:
    enrollment, training = trainings.of_subject(db, timer.subject)
    if training.starts_at <= now:
        raise Skip("it would have begun")
    center = db.get_one(schema.Center, training.center_id)
    if quiet_hours.next_allowed(now, ZoneInfo(center.zone), assistant.rules.quiet_of(center)) < training.starts_at:
        _waking(assistant, center, now)
    desk = assistant.proactive(db, enrollment.client_id, now, surveys=False)
    if isinstance(desk, str):
        raise Skip(desk)
    for conversation in desk.open_conversations():
        if conversation.subject == timer.subject:
            desk.close(conversation, "cancelled")
    if enrollment.status == "invited" and not outbox.was_told(db, enrollment.client_id, timer.subject):
        return
    desk.say(
        Say(
            CANCELLED,
            {"title": training.title, "when": training.starts_at},
        )
    )
    desk.post()


def training_over(assistant: Assistant, db: Db, timer: schema.Timer, now: datetime) -> None:
    """Nobody is asked any more whether they come to a training that has begun, or how one was that is long past."""
    conversation = db.get_one(schema.Conversation, _number(timer))
    if conversation.status != "open":
        raise Skip("it is finished")
    client, center = assistant.locked(db, conversation.client_id)
    address = db.query(schema.Address).filter_by(client_id=client.id).order_by(schema.Address.id).first()
    if address is None:
        raise Skip("nobody to close it with")
    assistant.desk(db, client, center, address, now).close(conversation, "over")


def ask_feedback(assistant: Assistant, db: Db, timer: schema.Timer, now: datetime) -> None:
    enrollment, _training_row = _training(db, timer)
    if enrollment.status != "attended" or enrollment.rating is not None:
        raise Skip("nothing to ask")
    _in_time(timer, now)
    _speak_of_training(assistant, db, timer, now, "training.feedback", before=False)


# --- the rest --------------------------------------------------------------------------------------------------------


def ring_alarm(assistant: Assistant, db: Db, timer: schema.Timer, now: datetime) -> None:
    handover = db.get_one(schema.Handover, _number(timer))
    if handover.closed_at is not None or handover.taken_at is not None:
        raise Skip("somebody took it")
    client = db.get_one(schema.Client, handover.client_id)
    text = f"{client.name or client.code} ({client.code}) has been waiting for a person since {handover.opened_at:%d %b}.\n/take {client.code}"
    tell_staff(db, None, client.center_id, text, now)


def hand_back(assistant: Assistant, db: Db, timer: schema.Timer, now: datetime) -> None:
    handover = db.get_one(schema.Handover, _number(timer))
    if handover.closed_at is not None:
        raise Skip("it is over")
    client = db.get_one(schema.Client, handover.client_id)
    handover.closed_at = now
    text = f"I look after {client.name or client.code} ({client.code}) again, since you have not written for a day.\n/take {client.code}"
    tell_staff(db, handover.staff_id, client.center_id, text, now)


def forget_address(assistant: Assistant, db: Db, timer: schema.Timer, now: datetime) -> None:
    privacy.forget(db, db.get_one(schema.Address, _number(timer)))


def nudge_registration(assistant: Assistant, db: Db, timer: schema.Timer, now: datetime) -> None:
    conversation = db.get_one(schema.Conversation, _number(timer))
    if conversation.status != "open":
        raise Skip("it is finished")
    client, center = assistant.locked(db, conversation.client_id)
    _waking(assistant, center, now)
    if client.opted_out_at is not None or not client.service_consent:
        raise Skip("there is no consent to write")
    found = [a for a in db.query(schema.Address).filter_by(client_id=client.id) if a.unreachable_at is None]
    if not found:
        raise Skip("no address can be reached")
    desk = assistant.desk(db, client, center, outbox.reachable(found)[0], now, bulk=True)
    _convenient(assistant, db, desk, now)
    assistant.nudge(desk, conversation)


def close_conversation(assistant: Assistant, db: Db, timer: schema.Timer, now: datetime) -> None:
    conversation = db.get_one(schema.Conversation, _number(timer))
    if conversation.status != "open":
        raise Skip("it is finished")
    client, center = assistant.locked(db, conversation.client_id)
    address = db.query(schema.Address).filter_by(client_id=client.id).order_by(schema.Address.id).first()
    if address is None:
        raise Skip("nobody to close it with")
    desk = assistant.desk(db, client, center, address, now)
    desk.expire(conversation)
    if conversation.flow == "registration" and not client.service_consent and client.opted_out_at is None:
        privacy.erase(desk)


ACTIONS: dict[str, Callable[[Assistant, Db, schema.Timer, datetime], None]] = {
    "followup.invite": invite_followup,
    "followup.nudge": nudge_followup,
    "followup.close": close_followup,
    "training.invite": invite_training,
    "training.remind": remind_training,
    "training.offer": offer_seat,
    "training.lapse": lapse_offer,
    "training.cancelled": tell_cancelled,
    "training.over": training_over,
    "training.feedback": ask_feedback,
    "registration.nudge": nudge_registration,
    "registration.close": close_conversation,
    "conversation.close": close_conversation,
    "handover.alarm": ring_alarm,
    "handover.return": hand_back,
    "address.forget": forget_address,
}

"""What a timer stands for when its time has come: it is carried out, put off to a better hour, or dropped visibly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session as Db

from bot.service import followups, privacy, trainings
from bot.service.notices import tell_staff
from scheduler import policy
from storage import schema

if TYPE_CHECKING:
    from bot.service.service import Service


class Later(Exception):
    """Not now; `at` is when."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at.isoformat())
        self.at = at


class Dropped(Exception):
    """Not any more, and why."""


def fire(service: Service, db: Db, timer: schema.Timer, now: datetime) -> None:
    """Carry out `timer` and note how that ended."""
    timer.status, timer.fired_at, timer.lease_until = "fired", now, None
    db.flush()
    try:
        with db.begin_nested():
            _kind(timer.kind)(service, db, timer, now)
            db.flush()
    except Later as later:
        timer.status, timer.due_at, timer.fired_at = "pending", later.at, None
    except Dropped as dropped:
        timer.status, timer.reason = "dropped", str(dropped)[:200]


def _kind(kind: str) -> Callable[[Service, Db, schema.Timer, datetime], None]:
    for prefix, action in ACTIONS.items():
        if kind == prefix or kind.startswith(prefix + "."):
            return action
    raise KeyError(f"no action for timer {kind!r}")


def _number(timer: schema.Timer) -> int:
    return int(timer.subject.partition(":")[2])


def _waking(service: Service, center: schema.Center, now: datetime) -> None:
    allowed = policy.next_allowed(now, ZoneInfo(center.zone), service.rules.quiet)
    if allowed > now:
        raise Later(allowed)


def _in_time(timer: schema.Timer, now: datetime, subject_time: datetime | None = None) -> None:
    if not policy.worth_sending(timer.kind, timer.due_at, now, subject_time):
        raise Dropped("too late to be of use")


def _center_of(db: Db, client_id: int) -> schema.Center:
    client = db.get_one(schema.Client, client_id)
    return db.get_one(schema.Center, client.center_id)


# --- follow-ups ------------------------------------------------------------------------------------------------------


def invite_followup(service: Service, db: Db, timer: schema.Timer, now: datetime) -> None:
    followup = db.get_one(schema.Followup, _number(timer))
    if followup.status != "planned":
        raise Dropped(f"the follow-up is {followup.status}")
    if not policy.worth_sending(timer.kind, timer.due_at, now):
        followups.drop(db, followup, "could not be sent for a month", now)
        return
    _waking(service, _center_of(db, followup.client_id), now)
    desk = service.proactive(db, followup.client_id, now, surveys=True)
    if isinstance(desk, str):
        followups.drop(db, followup, desk, now)
        return
    _not_busy(service, desk.address, now)
    followups.start(desk, wave=followup.wave, started_by="cadence", followup=followup)
    desk.post()


def nudge_followup(service: Service, db: Db, timer: schema.Timer, now: datetime) -> None:
    followup = db.get_one(schema.Followup, _number(timer))
    if followup.status != "invited":
        raise Dropped(f"the follow-up is {followup.status}")
    _in_time(timer, now)
    _waking(service, _center_of(db, followup.client_id), now)
    desk = service.proactive(db, followup.client_id, now, surveys=True)
    if isinstance(desk, str):
        raise Dropped(desk)
    conversation = followups.conversation_of(desk, followup)
    if conversation is None:
        raise Dropped("nothing is open")
    _not_busy(service, desk.address, now)
    service.nudge(desk, conversation)


def close_followup(service: Service, db: Db, timer: schema.Timer, now: datetime) -> None:
    followup = db.get_one(schema.Followup, _number(timer))
    client, center = service.locked(db, followup.client_id)
    address = db.query(schema.Address).filter_by(client_id=client.id).order_by(schema.Address.id).first()
    if address is None:
        raise Dropped("nobody to close it with")
    desk = service.desk(db, client, center, address, now, bulk=True)
    conversation = followups.conversation_of(desk, followup)
    if conversation is None:
        raise Dropped(f"the follow-up is {followup.status}")
    desk.expire(conversation)
    if followup.status == "unanswered":
        followup.reason = "no answer to the invitation and its reminders"


def _not_busy(service: Service, address: schema.Address, now: datetime) -> None:
    """Nobody is interrupted who was writing a moment ago."""
    if address.last_inbound_at is not None and now - address.last_inbound_at < service.rules.busy:
        raise Later(address.last_inbound_at + service.rules.busy)


# --- trainings -------------------------------------------------------------------------------------------------------


def _training(db: Db, timer: schema.Timer) -> tuple[schema.Enrollment, schema.Training]:
    enrollment, training = trainings.of_subject(db, timer.subject)
    if training.cancelled_at is not None:
        raise Dropped("the training was cancelled")
    return enrollment, training


def _speak_of_training(
    service: Service, db: Db, timer: schema.Timer, now: datetime, flow: str, *, before: bool = True, quiet: bool = True
) -> None:
    enrollment, training = _training(db, timer)
    if before and training.starts_at <= now:
        raise Dropped("the training has begun")
    if quiet:
        _waking(service, db.get_one(schema.Center, training.center_id), now)
    desk = service.proactive(db, enrollment.client_id, now, surveys=False)
    if isinstance(desk, str):
        raise Dropped(desk)
    if quiet:
        _not_busy(service, desk.address, now)
    if enrollment.status == "planned":
        enrollment.status, enrollment.invited_at = "invited", now
        db.flush()
    desk.begin(flow, timer.subject)
    desk.post()


def invite_training(service: Service, db: Db, timer: schema.Timer, now: datetime) -> None:
    enrollment, _training_row = _training(db, timer)
    if enrollment.status != "planned":
        raise Dropped(f"already {enrollment.status}")
    _speak_of_training(service, db, timer, now, "training")


def remind_training(service: Service, db: Db, timer: schema.Timer, now: datetime) -> None:
    enrollment, training = _training(db, timer)
    if enrollment.status != "yes":
        raise Dropped(f"the answer was {enrollment.status}")
    _in_time(timer, now, training.starts_at)
    _speak_of_training(service, db, timer, now, "training.reminder", quiet=not timer.kind.endswith("h"))


def offer_seat(service: Service, db: Db, timer: schema.Timer, now: datetime) -> None:
    enrollment, _training_row = _training(db, timer)
    if enrollment.status != "offered":
        raise Dropped(f"the answer was {enrollment.status}")
    _speak_of_training(service, db, timer, now, "training.promotion")


def training_over(service: Service, db: Db, timer: schema.Timer, now: datetime) -> None:
    """Nobody is asked any more whether they come to a training that has begun, or how one was that is long past."""
    conversation = db.get_one(schema.Conversation, _number(timer))
    if conversation.status != "open":
        raise Dropped("it is finished")
    client, center = service.locked(db, conversation.client_id)
    address = db.query(schema.Address).filter_by(client_id=client.id).order_by(schema.Address.id).first()
    if address is None:
        raise Dropped("nobody to close it with")
    service.desk(db, client, center, address, now).close(conversation, "over")


def ask_feedback(service: Service, db: Db, timer: schema.Timer, now: datetime) -> None:
    enrollment, _training_row = _training(db, timer)
    if enrollment.status != "attended" or enrollment.rating is not None:
        raise Dropped("nothing to ask")
    _in_time(timer, now)
    _speak_of_training(service, db, timer, now, "training.feedback", before=False)


# --- the rest --------------------------------------------------------------------------------------------------------


def ring_alarm(service: Service, db: Db, timer: schema.Timer, now: datetime) -> None:
    handover = db.get_one(schema.Handover, _number(timer))
    if handover.closed_at is not None or handover.taken_at is not None:
        raise Dropped("somebody took it")
    client = db.get_one(schema.Client, handover.client_id)
    text = f"{client.name or client.code} ({client.code}) has been waiting for a person since {handover.opened_at:%d %b}.\n/take {client.code}"
    tell_staff(db, None, client.center_id, text, now)


def forget_address(service: Service, db: Db, timer: schema.Timer, now: datetime) -> None:
    privacy.forget(db, db.get_one(schema.Address, _number(timer)))


def nudge_registration(service: Service, db: Db, timer: schema.Timer, now: datetime) -> None:
    conversation = db.get_one(schema.Conversation, _number(timer))
    if conversation.status != "open":
        raise Dropped("it is finished")
    client, center = service.locked(db, conversation.client_id)
    _waking(service, center, now)
    if client.opted_out_at is not None or not client.service_consent:
        raise Dropped("there is no consent to write")
    found = [a for a in db.query(schema.Address).filter_by(client_id=client.id) if a.unreachable_at is None]
    if not found:
        raise Dropped("no address can be reached")
    service.nudge(service.desk(db, client, center, found[0], now, bulk=True), conversation)


def close_conversation(service: Service, db: Db, timer: schema.Timer, now: datetime) -> None:
    conversation = db.get_one(schema.Conversation, _number(timer))
    if conversation.status != "open":
        raise Dropped("it is finished")
    client, center = service.locked(db, conversation.client_id)
    address = db.query(schema.Address).filter_by(client_id=client.id).order_by(schema.Address.id).first()
    if address is None:
        raise Dropped("nobody to close it with")
    desk = service.desk(db, client, center, address, now)
    desk.expire(conversation)
    if conversation.flow == "registration" and not client.service_consent and client.opted_out_at is None:
        privacy.erase(desk)


ACTIONS: dict[str, Callable[[Service, Db, schema.Timer, datetime], None]] = {
    "followup.invite": invite_followup,
    "followup.nudge": nudge_followup,
    "followup.close": close_followup,
    "training.invite": invite_training,
    "training.remind": remind_training,
    "training.offer": offer_seat,
    "training.over": training_over,
    "training.feedback": ask_feedback,
    "registration.nudge": nudge_registration,
    "registration.close": close_conversation,
    "conversation.close": close_conversation,
    "handover.alarm": ring_alarm,
    "address.forget": forget_address,
}

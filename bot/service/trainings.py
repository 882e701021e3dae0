"""Trainings: inviting, seats and the waiting list, reminders, attendance and the question after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.flows.form import Feedback, Rsvp
from bot.service.rules import Rules
from bot.service.turn import TurnContext
from scheduler.policy import cadence, quiet_hours
from storage import outbox, schema, timers
from storage.centers import get_center
from storage.trainings import (
    count_enrollments,
    enrolled_clients,
    enrollment_of,
    enrollments_to_cancel,
    enrollments_to_give_up,
    lock_training,
    waiting_list,
)
from storage.turns import Db

SEATED = ("yes", "offered", "attended")
REMIND = "training.remind"
FLOW = "training"
HELD_FOR = timedelta(days=1)


def subject_of(enrollment: schema.Enrollment) -> str:
    return f"enrollment:{enrollment.id}"


def seats_taken(db: Db, training: schema.Training) -> int:
    return count_enrollments(db, training.id, SEATED)


def has_seat(db: Db, training: schema.Training, enrollment: schema.Enrollment) -> bool:
    """Whether a yes of this client is a seat, and not a place on the waiting list."""
    return enrollment.status in SEATED or seats_taken(db, training) < training.capacity


def invite(
    db: Db,
    training: schema.Training,
    center: schema.Center,
    clients: Sequence[schema.Client],
    rules: Rules,
    now: datetime,
    over: timedelta = timedelta(0),
) -> list[schema.Enrollment]:
    """Enroll these clients and set the time of each invitation, spread evenly `over` a time. Inviting twice is once."""
    known = enrolled_clients(db, training.id)
    fresh = [client for client in clients if client.id not in known]
    made = []
    times = quiet_hours.spread(len(fresh), now, over, ZoneInfo(center.zone), rules.quiet_of(center))
    for client, at in zip(fresh, times, strict=True):
        enrollment = schema.Enrollment(training_id=training.id, client_id=client.id)
        db.add(enrollment)
        db.flush()
        timers.plan(db, "training.invite", subject_of(enrollment), at, client.id)
        made.append(enrollment)
    return made


def answered(turn: TurnContext, conversation: schema.Conversation, effect: Rsvp | Feedback) -> None:
    enrollment, training = enrollment_of(turn.db, conversation.subject, lock=True)
    if isinstance(effect, Feedback):
        enrollment.rating = int(effect.rating)
        return
    held = enrollment.status in SEATED
    enrollment.answered_at = turn.now
    if effect.answer == "no":
        enrollment.status = "no"
        timers.cancel(turn.db, subject_of(enrollment), reason="is not coming")
        turn.db.flush()
        if held:
            offer_seats(turn.db, training, turn.center, turn.rules, turn.now)
        return
    enrollment.status = "yes" if has_seat(turn.db, training, enrollment) else "waiting"
    if enrollment.status == "yes":
        remind(turn.db, enrollment, training, turn.center, turn.rules, turn.now)


def remind(
    db: Db, enrollment: schema.Enrollment, training: schema.Training, center: schema.Center, rules: Rules, now: datetime
) -> None:
    """Set the reminders that still lie ahead."""
    zone = ZoneInfo(center.zone)
    for name, at in cadence.training_reminders(training.starts_at, now, rules.reminders, zone, rules.quiet_of(center)):
        timers.plan(db, f"{REMIND}.{name}", subject_of(enrollment), at, enrollment.client_id)


def offer_seats(
    db: Db, training: schema.Training, center: schema.Center, rules: Rules, now: datetime
) -> list[schema.Enrollment]:
    """Offer every free seat to the waiting list, first come first; the offer goes out at once within waking hours. The
    training is locked by the caller."""
    if training.starts_at <= now or training.cancelled_at is not None:
        return []
    free = training.capacity - seats_taken(db, training)
    waiting = waiting_list(db, training.id, max(free, 0))
    for enrollment in waiting:
        enrollment.status = "offered"
        at = quiet_hours.next_allowed(now, ZoneInfo(center.zone), rules.quiet_of(center))
        timers.plan(db, "training.offer", subject_of(enrollment), at, enrollment.client_id)
    return list(waiting)


def lapse(db: Db, enrollment: schema.Enrollment, training: schema.Training, rules: Rules, now: datetime) -> None:
    """The offered seat was not taken in time, or could not be offered: it goes to the next."""
    enrollment.status = "lapsed"
    db.flush()
    offer_seats(db, training, get_center(db, training.center_id), rules, now)


def give_up_seats(db: Db, client_id: int, rules: Rules, now: datetime) -> None:
    """A client who is gone leaves no empty chair."""
    for number in enrollments_to_give_up(db, client_id, now):
        enrollment, training = enrollment_of(db, f"enrollment:{number}", lock=True)
        had_seat = enrollment.status in SEATED
        enrollment.status = "no"
        db.flush()
        if had_seat:
            offer_seats(db, training, get_center(db, training.center_id), rules, now)


def offer_until(training: schema.Training, now: datetime) -> datetime:
    """Until when an offered seat is held: a day, or half of the time that is left."""
    return now + min(HELD_FOR, (training.starts_at - now) / 2)


def cancel(db: Db, training: schema.Training, center: schema.Center, rules: Rules, now: datetime) -> int:
    """Call a training off; how many clients will be told, within waking hours unless it would begin before. What still
    waits to be sent about it is withdrawn, and who was not invited yet hears nothing. Calling it off twice is once."""
    training = lock_training(db, training.id)
    if training.cancelled_at is not None:
        return 0
    training.cancelled_at = now
    db.flush()
    affected = enrollments_to_cancel(db, training.id)
    if training.starts_at <= now:
        return 0
    withdrawn = outbox.withdraw_training(db, training.id, "the training was cancelled")
    at = quiet_hours.next_allowed(now, ZoneInfo(center.zone), rules.quiet_of(center))
    for enrollment in affected:
        when = at if at < training.starts_at else now
        timers.plan(db, "training.cancelled", subject_of(enrollment), when, enrollment.client_id)
    return sum(enrollment.status != "invited" or enrollment.client_id not in withdrawn for enrollment in affected)


def changeable(turn: TurnContext, conversation: schema.Conversation) -> bool:
    """Whether the answer to an invitation, a reminder or an offer may still be changed."""
    if not conversation.subject.startswith("enrollment:") or conversation.flow == "training.feedback":
        return False
    _enrollment, training = enrollment_of(turn.db, conversation.subject)
    return training.starts_at > turn.now and training.cancelled_at is None


def attend(
    db: Db,
    enrollment: schema.Enrollment,
    training: schema.Training,
    center: schema.Center,
    *,
    came: bool,
    rules: Rules,
    now: datetime,
) -> None:
    """Mark attendance; who came is asked one question, not before the training is over."""
    enrollment.status = "attended" if came else "absent"
    if came and enrollment.rating is None:
        over = training.starts_at + timedelta(hours=float(training.hours))
        at = quiet_hours.next_allowed(max(now, over), ZoneInfo(center.zone), rules.quiet_of(center))
        timers.plan(db, "training.feedback", subject_of(enrollment), at, enrollment.client_id)

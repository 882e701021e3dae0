"""What staff do for a center: plan a training and cancel it.

As in casework, each function checks the rules, acts, writes the audit row and returns Done or Refused.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from bot.service import trainings
from bot.service.results import Done, Refused
from bot.service.rules import Rules
from storage import audit, registers, schema
from storage.centers import get_center
from storage.checks import RegisterError
from storage.trainings import lock_training
from storage.turns import Db


def plan_training(
    db: Db,
    center: schema.Center,
    *,
    title: str,
    starts_at: datetime,
    hours: Decimal,
    place: str,
    capacity: int,
    area: str,
    by: str,
    now: datetime,
    language: str | None = None,
    past: bool = False,
) -> Done[schema.Training] | Refused:
    """Add a training, to which nobody is invited yet. `past`: one that has begun may be added too, for the record.
    `language`: the center's, unless given."""
    if starts_at <= now and not past:
        return Refused("is in the past; plan a training before it starts", "start")
    try:
        training = registers.add_training(
            db,
            center,
            title,
            starts_at,
            hours=hours,
            place=place,
            capacity=capacity,
            area=area,
            language=language,
            at=now,
        )
    except RegisterError as error:
        return Refused(error.problem, error.field)
    audit.record(db, by, "training.add", training.code, at=now)
    return Done(training)


def cancel_training(db: Db, training: schema.Training, *, rules: Rules, by: str, now: datetime) -> Done[int] | Refused:
    """Cancel a training; the number of clients who will be notified."""
    training = lock_training(db, training.id)
    if training.cancelled_at is not None:
        return Refused(f"was cancelled on {training.cancelled_at:%Y-%m-%d %H:%M} UTC")
    if training.starts_at <= now:
        return Refused("has begun already")
    center = get_center(db, training.center_id)
    notified = trainings.cancel(db, training, center, rules, now)
    audit.record(db, by, "training.cancel", training.code, at=now, told=notified)
    return Done(notified)

"""What staff do for a center: plan a training, cancel it, and import a list of clients.

As in casework, each function checks the rules, acts, writes the audit row and returns Done or Refused.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import BinaryIO

from bot.service import trainings
from bot.service.results import Done, Refused
from bot.service.rules import Rules
from storage import audit, client_import, registers, schema
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


def import_clients(
    db: Db,
    file: BinaryIO,
    center: schema.Center,
    *,
    by: str,
    now: datetime,
    skip_broken: bool = False,
    progress: Callable[[int], None] = lambda line: None,
) -> Done[client_import.Imported] | Refused:
    """Import the clients of a CSV file. Nobody is written to: they have agreed to nothing yet. Refused where the file
    cannot be read, and where rows are broken that are not to be skipped or that leave none; `details` names each."""
    try:
        imported = client_import.import_clients(db, file, center, at=now, skip_broken=skip_broken, progress=progress)
    except RegisterError as error:
        return Refused(error.problem, error.field)
    broken = len({problem.line for problem in imported.problems})
    if broken and not imported.codes:
        rows = f"{broken} row{' is' if broken == 1 else 's are'} broken"
        reason = f"{rows}, {imported.good} {'is' if imported.good == 1 else 'are'} good"
        return Refused(reason, details=tuple(map(str, imported.problems)))
    if imported.codes:
        audit.record(db, by, "client.import", center.code, at=now, clients=len(imported.codes), broken_rows=broken)
    return Done(imported)

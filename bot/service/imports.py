"""What a network brings along as tables: clients, counseling sessions, and the figures of earlier surveys.

As in casework, each function checks, acts, writes the audit row and returns Done or Refused, with each broken row in
`details`. Nobody is written to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from bot.service import followup_plan
from bot.service.results import Done, Refused, broken
from bot.service.rules import Rules
from storage import audit, schema
from storage.checks import RegisterError
from storage.imports import clients, outcomes, sessions
from storage.turns import Db

Progress = Callable[[int, int], None]
"""Called with what is done of how much."""


def import_clients(
    db: Db,
    file: BinaryIO,
    center: schema.Center,
    *,
    by: str,
    now: datetime,
    skip_broken: bool = False,
    progress: Callable[[int], None] = lambda line: None,
) -> Done[clients.Imported] | Refused:
    """Import the clients of a CSV file. They have agreed to nothing yet. Refused where the file cannot be read, and where
    rows are broken that are not to be skipped or that leave none."""
    try:
        imported = clients.import_clients(db, file, center, at=now, skip_broken=skip_broken, progress=progress)
    except RegisterError as error:
        return Refused(error.problem, error.field)
    if imported.problems and not imported.codes:
        return broken(imported.problems, imported.good)
    if imported.codes:
        lines = len({problem.line for problem in imported.problems})
        audit.record(db, by, "client.import", center.code, at=now, clients=len(imported.codes), broken_rows=lines)
    return Done(imported)


def import_outcomes(
    db: Db,
    file: BinaryIO,
    center: schema.Center,
    *,
    source: str,
    by: str,
    now: datetime,
    progress: Progress = lambda done, of: None,
) -> Done[outcomes.ImportedOutcomes] | Refused:
    """Import the figures of a CSV file. `source`: where those rows are from that do not say so themselves."""
    try:
        imported = outcomes.import_outcomes(db, file, center, source=source, by=by, at=now, progress=progress)
    except RegisterError as error:
        return Refused(error.problem, error.field)
    if imported.problems:
        return broken(imported.problems, imported.good)
    if imported.clients:
        audit.record(db, by, "outcome.import", center.code, at=now, figures=imported.figures, surveys=imported.surveys)
    return Done(imported)


@dataclass(frozen=True, slots=True)
class Sessions:
    """What an import of sessions brought."""

    sessions: int
    #: Rows on record already.
    same: int
    planned: list[schema.Followup]


def import_sessions(
    db: Db,
    file: BinaryIO,
    center: schema.Center,
    *,
    rules: Rules,
    by: str,
    now: datetime,
    progress: Progress = lambda done, of: None,
) -> Done[Sessions] | Refused:
    """Import the counseling sessions of a CSV file, and plan the follow-ups that are still to come after them."""
    try:
        imported = sessions.import_sessions(db, file, center, at=now, progress=progress)
    except RegisterError as error:
        return Refused(error.problem, error.field)
    if imported.problems:
        return broken(imported.problems, imported.good)
    planned = followup_plan.plan_after_import(db, center, imported.sessions, rules, now)
    if imported.sessions:
        counts = {"sessions": len(imported.sessions), "planned": len(planned)}
        audit.record(db, by, "session.import", center.code, at=now, **counts)
    return Done(Sessions(len(imported.sessions), imported.same, planned))

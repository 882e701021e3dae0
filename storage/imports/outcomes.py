"""Import of figures from a table: what the database has of them already, and the rows that are added."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.indicators import ATTRIBUTION
from storage.imports import csv_table, outcome_table
from storage.imports.csv_table import Problem
from storage.imports.known_clients import known_clients
from storage.imports.outcome_table import BASELINE, IMPORT, UNANSWERED, Table, Told
from storage.imports.outcomes_known import AT_ONCE, Kept, Known, parts
from storage.imports.outcomes_writer import Writer
from storage.increments import rewrite_all
from storage.schema import Center, Client


@dataclass(slots=True)
class ImportedOutcomes:
    """What an import added, in rows."""

    #: Valid rows of the file.
    good: int = 0
    figures: int = 0
    #: Follow-ups, answered or not; baselines are not among them.
    surveys: int = 0
    #: Of figures, new or not.
    reviews: int = 0
    clients: int = 0
    #: Rows that said what the database had already.
    same: int = 0
    problems: list[Problem] = field(default_factory=list)


def import_outcomes(
    db: Session,
    file: BinaryIO,
    center: Center,
    *,
    source: str,
    by: str,
    at: datetime,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> ImportedOutcomes:
    """Import figures of a center's clients from a CSV file with columns of `outcome_table.COLUMNS`; all of them or, where
    a row is invalid, none. `source` is where a row is from that does not say so itself; `by` reviewed what names no
    reviewer. Raises RegisterError if the file cannot be read."""
    lines = csv_table.rows(file, outcome_table.COLUMNS, outcome_table.NEEDED)
    table = outcome_table.read(lines, center, known_clients(db), at, lambda line: progress(line, line))
    client_ids = sorted({told.client_id for told in table.told})
    clients = [client for ids in parts(client_ids, AT_ONCE) for client in db.scalars(_LOCKED.where(Client.id.in_(ids)))]
    known = Known(db, client_ids, ZoneInfo(center.zone))
    new: list[Told] = []
    reviews: list[tuple[Told, int]] = []
    result = ImportedOutcomes(problems=table.problems, same=table.repeated)
    for told in table.told:
        problem, figure = _against(known, told)
        if problem is not None:
            result.problems.append(problem)
        elif figure is None:
            new.append(told)
        else:
            result.same += 1
            if told.review is not None and not figure.reviews and figure.last is figure.root:
                reviews.append((told, figure.root.id))
    attributions, problems = _new_attributions(known, table)
    result.problems += problems
    result.problems.sort(key=lambda problem: problem.line)
    result.good = len(table.told) + table.repeated
    if result.problems or not (new or reviews or attributions):
        return result
    writer = Writer(db, center, known, source, by, at)
    writer.begin_surveys([*new, *attributions])
    reviews += writer.add_figures(new)
    writer.add_attributions(attributions)
    writer.add_reviews(reviews)
    touched = {told.client_id for told in (*new, *attributions, *(told for told, _ in reviews))}
    rewrite_all(db, [client for client in clients if client.id in touched], at, progress)
    result.figures = sum(told.outcome != UNANSWERED for told in new)
    result.surveys = writer.surveys_begun
    result.reviews = len(reviews)
    result.clients = len(touched)
    return result


_LOCKED = select(Client).order_by(Client.id).with_for_update()


def _against(known: Known, told: Told) -> tuple[Problem | None, Kept | None]:
    """What the database has against a row, or the figure that says the same there; neither where the row is new."""
    followup = known.followups.get(told.survey)
    if told.outcome == UNANSWERED:
        return _unanswered(followup, told)
    figure = known.figures.get((told.survey, told.indicator))
    if figure is not None:
        if told.says not in (_says(figure.root), _says(figure.last)):
            return Problem(told.line, "value", f"{told.code} has another figure there; {_correct(told)}"), None
        changed = figure.last is not figure.root
        if told.review is not None and figure.reviews and told.review not in figure.reviews and not changed:
            how = f"to review it: acompana outcome review {told.code} --wave {told.wave}"
            return Problem(told.line, "review", f"the figure is {sorted(figure.reviews)[0]} there; {how}"), None
        return None, figure
    baseline = known.baselines.get((told.client_id, told.indicator)) if told.wave == BASELINE else None
    if baseline is not None:
        return Problem(told.line, "day", f"{told.code} has a baseline of {baseline}; {_correct(told)}"), None
    if followup is None or told.survey in known.answered:
        return None, None
    if followup.status == "planned" or followup.started_by == IMPORT:
        return None, None
    what = f"{told.code} has a follow-up {told.wave} of that day, which is {followup.status}"
    return Problem(told.line, "day", f"{what}; key its figures in instead"), None


def _unanswered(followup: Any, told: Told) -> tuple[Problem | None, Kept | None]:
    if followup is None or followup.status == "planned":
        return None, None
    if followup.status == UNANSWERED:
        return None, Kept(None, None)
    what = f"{told.code} has a follow-up {told.wave} of that day, which is {followup.status}"
    return Problem(told.line, "outcome", what), None


def _correct(told: Told) -> str:
    return f"to change it: acompana outcome correct {told.code} {told.indicator} VALUE --wave {told.wave} --why …"


def _says(row: Any) -> tuple[object, ...]:
    return row.outcome, row.value, row.currency, row.kind


def _new_attributions(known: Known, table: Table) -> tuple[list[Told], list[Problem]]:
    new, problems = [], []
    for survey, told in table.attributions.items():
        there = known.figures.get((survey, ATTRIBUTION.name))
        if there is None:
            new.append(told)
        elif told.attribution not in (there.root.text, there.last.text):
            how = (
                f"acompana outcome correct {told.code} {ATTRIBUTION.name} {told.attribution} --wave {told.wave} --why …"
            )
            problems.append(Problem(told.line, "attribution", f"{there.last.text} there; to change it: {how}"))
    return new, problems

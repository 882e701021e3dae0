"""What the database has of the clients of a table of figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.imports.outcome_table import BASELINE, Survey
from storage.schema import CounselingSession, Followup, OutcomeRow, ReviewRow

AT_ONCE = 5000
"""Clients of one query."""

T = TypeVar("T")


@dataclass(slots=True)
class Kept:
    """A figure of the database: the row as it was told and the one that stands."""

    root: Any
    last: Any
    reviews: set[str] = field(default_factory=set)


class Known:
    """What the database has of the clients of a table."""

    def __init__(self, db: Session, client_ids: Sequence[int], zone: ZoneInfo) -> None:
        self.figures: dict[tuple[Survey, str], Kept] = {}
        self.baselines: dict[tuple[int, str], date] = {}
        self.followups: dict[Survey, Any] = {}
        self.planned: dict[tuple[int, str], Any] = {}
        self.answered: set[Survey] = set()
        by_id: dict[int, Any] = {}
        for ids in parts(client_ids, AT_ONCE):
            self._read_followups(db, ids, by_id)
            self._read_figures(db, ids, by_id, zone)

    def _read_followups(self, db: Session, ids: Sequence[int], by_id: dict[int, Any]) -> None:
        columns = (Followup.id, Followup.client_id, Followup.wave, Followup.due_on, Followup.status)
        query = select(*columns, Followup.started_by, CounselingSession.day.label("session_day"))
        query = query.outerjoin(CounselingSession, CounselingSession.id == Followup.session_id)
        for row in db.execute(query.where(Followup.client_id.in_(ids))):
            by_id[row.id] = row
            self.followups[row.client_id, row.wave, row.due_on] = row
            if row.status == "planned":
                self.planned[row.client_id, row.wave] = row

    def _read_figures(self, db: Session, ids: Sequence[int], by_id: Mapping[int, Any], zone: ZoneInfo) -> None:
        kept: dict[int, Kept] = {}
        for row in db.execute(_FIGURES.where(OutcomeRow.client_id.in_(ids))):
            if row.corrects_id in kept:
                kept[row.id] = kept[row.corrects_id]
                kept[row.id].last = row
                continue
            day = row.day or row.at.astimezone(zone).date()
            survey = (row.client_id, row.wave, day)
            kept[row.id] = self.figures[survey, row.indicator] = Kept(row, row)
            self.answered.add(survey)
            if row.wave == BASELINE:
                self.baselines.setdefault((row.client_id, row.indicator), day)
            if row.followup_id is not None:
                self.followups[survey] = by_id[row.followup_id]
        for outcome_id, state in db.execute(_REVIEWS.where(OutcomeRow.client_id.in_(ids))):
            kept[outcome_id].reviews.add(state)


_FIGURES = select(
    OutcomeRow.id,
    OutcomeRow.client_id,
    OutcomeRow.wave,
    OutcomeRow.day,
    OutcomeRow.at,
    OutcomeRow.indicator,
    OutcomeRow.outcome,
    OutcomeRow.value,
    OutcomeRow.text,
    OutcomeRow.currency,
    OutcomeRow.kind,
    OutcomeRow.followup_id,
    OutcomeRow.corrects_id,
).order_by(OutcomeRow.id)
_REVIEWS = (
    select(ReviewRow.outcome_id, ReviewRow.state)
    .join(OutcomeRow, OutcomeRow.id == ReviewRow.outcome_id)
    .where(ReviewRow.first_of_two.is_(False))
)


def parts(items: Sequence[T], most: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), most):
        yield items[start : start + most]

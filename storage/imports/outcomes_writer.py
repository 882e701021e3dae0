"""The rows that a table of figures adds: surveys, figures, what clients said of the center's part, reviews."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from bot.indicators import ATTRIBUTION
from storage import timers
from storage.exchange_rates import rates_of
from storage.imports.outcome_table import BASELINE, IMPORT, UNANSWERED, Survey, Told
from storage.imports.outcomes_known import Known
from storage.schema import Center, Followup, OutcomeRow, ReviewRow

NOON = time(12)
ALIKE = {"render_nulls": True}
"""Rows with and without a value are written by one statement; else each change from one to the other begins a new one."""


class Writer:
    """Adds the rows of a table of which nothing is wrong."""

    def __init__(self, db: Session, center: Center, known: Known, source: str, by: str, at: datetime) -> None:
        self.db = db
        self.zone = ZoneInfo(center.zone)
        self.known = known
        self.source = source
        self.by = by
        self.at = at
        self.rates = rates_of(db)
        self.followups: dict[Survey, int] = {}
        self.surveys_begun = 0

    def begin_surveys(self, rows: Iterable[Told]) -> None:
        """The follow-ups that the rows belong to: one that is there, one that was planned for them, or a new one."""
        surveys = {told.survey: told for told in rows if told.wave != BASELINE}
        new = []
        for survey, told in surveys.items():
            there = self.known.followups.get(survey) or self._planned_for(told)
            if there is None:
                new.append(survey)
                continue
            self.followups[survey] = there.id
            if there.status == "planned" or (there.status == UNANSWERED and there.started_by == IMPORT):
                self._take_over(there.id, told)
        values = [
            {"client_id": survey[0], "wave": survey[1], "created_at": self.at, **self._completed(surveys[survey])}
            for survey in new
        ]
        if values:
            ids = self.db.scalars(insert(Followup).returning(Followup.id, sort_by_parameter_order=True), values)
            self.followups |= dict(zip(new, ids, strict=True))
        self.surveys_begun += len(new)

    def _planned_for(self, told: Told) -> Any:
        """The follow-up that was still to come after the session that the survey followed."""
        planned = self.known.planned.get((told.client_id, told.wave))
        if planned is None or planned.session_day is None or planned.session_day > told.day:
            return None
        return planned

    def _take_over(self, followup_id: int, told: Told) -> None:
        self.db.execute(update(Followup).where(Followup.id == followup_id).values(**self._completed(told)))
        timers.cancel(self.db, f"followup:{followup_id}", reason="imported")
        self.surveys_begun += 1

    def _completed(self, told: Told) -> dict[str, Any]:
        status = UNANSWERED if told.outcome == UNANSWERED else "completed"
        moment = self._on(told.day)
        return {
            "due_on": told.day,
            "status": status,
            "started_by": IMPORT,
            "invited_at": moment,
            "closed_at": moment,
        }

    def add_figures(self, rows: Sequence[Told]) -> list[tuple[Told, int]]:
        """The rows that bring a review, each with the id of its figure."""
        told = sorted(
            (told for told in rows if told.outcome != UNANSWERED),
            key=lambda told: (told.day, told.wave != BASELINE, told.line),
        )
        values = [{**self._figure(row), **self._value(row)} for row in told]
        if not values:
            return []
        ids = self.db.scalars(
            insert(OutcomeRow).returning(OutcomeRow.id, sort_by_parameter_order=True), values, execution_options=ALIKE
        )
        return [(row, number) for row, number in zip(told, ids, strict=True) if row.review is not None]

    def add_attributions(self, rows: Sequence[Told]) -> None:
        values = [
            {**self._figure(told), "indicator": ATTRIBUTION.name, "outcome": "value", "text": told.attribution}
            for told in rows
        ]
        if values:
            self.db.execute(insert(OutcomeRow), values)

    def add_reviews(self, reviews: Sequence[tuple[Told, int]]) -> None:
        values = [
            {
                "outcome_id": figure,
                "state": told.review,
                "by": told.reviewed_by or self.by,
                "why": "imported",
                "at": self.at,
            }
            for told, figure in reviews
        ]
        if values:
            self.db.execute(insert(ReviewRow), values)

    def _figure(self, told: Told) -> dict[str, Any]:
        return {
            "client_id": told.client_id,
            "wave": told.wave,
            "followup_id": self.followups.get(told.survey),
            "at": self._on(told.day),
            "day": told.day,
            "source": IMPORT,
            "source_note": told.source or self.source,
        }

    def _value(self, told: Told) -> dict[str, Any]:
        money = told.value is not None and told.currency is not None
        quote = self.rates.on(told.currency, told.day) if told.currency is not None else None
        return {
            "indicator": told.indicator,
            "outcome": told.outcome,
            "value": told.value,
            "currency": told.currency,
            "kind": told.kind,
            "usd": quote.usd(told.value) if quote and told.value is not None else None,
            "per_usd": quote.per_usd if quote and money else None,
            "rate_day": quote.day if quote and money else None,
        }

    def _on(self, day: date) -> datetime:
        """At noon of that day on the center's clock, and not after now."""
        return min(datetime.combine(day, NOON, self.zone).astimezone(UTC), self.at)

"""Reviews: the figures of a client as they stand, each with the state that its last review gave it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.indicators import ATTRIBUTION, order_of
from bot.outcomes.figures import Review
from storage.schema import Center, Client, OutcomeRow, ReviewRow


@dataclass(frozen=True, slots=True)
class Standing:
    """A figure that can be reviewed: the row as told, or its last correction."""

    id: int
    indicator: str
    wave: str
    #: The day on which it was told.
    day: date
    survey: int | None
    review: Review
    #: Whether there is a value, and not only that none was given.
    given: bool
    #: Who verified it first, where the center asks for two and the second one is still to come.
    first_by: str | None = None


def standing_in_wave(db: Session, client_id: int, wave: str) -> list[Standing]:
    """Those of one wave, by day and in the order of reports."""
    return [figure for figure in standing_of(db, client_id) if figure.wave == wave]


def standing_of(db: Session, client_id: int) -> list[Standing]:
    """All figures of a client; what the client said of the center's part is none."""
    rows = db.execute(_ROWS.where(OutcomeRow.client_id == client_id)).all()
    roots: dict[int, Any] = {}
    last: dict[int, Any] = {}
    for row in rows:
        root = roots[row.id] = roots.get(row.corrects_id, row) if row.corrects_id is not None else row
        last[root.id] = row
    reviews = {review.outcome_id: review for review in db.execute(_REVIEWS.where(OutcomeRow.client_id == client_id))}
    figures = [_standing(roots[row.id], row, reviews.get(row.id)) for row in last.values()]
    return sorted(figures, key=lambda figure: (figure.day, order_of(figure.indicator)))


def _standing(root: Any, row: Any, review: Any) -> Standing:
    day = root.day or root.at.astimezone(ZoneInfo(root.zone)).date()
    return Standing(
        row.id,
        root.indicator,
        root.wave,
        day,
        root.followup_id,
        Review(review.state) if review else Review.UNREVIEWED,
        row.value is not None,
        review.by if review and review.first_of_two else None,
    )


_ROWS = (
    select(
        OutcomeRow.id,
        OutcomeRow.indicator,
        OutcomeRow.wave,
        OutcomeRow.day,
        OutcomeRow.at,
        OutcomeRow.followup_id,
        OutcomeRow.corrects_id,
        OutcomeRow.value,
        Center.zone,
    )
    .join(Client, Client.id == OutcomeRow.client_id)
    .join(Center, Center.id == Client.center_id)
    .where(OutcomeRow.indicator != ATTRIBUTION.name)
    .order_by(OutcomeRow.id)
)
_REVIEWS = (
    select(ReviewRow.outcome_id, ReviewRow.state, ReviewRow.by, ReviewRow.first_of_two)
    .join(OutcomeRow, OutcomeRow.id == ReviewRow.outcome_id)
    .order_by(ReviewRow.id)
)


def last_review(db: Session, outcome_id: int) -> ReviewRow | None:
    """The review of a figure that counts."""
    return db.scalar(select(ReviewRow).where(ReviewRow.outcome_id == outcome_id).order_by(ReviewRow.id.desc()).limit(1))

"""Figures of one client, row by row: as they were given, their corrections, and the answers that they came from.

`storage/outcomes.py` has what they come to for whole centers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from storage.schema import Answer, Followup, OutcomeRow


def figures_of(
    db: Session, client_id: int
) -> Sequence[Row[int, str, Decimal | None, str | None, int | None, int | None]]:
    """Every figure of a client and every correction: `id`, `indicator`, `value`, `currency`, `corrects_id` and
    `followup_id`, in the order of the times for which they hold."""
    return db.connection().execute(_FIGURES, {"client_id": client_id}).all()


_FIGURES = (
    select(
        OutcomeRow.id,
        OutcomeRow.indicator,
        OutcomeRow.value,
        OutcomeRow.currency,
        OutcomeRow.corrects_id,
        OutcomeRow.followup_id,
    )
    .where(OutcomeRow.client_id == bindparam("client_id"))
    .order_by(OutcomeRow.at, OutcomeRow.id)
)
"""Built once: putting it together takes longer than running it."""


def correction_of(db: Session, row: OutcomeRow) -> OutcomeRow | None:
    return db.scalar(select(OutcomeRow).where(OutcomeRow.corrects_id == row.id).limit(1))


def figure_as_given(
    db: Session, client_id: int, indicator: str, wave: str, survey: int | None = None
) -> OutcomeRow | None:
    """The figure as the client gave it last in that wave (and follow-up, if given), before any correction."""
    query = select(OutcomeRow).where(
        OutcomeRow.client_id == client_id,
        OutcomeRow.indicator == indicator,
        OutcomeRow.wave == wave,
        OutcomeRow.corrects_id.is_(None),
    )
    if survey is not None:
        query = query.where(OutcomeRow.followup_id == survey)
    return db.scalar(query.order_by(OutcomeRow.id.desc()).limit(1))


def figures_as_given(db: Session, client_id: int, indicator: str) -> Iterable[OutcomeRow]:
    """The figures as the client gave them, before any correction, oldest first."""
    query = select(OutcomeRow).where(
        OutcomeRow.client_id == client_id, OutcomeRow.indicator == indicator, OutcomeRow.corrects_id.is_(None)
    )
    return db.scalars(query.order_by(OutcomeRow.at, OutcomeRow.id))


def answer_ids(db: Session, conversation_id: int, questions: Collection[str]) -> dict[str, int]:
    """Question → the id of its last answer in the conversation that was not taken back. What is still to be written of
    `questions` is written first."""
    if any(isinstance(row, Answer) and row.question in questions for row in db.new):
        db.flush()
    kept = select(Answer.question, Answer.id).where(
        Answer.conversation_id == conversation_id, Answer.taken_back.is_(False)
    )
    return {row.question: row.id for row in db.execute(kept.order_by(Answer.id))}


def survey_of(db: Session, followup_id: int) -> tuple[Followup | None, dict[str, OutcomeRow]]:
    """A follow-up, and what stands of it by indicator; a correction comes after what it corrects."""
    rows = db.execute(_SURVEY, {"followup": followup_id}).all()
    return (rows[0][0] if rows else None), {row.indicator: row for _survey, row in rows if row is not None}


_SURVEY = (
    select(Followup, OutcomeRow)
    .outerjoin(OutcomeRow, OutcomeRow.followup_id == Followup.id)
    .where(Followup.id == bindparam("followup"))
    .order_by(OutcomeRow.id)
)

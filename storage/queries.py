"""Queries: the questions to clients about figures that staff doubt."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.schema import OutcomeRow, QueryRow


def get_query(db: Session, query_id: int) -> tuple[QueryRow, OutcomeRow]:
    """A query, with the figure that was queried."""
    rows = select(QueryRow, OutcomeRow).join(OutcomeRow, OutcomeRow.id == QueryRow.outcome_id)
    query, figure = db.execute(rows.where(QueryRow.id == query_id)).one()
    return query, figure


def waiting_query(db: Session, client_id: int) -> QueryRow | None:
    """The first query that the client is still to be asked."""
    mine = (QueryRow.client_id == client_id, QueryRow.asked_at.is_(None), QueryRow.why_not.is_(None))
    return db.scalar(select(QueryRow).where(*mine, QueryRow.answered_at.is_(None)).order_by(QueryRow.id).limit(1))


def queries_about(db: Session, outcome_ids: Collection[int]) -> dict[int, QueryRow]:
    """The last query about each of these figures, or about the one that a reply to it corrected."""
    about = func.coalesce(QueryRow.correction_id, QueryRow.outcome_id)
    rows = db.scalars(select(QueryRow).where(about.in_(outcome_ids)).order_by(QueryRow.id))
    return {row.correction_id or row.outcome_id: row for row in rows}

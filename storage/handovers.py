"""Handovers: the request for a person that is open for a client."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.schema import Handover


def get_handover(db: Session, handover_id: int) -> Handover:
    return db.get_one(Handover, handover_id)


def current(db: Session, client_id: int) -> Handover | None:
    """The handover that is open for a client."""
    return db.scalar(
        select(Handover)
        .where(Handover.client_id == client_id, Handover.closed_at.is_(None))
        .order_by(Handover.id.desc())
        .limit(1)
    )

"""A person steps in: a client asks for one, a counselor takes over, and the assistant is silent meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from bot.service.staff_notices import tell_staff
from storage import schema, timers

if TYPE_CHECKING:
    from bot.service.turn import TurnContext

HAND_BACK = timedelta(days=1)
"""After a day without a word of the counselor the assistant is back, so that no client writes to nobody."""


def current(db: Db, client_id: int) -> schema.Handover | None:
    """The handover that is open for a client."""
    return db.scalar(
        select(schema.Handover)
        .where(schema.Handover.client_id == client_id, schema.Handover.closed_at.is_(None))
        .order_by(schema.Handover.id.desc())
        .limit(1)
    )


def open_for(desk: TurnContext, reason: str) -> schema.Handover:
    """Ask a person to step in; one open request is enough. The alarm rings when nobody took it in time."""
    handover = current(desk.db, desk.client.id)
    if handover is None:
        handover = schema.Handover(client_id=desk.client.id, reason=reason, opened_at=desk.now)
        desk.db.add(handover)
        desk.db.flush()
        due = desk.now + desk.rules.alarm_after
        timers.plan(desk.db, "handover.alarm", f"handover:{handover.id}", due, desk.client.id)
    else:
        handover.reason = reason
    name = desk.client.name or desk.client.code
    tell_staff(
        desk.db,
        desk.client.counselor_id,
        desk.center.id,
        f"{name} ({desk.client.code}) {reason}\n/take {desk.client.code}",
        desk.now,
    )
    return handover


def take(db: Db, client_id: int, staff: schema.Staff, now: datetime) -> schema.Handover:
    """The counselor speaks now; what the client writes goes to them."""
    handover = current(db, client_id)
    if handover is None:
        handover = schema.Handover(client_id=client_id, reason="taken over by the counselor", opened_at=now)
        db.add(handover)
    handover.staff_id, handover.taken_at = staff.id, now
    db.flush()
    subject = f"handover:{handover.id}"
    timers.cancel(db, subject, reason="taken")
    timers.plan(db, "handover.return", subject, now + HAND_BACK, client_id)
    return handover


def close(db: Db, client_id: int, now: datetime) -> bool:
    """Give the conversation back to the assistant; False when nobody had it."""
    handover = current(db, client_id)
    if handover is None:
        return False
    handover.closed_at = now
    timers.cancel(db, f"handover:{handover.id}", reason="closed")
    return True

"""Timers: every future thing is one row, unique per kind and subject."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Insert, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from storage.schema import Client, Timer
from storage.upsert import insert

FRESH = {"status": "pending", "reason": None, "lease_until": None, "attempts": 0}


def plan(db: Session, kind: str, subject: str, due_at: datetime, client_id: int | None = None) -> None:
    """Set the timer, or move it; planning twice is planning once. One that has fired is set again."""
    plan_all(db, kind, [(subject, due_at, client_id)])


def plan_all(db: Session, kind: str, planned: Sequence[tuple[str, datetime, int | None]]) -> None:
    """`plan` for many subjects: (subject, due_at, client_id), each subject once."""
    upsert = _upsert(db.get_bind().dialect.name, many=len(planned) > 1)
    rows = [
        {"kind": kind, "subject": subject, "due_at": due_at, "client_id": client_id, **FRESH}
        for subject, due_at, client_id in planned
    ]
    if rows:
        db.execute(upsert, rows)


@cache
def _upsert(dialect: str, *, many: bool) -> Insert | ReturningInsert[Any]:
    """Built once: putting the statement together takes longer than running it. What asks for something back is sent as
    one statement of many rows, and not as many statements."""
    table = Timer.metadata.tables[Timer.__tablename__]
    row = insert(dialect, table)
    given = {name: row.excluded[name] for name in ("due_at", *FRESH)}
    again = row.on_conflict_do_update(index_elements=["kind", "subject"], set_=given)
    return again.returning(table.c.id) if many else again


def cancel(db: Session, *subjects: str, kinds: Sequence[str] = (), reason: str) -> None:
    """Drop what is still pending for these subjects (of these kinds, or of all)."""
    wanted = [Timer.subject.in_(subjects), Timer.status.in_(("pending", "leased"))]
    if kinds:
        wanted.append(Timer.kind.in_(kinds))
    db.execute(update(Timer).where(*wanted).values(status="dropped", reason=reason))


def cancel_client(db: Session, client_id: int, *, reason: str) -> None:
    """Drop everything that is pending for a client."""
    wanted = (Timer.client_id == client_id, Timer.status.in_(("pending", "leased")))
    db.execute(update(Timer).where(*wanted).values(status="dropped", reason=reason))


def claim(db: Session, now: datetime, lease: timedelta, limit: int) -> list[int]:
    """Lease what is due, or was leased by a worker that is gone; the ids, earliest first."""
    due = (
        select(Timer.id)
        .where(Timer.status == "pending", Timer.due_at <= now)
        .order_by(Timer.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    lost = (
        select(Timer.id)
        .where(Timer.status == "leased", Timer.lease_until < now)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = [*db.scalars(due), *db.scalars(lost)]
    if ids:
        db.execute(
            update(Timer)
            .where(Timer.id.in_(ids))
            .values(status="leased", lease_until=now + lease, attempts=Timer.attempts + 1)
            .execution_options(synchronize_session=False)
        )
    return ids


def take(db: Session, timer_id: int) -> Timer | None:
    """The leased timer, locked for firing; None when it was cancelled or fired meanwhile. Its client is locked first, in
    the same order as by a message, which may cancel it."""
    db.execute(
        select(Client.id)
        .join(Timer, Timer.client_id == Client.id)
        .where(Timer.id == timer_id)
        .with_for_update(of=Client)
    )
    timer = db.scalar(select(Timer).where(Timer.id == timer_id).with_for_update())
    return timer if timer is not None and timer.status == "leased" else None


def undone_if_raised(db: Session) -> AbstractContextManager[object]:
    """A savepoint: what is written within is undone by an exception, and the row of the timer stays as it was set."""
    return db.begin_nested()

"""The outbox: what is to be sent, who sends it now, and what the provider said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, and_, bindparam, exists, or_, select, update
from sqlalchemy.orm import Session, aliased, joinedload

from storage.schema import Address, Outbox
from storage.schema.base import Id, UtcDateTime

RANK = {"queued": 0, "leased": 1, "unknown": 2, "sent": 3, "delivered": 4, "read": 5, "failed": 6}
"""A later report never takes a message back: delivered does not become sent again."""


def claim(db: Session, now: datetime, lease: timedelta, limit: int, address_id: int | None = None) -> list[Outbox]:
    """Lease what is due: replies before bulk, oldest first, and at most one per address, so that nothing overtakes.

    A message whose lease ran out was in the hands of a sender that died: its outcome is unknown, and it comes back
    with that status for the sender to look it up.
    """
    values = {"now": now, "most": limit, "address": address_id}
    rows = list(db.scalars(_due(one_address=address_id is not None), values))
    for row in rows:
        row.status, row.lease_until, row.attempts = "leased", now + lease, row.attempts + 1
    for row in db.scalars(_lost(), values):
        if row not in rows:
            row.status, row.lease_until, row.attempts = "unknown", now + lease, row.attempts + 1
            rows.append(row)
    return rows


@cache
def _due(*, one_address: bool) -> Select[Outbox]:
    """Built once: putting the query together takes longer than running it."""
    other = aliased(Outbox)
    now = bindparam("now", type_=UtcDateTime())
    blocked = exists().where(
        other.address_id == Outbox.address_id,
        other.id != Outbox.id,
        or_(
            other.status.in_(("leased", "unknown")),
            and_(other.status == "queued", other.attempts > 0, other.id < Outbox.id),
            and_(other.status == "queued", other.due_at <= now, other.bulk <= Outbox.bulk, other.id < Outbox.id),
        ),
    )
    wanted: list[Any] = [Outbox.status == "queued", Outbox.due_at <= now, ~blocked]
    if one_address:
        wanted.append(Outbox.address_id == bindparam("address", type_=Id))
    return (
        select(Outbox)
        .where(*wanted)
        .order_by(Outbox.bulk, Outbox.due_at, Outbox.id)
        .limit(bindparam("most", type_=Integer()))
        .with_for_update(skip_locked=True, of=Outbox)
        .options(joinedload(Outbox.address))
    )


@cache
def _lost() -> Select[Outbox]:
    return (
        select(Outbox)
        .where(Outbox.status.in_(("leased", "unknown")), Outbox.lease_until < bindparam("now", type_=UtcDateTime()))
        .order_by(Outbox.id)
        .limit(bindparam("most", type_=Integer()))
        .with_for_update(skip_locked=True, of=Outbox)
        .options(joinedload(Outbox.address))
    )


def withdraw(db: Session, client_id: int, reason: str) -> None:
    """Drop everything that still waits to be sent to a client."""
    db.execute(
        update(Outbox)
        .where(Outbox.client_id == client_id, Outbox.status == "queued")
        .values(status="dropped", reason=reason)
    )


def reported(row: Outbox, status: str, at: datetime, code: str | None = None, reason: str | None = None) -> bool:
    """Note what the provider tells of a message; False when it is old news."""
    if RANK.get(status, 0) <= RANK.get(row.status, 0):
        return False
    row.status = status
    if status in ("delivered", "read") and row.delivered_at is None:
        row.delivered_at = at
    if code or reason:
        row.code, row.reason = code, reason
    return True


def reachable(addresses: Sequence[Address]) -> list[Address]:
    """A client's addresses that may be tried, the one that answered last first."""
    alive = [address for address in addresses if address.unreachable_at is None]
    return sorted(alive, key=lambda address: (address.last_inbound_at or address.created_at, address.id), reverse=True)

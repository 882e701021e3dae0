"""Businesses: every client is a business at a center, and may share it with a client of another one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.orm import Session

from storage.persons import get_person, merge, part, person_of, persons_of
from storage.schema import Business, Client, IncrementRow


def business_of(db: Session, client: Client, now: datetime) -> int:
    """The business of a client; one of its own where it has none yet."""
    if client.business_id is None:
        business = Business(created_at=now)
        db.add(business)
        db.flush()
        client.business_id = business.id
    return client.business_id


def businesses_of(db: Session, clients: Sequence[Client], now: datetime) -> set[int]:
    """The businesses of many clients; those that have none yet get one each, by few statements."""
    alone = [client for client in clients if client.business_id is None]
    if alone:
        made = insert(Business).returning(Business.id, sort_by_parameter_order=True)
        for client, business in zip(alone, db.scalars(made, [{"created_at": now}] * len(alone)), strict=True):
            client.business_id = business
    return {client.business_id for client in clients if client.business_id is not None}


def leave(db: Session, client: Client) -> int | None:
    """Take a client out of its business and away from its persons. Whatever nobody else has is deleted; the business, if
    somebody still has it."""
    for person in reversed(persons_of(db, client)):
        part(db, client, person)
    business, client.business_id = client.business_id, None
    db.flush()
    if business is None or db.scalar(select(exists().where(Client.business_id == business))):
        return business
    db.execute(delete(Business).where(Business.id == business))
    return None


def clients_of_business(db: Session, business_id: int) -> list[Client]:
    """Those that are this business, the one who came first before the others."""
    return list(db.scalars(select(Client).where(Client.business_id == business_id).order_by(Client.id)))


def same_business(db: Session, client: Client) -> list[Client]:
    """The other clients that are the business of a client."""
    if client.business_id is None:
        return []
    return [other for other in clients_of_business(db, client.business_id) if other.id != client.id]


def share_business(db: Session, client: Client, other: Client, now: datetime) -> int:
    """Make both clients one business: that of who came first. Its figures are one chain from now on, once `rewrite` of
    `storage/increments.py` has written its increments."""
    first, second = sorted((client, other), key=lambda one: one.id)
    business = business_of(db, first, now)
    if second.business_id is not None and second.business_id != business:
        former = second.business_id
        db.execute(update(Client).where(Client.business_id == former).values(business_id=business))
        db.execute(delete(IncrementRow).where(IncrementRow.business_id == former))
        db.flush()
        db.execute(delete(Business).where(Business.id == former))
    second.business_id = business
    return business


def same_owner(db: Session, client: Client, other: Client, now: datetime) -> None:
    """Make the owners of both clients one person: that of who came first."""
    first, second = sorted((client, other), key=lambda one: one.id)
    kept, gone = person_of(db, first, now), get_person(db, second)
    if gone is None:
        second.person_id, second.name, second.language = kept.id, kept.name, kept.language or second.language
    elif gone.id != kept.id:
        merge(db, kept, gone)

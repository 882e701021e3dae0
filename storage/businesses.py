"""Businesses and the persons who own them: every client is a business at a center, and may share it with another one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.orm import Session

from storage.schema import Business, Client, Person


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


def get_person(db: Session, client: Client) -> Person | None:
    """The owner of a client's business; None where none is known yet."""
    return db.get(Person, client.person_id) if client.person_id is not None else None


def person_of(db: Session, client: Client, now: datetime) -> Person:
    """The owner of a client's business; a new one where none is known yet."""
    known = get_person(db, client)
    if known is None:
        known = Person(created_at=now)
        db.add(known)
        db.flush()
        client.person_id = known.id
    return known


def leave(db: Session, client: Client) -> int | None:
    """Take a client out of its business and away from its owner. Whatever nobody else has is deleted; the business, if
    somebody still has it."""
    business, person = client.business_id, client.person_id
    client.business_id = client.person_id = None
    db.flush()
    if person is not None and not db.scalar(select(exists().where(Client.person_id == person))):
        db.execute(delete(Person).where(Person.id == person))
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
    """Make both clients one business with one owner: that of who came first. Its figures are one chain from now on."""
    first, second = sorted((client, other), key=lambda one: one.id)
    business, person = business_of(db, first, now), person_of(db, first, now)
    if second.business_id is not None and second.business_id != business:
        db.execute(update(Client).where(Client.business_id == second.business_id).values(business_id=business))
    second.business_id = business
    if second.person_id is not None and second.person_id != person.id:
        late = db.get_one(Person, second.person_id)
        person.sex, person.birth_year = person.sex or late.sex, person.birth_year or late.birth_year
    second.person_id = person.id
    return business

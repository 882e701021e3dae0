"""STOP and START: whether a client may be written to at an address.

A STOP acts on who writes, for all of their businesses and on all of their phones, and on the phone that it came from, for
everybody. Another person of the same business is still written to on another phone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from storage import outbox
from storage.persons import clients_of, persons_of, phones_of
from storage.schema import Address, Client, Outbox, Person, Speaker

Found = tuple[int, datetime | None, datetime | None, datetime | None]
"""A row, and since when its client, its phone and its person want nothing."""
REASON = "client opted out"
THREE = (Client.opted_out_at, Address.opted_out_at, Person.opted_out_at)


def opted_out(db: Session, client: Client, addresses: Iterable[Address]) -> dict[int, datetime]:
    """Address → since when the client may not be written to there; those where they may be are left out."""
    ids = [address.id for address in addresses]
    query = select(Address.id, *THREE).select_from(Address).join(Client, Client.id == client.id)
    return _latest(db, _with_speaker(query, Address.id, client.id).where(Address.id.in_(ids), _any()))


def opted_out_messages(db: Session, rows: Iterable[Outbox]) -> dict[int, datetime]:
    """Message → since when it may not go where it is to go, unless it answers what was written since."""
    ids = [row.id for row in rows]
    query = select(Outbox.id, *THREE).select_from(Outbox).join(Address, Address.id == Outbox.address_id)
    query = query.outerjoin(Client, Client.id == Outbox.client_id)
    return _latest(db, _with_speaker(query, Outbox.address_id, Outbox.client_id).where(Outbox.id.in_(ids), _any()))


def _with_speaker(query: Select[*Found], address_id: Any, client_id: Any) -> Select[*Found]:
    there = (Speaker.address_id == address_id) & (Speaker.client_id == client_id)
    query = query.outerjoin(Speaker, there)
    return query.outerjoin(Person, Person.id == func.coalesce(Speaker.person_id, Client.person_id))


def _any() -> ColumnElement[bool]:
    return or_(*(column.is_not(None) for column in THREE))


def _latest(db: Session, query: Select[*Found]) -> dict[int, datetime]:
    return {row[0]: max(at for at in row[1:] if at is not None) for row in db.execute(query)}


def stop(db: Session, client: Client, address: Address, person: Person | None, now: datetime) -> None:
    """Write nothing more to a person, nor to their phone; what waits to be sent is dropped."""
    address.opted_out_at = address.opted_out_at or now
    outbox.withdraw_from(db, address.id, REASON)
    if person is not None:
        person.opted_out_at = person.opted_out_at or now
        db.flush()
    for each in clients_of(db, person.id) if person is not None else [client]:
        if person is None or all(one.opted_out_at is not None for one in persons_of(db, each)):
            each.opted_out_at = each.opted_out_at or now
            outbox.withdraw(db, each.id, REASON)
            continue
        for phone in phones_of(db, each, person):
            outbox.withdraw_from(db, phone.id, REASON, each.id)


def start(db: Session, client: Client, address: Address, person: Person | None) -> None:
    """Write to them again, on all of their phones."""
    address.opted_out_at = client.opted_out_at = None
    if person is None:
        return
    person.opted_out_at = None
    for each in clients_of(db, person.id):
        each.opted_out_at = None
        for phone in phones_of(db, each, person):
            phone.opted_out_at = None

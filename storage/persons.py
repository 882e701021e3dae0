"""Persons: who owns a client and who else speaks for it, on which phone, and what they are called.

The owner is `Client.person_id`; the others are in `client_persons`. Who writes from a phone is in `speakers` where it is
not simply the owner of the one client that the phone serves.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Exists, delete, exists, func, or_, select, union, update
from sqlalchemy.orm import Session

from storage.addresses import addresses_of
from storage.schema import Address, Client, ClientPerson, Consent, Person, Speaker


def get_person(db: Session, client: Client) -> Person | None:
    """The owner of a client; None where none is known yet."""
    return db.get(Person, client.person_id) if client.person_id is not None else None


def person_of(db: Session, client: Client, now: datetime) -> Person:
    """The owner of a client; a new one where none is known yet."""
    known = get_person(db, client)
    if known is None:
        known = Person(name=client.name, language=client.language, opted_out_at=client.opted_out_at, created_at=now)
        db.add(known)
        db.flush()
        client.person_id = known.id
    return known


def serve(db: Session, address: Address, client: Client, person: Person) -> None:
    """Let a phone be of a client, for whom a person speaks there."""
    there = (Speaker.address_id == address.id, Speaker.client_id == client.id)
    known = db.scalar(select(Speaker).where(*there))
    if known is None:
        db.add(Speaker(address_id=address.id, client_id=client.id, person_id=person.id))
    else:
        known.person_id = person.id
    db.flush()


def served(db: Session, address: Address) -> list[Client]:
    """The clients of a shared phone, the oldest first."""
    mine = select(Client).join(Speaker, Speaker.client_id == Client.id).where(Speaker.address_id == address.id)
    return list(db.scalars(mine.order_by(Client.id)))


def speaking(db: Session, client: Client, address: Address) -> tuple[Person | None, bool]:
    """Who writes from a phone for a client, and whether the phone is of others, too."""
    if client.person_id is None:
        return None, bool(db.scalar(select(_others(address.id, client.id))))
    query = select(Person, _others(address.id, client.id)).where(Person.id == _speaker_id(client, address))
    person, shared = db.execute(query).one()
    return person, shared


def _others(address_id: int, client_id: int) -> Exists:
    return exists().where(Speaker.address_id == address_id, Speaker.client_id != client_id)


def _speaker_id(client: Client, address: Address) -> ColumnElement[int | None]:
    there = (Speaker.address_id == address.id, Speaker.client_id == client.id)
    return func.coalesce(select(Speaker.person_id).where(*there).scalar_subquery(), client.person_id)


def speaker(db: Session, client: Client, address: Address) -> Person | None:
    """Who writes from a phone for a client."""
    if client.person_id is None:
        return None
    return db.scalar(select(Person).where(Person.id == _speaker_id(client, address)))


def persons_of(db: Session, client: Client) -> list[Person]:
    """Who speaks for a client, the owner first."""
    owner = get_person(db, client)
    beside = select(Person).join(ClientPerson, ClientPerson.person_id == Person.id)
    others = db.scalars(beside.where(ClientPerson.client_id == client.id).order_by(ClientPerson.id))
    return [*([owner] if owner else []), *others]


def clients_of(db: Session, person_id: int) -> list[Client]:
    """For whom a person speaks, the oldest first."""
    owned = select(Client.id).where(Client.person_id == person_id)
    beside = select(ClientPerson.client_id).where(ClientPerson.person_id == person_id)
    return list(db.scalars(select(Client).where(Client.id.in_(union(owned, beside))).order_by(Client.id)))


def phones_of(db: Session, client: Client, person: Person) -> list[Address]:
    """From which phones a person writes for a client."""
    who = _speakers(db, client)
    return [phone for phone in addresses_of(db, client.id) if who.get(phone.id, client.person_id) == person.id]


def consents_of(db: Session, client: Client, person: Person | None) -> Client | ClientPerson:
    """The row with what a person agreed to for a client."""
    if person is None or person.id == client.person_id:
        return client
    return _beside_owner(db, client, person) or client


def phones_for_surveys(db: Session, client: Client, addresses: Iterable[Address]) -> list[Address]:
    """The phones from which somebody writes who agreed to be asked about the client."""
    beside = db.scalars(select(ClientPerson).where(ClientPerson.client_id == client.id)).all()
    if not beside:
        return list(addresses) if client.survey_consent else []
    agreed = {one.person_id: one.survey_consent for one in beside} | {client.person_id: client.survey_consent}
    who = _speakers(db, client)
    return [address for address in addresses if agreed.get(who.get(address.id, client.person_id), False)]


def _beside_owner(db: Session, client: Client, person: Person) -> ClientPerson | None:
    return db.scalar(
        select(ClientPerson).where(ClientPerson.client_id == client.id, ClientPerson.person_id == person.id)
    )


def _speakers(db: Session, client: Client) -> dict[int, int]:
    """Phone → who writes from it for the client, where that is not simply the owner."""
    known = db.scalars(select(Speaker).where(Speaker.client_id == client.id))
    return {speaker.address_id: speaker.person_id for speaker in known}


def add_beside_owner(db: Session, client: Client, person: Person, agreed: Client, now: datetime) -> None:
    """Let a person speak for a client, too, with the consents that they gave as the owner of `agreed`."""
    if client.person_id == person.id or _beside_owner(db, client, person) is not None:
        return
    consents = {"service_consent": agreed.service_consent, "survey_consent": agreed.survey_consent}
    db.add(ClientPerson(client_id=client.id, person_id=person.id, created_at=now, **consents))
    db.flush()


def rename(db: Session, person: Person, name: str | None) -> None:
    person.name = name
    _copy(db, person)


def set_language(db: Session, person: Person, language: str) -> None:
    person.language = language
    _copy(db, person)


def _copy(db: Session, person: Person) -> None:
    """Let the clients that the person owns have the same name and language."""
    db.flush()
    for client in db.scalars(select(Client).where(Client.person_id == person.id)):
        client.name, client.language = person.name, person.language or client.language


def merge(db: Session, kept: Person, gone: Person) -> None:
    """Make two persons one. What is known of `kept` stays, and a STOP of either holds."""
    for name in ("name", "language", "sex", "birth_year", "opted_out_at"):
        if getattr(kept, name) is None:
            setattr(kept, name, getattr(gone, name))
    db.flush()
    for table in (Client, Consent, Speaker):
        db.execute(update(table).where(table.person_id == gone.id).values(person_id=kept.id))
    known = select(ClientPerson.client_id).where(ClientPerson.person_id == kept.id)
    owned = select(Client.id).where(Client.person_id == kept.id)
    twice = or_(ClientPerson.client_id.in_(known), ClientPerson.client_id.in_(owned))
    db.execute(delete(ClientPerson).where(ClientPerson.person_id == gone.id, twice).execution_options(**_UNSEEN))
    db.execute(delete(ClientPerson).where(ClientPerson.person_id == kept.id, ClientPerson.client_id.in_(owned)))
    db.execute(update(ClientPerson).where(ClientPerson.person_id == gone.id).values(person_id=kept.id))
    db.execute(delete(Person).where(Person.id == gone.id))
    _copy(db, kept)


def part(db: Session, client: Client, person: Person) -> None:
    """Take a person away from a client; the next one owns it then, with what they agreed to. Who speaks for no client
    any more is deleted, with the tie to what they consented to."""
    there = (Speaker.client_id == client.id, Speaker.person_id == person.id)
    db.execute(delete(Speaker).where(*there).execution_options(**_UNSEEN))
    if client.person_id == person.id:
        _next_owner(db, client)
    else:
        mine = (ClientPerson.client_id == client.id, ClientPerson.person_id == person.id)
        db.execute(delete(ClientPerson).where(*mine).execution_options(**_UNSEEN))
    db.flush()
    owns = exists().where(Client.person_id == person.id)
    speaks = exists().where(ClientPerson.person_id == person.id)
    if not db.scalar(select(or_(owns, speaks))):
        db.execute(update(Consent).where(Consent.person_id == person.id).values(person_id=None))
        db.execute(delete(Speaker).where(Speaker.person_id == person.id).execution_options(**_UNSEEN))
        person.name = None
        db.flush()
        db.execute(delete(Person).where(Person.id == person.id))


def _next_owner(db: Session, client: Client) -> None:
    following = db.scalar(
        select(ClientPerson).where(ClientPerson.client_id == client.id).order_by(ClientPerson.id).limit(1)
    )
    if following is None:
        client.person_id = None
        return
    owner = db.get_one(Person, following.person_id)
    client.person_id, client.name, client.language = owner.id, owner.name, owner.language or client.language
    client.service_consent, client.survey_consent = following.service_consent, following.survey_consent
    db.delete(following)


_UNSEEN = {"synchronize_session": False}

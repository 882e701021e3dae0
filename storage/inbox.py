"""A message comes in: whom it is from, and whether it was here before.

The statements are built once: putting one together takes longer than running it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Executable, Select, bindparam, exists, func, select, update
from sqlalchemy.orm import Session, aliased, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from bot.model import Inbound
from storage.schema import Address, Base, Center, Client, Conversation, Handover, Inbox, Person, Speaker, Staff
from storage.upsert import insert

INBOX, ADDRESSES = Base.metadata.tables["inbox"], Base.metadata.tables["addresses"]
KEPT = (
    "channel",
    "simulated",
    "provider_id",
    "address_id",
    "client_id",
    "conversation_id",
    "text",
    "choice",
    "media",
    "received_at",
)
AT_ADDRESS = (
    Address.channel == bindparam("channel"),
    Address.address == bindparam("address"),
    Address.simulated == bindparam("simulated"),
)
"""Simulated phones are addresses apart."""


@dataclass(frozen=True, slots=True)
class Known:
    """A client who writes."""

    address: Address
    client: Client
    center: Center
    #: Who speaks for the client on this phone.
    person: Person | None
    #: Whether the phone is of other clients, too.
    shared: bool
    counselor: Staff | None
    #: The member of staff who speaks with them at the moment.
    taken_by: int | None
    #: Their open conversations, the one that asked last first.
    under_way: list[Conversation]


def known(db: Session, inbound: Inbound) -> Known | None:
    """The client that an address belongs to, locked, with what a turn needs of them; None when it belongs to none.

    First the lock, then the reading: what others did while this transaction waited for the lock is seen.
    """
    place = {"channel": inbound.channel, "address": inbound.sender, "simulated": inbound.simulated}
    connection = db.connection()
    locked = None
    if connection.dialect.name != "sqlite":
        locked = connection.scalar(_LOCK, place)
        if locked is None:
            return None
    rows = db.execute(_WHO, place).all()
    if not rows:
        return None
    address, client, center, person, shared, counselor, taken_by, _first = rows[0]
    if locked is not None and client.id != locked:
        # The address became another client's while this transaction waited.
        return known(db, inbound)
    return Known(
        address, client, center, person, shared, counselor, taken_by, [row[-1] for row in rows if row[-1] is not None]
    )


def address_of_nobody(db: Session, inbound: Inbound) -> Address | None:
    """The address that a message came from, locked; made when it was never seen. None when it belongs to a client by now:
    it is let go of again, since everybody locks the client first."""
    look = db.begin_nested()
    address = _locked_address(db, inbound)
    if address.client_id is None:
        look.commit()
        return address
    look.rollback()
    return None


def _locked_address(db: Session, inbound: Inbound) -> Address:
    mine = select(Address).where(*AT_ADDRESS).with_for_update().execution_options(populate_existing=True)
    place = {"channel": inbound.channel, "address": inbound.sender, "simulated": inbound.simulated}
    address = db.scalar(mine, place)
    if address is None:
        values = {**place, "created_at": inbound.at}
        db.execute(insert(db, Address).values(values).on_conflict_do_nothing())
        address = db.scalar(mine, place)
        assert address is not None
    return address


def accept(db: Session, inbound: Inbound, address: Address, conversation_id: int | None = None) -> Inbox | None:
    """The message as a row of the inbox; None when it was here before. Somebody wrote from the address, so it can be
    reached, and free-form answers are allowed for a day."""
    values: dict[str, Any] = {
        "channel": inbound.channel,
        "simulated": inbound.simulated,
        "provider_id": inbound.provider_id,
        "address_id": address.id,
        "client_id": address.client_id,
        "conversation_id": conversation_id,
        "text": inbound.text,
        "choice": inbound.choice,
        "media": inbound.media,
        "received_at": inbound.at,
    }
    noted = {
        "last_inbound_at": inbound.at,
        "sender": inbound.recipient or address.sender,
        "unreachable_at": None,
        "unreachable_reason": None,
    }
    row_id = _accepted(db, values, noted)
    if row_id is None:
        return None
    for name, value in noted.items():
        set_committed_value(address, name, value)
    row = Inbox(id=row_id, **values)
    make_transient_to_detached(row)
    db.add(row)
    return row


def _accepted(db: Session, values: Mapping[str, Any], noted: Mapping[str, Any]) -> int | None:
    connection = db.connection()
    bound = {f"in_{name}": value for name, value in values.items()}
    bound |= {f"new_{name}": value for name, value in noted.items()}
    if connection.dialect.name == "postgresql":
        found: int | None = connection.scalar(_accept_at_once(), bound)
        return found
    found = connection.scalar(_INSERT_ON_SQLITE, bound)
    if found is not None:
        connection.execute(_NOTE, bound)
    return found


def _who() -> Select[Any]:
    taken = (
        select(Handover.staff_id)
        .where(Handover.client_id == Client.id, Handover.closed_at.is_(None), Handover.taken_at.is_not(None))
        .limit(1)
        .scalar_subquery()
    )
    beside = aliased(Speaker)
    shared = exists().where(beside.address_id == Address.id, beside.client_id != Client.id)
    under_way = (Conversation.client_id == Client.id) & (Conversation.status == "open")
    return (
        select(Address, Client, Center, Person, shared, Staff, taken, Conversation)
        .join(Client, Client.id == Address.client_id)
        .join(Center, Center.id == Client.center_id)
        .outerjoin(Speaker, (Speaker.address_id == Address.id) & (Speaker.client_id == Client.id))
        .outerjoin(Person, Person.id == func.coalesce(Speaker.person_id, Client.person_id))
        .outerjoin(Staff, Staff.id == Client.counselor_id)
        .outerjoin(Conversation, under_way)
        .where(*AT_ADDRESS)
        .order_by(Conversation.asked_at.desc(), Conversation.id.desc())
    )


_LOCK = select(Client.id).join(Address, Address.client_id == Client.id).where(*AT_ADDRESS).with_for_update(of=Client)
_WHO = _who()
_VALUES = {name: bindparam(f"in_{name}", type_=INBOX.c[name].type) for name in KEPT}
_NOTED = {
    name: bindparam(f"new_{name}", type_=ADDRESSES.c[name].type)
    for name in ("last_inbound_at", "sender", "unreachable_at", "unreachable_reason")
}
_INSERT_ON_SQLITE = insert("sqlite", INBOX).values(_VALUES).on_conflict_do_nothing().returning(INBOX.c.id)
_NOTE = update(ADDRESSES).where(ADDRESSES.c.id == bindparam("in_address_id")).values(_NOTED)


@cache
def _accept_at_once() -> Executable:
    """Both in one statement; what was here before is not noted either."""
    seen = (
        insert("postgresql", INBOX)
        .values(_VALUES)
        .on_conflict_do_nothing()
        .returning(INBOX.c.id, INBOX.c.address_id)
        .cte("seen")
    )
    noted = update(ADDRESSES).where(ADDRESSES.c.id == seen.c.address_id).values(_NOTED).cte("noted")
    return select(seen.c.id).add_cte(noted)

"""Addresses: the phones and chats that clients and staff write from."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, delete, select, union
from sqlalchemy.orm import Session

from storage.schema import Address, Client, Speaker, Staff
from storage.visible import who_sees


def get_address(db: Session, address_id: int) -> Address:
    return db.get_one(Address, address_id)


def address_at(db: Session, channel: str, number: str, *, simulated: bool) -> Address | None:
    """The address of a number on a channel. Simulated phones are addresses apart."""
    mine = (Address.channel == channel, Address.address == number, Address.simulated == simulated)
    return db.scalar(select(Address).where(*mine))


def serves(client_id: int) -> ColumnElement[bool]:
    """Whether an address is of a client, alone or with others."""
    own = select(Address.id).where(Address.client_id == client_id)
    shared = select(Speaker.address_id).where(Speaker.client_id == client_id)
    return Address.id.in_(union(own, shared))


def addresses_of(db: Session, client_id: int) -> list[Address]:
    return list(db.scalars(select(Address).where(serves(client_id))))


def addresses_by_client(db: Session, clients: Collection[int]) -> dict[int, list[Address]]:
    """Client → their addresses in the order of their ids, shared ones included; a client without any is left out."""
    own = select(Client.id, Address).join(Address, Address.client_id == Client.id).where(Client.id.in_(clients))
    shared = select(Speaker.client_id, Address).join(Address, Address.id == Speaker.address_id)
    found: dict[int, dict[int, Address]] = {}
    for query in (own, shared.where(Speaker.client_id.in_(clients))):
        for client_id, address in db.execute(query):
            found.setdefault(client_id, {})[address.id] = address
    return {client: [each[number] for number in sorted(each)] for client, each in found.items()}


def release(db: Session, address: Address, client_id: int) -> bool:
    """Let an address be of a client no more; True where nobody else has it."""
    mine = (Speaker.address_id == address.id, Speaker.client_id == client_id)
    db.execute(delete(Speaker).where(*mine).execution_options(synchronize_session=False))
    if address.client_id == client_id:
        others = select(Speaker.client_id).where(Speaker.address_id == address.id).order_by(Speaker.id)
        address.client_id = db.scalar(others.limit(1))
    return address.client_id is None


def first_address(db: Session, client_id: int) -> Address | None:
    """The address that the client has had longest, to close something with."""
    return db.scalar(select(Address).where(serves(client_id)).order_by(Address.id).limit(1))


def same_number_of_a_client(db: Session, address: Address) -> Address | None:
    """The phone number of `address` on another channel, where it belongs to a registered client."""
    if not address.address.startswith("+"):
        return None
    return db.scalar(
        select(Address)
        .join(Client, Client.id == Address.client_id)
        .where(
            Address.address == address.address,
            Address.simulated == address.simulated,
            Address.channel != address.channel,
            Client.status == "registered",
        )
        .limit(1)
    )


def owned_elsewhere(db: Session, number: str, address: Address) -> Address | None:
    """The address of a number on another channel than that of `address`, where it belongs to a client or to staff."""
    return db.scalars(
        select(Address).where(
            Address.address == number,
            Address.channel != address.channel,
            Address.simulated == address.simulated,
            Address.client_id.is_not(None) | Address.staff_id.is_not(None),
        )
    ).first()


def addresses_of_staff(db: Session, staff_id: int) -> Sequence[Address]:
    """Those of one member of staff; none of who has left."""
    return db.scalars(_of_active_staff().where(Staff.id == staff_id)).all()


def staff_addresses_at(db: Session, center_id: int) -> Sequence[Address]:
    """Those of the active staff who see the clients of a center: of the center, its institution and the whole network."""
    return db.scalars(_of_active_staff().where(who_sees(center_id))).all()


def every_address_of_staff(db: Session, staff_id: int) -> list[Address]:
    """Those of one member of staff, also of who has left."""
    return list(db.scalars(select(Address).where(Address.staff_id == staff_id)))


def _of_active_staff() -> Select[Address]:
    return select(Address).join(Staff, Staff.id == Address.staff_id).where(Staff.active.is_(True))

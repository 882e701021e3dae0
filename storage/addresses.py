"""Addresses: the phones and chats that clients and staff write from."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from storage.schema import Address, Client, Staff
from storage.visible import who_sees


def get_address(db: Session, address_id: int) -> Address:
    return db.get_one(Address, address_id)


def address_at(db: Session, channel: str, number: str, *, simulated: bool) -> Address | None:
    """The address of a number on a channel. Simulated phones are addresses apart."""
    mine = (Address.channel == channel, Address.address == number, Address.simulated == simulated)
    return db.scalar(select(Address).where(*mine))


def addresses_of(db: Session, client_id: int) -> list[Address]:
    return list(db.scalars(select(Address).where(Address.client_id == client_id)))


def first_address(db: Session, client_id: int) -> Address | None:
    """The address that the client has had longest, to close something with."""
    return db.scalar(select(Address).where(Address.client_id == client_id).order_by(Address.id).limit(1))


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

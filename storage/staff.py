"""Members of staff, and what they look up from their own phones."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from storage.schema import Client, Handover, Staff
from storage.visible import visible

SHOWN_AT_MOST = 6
"""Clients whose name has the words that were asked for."""
WAITING_AT_MOST = 20
"""Open handovers in a list."""


def get_staff(db: Session, staff_id: int) -> Staff:
    return db.get_one(Staff, staff_id)


def counselor_of(db: Session, client: Client) -> Staff | None:
    return db.get(Staff, client.counselor_id) if client.counselor_id else None


def client_of_staff(db: Session, staff: Staff, code: str) -> Client | None:
    """The client with that code, where they agreed to the service and they may see them."""
    return db.scalar(_clients_of(staff).where(Client.code == code.upper()))


def clients_named(db: Session, staff: Staff, words: str) -> list[Client]:
    """The staff member's clients whose name has these words; at most `SHOWN_AT_MOST`."""
    named = _clients_of(staff).where(Client.name.icontains(words, autoescape=True))
    return list(db.scalars(named.order_by(Client.name).limit(SHOWN_AT_MOST)))


def open_handovers(db: Session, staff: Staff) -> list[tuple[Handover, Client]]:
    """The handovers of clients whom they may see that are open, the oldest first; at most `WAITING_AT_MOST`."""
    query = select(Handover, Client).join(Client).where(Handover.closed_at.is_(None))
    query = query.order_by(Handover.opened_at).limit(WAITING_AT_MOST)
    query = query.where(visible(staff, Client.center_id))
    return [(handover, client) for handover, client in db.execute(query)]


def _clients_of(staff: Staff) -> Select[Client]:
    mine = select(Client).where(Client.status.in_(("registered", "new")), Client.service_consent.is_(True))
    return mine.where(visible(staff, Client.center_id))

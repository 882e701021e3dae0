"""Sending once more what was given up, because a person asks for it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from bot.service import fallback
from storage import outbox
from storage.schema import Address, Client, Conversation, Outbox

GIVEN_UP = ("failed", "dropped")


def again(db: Db, row: Outbox, now: datetime) -> Outbox | str:
    """The message as a new one in the outbox, in the place of `row`, which stays as it is; or why it cannot go. It takes
    its own phone, or the client's next one where that cannot be reached any more."""
    client = db.get_one(Client, row.client_id, with_for_update=True) if row.client_id is not None else None
    if row.status not in GIVEN_UP:
        return "it is not given up"
    if db.scalar(select(Outbox.id).where(Outbox.instead_of_id == row.id).limit(1)) is not None:
        return "another one went in its place already"
    if not outbox.wanted(row, client.opted_out_at if client else None):
        return fallback.unwanted(row)
    if row.conversation_id is not None and row.question is not None:
        conversation = db.get_one(Conversation, row.conversation_id)
        if conversation.status != "open" or conversation.state.get("question") != row.question:
            return "its question is closed"
    address = _address(db, row)
    if address is None:
        return "no phone is left at which they can be reached"
    made = fallback.instead(db, row, address, now)
    db.add(made)
    db.flush()
    return made


def _address(db: Db, row: Outbox) -> Address | None:
    own = db.get_one(Address, row.address_id)
    whose = Address.client_id == row.client_id
    if row.client_id is None:
        whose = Address.id == own.id if own.staff_id is None else Address.staff_id == own.staff_id
    others = outbox.reachable(db.scalars(select(Address).where(whose)).all())
    return own if own in others else next(iter(others), None)

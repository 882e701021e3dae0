"""Sending once more what was given up, because a person asks for it."""

from __future__ import annotations

from datetime import datetime

from bot.service import fallback
from storage import optouts, outbox
from storage.addresses import addresses_of, every_address_of_staff, get_address
from storage.clients import lock_client
from storage.conversations import get_conversation
from storage.messages import has_replacement
from storage.schema import Address, Outbox
from storage.turns import Db

GIVEN_UP = ("failed", "dropped")


def again(db: Db, row: Outbox, now: datetime) -> Outbox | str:
    """The message as a new one in the outbox, in the place of `row`, which stays as it is; or why it cannot go. It takes
    its own phone, or the client's next one where that cannot be reached any more."""
    if row.client_id is not None:
        lock_client(db, row.client_id)
    if row.status not in GIVEN_UP:
        return "it has not failed"
    if has_replacement(db, row.id):
        return "it was already sent again"
    if not outbox.wanted(row, optouts.opted_out_messages(db, [row]).get(row.id)):
        return fallback.unwanted(row)
    if row.conversation_id is not None and row.question is not None:
        conversation = get_conversation(db, row.conversation_id)
        if conversation.status != "open" or conversation.state.get("question") != row.question:
            return "its question is no longer open"
    address = _address(db, row)
    if address is None:
        return "the client has no reachable address"
    made = fallback.instead(db, row, address, now)
    db.add(made)
    db.flush()
    return made


def _address(db: Db, row: Outbox) -> Address | None:
    own = get_address(db, row.address_id)
    if row.client_id is not None:
        theirs = addresses_of(db, row.client_id)
    else:
        theirs = [own] if own.staff_id is None else every_address_of_staff(db, own.staff_id)
    others = outbox.reachable(theirs)
    return own if own in others else next(iter(others), None)

"""The ways into a turn: with a locked client, or to begin a conversation with one."""

from __future__ import annotations

from datetime import datetime

from bot.service.reachability import reach
from bot.service.turn import TurnContext, Wiring
from storage import schema
from storage.clients import locked
from storage.persons import speaking
from storage.staff import counselor_of
from storage.turns import Db


def open_turn(
    wiring: Wiring,
    db: Db,
    client: schema.Client,
    center: schema.Center,
    address: schema.Address,
    now: datetime,
    inbox: schema.Inbox | None = None,
    *,
    bulk: bool = False,
) -> TurnContext:
    person, shared = speaking(db, client, address)
    return TurnContext(db, wiring, client, center, address, now, inbox, bulk, person, shared, counselor_of(db, client))


def outreach(wiring: Wiring, db: Db, client_id: int, now: datetime, *, surveys: bool) -> TurnContext | str:
    """A turn to begin something with a client, at the address to use; or why that cannot be."""
    client, center = locked(db, client_id)
    reachable = reach(db, client, now, surveys=surveys)
    if reachable.address is None:
        return reachable.why_not
    return open_turn(wiring, db, client, center, reachable.address, now, bulk=True)

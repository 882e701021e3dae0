"""The ways into a turn: a locked client, and somebody to begin a conversation with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from bot.service.reachability import reach
from bot.service.turn import TurnContext, Wiring
from storage import schema


def locked(db: Db, client_id: int) -> tuple[schema.Client, schema.Center]:
    """The client as the database has them, locked until the end of the transaction."""
    query = (
        select(schema.Client, schema.Center)
        .join(schema.Center, schema.Center.id == schema.Client.center_id)
        .where(schema.Client.id == client_id)
        .with_for_update(of=schema.Client)
        .execution_options(populate_existing=True)
    )
    client, center = db.execute(query).one()
    return client, center


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
    counselor = db.get(schema.Staff, client.counselor_id) if client.counselor_id else None
    return TurnContext(db, wiring, client, center, address, now, inbox, bulk, counselor)


def outreach(wiring: Wiring, db: Db, client_id: int, now: datetime, *, surveys: bool) -> TurnContext | str:
    """A turn to begin something with a client, at the address to use; or why that cannot be."""
    client, center = locked(db, client_id)
    reachable = reach(db, client, now, surveys=surveys)
    if reachable.address is None:
        return reachable.why_not
    return open_turn(wiring, db, client, center, reachable.address, now, bulk=True)


def first_address(db: Db, client_id: int) -> schema.Address | None:
    """The address that the client has had longest, to close something with."""
    return db.query(schema.Address).filter_by(client_id=client_id).order_by(schema.Address.id).first()

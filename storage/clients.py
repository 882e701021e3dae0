"""Clients: one by id or code, and locked for a turn."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage.businesses import leave
from storage.erasure import delete_figures
from storage.increments import rewrite_business
from storage.schema import Center, Client, Conversation, Inbox, Outbox


def get_client(db: Session, client_id: int) -> Client:
    return db.get_one(Client, client_id)


def lock_client(db: Session, client_id: int) -> Client:
    """The client as the database has them, locked until the end of the transaction."""
    return db.get_one(Client, client_id, with_for_update=True)


def locked(db: Session, client_id: int) -> tuple[Client, Center]:
    """`lock_client`, with the client's center."""
    query = (
        select(Client, Center)
        .join(Center, Center.id == Client.center_id)
        .where(Client.id == client_id)
        .with_for_update(of=Client)
        .execution_options(populate_existing=True)
    )
    client, center = db.execute(query).one()
    return client, center


def registered_client(db: Session, code: str) -> Client | None:
    """The registered client with that client code, however it is typed."""
    wanted = code.strip().upper()
    return db.scalar(select(Client).where(Client.code == wanted, Client.status == "registered"))


def absorb(db: Session, former_id: int, client_id: int, now: datetime) -> None:
    """Let the messages of a half-begun record be those of another client; its conversations are closed and emptied, its
    figures deleted, its business given up."""
    for table in (Inbox, Outbox):
        db.execute(update(table).where(table.client_id == former_id).values(client_id=client_id))
    db.execute(
        update(Conversation)
        .where(Conversation.client_id == former_id, Conversation.status == "open")
        .values(status="closed", result="replaced", closed_at=now)
    )
    db.execute(update(Conversation).where(Conversation.client_id == former_id).values(state={}))
    delete_figures(db, former_id)
    give_up_business(db, get_client(db, former_id))


def give_up_business(db: Session, client: Client) -> None:
    """Leave the business, whose increments are from now on those of the clients that still have it."""
    business = leave(db, client)
    if business is not None:
        rewrite_business(db, business)

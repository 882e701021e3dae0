"""Messages: everything that came in and went out, in the order of its time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from heapq import merge
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from storage.exports.table import Cell, Export, Wanted
from storage.schema import Address, Center, Client, Inbox, Outbox

COLUMNS = (
    "direction",
    "message",
    "provider_message",
    "client",
    "center",
    "name",
    "address",
    "channel",
    "simulated",
    "at",
    "status",
    "sent_at",
    "delivered_at",
    "code",
    "reason",
    "flow",
    "question",
    "template",
    "bulk",
    "language",
    "media",
    "text",
)


def _chosen(table: type[Inbox] | type[Outbox], moment: Any, wanted: Wanted, db: Session) -> Select[Any]:
    query = (
        select(table)
        .join(Address, Address.id == table.address_id)
        .outerjoin(Client, Client.id == table.client_id)
        .outerjoin(Center, Center.id == Client.center_id)
        .where(wanted.period.holds(db, moment))
    )
    return query.where(wanted.of_centers())


def _count(db: Session, wanted: Wanted) -> int:
    received = _chosen(Inbox, Inbox.received_at, wanted, db).with_only_columns(func.count(Inbox.id))
    sent = _chosen(Outbox, Outbox.created_at, wanted, db).with_only_columns(func.count(Outbox.id))
    return (db.scalar(received) or 0) + (db.scalar(sent) or 0)


def _rows(db: Session, wanted: Wanted) -> Iterator[list[Mapping[str, Cell]]]:
    for row in merge(_received(db, wanted), _sent(db, wanted), key=_moment):
        yield [row]


def _moment(row: Mapping[str, Cell]) -> datetime:
    at = row["at"]
    assert isinstance(at, datetime)
    return at


def _read(db: Session, query: Select[Any], *order: Any) -> Iterator[Row[Any]]:
    whose = (Client.code, Client.name, Center.code.label("center"), Address.address, Address.simulated)
    yield from db.execute(query.add_columns(*whose).order_by(*order), execution_options={"yield_per": 500})


def _received(db: Session, wanted: Wanted) -> Iterator[Mapping[str, Cell]]:
    for row in _read(db, _chosen(Inbox, Inbox.received_at, wanted, db), Inbox.received_at, Inbox.id):
        message: Inbox = row.Inbox
        yield {
            **_whose(row),
            "direction": "in",
            "message": message.id,
            "provider_message": message.provider_id,
            "channel": message.channel,
            "at": message.received_at,
            "status": "received",
            "media": message.media,
            "text": message.text,
        }


def _sent(db: Session, wanted: Wanted) -> Iterator[Mapping[str, Cell]]:
    for row in _read(db, _chosen(Outbox, Outbox.created_at, wanted, db), Outbox.created_at, Outbox.id):
        message: Outbox = row.Outbox
        yield {
            **_whose(row),
            "direction": "out",
            "message": message.id,
            "provider_message": _without_chat(message, wanted),
            "channel": message.channel,
            "at": message.created_at,
            "status": message.status,
            "sent_at": message.sent_at,
            "delivered_at": message.delivered_at,
            "code": message.code,
            "reason": message.reason,
            "flow": message.flow,
            "question": message.question,
            "template": message.template,
            "bulk": message.bulk,
            "language": message.language,
            "text": message.text,
        }


def _whose(row: Row[Any]) -> dict[str, Cell]:
    return {
        "client": row.code,
        "center": row.center,
        "name": row.name,
        "address": row.address,
        "simulated": row.simulated,
    }


def _without_chat(message: Outbox, wanted: Wanted) -> str | None:
    """A message sent on Telegram is named chat:number, and the chat tells who it is."""
    named = message.provider_id
    if named is None or wanted.identified or message.channel != "telegram":
        return named
    return named.rpartition(":")[2]


MESSAGES = Export(
    name="messages",
    columns=COLUMNS,
    personal=frozenset(("name", "address", "text")),
    count=_count,
    rows=_rows,
)

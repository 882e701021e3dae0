"""Fictional phones, and the delivery of messages to them.

The program's sender hands over each message in its own thread and records it in its own transaction. A simulated phone
has no provider, so a whole batch is leased, delivered and recorded here in one transaction, with the functions of
`storage.outbox`: a year has ten thousand messages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bot.model import Button, Delivery
from storage import outbox
from storage.schema import Outbox
from storage.schema.base import UtcDateTime

LEASE = timedelta(minutes=1)
BATCH = 200
FIRST_DUE = (
    select(Outbox.id).where(Outbox.status == "queued", Outbox.due_at <= bindparam("now", type_=UtcDateTime())).limit(1)
)


@dataclass(frozen=True, slots=True)
class Phone:
    channel: str
    address: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A message as its recipient sees it."""

    phone: Phone
    at: datetime
    text: str
    buttons: tuple[Button, ...]
    conversation: int | None
    flow: str | None
    question: str | None
    bulk: bool
    """The assistant begins a conversation, or reminds."""


def anything_due(db: Session, now: datetime) -> bool:
    """Whether a message is due: a query that is far cheaper than a claim that finds nothing."""
    return db.scalar(FIRST_DUE, {"now": now}) is not None


def deliver(db: Session, now: datetime, rng: Random) -> list[Prompt]:
    """Send due messages, at most one to a phone, and return those that arrived."""
    rows = outbox.claim(db, now, LEASE, BATCH)
    return [_record_delivery(row, now, rng) for row in rows]


def _record_delivery(row: Outbox, now: datetime, rng: Random) -> Prompt:
    row.status, row.provider_id, row.sent_at, row.lease_until = "sent", f"sim-{row.id}", now, None
    phone = Phone(row.channel, row.address.address)
    arrived = now + timedelta(seconds=rng.uniform(1, 6))
    if phone.channel != "telegram":
        outbox.reported(row, Delivery.DELIVERED, arrived)
    if phone.channel == "whatsapp" and rng.random() < 0.85:
        outbox.reported(row, Delivery.READ, arrived)
    buttons = tuple(Button(b["id"], b["label"], b["quiet"]) for b in row.buttons)
    return Prompt(phone, now, row.text or "", buttons, row.conversation_id, row.flow, row.question, row.bulk)

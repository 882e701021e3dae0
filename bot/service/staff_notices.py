"""Messages to staff: they go through the outbox like all others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session as Db

from bot.channels.registry import SPECS
from bot.channels.spec import window_open
from bot.messages.announcements import MESSAGE, announced
from storage import outbox, schema

Announcement = tuple[str, dict[str, str]]
"""A WhatsApp template and what stands in its variables."""


def tell_staff(db: Db, staff_id: int | None, center_id: int, text: str, now: datetime) -> int:
    """Queue `text` for the counselor, or for everybody of the center when there is none; how many it goes to."""
    query = select(schema.Address).join(schema.Staff, schema.Staff.id == schema.Address.staff_id)
    query = query.where(schema.Staff.active.is_(True))
    found = db.scalars(query.where(schema.Staff.id == staff_id)).all() if staff_id is not None else []
    if not found:
        mine = or_(schema.Staff.center_id == center_id, schema.Staff.center_id.is_(None))
        found = db.scalars(query.where(mine)).all()
    by_person: dict[int, list[schema.Address]] = {}
    for address in found:
        by_person.setdefault(address.staff_id or 0, []).append(address)
    told = 0
    for addresses in by_person.values():
        for address in spoken_to(addresses, now)[:1]:
            put(db, address, text, "en", now, announce=message_from(db, center_id, "en"))
            told += 1
    return told


def put(
    db: Db,
    address: schema.Address,
    text: str,
    language: str,
    now: datetime,
    *,
    client_id: int | None = None,
    bulk: bool = False,
    announce: Announcement | None = None,
) -> schema.Outbox:
    """Queue a text for one address as it stands. `announce`: what goes to WhatsApp in its place after a day of silence."""
    row = schema.Outbox(
        address_id=address.id,
        client_id=client_id,
        channel=address.channel,
        queue=address.queue,
        text=text,
        buttons=[],
        language=language,
        bulk=bulk,
        due_at=now,
        created_at=now,
    )
    if announce is not None:
        row.template, row.variables = announce
    db.add(row)
    return row


def message_from(db: Db, center_id: int, language: str) -> Announcement:
    """That there is a message from a center."""
    return announced(MESSAGE, language, {"center": db.get_one(schema.Center, center_id).name})


def spoken_to(addresses: Sequence[schema.Address], now: datetime) -> list[schema.Address]:
    """The addresses that may be tried, where the words can be said at once first."""
    return sorted(outbox.reachable(addresses), key=lambda address: silent(address, now))


def silent(address: schema.Address, now: datetime) -> bool:
    """Whether only a template may be sent there now."""
    return not window_open(SPECS[address.channel], address.last_inbound_at, now)

"""Messages to staff: they go through the outbox like all others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.channels.registry import SPECS
from bot.channels.spec import window_open
from bot.messages.announcements import MESSAGE, announced
from storage import outbox, schema
from storage.addresses import addresses_of_staff, staff_addresses_at
from storage.centers import get_center
from storage.turns import Db

Announcement = tuple[str, dict[str, str]]
"""A WhatsApp template and what stands in its variables."""


def tell_staff(db: Db, staff_id: int | None, center_id: int, text: str, now: datetime) -> int:
    """Queue `text` for the counselor, or for everybody of the center when there is none; how many it goes to."""
    found = addresses_of_staff(db, staff_id) if staff_id is not None else []
    if not found:
        found = staff_addresses_at(db, center_id)
    by_person: dict[int, list[schema.Address]] = {}
    for address in found:
        by_person.setdefault(address.staff_id or 0, []).append(address)
    recipients = 0
    for addresses in by_person.values():
        for address in spoken_to(addresses, now)[:1]:
            put(db, address, text, "en", now, announce=message_from(db, center_id, "en"))
            recipients += 1
    return recipients


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
    return announced(MESSAGE, language, {"center": get_center(db, center_id).name})


def spoken_to(addresses: Sequence[schema.Address], now: datetime) -> list[schema.Address]:
    """The addresses that may be tried, where the words can be said at once first."""
    return sorted(outbox.reachable(addresses), key=lambda address: silent(address, now))


def silent(address: schema.Address, now: datetime) -> bool:
    """Whether only a template may be sent there now."""
    return not window_open(SPECS[address.channel], address.last_inbound_at, now)

"""The clients of a campaign: registered, a third on each channel, and all due for their follow-up now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import insert
from sqlalchemy.orm import Session

from bot.channels.registry import CHANNELS
from storage.schema import Address, Center, Client, Followup, Timer

CLIENTS_PER_NUMBER = 50
"""By SMS each number of ours takes one segment a second, so a network has several."""
BATCH = 1000


def populate(db: Session, clients: int) -> None:
    now = datetime.now(UTC)
    center = Center(
        code="LC",
        name="SBDC",
        country="LC",
        currency="XCD",
        zone="America/St_Lucia",
        language="en",
        cadence=[3],
        settings={},
        created_at=now,
    )
    db.add(center)
    db.flush()
    for first in range(0, clients, BATCH):
        _batch(db, center.id, range(first, min(first + BATCH, clients)), now)


def _batch(db: Session, center_id: int, numbers: range, now: datetime) -> None:
    people = [
        {
            "code": f"LC-{number:05d}",
            "center_id": center_id,
            "name": f"Client {number}",
            "language": "en",
            "status": "registered",
            "service_consent": True,
            "survey_consent": True,
            "created_at": now,
            "registered_at": now,
        }
        for number in numbers
    ]
    ids = db.scalars(insert(Client).returning(Client.id, sort_by_parameter_order=True), people).all()
    db.execute(insert(Address), [_address(number, id_, now) for number, id_ in zip(numbers, ids, strict=True)])
    surveys = [{"client_id": id_, "wave": "3m", "due_on": now.date(), "created_at": now} for id_ in ids]
    followups = db.scalars(insert(Followup).returning(Followup.id, sort_by_parameter_order=True), surveys).all()
    due = [
        {"kind": "followup.invite", "subject": f"followup:{followup}", "client_id": id_, "due_at": now}
        for followup, id_ in zip(followups, ids, strict=True)
    ]
    db.execute(insert(Timer), due)


def _address(number: int, client_id: int, now: datetime) -> dict[str, object]:
    channel = CHANNELS[number % len(CHANNELS)]
    return {
        "channel": channel,
        "address": str(number + 1000) if channel == "telegram" else f"+1758{number:07d}",
        "client_id": client_id,
        "sender": None if channel == "telegram" else f"+1869{number // CLIENTS_PER_NUMBER:07d}",
        "last_inbound_at": now - timedelta(hours=2),
        "created_at": now,
    }

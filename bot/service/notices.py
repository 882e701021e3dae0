"""Messages to staff: they go through the outbox like all others."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session as Db

from storage import outbox, schema


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
        for address in outbox.reachable(addresses)[:1]:
            put(db, address, text, "en", now)
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
) -> schema.Outbox:
    """Queue a text for one address as it stands."""
    row = schema.Outbox(
        address_id=address.id,
        client_id=client_id,
        channel=address.channel,
        text=text,
        buttons=[],
        language=language,
        bulk=bulk,
        due_at=now,
        created_at=now,
    )
    db.add(row)
    return row

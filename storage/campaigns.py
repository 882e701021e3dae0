"""Campaigns: whom a center may ask for figures, and what is still to be sent when that is called off."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, select, update
from sqlalchemy.orm import Session

from storage.schema import Base, Client, Conversation, Followup, Outbox, Timer

AT_ONCE = 500
"""Rows changed by one statement."""


def codes_to_ask(db: Session, center_id: int) -> list[str]:
    """The codes of the center's clients who may be asked."""
    mine = select(Client.code).where(
        Client.center_id == center_id,
        Client.status == "registered",
        Client.survey_consent.is_(True),
        Client.opted_out_at.is_(None),
    )
    return list(db.scalars(mine.order_by(Client.id)))


def drop_unasked(db: Session, center_id: int, wave: str, reason: str, now: datetime) -> int:
    """Drop the center's follow-ups of a wave of which the client has heard nothing yet: what is still planned, and what
    waits in the outbox and no sender has tried. How many follow-ups these were."""
    theirs = select(Client.id).where(Client.center_id == center_id)
    of_wave = (Followup.wave == wave, Followup.client_id.in_(theirs))
    planned = list(db.scalars(select(Followup.id).where(*of_wave, Followup.status == "planned")))
    ids = [*planned, *_withdrawn(db, theirs, wave, reason, now)]
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        _set(db, Followup, Followup.id.in_(some), status="dropped", reason=reason, closed_at=now)
        theirs_to_come = (
            Timer.subject.in_([f"followup:{number}" for number in some]),
            Timer.status.in_(("pending", "leased")),
        )
        _set(db, Timer, and_(*theirs_to_come), status="dropped", reason=reason)
    return len(ids)


def _withdrawn(db: Session, theirs: Select[int], wave: str, reason: str, now: datetime) -> list[int]:
    """The follow-ups whose first message waited in the outbox; it is dropped, and their conversation is closed."""
    query = (
        select(Outbox.id, Outbox.created_at, Conversation.id, Conversation.subject)
        .join(Conversation, Conversation.id == Outbox.conversation_id)
        .where(
            Outbox.status == "queued",
            Outbox.bulk.is_(True),
            Outbox.attempts == 0,
            Outbox.client_id.in_(theirs),
            Conversation.flow == "followup",
            Conversation.status == "open",
        )
        .with_for_update(of=Outbox, skip_locked=True)
    )
    waiting = {int(subject.partition(":")[2]): rest for *rest, subject in db.execute(query).all()}
    found = []
    for start in range(0, len(waiting), AT_ONCE):
        some = list(waiting)[start : start + AT_ONCE]
        first = {
            number: waiting[number]
            for number, invited in db.execute(
                select(Followup.id, Followup.invited_at).where(Followup.id.in_(some), Followup.wave == wave)
            )
            if invited == waiting[number][1]
        }
        rows, conversations = [row for row, *_ in first.values()], [talk for *_, talk in first.values()]
        _set(db, Outbox, Outbox.id.in_(rows), status="dropped", reason=reason)
        closed = {"status": "closed", "result": "cancelled", "closed_at": now}
        _set(db, Conversation, Conversation.id.in_(conversations), **closed)
        found += list(first)
    return found


def _set(db: Session, table: type[Base], which: ColumnElement[bool], **values: object) -> None:
    db.execute(update(table).where(which).values(values).execution_options(synchronize_session=False))

"""Asking many clients for their figures, spread over some hours, and calling that off while it goes on."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, select, update
from sqlalchemy.orm import Session as Db

from bot.service.reachability import reach
from bot.service.rules import Rules
from scheduler.policy import quiet_hours
from storage import schema, timers

WAVE = "asked"
AT_ONCE = 500
"""Rows changed by one statement."""
CALLED_OFF = "the campaign was called off"


def audience(db: Db, center: schema.Center) -> list[str]:
    """The codes of the center's clients who may be asked."""
    mine = select(schema.Client.code).where(
        schema.Client.center_id == center.id,
        schema.Client.status == "registered",
        schema.Client.survey_consent.is_(True),
        schema.Client.opted_out_at.is_(None),
    )
    return list(db.scalars(mine.order_by(schema.Client.id)))


def times(center: schema.Center, count: int, rules: Rules, now: datetime, over: timedelta) -> list[datetime]:
    """When each of so many clients is asked: evenly over the span, within the center's waking hours."""
    return quiet_hours.spread(count, now, over, ZoneInfo(center.zone), rules.quiet_of(center))


def ask(db: Db, client: schema.Client, center: schema.Center, at: datetime, now: datetime) -> str | None:
    """Plan to ask a client for their figures at that time; why that cannot be, or None. Planning twice is planning once."""
    reachable = reach(db, client, now)
    if reachable.address is None:
        return reachable.why_not
    today = now.astimezone(ZoneInfo(center.zone)).date()
    mine = (schema.Followup.client_id == client.id, schema.Followup.wave == WAVE, schema.Followup.due_on == today)
    followup = db.scalar(select(schema.Followup).where(*mine))
    if followup is None:
        followup = schema.Followup(
            client_id=client.id, wave=WAVE, due_on=today, started_by="counselor", created_at=now, status="planned"
        )
        db.add(followup)
        db.flush()
    elif followup.status == "dropped":
        followup.status, followup.reason, followup.closed_at = "planned", None, None
    elif followup.status != "planned":
        return f"was asked today already ({followup.status})"
    timers.plan(db, "followup.invite", f"followup:{followup.id}", at, client.id)
    return None


def call_off(db: Db, center: schema.Center, now: datetime) -> int:
    """Ask nobody of the center any more who was to be asked by hand and was not yet: what is still planned, and what waits
    in the outbox and no sender has tried. How many clients will hear nothing."""
    theirs = select(schema.Client.id).where(schema.Client.center_id == center.id)
    by_hand = (schema.Followup.wave == WAVE, schema.Followup.client_id.in_(theirs))
    planned = list(db.scalars(select(schema.Followup.id).where(*by_hand, schema.Followup.status == "planned")))
    ids = [*planned, *_withdrawn(db, theirs, now)]
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        _set(db, schema.Followup, schema.Followup.id.in_(some), status="dropped", reason=CALLED_OFF, closed_at=now)
        theirs_to_come = (
            schema.Timer.subject.in_([f"followup:{number}" for number in some]),
            schema.Timer.status.in_(("pending", "leased")),
        )
        _set(db, schema.Timer, and_(*theirs_to_come), status="dropped", reason=CALLED_OFF)
    return len(ids)


def _withdrawn(db: Db, theirs: Select[int], now: datetime) -> list[int]:
    """The follow-ups whose first message waited in the outbox; it is dropped, and their conversation is closed."""
    query = (
        select(schema.Outbox.id, schema.Outbox.created_at, schema.Conversation.id, schema.Conversation.subject)
        .join(schema.Conversation, schema.Conversation.id == schema.Outbox.conversation_id)
        .where(
            schema.Outbox.status == "queued",
            schema.Outbox.bulk.is_(True),
            schema.Outbox.attempts == 0,
            schema.Outbox.client_id.in_(theirs),
            schema.Conversation.flow == "followup",
            schema.Conversation.status == "open",
        )
        .with_for_update(of=schema.Outbox, skip_locked=True)
    )
    waiting = {int(subject.partition(":")[2]): rest for *rest, subject in db.execute(query).all()}
    found = []
    for start in range(0, len(waiting), AT_ONCE):
        some = list(waiting)[start : start + AT_ONCE]
        first = {
            number: waiting[number]
            for number, invited in db.execute(
                select(schema.Followup.id, schema.Followup.invited_at).where(
                    schema.Followup.id.in_(some), schema.Followup.wave == WAVE
                )
            )
            if invited == waiting[number][1]
        }
        rows, conversations = [row for row, *_ in first.values()], [talk for *_, talk in first.values()]
        _set(db, schema.Outbox, schema.Outbox.id.in_(rows), status="dropped", reason=CALLED_OFF)
        closed = {"status": "closed", "result": "cancelled", "closed_at": now}
        _set(db, schema.Conversation, schema.Conversation.id.in_(conversations), **closed)
        found += list(first)
    return found


def _set(db: Db, table: type[schema.Base], which: ColumnElement[bool], **values: object) -> None:
    db.execute(update(table).where(which).values(values).execution_options(synchronize_session=False))

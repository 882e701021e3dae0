"""Asking many clients for their figures, spread over some hours, and calling that off while it goes on."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session as Db

from bot.service import followups
from bot.service.rules import Rules
from scheduler import policy
from storage import schema, timers

WAVE = "asked"
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


def spread(count: int, now: datetime, over: timedelta) -> list[datetime]:
    """So many times, evenly over the span."""
    return [now + over * number / count for number in range(count)]


def ask(
    db: Db, client: schema.Client, center: schema.Center, at: datetime, rules: Rules, now: datetime
) -> datetime | str:
    """Plan to ask a client for their figures at that time: when that will be, within waking hours; or why it cannot be.
    Planning twice is planning once."""
    reach = followups.reach(db, client, now)
    if reach.address is None:
        return reach.why_not
    zone = ZoneInfo(center.zone)
    today = now.astimezone(zone).date()
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
    when = policy.next_allowed(at, zone, rules.quiet_of(center))
    timers.plan(db, "followup.invite", f"followup:{followup.id}", when, client.id)
    return when


def call_off(db: Db, center: schema.Center, now: datetime) -> int:
    """Ask nobody of the center any more who was to be asked by hand and was not yet: what is still planned, and what waits
    in the outbox and no sender has tried. How many clients will hear nothing."""
    theirs = select(schema.Client.id).where(schema.Client.center_id == center.id)
    by_hand = (schema.Followup.wave == WAVE, schema.Followup.client_id.in_(theirs))
    planned = db.scalars(select(schema.Followup).where(*by_hand, schema.Followup.status == "planned")).all()
    waiting = _withdrawn(db, theirs, now)
    for followup in (*planned, *waiting):
        followups.drop(db, followup, CALLED_OFF, now)
    return len(planned) + len(waiting)


def _withdrawn(db: Db, theirs: Select[int], now: datetime) -> list[schema.Followup]:
    """The follow-ups whose first message waited in the outbox; it is dropped, and their conversation is closed."""
    query = (
        select(schema.Outbox, schema.Conversation)
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
    found = []
    for row, conversation in db.execute(query).all():
        followup = db.get_one(schema.Followup, int(conversation.subject.partition(":")[2]))
        if followup.wave == WAVE and followup.invited_at == row.created_at:
            row.status, row.reason = "dropped", CALLED_OFF
            conversation.status, conversation.result, conversation.closed_at = "closed", "cancelled", now
            found.append(followup)
    return found

"""Figures that count: from a kept answer to a row of the outcomes, with the message it came from."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from bot.countries import PEGS
from bot.flows.form import Measure
from storage.schema import Answer, Client, Conversation, Followup, OutcomeRow, Rate
from storage.schema.base import PLACES

CENT = Decimal(1).scaleb(-PLACES)


def followup_id(conversation: Conversation) -> int | None:
    """Which follow-up the conversation belongs to, if any."""
    kind, _, number = conversation.subject.partition(":")
    return int(number) if kind == "followup" else None


def last_figures(db: Db, client_id: int) -> dict[str, Decimal]:
    """The client's last kept figure per indicator, corrections included; what was not given is not in it."""
    rows = db.execute(
        select(OutcomeRow.indicator, OutcomeRow.value)
        .where(OutcomeRow.client_id == client_id, OutcomeRow.value.is_not(None))
        .order_by(OutcomeRow.at, OutcomeRow.id)
    )
    return {indicator: value for indicator, value in rows if value is not None}


def record(
    db: Db, client: Client, conversation: Conversation, measure: Measure, *, partial: bool, now: datetime
) -> OutcomeRow:
    """Add the outcome that `measure` stands for. A registration gives the baseline."""
    reading = measure.reading
    answer = db.scalar(
        select(Answer.id)
        .where(
            Answer.conversation_id == conversation.id,
            Answer.question == measure.question,
            Answer.taken_back.is_(False),
        )
        .order_by(Answer.id.desc())
        .limit(1)
    )
    followup = followup_id(conversation)
    wave = db.scalar(select(Followup.wave).where(Followup.id == followup)) if followup else "baseline"
    value = reading.value if isinstance(reading.value, Decimal) else None
    row = OutcomeRow(
        client_id=client.id,
        indicator=measure.indicator,
        wave=wave or "asked",
        outcome=reading.outcome.value,
        value=value,
        text=reading.value if isinstance(reading.value, str) else None,
        currency=reading.currency,
        approximate=reading.approximate,
        partial=partial and conversation.flow == "followup",
        answer_id=answer,
        followup_id=followup,
        at=now,
    )
    in_dollars(db, row, now)
    db.add(row)
    return row


def in_dollars(db: Db, row: OutcomeRow, now: datetime) -> None:
    """Put the amount in US dollars beside it where a rate is known: the peg, or the last dated one up to today."""
    if row.value is None or row.currency is None:
        return
    day = now.date().isoformat()
    per_usd = PEGS.get(row.currency)
    if per_usd is None:
        rate = db.scalar(
            select(Rate).where(Rate.currency == row.currency, Rate.day <= day).order_by(Rate.day.desc()).limit(1)
        )
        if rate is None:
            return
        per_usd, day = rate.per_usd, rate.day
    row.per_usd, row.rate_day, row.usd = per_usd, day, (row.value / per_usd).quantize(CENT)

"""Figures that count: from a kept answer to a row of the outcomes, with the message it came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session as Db

from bot.countries import PEGS
from bot.flows.form import Measure
from bot.indicators import INDICATORS
from storage.exchange_rates import Quote
from storage.schema import Answer, Center, Client, Conversation, Followup, OutcomeRow, Rate

LARGEST = Decimal(10) ** 15


def followup_id(conversation: Conversation) -> int | None:
    """Which follow-up the conversation belongs to, if any."""
    kind, _, number = conversation.subject.partition(":")
    return int(number) if kind == "followup" else None


def last_figures(db: Db, client_id: int, currency: str) -> dict[str, Decimal]:
    """The client's last kept figure per indicator, as corrected; what was not given, or is in another currency, is not in
    it. A correction keeps the time of the figure it corrects."""
    found = db.connection().execute(_FIGURES, {"client_id": client_id}).all()
    corrections = {row.corrects_id: row for row in found if row.corrects_id is not None}
    figures: dict[str, Decimal] = {}
    for row in found:
        if row.corrects_id is not None:
            continue
        while row.id in corrections:
            row = corrections[row.id]
        if row.value is not None and row.currency in (None, currency):
            figures[row.indicator] = row.value
    return figures


_FIGURES = (
    select(OutcomeRow.id, OutcomeRow.indicator, OutcomeRow.value, OutcomeRow.currency, OutcomeRow.corrects_id)
    .where(OutcomeRow.client_id == bindparam("client_id"))
    .order_by(OutcomeRow.at, OutcomeRow.id)
)
"""Built once: putting it together takes longer than running it."""


def standing(db: Db, row: OutcomeRow) -> OutcomeRow:
    """The figure that holds in the place of `row`: itself, or the last correction of it."""
    while (later := db.scalar(select(OutcomeRow).where(OutcomeRow.corrects_id == row.id).limit(1))) is not None:
        row = later
    return row


def as_given(db: Db, client_id: int, indicator: str, wave: str, survey: int | None = None) -> OutcomeRow | None:
    """The figure as the client gave it last in that wave (and follow-up, if given), before any correction."""
    query = select(OutcomeRow).where(
        OutcomeRow.client_id == client_id,
        OutcomeRow.indicator == indicator,
        OutcomeRow.wave == wave,
        OutcomeRow.corrects_id.is_(None),
    )
    if survey is not None:
        query = query.where(OutcomeRow.followup_id == survey)
    return db.scalar(query.order_by(OutcomeRow.id.desc()).limit(1))


def latest_by_wave(db: Db, client_id: int, indicator: str) -> list[OutcomeRow]:
    """The figure as the client gave it last in each wave, before any correction, oldest first."""
    query = select(OutcomeRow).where(
        OutcomeRow.client_id == client_id, OutcomeRow.indicator == indicator, OutcomeRow.corrects_id.is_(None)
    )
    by_wave: dict[str, OutcomeRow] = {}
    for row in db.scalars(query.order_by(OutcomeRow.at, OutcomeRow.id)):
        by_wave.pop(row.wave, None)
        by_wave[row.wave] = row
    return list(by_wave.values())


def correct(db: Db, outcome: OutcomeRow, value: Decimal | str, by: str, why: str, now: datetime) -> OutcomeRow:
    """Add the correction of a figure (or of the attribution: yes, partly, no), in the currency in which it was given.

    `by` is the actor as in the audit log.
    """
    figure = value if isinstance(value, Decimal) else None
    client = db.get_one(Client, outcome.client_id, with_for_update=True)
    row = OutcomeRow(
        client_id=client.id,
        indicator=outcome.indicator,
        wave=outcome.wave,
        outcome="zero" if figure == 0 else "value",
        value=figure,
        text=value if isinstance(value, str) else None,
        currency=outcome.currency or (db.get_one(Center, client.center_id).currency if _money(outcome) else None),
        partial=outcome.partial,
        followup_id=outcome.followup_id,
        corrects_id=standing(db, outcome).id,
        by=by,
        why=why.strip(),
        at=now,
    )
    in_dollars(db, row, outcome.at)
    db.add(row)
    return row


def _money(row: OutcomeRow) -> bool:
    known = INDICATORS.get(row.indicator)
    return known is not None and known.money


def record(
    db: Db, client: Client, conversation: Conversation, told: Sequence[Measure], *, partial: bool, now: datetime
) -> Followup | None:
    """Add the outcomes that `told` stand for, all of one turn, and hand back the follow-up that they belong to. A
    registration gives the baseline; what the same survey gave before, when it is finished once more, is corrected, or left
    alone where nothing changed."""
    if any(isinstance(row, Answer) and row.question in {measure.question for measure in told} for row in db.new):
        db.flush()
    kept = select(Answer.question, Answer.id).where(
        Answer.conversation_id == conversation.id, Answer.taken_back.is_(False)
    )
    answers = {row.question: row.id for row in db.execute(kept.order_by(Answer.id))}
    followup = followup_id(conversation)
    survey, before = _told_before(db, followup) if followup else (None, {})
    wave = survey.wave if survey else "asked" if followup else "baseline"
    for measure in told:
        reading = measure.reading
        row = OutcomeRow(
            client_id=client.id,
            indicator=measure.indicator,
            wave=wave,
            outcome=reading.outcome.value,
            value=reading.value if isinstance(reading.value, Decimal) else None,
            text=reading.value if isinstance(reading.value, str) else None,
            currency=reading.currency,
            approximate=reading.approximate,
            partial=partial and conversation.flow == "followup",
            answer_id=answers.get(measure.question),
            followup_id=followup,
            at=now,
        )
        earlier = before.get(measure.indicator)
        if earlier is not None:
            if _says(earlier) == _says(row):
                continue
            row.corrects_id, row.by, row.why = earlier.id, "client", "told again by the client"
        in_dollars(db, row, now)
        db.add(row)
    return survey


def _told_before(db: Db, followup: int) -> tuple[Followup | None, dict[str, OutcomeRow]]:
    """A follow-up, and what stands of it by indicator; a correction comes after what it corrects."""
    rows = db.execute(_SURVEY, {"followup": followup}).all()
    return (rows[0][0] if rows else None), {row.indicator: row for _survey, row in rows if row is not None}


_SURVEY = (
    select(Followup, OutcomeRow)
    .outerjoin(OutcomeRow, OutcomeRow.followup_id == Followup.id)
    .where(Followup.id == bindparam("followup"))
    .order_by(OutcomeRow.id)
)


def _says(row: OutcomeRow) -> tuple[object, ...]:
    return row.outcome, row.value, row.text, row.currency


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
    row.per_usd, row.rate_day, row.usd = per_usd, day, Quote(per_usd, day).usd(row.value)

"""The sample of an audit: some figures of an issued report, drawn by a seed, each with all that speaks for it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.indicators import ATTRIBUTION
from bot.outcomes.figures import Rates
from bot.outcomes.totals import Tier
from storage.exchange_rates import rates_of
from storage.schema import (
    Answer,
    Center,
    Client,
    Contribution,
    Followup,
    Inbox,
    IssuedReport,
    OutcomeRow,
    ReviewRow,
)


@dataclass(frozen=True, slots=True)
class Sampled:
    """One figure, for an auditor to tick off. Times are UTC."""

    number: int
    client: str
    center: str
    indicator: str
    wave: str
    told_on: date | None
    #: The message that carried the figure: when, on which channel, and its words; or how it was keyed in.
    message_at: datetime | None
    channel: str
    words: str
    #: As it counts in the report: the figure, and what it added.
    value: Decimal | None
    currency: str
    approximate: bool
    added: Decimal | None
    added_usd: Decimal | None
    per_usd: Decimal | None
    rate_day: str
    #: Told before it was corrected; "" where it never was.
    corrected: str
    attribution: str
    attribution_words: str
    review: str


COLUMNS = tuple(field.name for field in fields(Sampled))


def sample(db: Session, report: IssuedReport, count: int, seed: int) -> list[Sampled]:
    """`count` figures of the report's tier, or all where there are fewer; the same for the same seed. What was withdrawn
    since cannot be drawn."""
    tier = Tier(report.parameters["tier"])
    query = select(Contribution).where(
        Contribution.report_id == report.id,
        Contribution.chain == tier.chain.value,
        Contribution.outcome_id.is_not(None),
        Contribution.value != Decimal(0),
    )
    if tier.attributions is not None:
        query = query.where(Contribution.attribution.in_(tier.attributions))
    rows = list(db.scalars(query.order_by(Contribution.id)))
    drawn = Random(seed).sample(range(len(rows)), min(count, len(rows)))
    rates = rates_of(db)
    return [_sampled(db, number, rows[place], rates) for number, place in enumerate(sorted(drawn), 1)]


def _sampled(db: Session, number: int, row: Contribution, rates: Rates) -> Sampled:
    figure = db.get_one(OutcomeRow, row.outcome_id)
    client, center = db.execute(
        select(Client, Center).join(Center, Center.id == Client.center_id).where(Client.id == figure.client_id)
    ).one()
    first = _first(db, figure)
    message, words, channel = _message(db, first)
    survey = db.get(Followup, first.followup_id) if first.followup_id is not None else None
    said, said_words = _attribution(db, first.followup_id)
    quote = rates.on(figure.currency, first.day or first.at.date()) if figure.currency else None
    return Sampled(
        number=number,
        client=client.code,
        center=center.code,
        indicator=row.indicator,
        wave=survey.wave if survey else first.wave,
        told_on=first.day,
        message_at=message,
        channel=channel,
        words=words,
        value=figure.value,
        currency=figure.currency or "",
        approximate=figure.approximate,
        added=row.value,
        added_usd=row.usd,
        per_usd=quote.per_usd if quote else None,
        rate_day=quote.day if quote else "",
        corrected=_corrected(first, figure),
        attribution=said,
        attribution_words=said_words,
        review=_reviewed(db, figure),
    )


def _first(db: Session, figure: OutcomeRow) -> OutcomeRow:
    """The figure as it was first told."""
    while figure.corrects_id is not None:
        figure = db.get_one(OutcomeRow, figure.corrects_id)
    return figure


def _message(db: Session, figure: OutcomeRow) -> tuple[datetime | None, str, str]:
    """When the message came that carried the figure, its words and its channel."""
    found = db.execute(
        select(Inbox.received_at, Inbox.text, Inbox.channel, Answer.raw)
        .select_from(Answer)
        .outerjoin(Inbox, Inbox.id == Answer.inbox_id)
        .where(Answer.id == figure.answer_id)
    ).first()
    if found is None:
        return None, figure.source_note or "", figure.source
    received, text, channel, raw = found
    return received, text or raw or "", channel or figure.source


def _attribution(db: Session, survey: int | None) -> tuple[str, str]:
    """What the client said of the center's help in that survey, and in which words: those that count, after a claim."""
    if survey is None:
        return "", ""
    row = db.scalar(
        select(OutcomeRow)
        .where(OutcomeRow.followup_id == survey, OutcomeRow.indicator == ATTRIBUTION.name)
        .order_by(OutcomeRow.id.desc())
        .limit(1)
    )
    if row is None:
        return "", ""
    origin = row
    while origin.answer_id is None and origin.source != "paper" and origin.corrects_id is not None:
        origin = db.get_one(OutcomeRow, origin.corrects_id)
    if origin.answer_id is None and origin.source == "paper":
        return row.text or row.outcome, f"on paper: {origin.why}"
    _at, words, _channel = _message(db, origin)
    return row.text or row.outcome, words


def _corrected(first: OutcomeRow, figure: OutcomeRow) -> str:
    if figure is first:
        return ""
    told = f"{first.value if first.value is not None else first.outcome} {first.currency or ''}".strip()
    return (
        f"told {told}; corrected on {figure.at:%Y-%m-%d} by {figure.by or 'unknown'}: {figure.why or 'no reason given'}"
    )


def _reviewed(db: Session, figure: OutcomeRow) -> str:
    row = db.scalar(select(ReviewRow).where(ReviewRow.outcome_id == figure.id).order_by(ReviewRow.id.desc()).limit(1))
    if row is None:
        return "unreviewed"
    evidence = f", {row.evidence}" if row.evidence else ""
    return f"{row.state} on {row.at:%Y-%m-%d} by {row.by}{evidence}: {row.why}"

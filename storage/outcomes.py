"""What came of it: each client's figures as they stand, from the baseline to the latest, with their origin.

A correction takes the place of the figure it corrects and keeps that figure's day, so that a period holds the best
knowledge of what was true in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session

from bot import indicators
from bot.indicators import EMPLOYEES_FULL, EMPLOYEES_PART, FTE, order_of
from bot.outcomes.decimals import CENT, HALF, ZERO
from bot.outcomes.figures import Rates
from bot.outcomes.increments import FLOWS
from storage.additions import Added, Additions
from storage.exchange_rates import rates_of
from storage.periods import Period
from storage.schema import Answer, Center, Client, Inbox, OutcomeRow
from storage.schema.base import plain

BASELINE = "baseline"
ATTRIBUTION, FULL, PART = indicators.ATTRIBUTION.name, EMPLOYEES_FULL.name, EMPLOYEES_PART.name
KEYED_IN = ("phone", "visit", "paper")
"""Sources of figures that staff typed in."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one survey. `value` is None when it was not given (`outcome` says why); `day` is local to the center;
    `inbox_ids` and `provider_ids` name the messages it came from, two for a derived figure. A corrected figure says
    when and by whom, and what (`instead`) it replaces."""

    indicator: str
    wave: str
    survey: int | None
    outcome: str
    value: Decimal | str | None
    currency: str | None
    approximate: bool
    partial: bool
    at: datetime
    day: date
    #: The month that it is of, like 2026-10; None of one that is of no month, or was told before months were named.
    month: str | None = None
    usd: Decimal | None = None
    per_usd: Decimal | None = None
    rate_day: str | None = None
    inbox_ids: tuple[int, ...] = ()
    provider_ids: tuple[str, ...] = ()
    keyed_in: bool = False
    corrected_at: datetime | None = None
    corrected_by: str | None = None
    corrected_why: str | None = None
    instead: Figure | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose figures they are."""

    code: str
    center: str
    country: str
    zone: str
    name: str | None
    business_name: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of one client. `latest` of a flow is the sum of what was told in the period, with all its messages.
    `attribution` is what the client said, in the survey that `latest` is from, about the center's part in it. `change` is
    what the period added: the sum of the increments told in it, None where there is none or they are in several
    currencies; `change_usd` the same at the rate of each day. `notes` say why not, and whatever else one must know before
    adding figures up; `day` is that of the last figure."""

    subject: Subject
    indicator: str
    baseline: Figure | None
    latest: Figure | None
    attribution: Figure | None
    change: Decimal | None
    change_usd: Decimal | None
    notes: tuple[str, ...]
    day: date


def count_clients(db: Session, of_centers: ColumnElement[bool] | None = None) -> int:
    """How many clients `lines` goes through; `of_centers`: a condition on their center."""
    query = select(func.count(OutcomeRow.client_id.distinct())).join(Client, Client.id == OutcomeRow.client_id)
    return db.scalar(query.join(Center).where(of_centers) if of_centers is not None else query) or 0


def lines(db: Session, period: Period, of_centers: ColumnElement[bool] | None = None) -> Iterator[list[Line]]:
    """Client by client, streamed. What was told after the period does not count; a line is there when its last figure
    that counts was told within the period."""
    rates = rates_of(db)
    rows = db.execute(_query(of_centers), execution_options={"yield_per": 500})
    added = Additions(db, period, of_centers)
    for client, own in groupby(rows, key=lambda row: row.OutcomeRow.client_id):
        yield _told(list(own), rates, period, added.of(client))


def of_one(db: Session, client_id: int) -> list[Line]:
    """The lines of one client, as they stand now."""
    own = db.execute(_query(None).where(OutcomeRow.client_id == client_id)).all()
    if not own:
        return []
    return _told(own, rates_of(db), Period(), Additions(db, Period(), client=client_id).of(client_id))


def _told(own: Sequence[Row[Any]], rates: Rates, period: Period, added: Mapping[str, Added]) -> list[Line]:
    subject = _subject(own[0])
    figures = [figure for figure in _current(own, subject, rates) if not period.over(figure.day)]
    return [line for line in _lines(subject, figures, period, added) if period.begun(line.day)]


def _query(of_centers: ColumnElement[bool] | None) -> Select[Any]:
    query = (
        select(OutcomeRow, Answer.keyed_by, Inbox.id.label("inbox_id"), Inbox.provider_id)
        .add_columns(Client.code, Client.name, Client.business_name)
        .add_columns(Center.code.label("center"), Center.country, Center.zone)
        .join(Client, Client.id == OutcomeRow.client_id)
        .join(Center, Center.id == Client.center_id)
        .outerjoin(Answer, Answer.id == OutcomeRow.answer_id)
        .outerjoin(Inbox, Inbox.id == Answer.inbox_id)
        .order_by(OutcomeRow.client_id, OutcomeRow.id)
    )
    return query if of_centers is None else query.where(of_centers)


def _subject(row: Row[Any]) -> Subject:
    return Subject(row.code, row.center, row.country, row.zone, row.name, row.business_name)


def _current(rows: Sequence[Row[Any]], subject: Subject, rates: Rates) -> Iterator[Figure]:
    """The figures that stand, in the order in which they were told."""
    corrections = {row.OutcomeRow.corrects_id: row for row in rows if row.OutcomeRow.corrects_id is not None}
    told = [row for row in rows if row.OutcomeRow.corrects_id is None]
    for first in sorted(told, key=lambda row: (row.OutcomeRow.at, row.OutcomeRow.id)):
        figure = _figure(first, first, subject, rates)
        last = first
        while last.OutcomeRow.id in corrections:
            last = corrections[last.OutcomeRow.id]
        if last is not first:
            row = last.OutcomeRow
            figure = replace(
                _figure(last, first, subject, rates),
                corrected_at=row.at,
                corrected_by=row.by,
                corrected_why=row.why,
                instead=figure,
            )
        yield figure


def _figure(row: Row[Any], first: Row[Any], subject: Subject, rates: Rates) -> Figure:
    kept: OutcomeRow = row.OutcomeRow
    origin: OutcomeRow = first.OutcomeRow
    day = origin.at.astimezone(ZoneInfo(subject.zone)).date()
    quote = rates.on(kept.currency, day) if kept.value is not None and kept.currency else None
    return Figure(
        indicator=origin.indicator,
        wave=origin.wave,
        survey=origin.followup_id,
        outcome=kept.outcome,
        value=kept.value if kept.value is not None else kept.text,
        currency=kept.currency,
        approximate=kept.approximate,
        partial=origin.partial,
        at=origin.at,
        day=day,
        month=origin.month,
        usd=quote.usd(kept.value) if quote and kept.value is not None else None,
        per_usd=quote.per_usd if quote else None,
        rate_day=quote.day if quote else None,
        inbox_ids=(row.inbox_id,) if row.inbox_id is not None else (),
        provider_ids=(row.provider_id,) if row.provider_id is not None else (),
        keyed_in=row.keyed_by is not None or kept.source in KEYED_IN,
    )


def _lines(subject: Subject, figures: Sequence[Figure], period: Period, added: Mapping[str, Added]) -> Iterator[Line]:
    attributions = {figure.survey: figure for figure in figures if figure.indicator == ATTRIBUTION and figure.survey}
    by_indicator: dict[str, list[Figure]] = {}
    for figure in [*figures, *_full_time_equivalents(figures)]:
        by_indicator.setdefault(figure.indicator, []).append(figure)
    by_indicator.pop(ATTRIBUTION, None)
    for indicator in sorted(by_indicator, key=order_of):
        told = by_indicator[indicator]
        if indicator in FLOWS:
            told = [figure for figure in told if period.begun(figure.day)]
        if told:
            yield _line(subject, indicator, told, attributions, added.get(indicator))


def _line(
    subject: Subject,
    indicator: str,
    figures: Sequence[Figure],
    attributions: Mapping[int, Figure],
    added: Added | None,
) -> Line:
    first = [figure for figure in figures if figure.wave == BASELINE]
    later = [figure for figure in figures if figure.wave != BASELINE]
    baseline = next((figure for figure in first if figure.value is not None), None)
    latest = next((figure for figure in reversed(later) if figure.value is not None), None)
    change = _change(added, latest)
    notes = [] if change is not None else [_why_no_change(baseline, latest, added)]
    if baseline is None and first:
        notes.append(f"baseline {first[-1].outcome}")
    if later and later[-1] is not latest:
        notes.append(f"{later[-1].wave} {later[-1].outcome}")
    for name, figure in (("baseline", baseline), ("latest", latest)):
        notes += [f"{name} {said}" for said in _origin(figure)] if figure else []
    attribution = attributions.get(latest.survey) if latest and latest.survey else None
    day = (latest or baseline or figures[-1]).day
    if indicator in FLOWS and latest is not None:
        latest, summed = _summed([figure for figure in later if figure.value is not None], latest)
        notes += summed
    usd = added.usd.quantize(CENT) if added is not None and added.usd is not None else None
    return Line(subject, indicator, baseline, latest, attribution, change, usd, tuple(filter(None, notes)), day)


def _change(added: Added | None, latest: Figure | None) -> Decimal | None:
    if added is None or latest is None or list(added.by_currency) != [latest.currency or ""]:
        return None
    return plain(added.by_currency[latest.currency or ""])


def _why_no_change(baseline: Figure | None, latest: Figure | None, added: Added | None) -> str:
    if latest is None:
        return "no later figure"
    if added is not None and len(added.by_currency) > 1:
        return f"told in {' and '.join(sorted(filter(None, added.by_currency)))}"
    if baseline is not None and baseline.currency != latest.currency:
        return f"baseline in {baseline.currency or 'no currency'}, latest in {latest.currency or 'no currency'}"
    return "no baseline"


def _summed(told: Sequence[Figure], latest: Figure) -> tuple[Figure, list[str]]:
    """What several surveys told of a flow, in the currency of the last one, as one figure; and what to note about it."""
    same = [figure for figure in told if figure.currency == latest.currency]
    if len(told) == 1:
        return latest, []
    values = [figure.value for figure in same if isinstance(figure.value, Decimal)]
    dollars = [figure.usd for figure in same if figure.usd is not None]
    total = replace(
        latest,
        value=plain(sum(values, ZERO)),
        usd=sum(dollars, ZERO) if len(dollars) == len(same) else None,
        per_usd=latest.per_usd if len({figure.per_usd for figure in same}) == 1 else None,
        rate_day=latest.rate_day if len({figure.rate_day for figure in same}) == 1 else None,
        approximate=any(figure.approximate for figure in same),
        inbox_ids=tuple(dict.fromkeys(number for figure in same for number in figure.inbox_ids)),
        provider_ids=tuple(dict.fromkeys(name for figure in same for name in figure.provider_ids)),
        keyed_in=any(figure.keyed_in for figure in same),
    )
    parts = ", ".join(f"{figure.wave} {figure.value} {figure.currency or ''}".strip() for figure in told)
    return total, [f"sum of {parts}" if len(same) == len(told) else f"told {parts}"]


def _origin(figure: Figure) -> Iterator[str]:
    if figure.keyed_in:
        yield "keyed in by staff"
    if figure.corrected_at and figure.instead:
        before = figure.instead
        source = f"message {before.inbox_ids[0]}" if before.inbox_ids else "it"
        said = before.outcome if before.value is None else f"{before.value} {before.currency or ''}".strip()
        yield f"corrected on {figure.corrected_at.date()} ({source} said {said})"


def _full_time_equivalents(figures: Iterable[Figure]) -> Iterator[Figure]:
    """Full-time plus half of part-time, for each survey that gave both."""
    by_survey: dict[tuple[str, int | None], dict[str, Figure]] = {}
    for figure in figures:
        if figure.indicator in (FULL, PART):
            by_survey.setdefault((figure.wave, figure.survey), {})[figure.indicator] = figure
    for pair in by_survey.values():
        full, part = pair.get(FULL), pair.get(PART)
        if full and part and isinstance(full.value, Decimal) and isinstance(part.value, Decimal):
            later = max(full, part, key=lambda figure: figure.at)
            value = plain(full.value + part.value * HALF)
            yield Figure(
                indicator=FTE,
                wave=full.wave,
                survey=full.survey,
                outcome="value" if value else "zero",
                value=value,
                currency=None,
                approximate=full.approximate or part.approximate,
                partial=full.partial or part.partial,
                at=later.at,
                day=later.day,
                inbox_ids=tuple(dict.fromkeys(full.inbox_ids + part.inbox_ids)),
                provider_ids=tuple(dict.fromkeys(full.provider_ids + part.provider_ids)),
                keyed_in=full.keyed_in or part.keyed_in,
            )

"""The increments of each business in the database, as `bot/outcomes` derives them from its figures."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.orm import Session

from bot.countries import PEGS
from bot.indicators import ATTRIBUTION, SALES_MONTH
from bot.outcomes.figures import Figure, Rates, Review
from bot.outcomes.increments import FLOWS, LEVELS, Increment, increments
from storage import stages
from storage.businesses import business_of, businesses_of
from storage.exchange_rates import convert_anew, rates_of
from storage.schema import Base, Business, Center, Client, IncrementRow, OutcomeRow, ReviewRow
from storage.turns import flush_added

COUNTED = (*LEVELS, *FLOWS)
AT_ONCE = 500
"""Businesses that are written by one statement."""


def rewrite(db: Session, client: Client, now: datetime) -> None:
    """Write the increments of a client's business anew, after a figure, correction, review or import of it."""
    business = business_of(db, client, now)
    if db.new or db.dirty:
        db.flush()
    rewrite_business(db, business)


def rewrite_in_turn(db: Session, client: Client, now: datetime) -> None:
    """`rewrite` in the middle of a turn: what the turn changes is left to be written at its end."""
    if client.business_id is None:
        rewrite(db, client, now)
        return
    flush_added(db)
    rewrite_business(db, client.business_id)


def rewrite_all(
    db: Session,
    clients: Sequence[Client],
    now: datetime,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> None:
    """`rewrite` for many clients, with the rates read once."""
    businesses = sorted(businesses_of(db, clients, now))
    if db.new or db.dirty:
        db.flush()
    _rewrite_each(db, businesses, progress)


def _rewrite_each(db: Session, businesses: Sequence[int], progress: Callable[[int, int], None]) -> None:
    rates = rates_of(db)
    for start in range(0, len(businesses), AT_ONCE):
        part = businesses[start : start + AT_ONCE]
        _write(db, part, rates)
        progress(start + len(part), len(businesses))


def rewrite_business(db: Session, business_id: int) -> None:
    """Write the increments of one business anew."""
    _write(db, [business_id])


def _write(db: Session, businesses: Sequence[int], rates: Rates | None = None) -> None:
    """Write the increments of some businesses anew; `rates` of all their currencies are read where they are not given."""
    told = _figures_of(db, businesses)
    if rates is None:
        currencies = {figure.currency for one in told.values() for figure in one.figures if figure.currency}
        rates = rates_of(db, currencies - PEGS.keys())
    db.execute(_DELETE, {"businesses": businesses})
    rows: list[dict[str, Any]] = []
    for business, standing in told.items():
        if standing.began_as_idea:
            stages.follow(db, business, standing.figures, standing.sales_told_on)
        for found in increments(standing.figures, rates, idea=standing.idea):
            values = {name: getattr(found, name) for name in _VALUES}
            rows.append({"business_id": business, "client_id": found.client, "outcome_id": found.figure, **values})
    if rows:
        db.connection().execute(_INSERT, rows)


def rebuild(
    db: Session,
    progress: Callable[[int, int], None] = lambda done, of: None,
    *,
    currencies: Collection[str] | None = None,
) -> int:
    """Write the increments of every business anew, or of those that told a figure in some `currencies`, as after new rates;
    then what their figures are in US dollars, too. Returns how many businesses that are."""
    if db.new or db.dirty:
        db.flush()
    figures = select(OutcomeRow.client_id)
    if currencies is not None:
        convert_anew(db, currencies)
        figures = figures.where(OutcomeRow.currency.in_(currencies))
    told = select(Business.id).where(Business.id.in_(select(Client.business_id).where(Client.id.in_(figures))))
    businesses = db.scalars(told.order_by(Business.id)).all()
    _rewrite_each(db, businesses, progress)
    return len(businesses)


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands of a business, after its corrections and with its reviews."""

    figures: list[Figure]
    #: Whether it came as an idea.
    idea: bool
    #: Whether one of its clients is or was an idea, so that the first sales tell when it began.
    began_as_idea: bool
    #: The days on which sales were told in a follow-up, whatever became of the figures.
    sales_told_on: frozenset[date]


def figures_of_business(db: Session, business_id: int) -> Standing:
    return _figures_of(db, [business_id])[business_id]


def _figures_of(db: Session, businesses: Sequence[int]) -> dict[int, Standing]:
    """`figures_of_business` of each."""
    rows: dict[int, list[Any]] = {business: [] for business in businesses}
    for row in db.execute(_ROWS, {"businesses": businesses}):
        rows[row.business_id].append(row)
    return {business: _standing(own) for business, own in rows.items()}


def _standing(rows: Sequence[Any]) -> Standing:
    latest: dict[int, Any] = {}
    roots: dict[int, Any] = {}
    for row in rows:
        root = roots[row.id] = roots.get(row.corrects_id, row) if row.corrects_id is not None else row
        latest[root.id] = row
    standing = [(roots[row.id], row) for row in latest.values()]
    attributions = {
        root.followup_id: row.text
        for root, row in standing
        if row.indicator == ATTRIBUTION.name and root.followup_id is not None and not row.claimed
    }
    found = [
        _figure(root, row, attributions)
        for root, row in standing
        if row.indicator in COUNTED and isinstance(row.value, Decimal)
    ]
    first = min(rows, key=lambda row: row.client_id, default=None)
    return Standing(
        found,
        idea=first is not None and first.baseline_stage == "idea",
        began_as_idea=any("idea" in (row.stage, row.baseline_stage) for row in rows),
        sales_told_on=frozenset(
            _told_on(row) for row in roots.values() if row.indicator == SALES_MONTH.name and row.followup_id is not None
        ),
    )


def _told_on(root: Any) -> date:
    day: date = root.day or root.at.astimezone(ZoneInfo(root.zone)).date()
    return day


def _figure(root: Any, row: Any, attributions: dict[int, str | None]) -> Figure:
    return Figure(
        id=row.id,
        client=row.client_id,
        indicator=row.indicator,
        day=_told_on(root),
        order=root.id,
        value=row.value,
        currency=row.currency,
        kind=row.kind or root.kind,
        survey=root.followup_id,
        attribution=attributions.get(root.followup_id),
        review=Review(row.review or Review.UNREVIEWED),
    )


_REVIEW = (
    select(ReviewRow.state)
    .where(ReviewRow.outcome_id == OutcomeRow.id)
    .order_by(ReviewRow.id.desc())
    .limit(1)
    .correlate(OutcomeRow)
    .scalar_subquery()
)
_ROWS = (
    select(
        OutcomeRow.id,
        OutcomeRow.client_id,
        OutcomeRow.indicator,
        OutcomeRow.value,
        OutcomeRow.text,
        OutcomeRow.currency,
        OutcomeRow.kind,
        OutcomeRow.claimed,
        OutcomeRow.day,
        OutcomeRow.at,
        OutcomeRow.followup_id,
        OutcomeRow.corrects_id,
        Client.business_id,
        Client.baseline_stage,
        Client.stage,
        Center.zone,
        _REVIEW.label("review"),
    )
    .join(Client, Client.id == OutcomeRow.client_id)
    .join(Center, Center.id == Client.center_id)
    .where(Client.business_id.in_(bindparam("businesses", expanding=True)))
    .order_by(OutcomeRow.id)
)
_INSERT = insert(Base.metadata.tables[IncrementRow.__tablename__])
_DELETE = delete(Base.metadata.tables[IncrementRow.__tablename__]).where(
    IncrementRow.business_id.in_(bindparam("businesses", expanding=True))
)
_VALUES = tuple(one.name for one in fields(Increment) if one.name not in ("client", "figure"))

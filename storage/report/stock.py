"""Where the businesses stand at the end of a period: people, sales, and what IRIS+ and SBA call by their own names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Subquery, Table, case, func, select
from sqlalchemy.orm import Session, aliased

from bot.indicators import EMPLOYEES_FULL, EMPLOYEES_PART, SALES_MONTH
from bot.outcomes.codes import Standings
from bot.outcomes.decimals import HALF, ZERO
from bot.outcomes.economy import Sold
from bot.outcomes.figures import Rates
from bot.outcomes.increments import Chain
from bot.outcomes.totals import Tier
from storage.registers import GONE
from storage.report.scope import Scope
from storage.report.sums import answered, counted
from storage.schema import Center, Client, CounselingSession, Growth, IncrementRow

AT_ONCE = 1000
"""Rows that are read at a time."""


def standings(db: Session, scope: Scope, sums: Table, rates: Rates) -> Standings:
    """Of every respondent, what was last told up to the end of the period."""
    each = _changed(sums)
    full, part = aliased(IncrementRow), aliased(IncrementRow)
    now_full, now_part = func.coalesce(full.after, ZERO), func.coalesce(part.after, ZERO)
    heads, heads_change = now_full + now_part, each.c.full + each.c.part_time
    twice, twice_change = heads + now_full, heads_change + each.c.full
    levels = (
        select(
            func.sum(now_full),
            func.sum(now_part),
            func.sum(_lesser(twice - twice_change, twice)),
            func.sum(case((heads_change > ZERO, heads_change), else_=ZERO)),
            func.sum(_lesser(heads - heads_change, heads)),
        )
        .select_from(each)
        .outerjoin(full, full.id == _last(each, each.c.full_id, EMPLOYEES_FULL.name, scope.until))
        .outerjoin(part, part.id == _last(each, each.c.part_id, EMPLOYEES_PART.name, scope.until))
    )
    found = [number or ZERO for number in db.execute(levels).one()]
    return Standings(found[0], found[1], found[2] * HALF, found[3], found[4], _sales(db, scope, each, rates))


def _changed(sums: Table) -> Subquery:
    """A row for each respondent: the change in people, and the last increments in the period of what stands at its end."""

    def of(name: str, value: ColumnElement[Any]) -> ColumnElement[Any]:
        return case((sums.c.indicator == name, value))

    return (
        select(
            sums.c.business_id,
            func.coalesce(func.sum(of(EMPLOYEES_FULL.name, sums.c.value)), ZERO).label("full"),
            func.coalesce(func.sum(of(EMPLOYEES_PART.name, sums.c.value)), ZERO).label("part_time"),
            func.max(of(EMPLOYEES_FULL.name, sums.c.last_id)).label("full_id"),
            func.max(of(EMPLOYEES_PART.name, sums.c.last_id)).label("part_id"),
            func.max(of(SALES_MONTH.name, sums.c.last_id)).label("sales_id"),
        )
        .where(*counted(sums, Tier.RESPONDENTS))
        .group_by(sums.c.business_id)
        .having(func.max(sums.c.answered) == 1)
        .subquery()
    )


def _last(each: Subquery, in_period: ColumnElement[Any], indicator: str, until: date) -> ColumnElement[Any]:
    """The id of a business's last increment of an indicator: in the period, or else before it."""
    before = aliased(IncrementRow)
    earlier = (
        select(func.max(before.id))
        .where(
            before.chain == Chain.TOLD.value,
            before.business_id == each.c.business_id,
            before.indicator == indicator,
            before.day <= until,
        )
        .scalar_subquery()
    )
    return func.coalesce(in_period, earlier)


def _lesser(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((one < other, one), else_=other)


def _sales(db: Session, scope: Scope, each: Subquery, rates: Rates) -> Decimal:
    """In US dollars, business by business."""
    last = _last(each, each.c.sales_id, SALES_MONTH.name, scope.until)
    rows = (
        select(IncrementRow.after, IncrementRow.currency, IncrementRow.day)
        .select_from(each)
        .join(IncrementRow, IncrementRow.id == last)
        .where(IncrementRow.currency.is_not(None))
    )
    total = ZERO
    for amount, currency, day in db.execute(rows, execution_options={"yield_per": AT_ONCE}):
        total += (rates.usd(amount, currency, day) if currency else None) or ZERO
    return total


@dataclass(frozen=True, slots=True)
class Work:
    """What the centers did in the period."""

    advised: int
    hours: Decimal


def work(db: Session, scope: Scope) -> Work:
    """Businesses with a session in the period, and its hours."""
    query = (
        select(func.count(Client.business_id.distinct()), func.sum(CounselingSession.hours))
        .join(Client, Client.id == CounselingSession.client_id)
        .where(scope.of_clients(), CounselingSession.day.between(scope.since, scope.until))
    )
    advised, hours = db.execute(query).one()
    return Work(advised, hours or ZERO)


def sold(db: Session, scope: Scope) -> list[Sold]:
    """Where all increments of a business are in one currency with a known rate."""
    first = select(Client.business_id, func.min(Client.id).label("client_id")).group_by(Client.business_id).subquery()
    rows = (
        select(
            IncrementRow.business_id,
            Center.country,
            IncrementRow.currency,
            IncrementRow.before,
            IncrementRow.value,
            IncrementRow.usd,
            IncrementRow.day,
        )
        .join(first, first.c.business_id == IncrementRow.business_id)
        .join(Client, Client.id == first.c.client_id)
        .join(Center, Center.id == Client.center_id)
        .where(
            IncrementRow.chain == Chain.TOLD.value,
            IncrementRow.indicator == SALES_MONTH.name,
            IncrementRow.day.between(scope.since, scope.until),
            IncrementRow.before.is_not(None),
            Client.baseline_stage != "idea",
        )
        .order_by(IncrementRow.business_id, IncrementRow.id)
    )
    if (covered := scope.of_business(IncrementRow.business_id)) is not None:
        rows = rows.where(covered)
    by_business: dict[int, list[Any]] = defaultdict(list)
    for row in db.execute(rows):
        by_business[row.business_id].append(row)
    return [found for increments in by_business.values() if (found := _sold(increments)) is not None]


def _sold(increments: Sequence[Any]) -> Sold | None:
    first, last = increments[0], increments[-1]
    known = [
        row.usd
        for row in increments
        if row.usd is not None and row.value is not None and row.currency == first.currency
    ]
    if len(known) < len(increments):
        return None
    return Sold(first.country, first.currency, first.before, sum(known, ZERO), last.day)


def growth(db: Session) -> dict[tuple[str, int], tuple[Decimal, str]]:
    """(Country, year) → percent and source."""
    rows = db.execute(select(Growth.country, Growth.year, Growth.percent, Growth.source))
    return {(country, year): (percent, source) for country, year, percent, source in rows}


def persons(db: Session, sums: Table) -> int:
    """The owners of the businesses that answered."""
    query = select(func.count(Client.person_id.distinct())).where(Client.business_id.in_(answered(sums)))
    return db.scalar(query) or 0


def at_several_centers(db: Session, scope: Scope) -> int:
    """Businesses that are clients of more than one center."""
    several = (
        select(Client.business_id)
        .where(Client.business_id.is_not(None), Client.status.not_in(GONE))
        .group_by(Client.business_id)
        .having(func.count(Client.center_id.distinct()) > 1)
    )
    if (covered := scope.of_business(Client.business_id)) is not None:
        several = several.where(covered)
    return db.scalar(select(func.count()).select_from(several.subquery())) or 0

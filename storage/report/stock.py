"""Where the businesses stand at the end of a period: people, sales, and what IRIS+ and SBA call by their own names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from bot.indicators import EMPLOYEES_FULL, EMPLOYEES_PART, SALES_MONTH
from bot.outcomes.codes import Standing
from bot.outcomes.decimals import ZERO
from bot.outcomes.economy import Sold
from bot.outcomes.increments import Chain
from bot.outcomes.totals import Tier
from storage.registers import GONE
from storage.report.scope import Scope
from storage.report.sums import of_tier, per_business
from storage.schema import Center, Client, CounselingSession, Growth, IncrementRow


def standings(db: Session, scope: Scope) -> list[Standing]:
    """Of every respondent, what was last told up to the end of the period."""
    each = per_business(scope, Tier.RESPONDENTS)
    last = (
        select(func.max(IncrementRow.id))
        .where(
            IncrementRow.chain == Chain.TOLD.value,
            IncrementRow.day <= scope.until,
            IncrementRow.indicator.in_([EMPLOYEES_FULL.name, EMPLOYEES_PART.name, SALES_MONTH.name]),
            IncrementRow.business_id.in_(_answered(scope)),
        )
        .group_by(IncrementRow.business_id, IncrementRow.indicator)
    )
    levels: dict[int, dict[str, tuple[Decimal, str | None, date]]] = defaultdict(dict)
    rows = select(
        IncrementRow.business_id, IncrementRow.indicator, IncrementRow.after, IncrementRow.currency, IncrementRow.day
    ).where(IncrementRow.id.in_(last))
    for business, indicator, after, currency, day in db.execute(rows):
        levels[business][indicator] = (after, currency, day)
    found = []
    changes = select(each.c.business_id, each.c.full, each.c.part).where(each.c.answered == 1)
    for business, full_change, part_change in db.execute(changes):
        told = levels[business]
        sales = told.get(SALES_MONTH.name, (None, None, None))
        full, part = (told.get(name, (ZERO,))[0] for name in (EMPLOYEES_FULL.name, EMPLOYEES_PART.name))
        found.append(Standing(full, part, full_change, part_change, *sales))
    return found


def _answered(scope: Scope) -> Select[Any]:
    """The businesses that answered in the period."""
    return select(IncrementRow.business_id).where(*of_tier(scope, Tier.RESPONDENTS), IncrementRow.baseline.is_(False))


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


def persons(db: Session, scope: Scope) -> int:
    """The owners of the businesses that answered."""
    query = select(func.count(Client.person_id.distinct())).where(Client.business_id.in_(_answered(scope)))
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

"""The totals of each tier, for all businesses of a report or by group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Subquery, case, func, null, select
from sqlalchemy.orm import Session

from bot.indicators import EMPLOYEES_FULL, EMPLOYEES_PART, EXPORTS_MONTH, FINANCING, RETAINED, SALES_MONTH
from bot.outcomes.decimals import HALF, ZERO
from bot.outcomes.increments import NEW_EXPORTER, START
from bot.outcomes.totals import Tier, Totals
from storage.report.scope import Scope, grouped
from storage.schema import IncrementRow

LEVELS_OF_MONEY = {SALES_MONTH.name: "sales", EXPORTS_MONTH.name: "exports"}


def of_tier(scope: Scope, tier: Tier) -> list[ColumnElement[bool]]:
    """Conditions on increments: those of the period that count in a tier."""
    conditions: list[ColumnElement[bool]] = [
        IncrementRow.chain == tier.chain.value,
        IncrementRow.day.between(scope.since, scope.until),
    ]
    if tier.attributions is not None:
        conditions.append(IncrementRow.attribution.in_(tier.attributions))
    if (covered := scope.of_business(IncrementRow.business_id)) is not None:
        conditions.append(covered)
    return conditions


def per_business(scope: Scope, tier: Tier) -> Subquery:
    """A row for each business that answered: what its increments of the period come to."""

    def total(name: str, amount: Any) -> ColumnElement[Any]:
        return func.coalesce(func.sum(case((IncrementRow.indicator == name, amount))), ZERO)

    answered = func.max(case((IncrementRow.baseline.is_(False), 1), else_=0))
    return (
        select(
            IncrementRow.business_id,
            answered.label("answered"),
            total(EMPLOYEES_FULL.name, IncrementRow.value).label("full"),
            total(EMPLOYEES_PART.name, IncrementRow.value).label("part"),
            total(SALES_MONTH.name, IncrementRow.usd).label("sales"),
            total(EXPORTS_MONTH.name, IncrementRow.usd).label("exports"),
            total(FINANCING.name, IncrementRow.usd).label("financing"),
            total(RETAINED.name, IncrementRow.value).label("retained"),
            total(START, IncrementRow.value).label("starts"),
            total(NEW_EXPORTER, IncrementRow.value).label("new_exporters"),
        )
        .where(*of_tier(scope, tier))
        .group_by(IncrementRow.business_id)
        .subquery()
    )


def totals(db: Session, scope: Scope, tier: Tier, dimension: str | None = None) -> dict[str, Totals]:
    """The totals by group of a dimension; without one, of all under the name "". Groups of which nothing counts have
    none."""
    groups = grouped(scope, dimension) if dimension else None
    found = _jobs_and_dollars(db, scope, tier, groups)
    amounts = _by_currency(db, scope, tier, groups)
    return {name: _with_amounts(known, amounts.get(name, {})) for name, known in found.items()}


def _with_amounts(totals: Totals, amounts: Mapping[str, dict[str, Decimal]]) -> Totals:
    return replace(
        totals,
        sales=amounts.get("sales", {}),
        exports=amounts.get("exports", {}),
        financing=amounts.get("financing", {}),
        financing_usd_by_kind=amounts.get("financing_usd_by_kind", {}),
    )


def _jobs_and_dollars(db: Session, scope: Scope, tier: Tier, groups: Subquery | None) -> dict[str, Totals]:
    each = per_business(scope, tier)
    twice = each.c.full + each.c.full + each.c.part

    def gained(number: ColumnElement[Any]) -> ColumnElement[Any]:
        return func.coalesce(func.sum(case((number > ZERO, number))), ZERO)

    def lost(number: ColumnElement[Any]) -> ColumnElement[Any]:
        return func.coalesce(func.sum(case((number < ZERO, -number))), ZERO)

    value: ColumnElement[Any] = groups.c.value if groups is not None else null()
    query = select(
        value,
        func.sum(each.c.answered),
        gained(each.c.full),
        lost(each.c.full),
        gained(each.c.part),
        lost(each.c.part),
        gained(twice),
        lost(twice),
        func.sum(each.c.retained),
        func.sum(each.c.starts),
        func.sum(each.c.new_exporters),
        func.sum(each.c.sales),
        gained(each.c.sales),
        lost(each.c.sales),
        func.sum(each.c.exports),
        func.sum(each.c.financing),
    )
    if groups is not None:
        query = query.select_from(each).join(groups, groups.c.business_id == each.c.business_id).group_by(value)
    found: dict[str, Totals] = {}
    for row in db.execute(query):
        if row[1] is None:
            continue
        found[row[0] or ""] = Totals(
            clients=int(row[1]),
            full_created=row[2],
            full_lost=row[3],
            part_created=row[4],
            part_lost=row[5],
            fte_created=row[6] * HALF,
            fte_lost=row[7] * HALF,
            retained=row[8],
            starts=int(row[9]),
            new_exporters=int(row[10]),
            sales_usd=row[11],
            sales_increase_usd=row[12],
            sales_decrease_usd=row[13],
            exports_usd=row[14],
            financing_usd=row[15],
        )
    return found


def _by_currency(
    db: Session, scope: Scope, tier: Tier, groups: Subquery | None
) -> Mapping[str, dict[str, dict[str, Decimal]]]:
    """Group → field of Totals → currency, or kind of financing → amount."""
    value: ColumnElement[Any] = groups.c.value if groups is not None else null()
    names = (*LEVELS_OF_MONEY, FINANCING.name)
    query = (
        select(
            value,
            IncrementRow.indicator,
            IncrementRow.currency,
            IncrementRow.kind,
            func.sum(IncrementRow.value),
            func.sum(IncrementRow.usd),
        )
        .where(*of_tier(scope, tier), IncrementRow.indicator.in_(names), IncrementRow.value.is_not(None))
        .group_by(value, IncrementRow.indicator, IncrementRow.currency, IncrementRow.kind)
    )
    if groups is None:
        query = query.group_by(None).group_by(IncrementRow.indicator, IncrementRow.currency, IncrementRow.kind)
    else:
        query = query.select_from(IncrementRow).join(groups, groups.c.business_id == IncrementRow.business_id)
    found: dict[str, dict[str, dict[str, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    for group, indicator, currency, kind, amount, usd in db.execute(query):
        of_group = found[group or ""]
        if indicator in LEVELS_OF_MONEY:
            kept = of_group[LEVELS_OF_MONEY[indicator]]
            kept[currency] = kept.get(currency, ZERO) + amount
        elif amount:
            kept = of_group["financing"]
            kept[currency] = kept.get(currency, ZERO) + amount
            if usd is not None:
                by_kind = of_group["financing_usd_by_kind"]
                by_kind[kind] = by_kind.get(kind, ZERO) + usd
    return {group: {name: dict(kept) for name, kept in fields.items()} for group, fields in found.items()}


def not_converted(db: Session, scope: Scope, tier: Tier) -> list[dict[str, Any]]:
    """Amounts of a tier that no rate turns into dollars: currency, indicator, how many businesses, and the sum."""
    query = (
        select(
            IncrementRow.currency,
            IncrementRow.indicator,
            func.count(IncrementRow.business_id.distinct()),
            func.sum(IncrementRow.value),
        )
        .where(
            *of_tier(scope, tier),
            IncrementRow.currency.is_not(None),
            IncrementRow.usd.is_(None),
            IncrementRow.value != ZERO,
        )
        .group_by(IncrementRow.currency, IncrementRow.indicator)
        .order_by(IncrementRow.currency, IncrementRow.indicator)
    )
    return [
        {"currency": currency, "indicator": indicator, "businesses": count, "amount": amount}
        for currency, indicator, count, amount in db.execute(query)
    ]

"""The totals of each tier: of all businesses of a report, by group, and by part of the period. `sums` is a table of `summed`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, Table, case, func, select
from sqlalchemy.orm import Session

from bot.indicators import EMPLOYEES_FULL, EMPLOYEES_PART, EXPORTS_MONTH, FINANCING, RETAINED, SALES_MONTH
from bot.outcomes.decimals import HALF, ZERO
from bot.outcomes.increments import NEW_EXPORTER, START
from bot.outcomes.totals import Tier, Totals
from storage.report.scope import Scope
from storage.report.summed import in_period
from storage.schema import IncrementRow

LEVELS_OF_MONEY = {SALES_MONTH.name: "sales", EXPORTS_MONTH.name: "exports"}


def of_tier(scope: Scope, tier: Tier) -> list[ColumnElement[bool]]:
    """Conditions on increments: those of the period that count in a tier."""
    conditions = in_period(scope, (tier.chain,))
    if tier.attributions is not None:
        conditions.append(IncrementRow.attribution.in_(tier.attributions))
    return conditions


def counted(sums: Table, tier: Tier) -> list[ColumnElement[bool]]:
    """Conditions on a table of sums: those that count in a tier."""
    conditions: list[ColumnElement[bool]] = [sums.c.chain == tier.chain.value]
    if tier.attributions is not None:
        conditions.append(sums.c.attribution.in_(tier.attributions))
    return conditions


def answered(sums: Table) -> Select[Any]:
    """The businesses that answered in the period."""
    return select(sums.c.business_id).where(*counted(sums, Tier.RESPONDENTS), sums.c.answered == 1)


def per_business(sums: Table, tier: Tier) -> Subquery:
    """A row for each business and part of the period in which its increments count in a tier: what they come to."""

    def total(name: str, amount: ColumnElement[Any]) -> ColumnElement[Any]:
        return func.coalesce(func.sum(case((sums.c.indicator == name, amount))), ZERO)

    return (
        select(
            sums.c.part,
            sums.c.business_id,
            func.max(sums.c.answered).label("answered"),
            total(EMPLOYEES_FULL.name, sums.c.value).label("full"),
            total(EMPLOYEES_PART.name, sums.c.value).label("part_time"),
            total(SALES_MONTH.name, sums.c.usd).label("sales"),
            total(EXPORTS_MONTH.name, sums.c.usd).label("exports"),
            total(FINANCING.name, sums.c.usd).label("financing"),
            total(RETAINED.name, sums.c.value).label("retained"),
            total(START, sums.c.value).label("starts"),
            total(NEW_EXPORTER, sums.c.value).label("new_exporters"),
        )
        .where(*counted(sums, tier))
        .group_by(sums.c.part, sums.c.business_id)
        .subquery()
    )


def totals(db: Session, sums: Table, tier: Tier) -> Totals:
    """Of all businesses."""
    return totals_by_part(db, sums, tier).get(0, Totals())


def totals_by_part(db: Session, sums: Table, tier: Tier) -> dict[int, Totals]:
    """Of each part of the period in which something counts."""
    return _totals(db, sums, tier, None)


def totals_by_group(db: Session, sums: Table, tier: Tier, members: Table) -> dict[str, Totals]:
    """Of each group of `members` of which something counts."""
    return _totals(db, sums, tier, members)


def answered_by_group(db: Session, sums: Table, members: Table) -> dict[str, int]:
    """How many businesses of each group of `members` answered."""
    query = select(members.c.value, func.count()).where(members.c.business_id.in_(answered(sums)))
    return dict(db.execute(query.group_by(members.c.value)).all())


def _totals(db: Session, sums: Table, tier: Tier, members: Table | None) -> dict[Any, Totals]:
    found = _jobs_and_dollars(db, sums, tier, members)
    amounts = _by_currency(db, sums, tier, members)
    return {name: _with_amounts(known, amounts.get(name, {})) for name, known in found.items()}


def _with_amounts(totals: Totals, amounts: Mapping[str, dict[str, Decimal]]) -> Totals:
    return replace(
        totals,
        sales=amounts.get("sales", {}),
        exports=amounts.get("exports", {}),
        financing=amounts.get("financing", {}),
        financing_usd_by_kind=amounts.get("financing_usd_by_kind", {}),
    )


def _jobs_and_dollars(db: Session, sums: Table, tier: Tier, members: Table | None) -> dict[Any, Totals]:
    each = per_business(sums, tier)
    twice = each.c.full + each.c.full + each.c.part_time

    def gained(number: ColumnElement[Any]) -> ColumnElement[Any]:
        return func.coalesce(func.sum(case((number > ZERO, number))), ZERO)

    def lost(number: ColumnElement[Any]) -> ColumnElement[Any]:
        return func.coalesce(func.sum(case((number < ZERO, -number))), ZERO)

    group = each.c.part if members is None else members.c.value
    query = select(
        group,
        func.sum(each.c.answered),
        gained(each.c.full),
        lost(each.c.full),
        gained(each.c.part_time),
        lost(each.c.part_time),
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
    ).group_by(group)
    if members is not None:
        query = query.select_from(each).join(members, members.c.business_id == each.c.business_id)
    return {
        row[0]: Totals(
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
        for row in db.execute(query)
    }


def _by_currency(
    db: Session, sums: Table, tier: Tier, members: Table | None
) -> Mapping[Any, dict[str, dict[str, Decimal]]]:
    """Group → field of Totals → currency, or kind of financing → amount."""
    keys = (sums.c.part if members is None else members.c.value, sums.c.indicator, sums.c.currency, sums.c.kind)
    names = (*LEVELS_OF_MONEY, FINANCING.name)
    query = (
        select(*keys, func.sum(sums.c.value), func.sum(sums.c.usd))
        .where(*counted(sums, tier), sums.c.indicator.in_(names), sums.c.value.is_not(None))
        .group_by(*keys)
    )
    if members is not None:
        query = query.select_from(sums).join(members, members.c.business_id == sums.c.business_id)
    found: dict[Any, dict[str, dict[str, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    for group, indicator, currency, kind, amount, usd in db.execute(query):
        of_group = found[group]
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


def not_converted(db: Session, sums: Table) -> list[dict[str, Any]]:
    """Amounts of the respondents that no rate turns into dollars: currency, indicator, how many businesses, and the sum."""
    query = (
        select(
            sums.c.currency,
            sums.c.indicator,
            func.count(sums.c.business_id.distinct()),
            func.sum(sums.c.unconverted_value),
        )
        .where(*counted(sums, Tier.RESPONDENTS), sums.c.unconverted > 0)
        .group_by(sums.c.currency, sums.c.indicator)
        .order_by(sums.c.currency, sums.c.indicator)
    )
    return [
        {"currency": currency, "indicator": indicator, "businesses": count, "amount": amount}
        for currency, indicator, count, amount in db.execute(query)
    ]

"""The increments of a period, summed once by business into a temporary table, from which all numbers of a report are taken.

One pass over the rows of the period takes the place of one for each number. The table lives in the transaction that made it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import Column as C
from sqlalchemy import (
    ColumnElement,
    Integer,
    MetaData,
    Select,
    Table,
    case,
    column,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateTable, DropTable

from bot.outcomes.decimals import ZERO
from bot.outcomes.increments import Chain
from bot.outcomes.totals import Tier
from storage.report.scope import Scope, grouped
from storage.schema import IncrementRow
from storage.schema.base import Exact, Id, Short

BY_DAY, BY_BUSINESS = "INDEXED BY ix_increments_period", "INDEXED BY ix_increments_business"
ALL_ROWS = "NOT INDEXED"
"""How SQLite reads a period: by its days, or where it is long, in the order of businesses, which spares it to sort, or as
the rows come, where it has to sort anyway."""
GOOD_PART = 4
"""A period of more than a fourth of all days is a good part of them."""
_HELD = MetaData()
"""Of temporary tables, which no migration knows."""


def _sums(name: str) -> Table:
    """A row for each business, chain, part of the period, indicator, attribution, currency and kind."""
    return Table(
        name,
        _HELD,
        C("part", Integer),
        C("chain", Short),
        C("business_id", Id),
        C("indicator", Short),
        C("attribution", Short),
        C("currency", Short),
        C("kind", Short),
        C("value", Exact),
        C("usd", Exact),
        #: 1 where a follow-up was answered.
        C("answered", Integer),
        #: The id of the last increment.
        C("last_id", Id),
        #: How many increments other than zero no rate turns into dollars, and their sum.
        C("unconverted", Integer),
        C("unconverted_value", Exact),
        prefixes=["TEMPORARY"],
    )


SUMS, PARTS = _sums("report_sums"), _sums("report_parts")
MEMBERS = Table("report_members", _HELD, C("business_id", Id), C("value", Short), prefixes=["TEMPORARY"])
"""The businesses of a report with their group in a dimension."""


@contextmanager
def summed(db: Session, scope: Scope) -> Iterator[Table]:
    """SUMS, filled with the increments of a scope."""
    with _held(db, SUMS, _selected(db, scope, tuple(Chain))):
        yield SUMS


@contextmanager
def summed_by_part(db: Session, scope: Scope, tier: Tier, parts: Sequence[tuple[date, date]]) -> Iterator[Table]:
    """PARTS, filled with the increments of a tier; `part` is the place in `parts`, which follow on one another."""
    part = case(
        *((IncrementRow.day <= until, place) for place, (_, until) in enumerate(parts[:-1])), else_=len(parts) - 1
    )
    with _held(db, PARTS, _selected(db, scope, (tier.chain,), part, tier)):
        yield PARTS


@contextmanager
def members_of(db: Session, scope: Scope, dimension: str) -> Iterator[Table]:
    """MEMBERS, filled with the groups of a dimension."""
    found = grouped(scope, dimension)
    with _held(db, MEMBERS, select(found.c.business_id, found.c.value)):
        yield MEMBERS


@contextmanager
def _held(db: Session, table: Table, rows: Select[*tuple[Any, ...]]) -> Iterator[None]:
    """On an error the transaction ends and takes the table with it."""
    db.execute(CreateTable(table))
    db.execute(insert(table).from_select([one.name for one in table.columns], rows))
    yield
    db.execute(DropTable(table))


def _selected(
    db: Session,
    scope: Scope,
    chains: Sequence[Chain],
    part: ColumnElement[int] | None = None,
    tier: Tier | None = None,
) -> Select[*tuple[Any, ...]]:
    one = IncrementRow
    missing = (one.usd.is_(None)) & (one.currency.is_not(None)) & (one.value != ZERO)
    keys = (one.business_id, one.chain, one.indicator, one.attribution, one.currency, one.kind)
    query = select(
        (literal(0) if part is None else part).label("part"),
        one.chain,
        one.business_id,
        *keys[2:],
        func.sum(one.value).label("value"),
        func.sum(one.usd).label("usd"),
        func.max(case((one.baseline.is_(False), 1), else_=0)).label("answered"),
        func.max(one.id).label("last_id"),
        func.count(case((missing, 1))).label("unconverted"),
        func.sum(case((missing, one.value))).label("unconverted_value"),
    ).where(*in_period(scope, chains))
    if tier is not None and tier.attributions is not None:
        query = query.where(one.attribution.in_(tier.attributions))
    long = ALL_ROWS if part is not None else BY_BUSINESS
    query = query.with_hint(one, long if _is_long(db, scope) else BY_DAY, "sqlite")
    return query.group_by(*keys) if part is None else query.group_by(*keys, column("part"))


def _is_long(db: Session, scope: Scope) -> bool:
    """Whether the period is a good part of all days. SQLite does not know, and would read every period by its days."""
    told = IncrementRow.chain == Chain.TOLD.value
    first, last = (db.scalar(select(of(IncrementRow.day)).where(told)) for of in (func.min, func.max))
    if first is None or last is None:
        return False
    covered = (min(last, scope.until) - max(first, scope.since)).days
    return covered * GOOD_PART > (last - first).days


def in_period(scope: Scope, chains: Sequence[Chain]) -> list[ColumnElement[bool]]:
    """Conditions on increments."""
    conditions: list[ColumnElement[bool]] = [
        IncrementRow.chain.in_([chain.value for chain in chains]),
        IncrementRow.day.between(scope.since, scope.until),
    ]
    if (covered := scope.of_business(IncrementRow.business_id)) is not None:
        conditions.append(covered)
    return conditions

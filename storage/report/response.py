"""How many answered: by invitation, by item, and by center for the extrapolation."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Float, Table, case, cast, exists, func, literal, select, type_coerce
from sqlalchemy.orm import Session, aliased

from bot.indicators import EMPLOYEES_FULL, EMPLOYEES_PART, EXPORTS_MONTH, FINANCING, SALES_MONTH
from bot.outcomes.extrapolation import Stratum
from bot.outcomes.totals import Tier
from storage.periods import Period
from storage.report.scope import Scope
from storage.report.sums import per_business
from storage.schema import Center, Client, Followup, OutcomeRow
from storage.schema.base import SCALE

ANSWERED = ("completed", "partial")
ITEMS = tuple(one.name for one in (SALES_MONTH, EXPORTS_MONTH, EMPLOYEES_FULL, EMPLOYEES_PART, FINANCING))


@dataclass(frozen=True, slots=True)
class Response:
    """Follow-ups by the day of their invitation."""

    surveys_invited: int
    surveys_answered: int
    clients_invited: int
    clients_responded: int
    #: Indicator → (how often a value was given, how often it was asked), in the surveys that were answered.
    items: dict[str, tuple[int, int]]


def response(db: Session, scope: Scope) -> Response:
    """Of the follow-ups that were sent in the period: how many brought an answer."""
    invited = Period(scope.since, scope.until).holds(db, Followup.invited_at)
    answered = Followup.status.in_(ANSWERED)
    counted = (
        select(
            func.count(),
            func.count(case((answered, Followup.id))),
            func.count(Client.business_id.distinct()),
            func.count(case((answered, Client.business_id)).distinct()),
        )
        .select_from(Followup)
        .join(Client, Client.id == Followup.client_id)
        .join(Center, Center.id == Client.center_id)
        .where(scope.of_clients(), Followup.invited_at.is_not(None), invited)
    )
    surveys, surveys_answered, clients, responded = db.execute(counted).one()
    given = (
        select(Followup.id, OutcomeRow.indicator, func.count(OutcomeRow.value).label("told"))
        .join(Client, Client.id == Followup.client_id)
        .join(Center, Center.id == Client.center_id)
        .join(OutcomeRow, OutcomeRow.followup_id == Followup.id)
        .where(scope.of_clients(), Followup.invited_at.is_not(None), invited, answered, OutcomeRow.indicator.in_(ITEMS))
        .group_by(Followup.id, OutcomeRow.indicator)
        .subquery()
    )
    by_item = select(given.c.indicator, func.count(case((given.c.told > 0, 1))), func.count()).group_by(
        given.c.indicator
    )
    rows = db.execute(by_item).all() if surveys_answered else []
    found = {indicator: (values, asked) for indicator, values, asked in rows}
    return Response(surveys, surveys_answered, clients, responded, {name: found.get(name, (0, 0)) for name in ITEMS})


MEASURES = ("sales_change_usd", "exports_change_usd", "FTE_net", "financing_usd")
"""What is extrapolated."""


def strata(db: Session, scope: Scope, tier: Tier, sums: Table) -> dict[str, dict[str, Stratum]]:
    """Measure → center → what its businesses told whose follow-up fell due in the period; a business that does not count
    in the tier adds 0."""
    due = _due(scope).subquery()
    each = per_business(sums, tier)
    numbers: dict[str, Any] = {
        "sales_change_usd": each.c.sales,
        "exports_change_usd": each.c.exports,
        "FTE_net": each.c.full + each.c.full + each.c.part_time,
        "financing_usd": each.c.financing,
    }
    columns: list[ColumnElement[Any]] = []
    for number in numbers.values():
        mine = case((due.c.answered == 1, func.coalesce(number, Decimal(0))), else_=Decimal(0))
        approximate = _as_float(db, mine)
        columns += [func.sum(mine), func.sum(approximate * approximate)]
    query = (
        select(due.c.code, func.count(), func.sum(due.c.answered), *columns)
        .select_from(due)
        .outerjoin(each, each.c.business_id == due.c.business_id)
        .group_by(due.c.code)
        .order_by(due.c.code)
    )
    found: dict[str, dict[str, Stratum]] = defaultdict(dict)
    for code, count, answered, *numbers_of in db.execute(query):
        for place, measure in enumerate(MEASURES):
            parts = 2 if measure == "FTE_net" else 1
            total, squares = numbers_of[2 * place] / parts, Decimal(str(numbers_of[2 * place + 1])) / parts**2
            found[measure][code] = Stratum(count, int(answered), total, squares)
    return {measure: found.get(measure, {}) for measure in MEASURES}


def _due(scope: Scope) -> Any:
    """(`code` of the center, `business_id`, whether it `answered`) of businesses with a baseline and a follow-up that fell
    due in the period."""
    baseline = aliased(OutcomeRow)
    had = exists().where(baseline.client_id == Client.id, baseline.followup_id.is_(None))
    return (
        select(
            Center.code,
            Client.business_id,
            func.max(case((Followup.status.in_(ANSWERED), 1), else_=0)).label("answered"),
        )
        .join(Client, Client.id == Followup.client_id)
        .join(Center, Center.id == Client.center_id)
        .where(scope.of_clients(), Followup.due_on.between(scope.since, scope.until), had)
        .group_by(Center.code, Client.business_id)
    )


def _as_float(db: Session, number: Any) -> Any:
    """A figure as the engine's binary number, for squares that would overflow a whole one."""
    if db.get_bind().dialect.name == "sqlite":
        return cast(type_coerce(number, BigInteger), Float) / literal(float(SCALE), Float)
    return cast(number, Float)

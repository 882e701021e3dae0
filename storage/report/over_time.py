"""The totals of a report, month by month, quarter by quarter or year by year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from bot.outcomes.totals import Tier, Totals
from storage.report.scope import Scope
from storage.report.summed import summed_by_part
from storage.report.sums import totals_by_part

MONTHS_BY_MONTH = 4
"""Up to so many months are told apart."""
MONTHS_BY_QUARTER = 36
MOVING = frozenset({"area", "long_term"})
"""Groups that a business can come into during a period, so that its parts would not add up to it."""
NOTHING = Totals()


def over_time(db: Session, scope: Scope, tier: Tier) -> list[dict[str, Any]]:
    """The totals of each part, with its days. Their net changes and flows add up to those of the whole. Empty where the period
    has no parts, or the scope is of groups that businesses come into meanwhile."""
    found = list(parts(scope.since, scope.until))
    if len(found) < 2 or MOVING & {dimension for dimension, _ in scope.only}:
        return []
    with summed_by_part(db, scope, tier, found) as sums:
        by_part = totals_by_part(db, sums, tier)
    return [
        {"since": since.isoformat(), "until": until.isoformat(), **by_part.get(place, NOTHING).as_json()}
        for place, (since, until) in enumerate(found)
    ]


def parts(since: date, until: date) -> Iterator[tuple[date, date]]:
    """The calendar's months, quarters or years in the period; the first and the last can be shorter."""
    months = (until.year - since.year) * 12 + until.month - since.month + 1
    length = 1 if months <= MONTHS_BY_MONTH else 3 if months <= MONTHS_BY_QUARTER else 12
    while since <= until:
        month = since.month - 1 - (since.month - 1) % length + length
        after = date(since.year + month // 12, month % 12 + 1, 1)
        yield since, min(until, after - timedelta(days=1))
        since = after

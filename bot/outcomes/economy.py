"""What of the change in sales goes beyond that of all businesses of the country."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from bot.outcomes.decimals import CENT, ZERO
from bot.outcomes.figures import Rates

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Sold:
    """A respondent that was in business when it came."""

    country: str
    currency: str
    #: Sales of a month before the period, in local money.
    before: Decimal
    #: What the period added, each increment at the rate of its day.
    change_usd: Decimal
    #: The day of the last increment.
    day: date


@dataclass(frozen=True, slots=True)
class NetOfEconomy:
    #: US dollars a month.
    incremental_usd: Decimal
    businesses: int
    #: Businesses of countries and years whose growth is not known; they are not in the sum.
    left_out: int


def net_of_economy(
    sold: Iterable[Sold],
    percents: Mapping[tuple[str, int], Decimal],
    rates: Rates,
    since: date,
    until: date,
) -> NetOfEconomy:
    """The change less what the sales before would have grown by with all businesses of the country, at the rate of the last
    increment's day. A year that is partly in the period counts by its days. `percents`: (country, year) → growth."""
    total, counted, left_out = ZERO, 0, 0
    for one in sold:
        share = expected_share(one.country, percents, since, until)
        expected = None if share is None else rates.usd(one.before * share, one.currency, one.day)
        if expected is None:
            left_out += 1
            continue
        total += one.change_usd - expected
        counted += 1
    return NetOfEconomy(total.quantize(CENT, ROUND_HALF_UP), counted, left_out)


def expected_share(
    country: str, percents: Mapping[tuple[str, int], Decimal], since: date, until: date
) -> Decimal | None:
    """Growth of all businesses over the period, as a share of the sales before it; None where a year's is not known."""
    share = ZERO
    for year in range(since.year, until.year + 1):
        if (country, year) not in percents:
            return None
        first, last = max(since, date(year, 1, 1)), min(until, date(year, 12, 31))
        days = Decimal((last - first + timedelta(days=1)).days)
        share += percents[country, year] / HUNDRED * days / (date(year, 12, 31) - date(year - 1, 12, 31)).days
    return share

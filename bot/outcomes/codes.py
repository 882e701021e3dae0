"""The same results under the names and definitions of others: IRIS+ 5.1 and SBA's EDMIS."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.outcomes.decimals import HALF, ZERO
from bot.outcomes.totals import Totals


@dataclass(frozen=True, slots=True)
class Standings:
    """Where the businesses that answered in the period stand at its end, summed."""

    full: Decimal = ZERO
    part: Decimal = ZERO
    #: Full-time equivalents: of each business the lesser of before the period and now.
    maintained: Decimal = ZERO
    #: By heads: the gains of the businesses that grew, and of each the lesser of before and now.
    heads_created: Decimal = ZERO
    heads_retained: Decimal = ZERO
    #: Sales of a month as last told, each at the rate of its day; those without a rate are not in it.
    sales_usd: Decimal = ZERO


def iris(standings: Standings, respondents: Totals, *, advised: int, hours: Decimal) -> dict[str, Decimal]:
    """IRIS+ codes of the respondents at the end of the period. PI5691, "maintained", is the lesser of before and now, and
    PI3687 counts growing businesses; PI3687_net takes the losses off. PI1775 is a month's sales in US dollars."""
    return {
        "OI3160": standings.full,
        "OI8864": standings.part,
        "PI4874": standings.full + standings.part * HALF,
        "PI5691": standings.maintained,
        "PI3687": respondents.fte_created,
        "PI3687_net": respondents.fte_created - respondents.fte_lost,
        "PI4583": Decimal(respondents.starts),
        "PI5352": Decimal(advised),
        "PI1775": standings.sales_usd,
        "advisory_hours": hours,
    }


def edmis(standings: Standings, respondents: Totals) -> dict[str, Decimal]:
    """SBA's EDMIS, by heads: created are the gains of the businesses that grew, retained the lesser of before and now."""
    return {
        "jobs_created_headcount": standings.heads_created,
        "jobs_retained_headcount": standings.heads_retained,
        "revenue_growth_usd": respondents.sales_increase_usd,
    }

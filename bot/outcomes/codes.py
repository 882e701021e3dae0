"""The same results under the names and definitions of others: IRIS+ 5.1 and SBA's EDMIS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.outcomes.decimals import HALF, ZERO
from bot.outcomes.figures import Rates
from bot.outcomes.totals import Totals


@dataclass(frozen=True, slots=True)
class Standing:
    """A business that answered in the period. `full` and `part` are people at its end, the others their change in it."""

    full: Decimal
    part: Decimal
    full_change: Decimal
    part_change: Decimal
    #: Sales of a month as last told, with their currency and the day; None where they were never told.
    sales: Decimal | None = None
    sales_currency: str | None = None
    sales_day: date | None = None

    @property
    def jobs(self) -> Decimal:
        """Full-time equivalents."""
        return self.full + self.part * HALF

    @property
    def jobs_before(self) -> Decimal:
        return self.jobs - self.full_change - self.part_change * HALF

    @property
    def heads(self) -> Decimal:
        return self.full + self.part

    @property
    def heads_change(self) -> Decimal:
        return self.full_change + self.part_change


def iris(
    standings: Sequence[Standing], respondents: Totals, rates: Rates, *, advised: int, hours: Decimal
) -> dict[str, Decimal]:
    """IRIS+ codes of the respondents at the end of the period. PI5691, "maintained", is the lesser of before and now, and
    PI3687 counts growing businesses; PI3687_net takes the losses off. PI1775 is a month's sales in US dollars, each at the
    rate of its day; sales without a rate are not in it."""
    sales = [
        rates.usd(one.sales, one.sales_currency, one.sales_day)
        for one in standings
        if one.sales is not None and one.sales_currency and one.sales_day
    ]
    return {
        "OI3160": sum((one.full for one in standings), ZERO),
        "OI8864": sum((one.part for one in standings), ZERO),
        "PI4874": sum((one.jobs for one in standings), ZERO),
        "PI5691": sum((min(one.jobs_before, one.jobs) for one in standings), ZERO),
        "PI3687": respondents.fte_created,
        "PI3687_net": respondents.fte_created - respondents.fte_lost,
        "PI4583": Decimal(respondents.starts),
        "PI5352": Decimal(advised),
        "PI1775": sum((amount for amount in sales if amount is not None), ZERO),
        "advisory_hours": hours,
    }


def edmis(standings: Sequence[Standing], respondents: Totals) -> dict[str, Decimal]:
    """SBA's EDMIS, by heads: created are the gains of the businesses that grew, retained the lesser of before and now."""
    return {
        "jobs_created_headcount": sum((max(one.heads_change, ZERO) for one in standings), ZERO),
        "jobs_retained_headcount": sum((min(one.heads - one.heads_change, one.heads) for one in standings), ZERO),
        "revenue_growth_usd": respondents.sales_increase_usd,
    }

"""How a fictional business really performs, month by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from bot.answers.periods import convert
from bot.demo.ledger import Meant
from bot.demo.places import Place
from bot.flows.followup import indicators
from bot.indicators import (
    ATTRIBUTION,
    EMPLOYEES_FULL,
    EMPLOYEES_PART,
    EXPORTS_MONTH,
    FINANCING,
    RETAINED,
    SALES_MONTH,
    Indicator,
)
from bot.model import ReadingKind

MONTH = timedelta(days=30)
SEASON = (0.9, 0.95, 1.0, 1.0, 0.98, 1.0, 1.05, 1.0, 0.94, 0.97, 1.04, 1.25)
"""Each month's sales relative to the average, from January."""
WHOLE_WEEKS = 3
"""Weekly sales are multiples of this many steps, so that the monthly figure (times 13/3) is whole."""
MAX_GROWTH = 2.4


@dataclass
class Business:
    place: Place
    began_at: datetime
    sales: float
    """Monthly sales at the start, in the local currency."""
    growth: float
    """Growth of sales per month, as a fraction."""
    full: int
    """Full-time employees at the start."""
    part: int
    """Part-time employees at the start."""
    hiring: float
    """People hired per year."""
    exports: float
    """Exports as a fraction of sales."""
    opens_at: datetime | None
    """None if the business is already open."""

    @classmethod
    def invent(cls, place: Place, began_at: datetime, rng: Random) -> Business:
        low, high = place.sales
        size = rng.random() ** 2.2
        opens = began_at + MONTH * rng.uniform(2, 14) if rng.random() < 0.16 else None
        return cls(
            place,
            began_at,
            sales=low + (high - low) * size,
            growth=rng.gauss(0.014, 0.022),
            full=int(rng.random() * (1 + 7 * size)),
            part=rng.choice((0, 0, 0, 1, 1, 2, 3)),
            hiring=rng.gauss(0.5, 1.1) * (0.5 + size),
            exports=rng.uniform(0.05, 0.4) if rng.random() < 0.12 else 0.0,
            opens_at=opens,
        )

    def is_open(self, at: datetime) -> bool:
        return self.opens_at is None or at >= self.opens_at

    def figures(self, at: datetime, rng: Random) -> dict[str, Meant]:
        """The true figures at `at`."""
        months = (at - (self.opens_at or self.began_at)) / MONTH
        level = min(max((1 + self.growth) ** months, 0.3), MAX_GROWTH) * SEASON[at.month - 2] * rng.uniform(0.93, 1.07)
        sales = self._rounded(self.sales * level) if self.is_open(at) else Decimal(0)
        hired = round(self.hiring * months / 12)
        full = Decimal(max(self.full + hired, 0) if self.is_open(at) else 0)
        meant = {
            SALES_MONTH.name: Meant.figure(sales),
            EMPLOYEES_FULL.name: Meant.figure(full),
            EMPLOYEES_PART.name: Meant.figure(Decimal(max(self.part + (hired + 1) // 2, 0) if self.is_open(at) else 0)),
            EXPORTS_MONTH.name: self._or_not(self._rounded(float(sales) * self.exports), rng),
            FINANCING.name: self._or_not(self._financing(rng), rng),
            ATTRIBUTION.name: Meant(ReadingKind.VALUE, choice=rng.choices(("yes", "partly", "no"), (55, 30, 15))[0]),
        }
        meant[RETAINED.name] = Meant.figure(full // 2)
        return meant | {one.name: self._usual(one, sales) for one in indicators() if one.name not in meant}

    def _usual(self, indicator: Indicator, sales: Decimal) -> Meant:
        """A figure for an indicator of which a made-up business knows nothing else: money as a share of its sales."""
        if not indicator.money:
            return Meant.figure(Decimal(indicator.typical))
        return Meant.figure(self._rounded(float(sales) * indicator.typical / SALES_MONTH.typical))

    def weekly(self, month: Decimal) -> Decimal:
        """Weekly sales that amount to about these monthly sales."""
        unit = Decimal(self.place.step * WHOLE_WEEKS)
        return max(round(month * 12 / 52 / unit), 1) * unit

    def _financing(self, rng: Random) -> Decimal:
        return self._rounded(self.sales * rng.uniform(1, 5)) if rng.random() < 0.14 else Decimal(0)

    def _or_not(self, figure: Decimal, rng: Random) -> Meant:
        """The figure, or for a few owners that they do not know it or refuse to tell."""
        return rng.choices(
            (Meant.figure(figure), Meant(ReadingKind.UNKNOWN), Meant(ReadingKind.REFUSED)), cum_weights=(93, 97, 100)
        )[0]

    def _rounded(self, amount: float) -> Decimal:
        step = Decimal(self.place.step)
        return Decimal(round(amount / self.place.step)) * step


def monthly(weekly: Decimal) -> Decimal:
    return convert(weekly, "week", "month")

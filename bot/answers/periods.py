"""Converting a figure from the period that a reply states to the one that was asked for.

A month has 26 working days (six a week, as small traders work), a year has 12 months, 52 weeks and 26 fortnights.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

PER_YEAR = {
    "day": Decimal(12 * 26),
    "week": Decimal(52),
    "fortnight": Decimal(26),
    "month": Decimal(12),
    "quarter": Decimal(4),
    "year": Decimal(1),
}
"""How many of a period a year holds."""

CENT = Decimal("0.01")


def convert(amount: Decimal, stated: str, asked: str) -> Decimal:
    """`amount` per `stated` period as an amount per `asked` period, rounded to cents.

    Periods are day, week, fortnight, month, quarter and year; another one raises ValueError.

    >>> convert(Decimal(600), "week", "month")
    Decimal('2600.00')
    """
    for period in (stated, asked):
        if period not in PER_YEAR:
            raise ValueError(f"unknown period: {period!r}")
    return (amount * PER_YEAR[stated] / PER_YEAR[asked]).quantize(CENT, rounding=ROUND_HALF_UP)

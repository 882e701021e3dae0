"""From those who answered to all who were due: the stratified estimate of a total, with its standard error."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from bot.outcomes.decimals import CENT, ZERO


@dataclass(frozen=True, slots=True)
class Stratum:
    """A center, for one measure."""

    #: Businesses whose follow-up fell due.
    due: int
    #: Those of them who answered.
    answered: int
    #: The sum over those who answered; a business that counts nowhere adds 0.
    total: Decimal
    #: The sum of the squares.
    squares: Decimal


@dataclass(frozen=True, slots=True)
class Estimate:
    extrapolated: Decimal
    #: None where a center with more businesses than one has a single answer: nothing says how they differ.
    standard_error: Decimal | None


def estimate(strata: Iterable[Stratum]) -> Estimate:
    """T = sum of N/n times the sum over those who answered; SE = square root of the sum of N² (1 - n/N) s²/n. A stratum
    without an answer adds nothing. To the cent."""
    total, variance, known = ZERO, ZERO, True
    for one in strata:
        if not one.answered:
            continue
        total += one.total * one.due / one.answered
        if one.due == one.answered:
            continue
        if one.answered == 1:
            known = False
            continue
        spread = (one.squares - one.total * one.total / one.answered) / (one.answered - 1)
        missing = 1 - Decimal(one.answered) / one.due
        variance += Decimal(one.due) ** 2 * missing * max(spread, ZERO) / one.answered
    return Estimate(
        total.quantize(CENT, ROUND_HALF_UP), variance.sqrt().quantize(CENT, ROUND_HALF_UP) if known else None
    )

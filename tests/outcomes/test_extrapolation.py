"""From those who answered to all who were due."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.outcomes.extrapolation import Stratum, estimate


def stratum(due: int, *values: int) -> Stratum:
    """A center of `due` businesses, of which those with `values` answered."""
    numbers = [Decimal(value) for value in values]
    return Stratum(due, len(numbers), sum(numbers, Decimal(0)), sum((one * one for one in numbers), Decimal(0)))


@pytest.mark.parametrize(
    ("strata", "total", "error"),
    [
        ([stratum(3, 800, 0, 500), stratum(3, 400, -200)], "1600", "519.62"),
        ([stratum(3, 300, 0, 0), stratum(3, 200, 200)], "900", "0"),
        ([stratum(3, 5000, 0, 0), stratum(3, 2000, 0)], "8000", "1732.05"),
        ([stratum(4, 7, 7, 7, 7)], "28", "0"),  # everybody answered: nothing is guessed
        ([stratum(5, 10)], "50", None),  # one answer does not say how much they differ
        ([stratum(1, 10)], "10", "0"),
        ([stratum(6), stratum(2, 1, 2)], "3", "0"),  # a center without an answer is left out
        ([], "0", "0"),
    ],
)
def test_the_estimate_and_its_error(strata: list[Stratum], total: str, error: str | None) -> None:
    found = estimate(strata)
    assert (found.extrapolated, found.standard_error) == (Decimal(total), Decimal(error) if error else None)

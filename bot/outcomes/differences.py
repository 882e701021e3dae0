"""What changed in a report since it was issued, and why: each difference has one cause, so that the causes add up to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.indicators import EMPLOYEES_FULL, EMPLOYEES_PART, EXPORTS_MONTH, FINANCING, RETAINED, SALES_MONTH
from bot.outcomes.decimals import HALF, ZERO
from bot.outcomes.increments import NEW_EXPORTER, START

MEASURES = {
    SALES_MONTH.name: ("sales_change_usd", Decimal(1)),
    EXPORTS_MONTH.name: ("exports_change_usd", Decimal(1)),
    EMPLOYEES_FULL.name: ("FTE_net", Decimal(1)),
    EMPLOYEES_PART.name: ("FTE_net", HALF),
    FINANCING.name: ("financing_usd", Decimal(1)),
    RETAINED.name: ("jobs_retained", Decimal(1)),
    START: ("business_starts", Decimal(1)),
    NEW_EXPORTER: ("new_exporters", Decimal(1)),
}
"""Indicator → the number of the report that it adds to, and how much one of it counts there."""


class Cause(StrEnum):
    LATE_ANSWER = "late answer"
    CORRECTION = "correction"
    REVIEW = "review"
    WITHDRAWAL = "withdrawal"
    RATE = "rate"
    METHOD = "method"


@dataclass(frozen=True, slots=True)
class Part:
    """What one figure adds to a report: people, or US dollars of money."""

    #: The figure as first told, so that it is the same before and after a correction; None: withdrawn since.
    figure: int | None
    business: int | str
    indicator: str
    #: In people or local money.
    value: Decimal | None
    #: None for people, and without a rate.
    usd: Decimal | None

    @property
    def amount(self) -> Decimal:
        """What it adds to its number."""
        name, weight = MEASURES[self.indicator]
        number = self.usd if name.endswith("_usd") else self.value
        return (number or ZERO) * weight


@dataclass(frozen=True, slots=True)
class News:
    """What happened since the report was issued: figures as first told that are new, corrected or were reviewed, and the
    businesses of each."""

    late: frozenset[int] = frozenset()
    corrected: frozenset[int] = frozenset()
    reviewed: frozenset[int] = frozenset()
    late_at: frozenset[int | str] = frozenset()
    corrected_at: frozenset[int | str] = frozenset()
    reviewed_at: frozenset[int | str] = frozenset()


@dataclass(frozen=True, slots=True)
class Difference:
    """A number of the report: before, after, and what each cause added."""

    number: str
    before: Decimal
    after: Decimal
    parts: Mapping[Cause, Decimal]


def differences(before: Iterable[Part], after: Iterable[Part], news: News) -> list[Difference]:
    """Only numbers that differ. The parts of each add up to the difference exactly."""
    totals_before: dict[str, Decimal] = defaultdict(lambda: ZERO)
    totals_after: dict[str, Decimal] = defaultdict(lambda: ZERO)
    parts: dict[str, dict[Cause, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    old: dict[tuple[int, str], Part] = {}
    for part in before:
        number = MEASURES[part.indicator][0]
        totals_before[number] += part.amount
        if part.figure is None:
            parts[number][Cause.WITHDRAWAL] -= part.amount
        else:
            old[part.figure, part.indicator] = part
    for part in after:
        number = MEASURES[part.indicator][0]
        totals_after[number] += part.amount
        assert part.figure is not None
        known = old.pop((part.figure, part.indicator), None)
        changed = part.amount - (known.amount if known else ZERO)
        if changed:
            parts[number][_cause(known, part, news)] += changed
    for part in old.values():
        if part.amount:
            parts[MEASURES[part.indicator][0]][_cause(part, None, news)] -= part.amount
    names = dict.fromkeys(name for name, _weight in MEASURES.values())
    return [
        Difference(
            name,
            totals_before[name],
            totals_after[name],
            {cause: amount for cause, amount in parts[name].items() if amount},
        )
        for name in names
        if any(parts[name].values())
    ]


def _cause(before: Part | None, after: Part | None, news: News) -> Cause:
    """What happened to the figure itself, else what happened to another one of its business, of which it is the next."""
    if before and after and before.value == after.value:
        return Cause.RATE
    part = after or before
    assert part is not None
    by_figure = ((news.late, Cause.LATE_ANSWER), (news.corrected, Cause.CORRECTION), (news.reviewed, Cause.REVIEW))
    for figures, cause in by_figure:
        if part.figure in figures:
            return cause
    by_business = (
        (news.corrected_at, Cause.CORRECTION),
        (news.late_at, Cause.LATE_ANSWER),
        (news.reviewed_at, Cause.REVIEW),
    )
    for businesses, cause in by_business:
        if part.business in businesses:
            return cause
    return Cause.METHOD

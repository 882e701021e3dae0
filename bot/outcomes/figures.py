"""What the method starts from: figures as they stand, each with the survey it was told in, and the rates."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from bot.countries import PEGS
from bot.outcomes.decimals import CENT

ATTRIBUTED = frozenset({"yes", "partly"})
"""Attributions by which a change counts as one that the center contributed to."""


class Review(StrEnum):
    """What staff made of a figure. A correction makes it unreviewed again."""

    UNREVIEWED = "unreviewed"
    VERIFIED = "verified"
    #: A question to the client is open: counts as unreviewed.
    QUERIED = "queried"
    #: Counts in no tier and is no link of a chain.
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Figure:
    """A value that a client gave for an indicator, after its corrections."""

    #: The row that stands: the figure as told, or its last correction.
    id: int
    client: int
    indicator: str
    #: The day it was told, on the clock of its center; a correction keeps it.
    day: date
    #: Its place among the figures of that day.
    order: int
    #: Units of `currency` a month, people, or for flows what came in since the survey before.
    value: Decimal
    #: ISO 4217; None for people.
    currency: str | None = None
    #: Of financing: loan, grant, equity or unknown.
    kind: str | None = None
    #: The follow-up it was told in; None for a baseline.
    survey: int | None = None
    #: yes, partly or no, as the client wrote it in that survey; None where nothing counts.
    attribution: str | None = None
    review: Review = Review.UNREVIEWED


@dataclass(frozen=True, slots=True)
class Quote:
    """Units of a currency to one US dollar, and the ISO day from which it is."""

    per_usd: Decimal
    day: str

    def usd(self, amount: Decimal) -> Decimal:
        """`amount` in US dollars, to the cent, half away from zero."""
        return (amount / self.per_usd).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Rates:
    """Units of a currency to one US dollar: the pegs, and for other currencies the dated rates."""

    #: Currency → (day, units per dollar), by day.
    dated: Mapping[str, tuple[tuple[date, Decimal], ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[tuple[str, date, Decimal]]) -> Rates:
        """From (currency, day, units per dollar) in any order."""
        dated: dict[str, list[tuple[date, Decimal]]] = {}
        for currency, day, per_usd in rows:
            dated.setdefault(currency, []).append((day, per_usd))
        return cls({currency: tuple(sorted(rates)) for currency, rates in dated.items()})

    def on(self, currency: str, day: date) -> Quote | None:
        """What holds on `day`: the peg, or the last rate up to then; None where there is none."""
        if currency in PEGS:
            return Quote(PEGS[currency], day.isoformat())
        rates = self.dated.get(currency, ())
        place = bisect_right(rates, day, key=lambda rate: rate[0])
        return Quote(rates[place - 1][1], rates[place - 1][0].isoformat()) if place else None

    def per_usd(self, currency: str, day: date) -> Decimal | None:
        quote = self.on(currency, day)
        return quote.per_usd if quote else None

    def usd(self, amount: Decimal, currency: str, day: date) -> Decimal | None:
        """To the cent, half away from zero."""
        quote = self.on(currency, day)
        return quote.usd(amount) if quote else None

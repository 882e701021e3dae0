"""What a reader knows beside the reply: the question, and whom it was put to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bot.indicators import ANY_MONEY, NOT_FINANCING, PEOPLE_OF_A_FIRM, Bounds, Indicator, Period
from bot.model import Kind


@dataclass(frozen=True, slots=True)
class Option:
    """A choice with every spelling under which it may be named (its label in all languages, its short words)."""

    id: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """The question a reply answers."""

    kind: Kind
    #: What is asked for; it gives the period, the bounds, and what else in a reply is not it.
    indicator: Indicator | None = None
    #: ISO 3166 alpha-2.
    country: str = ""
    #: The client's; the reply may be in another.
    language: str = "en"
    #: The client's local date.
    today: date | None = None
    #: The day of the question, where it is not today: by it the reply's months are judged.
    asked: date | None = None
    #: The client's last figure.
    last: Decimal | None = None
    #: ISO 4217, where it is not the country's.
    currency: str | None = None
    #: What could be picked, in the order shown (numbered from 1).
    options: tuple[Option, ...] = field(default_factory=tuple)

    @property
    def period(self) -> Period | None:
        """The month or year that is asked for; None where another period is not converted."""
        return self.indicator.period if self.indicator is not None and self.indicator.of_a_period else None

    @property
    def asked_on(self) -> date | None:
        """The day by which "last month" and the months that a reply names are judged."""
        return self.asked or self.today

    @property
    def bounds(self) -> Bounds:
        if self.indicator is not None:
            return self.indicator.bounds
        return PEOPLE_OF_A_FIRM if self.kind is Kind.COUNT else ANY_MONEY

    @property
    def named(self) -> frozenset[str]:
        """What the words beside a figure call it where it is what was asked for."""
        return self.indicator.named if self.indicator is not None else frozenset()

    @property
    def not_it(self) -> frozenset[str]:
        """What the words beside a figure may say that it is, and it is not then."""
        return self.indicator.not_it if self.indicator is not None else NOT_FINANCING

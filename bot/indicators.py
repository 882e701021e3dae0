"""Indicators: what is measured, one record each. Readers, flows, reports and pages look here.

To add one: a record here and its question in a flow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from bot.model import Kind, _


class Unit(StrEnum):
    PEOPLE = "people"
    MONEY = "money"
    PERCENT = "percent"
    #: One of a few answers.
    CHOICE = "choice"


class Measures(StrEnum):
    """Whether a figure holds at a moment or adds up over a time."""

    LEVEL = "level"
    FLOW = "flow"
    #: Neither: a statement.
    STATEMENT = "statement"


Period = Literal["month", "year", "once"]
"""The time that an amount is asked for. "once": what came in since we last spoke, of no fixed length."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a reply can mean, in US dollars or people. Outside of `asked_again` it is asked for again, outside of
    `confirmed` it is read back."""

    #: Below this, digits without a word beside them may stand for thousands.
    ask_below: Decimal
    confirm_below: Decimal
    confirm_above: Decimal
    ask_above: Decimal


MONEY_AT_MOST = Decimal(100_000_000)
ANY_MONEY = Bounds(Decimal(0), Decimal("0.5"), Decimal(1_200_000), MONEY_AT_MOST)
SALES_OF_A_MONTH = Bounds(Decimal(8), Decimal(10), Decimal(500_000), MONEY_AT_MOST)
SALES_OF_A_YEAR = Bounds(Decimal(48), Decimal(60), Decimal(3_000_000), MONEY_AT_MOST)
PEOPLE_OF_A_FIRM = Bounds(Decimal(0), Decimal(0), Decimal(50), Decimal(2_000))

NOT_SALES = frozenset({"not_sales", "profit", "debts"})
NOT_FINANCING = frozenset({"not_sales", "profit"})


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure that is asked for, kept and reported."""

    name: str
    kind: Kind
    unit: Unit
    measures: Measures
    #: In English, for the console and for exports.
    label: str
    #: As its client is asked which figure to change; a text of the catalogs.
    title: str
    #: In the review, without and with the last figure; texts of the catalogs.
    line: str
    line_compared: str
    #: Where it stands among the others in reports.
    order: int
    period: Period | None = None
    #: A usual answer, for examples: US dollars or people.
    typical: int = 3
    bounds: Bounds = ANY_MONEY
    #: What the words beside a figure may say that it is, and it is not then: names of `answers.lexicon.ABOUT`.
    not_it: frozenset[str] = frozenset()
    #: What the words beside a figure call it, of the same names: it counts then, whatever else they say.
    named: frozenset[str] = frozenset()
    #: Which jobs are counted, where it counts jobs.
    hours: Literal["full", "part"] | None = None
    #: Whether the client is shown how it changed.
    compared: bool = True
    #: Whether a person may correct it; what is derived is not.
    correctable: bool = True

    @property
    def money(self) -> bool:
        return self.unit is Unit.MONEY

    @property
    def of_a_period(self) -> bool:
        """Whether it is asked for a month or a year, so that another period is converted."""
        return self.period in ("month", "year")


SALES_MONTH = Indicator(
    name="sales_month",
    kind=Kind.AMOUNT,
    unit=Unit.MONEY,
    measures=Measures.LEVEL,
    label="Sales last month",
    title=_("Sales last month"),
    line=_("Sales {value}"),
    line_compared=_("Sales {value} (was {last})"),
    order=10,
    period="month",
    typical=1500,
    bounds=SALES_OF_A_MONTH,
    not_it=NOT_SALES,
)
SALES_YEAR = Indicator(
    name="sales_year",
    kind=Kind.AMOUNT,
    unit=Unit.MONEY,
    measures=Measures.LEVEL,
    label="Sales last year",
    title=SALES_MONTH.title,
    line=SALES_MONTH.line,
    line_compared=SALES_MONTH.line_compared,
    order=15,
    period="year",
    typical=18_000,
    bounds=SALES_OF_A_YEAR,
    not_it=NOT_SALES,
    correctable=False,
)
EXPORTS_MONTH = Indicator(
    name="exports_month",
    kind=Kind.AMOUNT,
    unit=Unit.MONEY,
    measures=Measures.LEVEL,
    label="Exports last month",
    title=_("Exports"),
    line=_("Exports {value}"),
    line_compared=_("Exports {value} (was {last})"),
    order=20,
    period="month",
    typical=500,
    not_it=NOT_SALES,
)
EMPLOYEES_FULL = Indicator(
    name="employees_full",
    kind=Kind.COUNT,
    unit=Unit.PEOPLE,
    measures=Measures.LEVEL,
    label="Full-time employees",
    title=_("Full-time"),
    line=_("Full-time {value}"),
    line_compared=_("Full-time {value} (was {last})"),
    order=30,
    bounds=PEOPLE_OF_A_FIRM,
    hours="full",
)
EMPLOYEES_PART = Indicator(
    name="employees_part",
    kind=Kind.COUNT,
    unit=Unit.PEOPLE,
    measures=Measures.LEVEL,
    label="Part-time employees",
    title=_("Part-time"),
    line=_("Part-time {value}"),
    line_compared=_("Part-time {value} (was {last})"),
    order=40,
    bounds=PEOPLE_OF_A_FIRM,
    hours="part",
)
FINANCING = Indicator(
    name="financing",
    kind=Kind.AMOUNT,
    unit=Unit.MONEY,
    measures=Measures.FLOW,
    label="Financing",
    title=_("Financing"),
    line=_("Financing {value}"),
    line_compared=_("Financing {value} (was {last})"),
    order=60,
    period="once",
    typical=5000,
    not_it=NOT_FINANCING,
    compared=False,
)
RETAINED = Indicator(
    name="retained",
    kind=Kind.COUNT,
    unit=Unit.PEOPLE,
    measures=Measures.FLOW,
    label="Jobs retained",
    title=_("Jobs saved"),
    line=_("Jobs saved {value}"),
    line_compared=_("Jobs saved {value}"),
    order=65,
    bounds=PEOPLE_OF_A_FIRM,
    compared=False,
)
ATTRIBUTION = Indicator(
    name="attribution",
    kind=Kind.CHOICE,
    unit=Unit.CHOICE,
    measures=Measures.STATEMENT,
    label="The center helped",
    title=_("The center helped"),
    line=_("Our help: {value}"),
    line_compared=_("Our help: {value}"),
    order=70,
)

INDICATORS: Mapping[str, Indicator] = MappingProxyType(
    {
        indicator.name: indicator
        for indicator in (
            SALES_MONTH,
            SALES_YEAR,
            EXPORTS_MONTH,
            EMPLOYEES_FULL,
            EMPLOYEES_PART,
            FINANCING,
            RETAINED,
            ATTRIBUTION,
        )
    }
)
"""By name, in the order of reports."""

FTE = "fte"
"""Full-time equivalents: derived from the two kinds of employees, never asked for."""
FTE_LABEL = "Jobs, full-time equivalents"
FTE_ORDER = 50

CORRECTABLE = tuple(name for name, indicator in INDICATORS.items() if indicator.correctable)
"""What a person may correct, in the order of reports."""


def order_of(name: str) -> tuple[int, str]:
    """The place of an indicator in reports; what is not known comes last, by name."""
    if name == FTE:
        return FTE_ORDER, name
    known = INDICATORS.get(name)
    return (known.order if known else 1000), name


def label_of(name: str) -> str | None:
    """What an indicator is called in English; None for what is none."""
    if name == FTE:
        return FTE_LABEL
    known = INDICATORS.get(name)
    return known.label if known else None

"""What a report measures, one record each: tables, spreadsheets and the codebook look here."""

from __future__ import annotations

from dataclasses import dataclass

from reports.tables import Kind


@dataclass(frozen=True, slots=True)
class Measure:
    """A sum over the businesses of a tier or a group."""

    #: Its key in the report's data.
    key: str
    #: Names it where there is room.
    title: str
    #: Heads a column.
    short: str
    kind: Kind
    unit: str
    #: How it is computed.
    definition: str

    @property
    def name(self) -> str:
        """With its unit, where the title does not say it."""
        return self.title if self.kind is Kind.COUNT else f"{self.title} ({self.unit})"


CLIENTS = Measure(
    "clients",
    "Businesses counted",
    "Businesses",
    Kind.COUNT,
    "businesses",
    "Businesses with a change, or a financing, start or retained job, that counts in the tier.",
)
FT_CREATED = Measure(
    "FT_created",
    "Full-time jobs created",
    "Full-time created",
    Kind.JOBS,
    "people",
    "Sum over businesses of the gain in full-time employees over the period; a loss counts 0. Owners are not counted.",
)
FT_LOST = Measure(
    "FT_lost",
    "Full-time jobs lost",
    "Full-time lost",
    Kind.JOBS,
    "people",
    "Sum over businesses of the loss in full-time employees over the period; a gain counts 0.",
)
FT_NET = Measure("FT_net", "Full-time jobs, net", "Full-time net", Kind.JOBS, "people", "Created less lost.")
PT_CREATED = Measure(
    "PT_created",
    "Part-time jobs created",
    "Part-time created",
    Kind.JOBS,
    "people",
    "Sum over businesses of the gain in part-time employees over the period; a loss counts 0.",
)
PT_LOST = Measure(
    "PT_lost",
    "Part-time jobs lost",
    "Part-time lost",
    Kind.JOBS,
    "people",
    "Sum over businesses of the loss in part-time employees over the period; a gain counts 0.",
)
PT_NET = Measure("PT_net", "Part-time jobs, net", "Part-time net", Kind.JOBS, "people", "Created less lost.")
FTE_CREATED = Measure(
    "FTE_created",
    "Jobs created",
    "Jobs created",
    Kind.JOBS,
    "full-time equivalents",
    "Sum over businesses of the gain in jobs over the period, a part-time job counted as a half; a loss counts 0.",
)
FTE_LOST = Measure(
    "FTE_lost",
    "Jobs lost",
    "Jobs lost",
    Kind.JOBS,
    "full-time equivalents",
    "Sum over businesses of the loss in jobs over the period, a part-time job counted as a half; a gain counts 0.",
)
FTE_NET = Measure(
    "FTE_net",
    "Jobs, net",
    "Jobs, net",
    Kind.JOBS,
    "full-time equivalents",
    "Jobs created less jobs lost. Adds up over periods, which created and lost do not.",
)
RETAINED = Measure(
    "jobs_retained",
    "Jobs retained",
    "Retained",
    Kind.JOBS,
    "people",
    "Jobs that would have been lost, as the client says; at most the heads before or now, whichever are fewer.",
)
STARTS = Measure(
    "business_starts",
    "Business starts",
    "Starts",
    Kind.COUNT,
    "businesses",
    "Ideas that began to sell, or were registered, after help; once per business.",
)
EXPORTERS = Measure(
    "new_exporters",
    "New exporters",
    "New exporters",
    Kind.COUNT,
    "businesses",
    "Businesses that exported for the first time; once per business.",
)
SALES = Measure(
    "sales_change_usd",
    "Monthly sales, change",
    "Sales",
    Kind.MONEY,
    "USD a month",
    "Sum of the increments told in the period, each at the rate of its day.",
)
SALES_INCREASE = Measure(
    "sales_increase_usd",
    "Monthly sales, increases",
    "Sales increases",
    Kind.MONEY,
    "USD a month",
    "Sum over businesses whose sales grew over the period.",
)
SALES_DECREASE = Measure(
    "sales_decrease_usd",
    "Monthly sales, decreases",
    "Sales decreases",
    Kind.MONEY,
    "USD a month",
    "Sum over businesses whose sales fell over the period, without a sign.",
)
EXPORTS = Measure(
    "exports_change_usd",
    "Monthly exports, change",
    "Exports",
    Kind.MONEY,
    "USD a month",
    "Sum of the increments told in the period, each at the rate of its day.",
)
FINANCING = Measure(
    "financing_usd",
    "Financing obtained",
    "Financing",
    Kind.MONEY,
    "USD",
    "Sum of loans, grants and equity told in the period, each at the rate of its day.",
)

HEADLINE = (CLIENTS, FTE_NET, RETAINED, STARTS, EXPORTERS, SALES, EXPORTS, FINANCING)
"""What the first table shows, in this order."""
JOBS = (
    *(FTE_CREATED, FTE_LOST, FTE_NET),
    *(FT_CREATED, FT_LOST, FT_NET),
    *(PT_CREATED, PT_LOST, PT_NET),
    RETAINED,
)
IN_DOLLARS = (SALES, SALES_INCREASE, SALES_DECREASE, EXPORTS, FINANCING)
MEASURES = (CLIENTS, *JOBS, STARTS, EXPORTERS, *IN_DOLLARS)
"""All of them."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """Sums by currency or by kind, beside those in US dollars."""

    key: str
    title: str
    #: What its names are: "Currency" or "Kind".
    names: str
    definition: str


SALES_LOCAL = Amounts(
    "sales_change",
    "Monthly sales, change, in local money",
    "Currency",
    "Sum of the increments told in the period, by currency. An increment between two currencies is only in the dollars.",
)
EXPORTS_LOCAL = Amounts("exports_change", "Monthly exports, change, in local money", "Currency", SALES_LOCAL.definition)
FINANCING_LOCAL = Amounts(
    "financing", "Financing, in local money", "Currency", "Sum of what was told in the period, by currency."
)
FINANCING_KIND = Amounts(
    "financing_usd_by_kind",
    "Financing by kind, USD",
    "Kind",
    "Sum in US dollars of what was told in the period, by kind; “unknown” where the client did not say.",
)
AMOUNTS = (SALES_LOCAL, EXPORTS_LOCAL, FINANCING_LOCAL, FINANCING_KIND)

"""The results: the headline and each indicator with the four tiers side by side, and from invited to verified."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from reports import measures
from reports.charts import Bars, Chart
from reports.masking import Report
from reports.measures import Amounts, Measure
from reports.parts import Figure, Headline, Section
from reports.tables import Cell, Column, Kind, Table, aligned, names_in, number
from reports.words import TIERS

HEADLINE_TIER = "attributed_verified"
CARDS = (measures.FTE_NET, measures.SALES, measures.EXPORTS, measures.FINANCING)
Row = tuple[tuple[Cell, ...], Kind]


def headlines(report: Report) -> tuple[Headline, ...]:
    """The numbers that are shown large, attributed and verified."""
    tier = report["tiers"][HEADLINE_TIER]
    return tuple(Headline(aligned([number(tier[card.key])], card.kind)[0], card.title, card.unit) for card in CARDS)


def tier_table(title: str, rows: Iterable[Row], note: str = "") -> Table:
    rows = tuple(rows)
    columns = (Column("Measure"), *(Column(name, Kind.MONEY) for name in TIERS.values()))
    return Table(
        title,
        columns,
        tuple(cells for cells, _ in rows),
        note=note,
        aligned="rows",
        row_kinds=tuple(kind for _, kind in rows),
    )


def measure_rows(report: Report, wanted: Sequence[Measure]) -> list[Row]:
    tiers = [report["tiers"][tier] for tier in TIERS]
    return [((one.name, *(number(tier[one.key]) for tier in tiers)), one.kind) for one in wanted]


def amount_rows(report: Report, amounts: Amounts) -> list[Row]:
    """A row for each currency or kind; a dash where nothing of it counts in a tier."""
    tiers: list[Mapping[str, str]] = [report["tiers"][tier][amounts.key] for tier in TIERS]
    of = "of which {}" if amounts is measures.FINANCING_KIND else "in {}"
    names = {"unknown": "of a kind that was not told"}
    return [
        ((of.format(names.get(name, name)), *(number(tier.get(name)) for tier in tiers)), Kind.MONEY)
        for name in names_in(tiers)
    ]


def headline_table(report: Report) -> Table:
    return tier_table("Results in four tiers", measure_rows(report, measures.HEADLINE))


def indicator_tables(report: Report) -> tuple[Table, ...]:
    local = "Amounts in local money are sums in that currency, not conversions of the line in US dollars."
    sales = (measures.SALES, measures.SALES_INCREASE, measures.SALES_DECREASE)
    return (
        tier_table("Jobs", measure_rows(report, measures.JOBS)),
        tier_table("Sales", measure_rows(report, sales) + amount_rows(report, measures.SALES_LOCAL), local),
        tier_table(
            "Exports",
            measure_rows(report, (measures.EXPORTS,))
            + amount_rows(report, measures.EXPORTS_LOCAL)
            + measure_rows(report, (measures.EXPORTERS,)),
        ),
        tier_table(
            "Financing",
            measure_rows(report, (measures.FINANCING,))
            + amount_rows(report, measures.FINANCING_KIND)
            + amount_rows(report, measures.FINANCING_LOCAL),
        ),
    )


def summary_table(report: Report) -> Table:
    """All measures, and the amounts by currency and kind, in one table."""
    rows = measure_rows(report, measures.MEASURES)
    for amounts in measures.AMOUNTS:
        rows += [((f"{amounts.title}: {cells[0]}", *cells[1:]), kind) for cells, kind in amount_rows(report, amounts)]
    return tier_table("All measures in four tiers", rows)


def funnel(report: Report) -> Figure:
    """How many businesses stand behind the results."""
    response, tiers = report["response"], report["tiers"]
    steps = (
        ("Invited", response["clients_invited"]),
        ("Answered", response["clients_responded"]),
        ("Attributed", tiers["attributed"]["clients"]),
        ("Attributed and verified", tiers[HEADLINE_TIER]["clients"]),
    )
    invited = response["clients_invited"]
    table = Table(
        "From invited to verified",
        (Column("Step"), Column("Businesses", Kind.COUNT), Column("Of those invited, %", Kind.PERCENT)),
        tuple((name, count, percent(count, invited)) for name, count in steps),
    )
    bars = Bars("Businesses", Kind.COUNT, tuple(Decimal(count) for _, count in steps))
    alt = "; ".join(f"{name}: {count}" for name, count in steps)
    return Figure(table, Chart(f"Businesses. {alt}", tuple(name for name, _ in steps), (bars,), width=190))


def percent(part: int, whole: int) -> Decimal | None:
    """To one decimal; None where there is no whole."""
    return round(Decimal(100) * part / whole, 1) if whole else None


def results(report: Report) -> Section:
    text = [
        "Each column holds the businesses that pass one more test: they answered; they wrote that the center helped, or "
        "helped partly; staff verified the figure; they wrote a plain yes. The third column is the headline."
    ]
    tiers: Mapping[str, Mapping[str, Any]] = report["tiers"]
    if not tiers["respondents"]["clients"]:
        text.insert(0, "No business told a change in this period.")
    elif not tiers[HEADLINE_TIER]["clients"]:
        text.insert(0, "No change of this period is attributed and verified so far, so that the headline is zero.")
    return Section("Results", tuple(text), (Figure(headline_table(report)), funnel(report)))


def by_indicator(report: Report) -> Section:
    return Section("Each indicator", (), tuple(Figure(table) for table in indicator_tables(report)))

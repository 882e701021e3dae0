"""Results by group and over time: a table each, and a chart of what is shown in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from reports import measures
from reports.charts import Bars, Chart
from reports.masking import SMALLEST, Report
from reports.measures import Measure
from reports.parts import Figure, Section
from reports.tables import MASKED, Cell, Column, Kind, Table, day, number
from reports.words import OVERLAPPING, dimension_name, group_name, period_name, tier_name

SHOWN = (
    *(measures.FTE_NET, measures.RETAINED, measures.STARTS, measures.EXPORTERS),
    *(measures.SALES, measures.EXPORTS, measures.FINANCING),
)
"""The columns of a group, where a page is as wide as a sheet of paper."""
SIZES = {"clients": "Businesses", "responded": "Responded", "counted": "Counted"}
CHARTED = (measures.FTE_NET, measures.SALES, measures.FINANCING)
MOST_CHARTED = 16
"""Groups in a chart; a page holds no more."""
PERIODS = (measures.FTE_NET, measures.SALES, measures.EXPORTS, measures.FINANCING)


def by_group(report: Report) -> Section | None:
    """None where no groups were asked for."""
    dimensions = report.get("by", {})
    if not dimensions:
        return None
    text = [
        f"Tier: {tier_name(report['tier']).lower()}. Sales and exports are changes of a month's amount in US dollars, "
        "jobs are full-time equivalents, jobs retained are people."
    ]
    if report.get("masked"):
        text.append(
            f"Groups of fewer than {SMALLEST} businesses are masked, and others where the total would give a masked one away."
        )
    figures = (group_figure(report, dimension) for dimension in dimensions)
    return Section("By group", tuple(text), tuple(figures))


def group_figure(report: Report, dimension: str) -> Figure:
    table = group_table(report, dimension, SHOWN)
    groups: Mapping[str, Any] = report["by"][dimension]
    shown = [value for value in _ordered(groups) if groups[value]]
    shown = (
        sorted(shown, key=lambda value: -groups[value]["clients"])[:MOST_CHARTED]
        if len(shown) > MOST_CHARTED
        else shown
    )
    if len(shown) < 2:
        return Figure(table)
    labels = tuple(group_name(dimension, value) for value in shown)
    return Figure(
        table, _chart(f"By {dimension_name(dimension).lower()}", labels, [groups[value] for value in shown], CHARTED)
    )


def group_table(report: Report, dimension: str, wanted: Sequence[Measure]) -> Table:
    """A row a group, with its sizes; each number of a masked group is MASKED."""
    groups: Mapping[str, Any] = report["by"][dimension]
    sizes: Mapping[str, Any] = report.get("group_sizes", {}).get(dimension, {})
    name = dimension_name(dimension)
    columns = (
        Column(name),
        *(Column(title, Kind.COUNT) for title in SIZES.values()),
        *(Column(one.short, one.kind) for one in wanted),
    )
    total = report["tiers"][report["tier"]]
    responded = report["tiers"]["respondents"]["clients"]
    overlapping = dimension in OVERLAPPING
    return Table(
        f"By {name.lower()}",
        columns,
        tuple(
            _row(group_name(dimension, value), groups[value], sizes.get(value), wanted) for value in _ordered(groups)
        ),
        total=(
            "Total, each business once" if overlapping else "Total",
            *(report.get("businesses"), responded, total["clients"]),
            *(number(total[one.key]) for one in wanted),
        ),
        note=_note(report, dimension) if overlapping else "",
    )


def _note(report: Report, dimension: str) -> str:
    several = report.get("multi_center")
    if dimension != "center":
        return "A business advised in several areas is in each of their lines, so that the lines do not add up to the total."
    shared = f" Of several centers: {several} {'business' if several == 1 else 'businesses'}." if several else ""
    return (
        "A business that is a client of several centers is in each of their lines, so that the lines may not add up to the "
        f"total.{shared}"
    )


def _row(
    name: str, totals: Mapping[str, Any] | None, sizes: Mapping[str, int] | None, wanted: Sequence[Measure]
) -> tuple[Cell, ...]:
    if totals is None:
        return (name, *[MASKED] * (len(SIZES) + len(wanted)))
    counts = sizes or {"counted": totals["clients"]}
    return (name, *(counts.get(key) for key in SIZES), *(number(totals[one.key]) for one in wanted))


def _ordered(groups: Mapping[str, Any]) -> list[str]:
    """As they come, what is not known last."""
    return sorted(groups, key=lambda value: value in ("unknown", ""))


def over_time_table(report: Report) -> Table | None:
    """Period by period, in the tier of the groups; None where the report has no periods."""
    periods: Sequence[Mapping[str, Any]] = report.get("over_time", ())
    if not periods:
        return None
    total = report["tiers"][report["tier"]]
    return Table(
        "Period by period",
        (Column("Period"), *(Column(one.short, one.kind) for one in PERIODS)),
        tuple(
            (_period(one), *(number(one[each.key]) if each.key in one else MASKED for each in PERIODS))
            for one in periods
        ),
        total=("Total", *(number(total[one.key]) for one in PERIODS)),
        note="Changes of periods add up to that of the whole; jobs are net.",
    )


def over_time(report: Report) -> Section | None:
    table = over_time_table(report)
    if table is None:
        return None
    shown = [one for one in report["over_time"] if "clients" in one]
    chart = _chart("Change over time", tuple(map(_period, shown)), shown, CHARTED) if len(shown) > 1 else None
    return Section("Change over time", (f"Tier: {tier_name(report['tier']).lower()}.",), (Figure(table, chart),))


def _period(one: Mapping[str, Any]) -> str:
    since, until = day(one["since"]), day(one["until"])
    return period_name(since, until) if since and until else ""


def _chart(
    title: str, labels: tuple[str, ...], totals: Sequence[Mapping[str, Any]], wanted: Sequence[Measure]
) -> Chart:
    bars = tuple(
        Bars(
            f"{one.title} ({'USD' if one.kind is Kind.MONEY else 'FTE'})",
            one.kind,
            tuple(Decimal(row[one.key]) for row in totals),
        )
        for one in wanted
    )
    return Chart(f"{title}: {', '.join(one.title.lower() for one in wanted)}", labels, bars)

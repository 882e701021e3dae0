"""What stands behind the results: response, extrapolation, other definitions, rates, parameters, and what has changed since the
last issued report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot.indicators import label_of
from reports.masking import SMALLEST, Report
from reports.measures import MEASURES
from reports.parts import Figure, Section
from reports.results import percent
from reports.tables import Cell, Column, Kind, Table, cents, day, number
from reports.words import dimension_name, group_name, groups_in_words, in_words, tier_name

NINETY_FIVE = Decimal("1.96")
"""Standard errors to either side that hold the true sum in 95 of 100 samples, where many answered."""
BY_KEY = {one.key: one for one in MEASURES}
CODES: Mapping[str, tuple[str, Kind]] = {
    "OI3160": ("IRIS+ OI3160: full-time employees at the end of the period", Kind.JOBS),
    "OI8864": ("IRIS+ OI8864: part-time employees at the end of the period", Kind.JOBS),
    "PI4874": ("IRIS+ PI4874: jobs at the end of the period (FTE)", Kind.JOBS),
    "PI5691": ("IRIS+ PI5691: jobs maintained (FTE), the lesser of before and now", Kind.JOBS),
    "PI3687": ("IRIS+ PI3687: jobs created (FTE), growing businesses", Kind.JOBS),
    "PI3687_net": ("IRIS+ PI3687: the same, less the jobs that were lost", Kind.JOBS),
    "PI4583": ("IRIS+ PI4583: new businesses", Kind.COUNT),
    "PI5352": ("IRIS+ PI5352: clients advised", Kind.COUNT),
    "PI1775": ("IRIS+ PI1775: sales of a month at the end of the period (USD)", Kind.MONEY),
    "advisory_hours": ("Hours of advice", Kind.JOBS),
    "jobs_created_headcount": ("SBA EDMIS: jobs created, heads", Kind.JOBS),
    "jobs_retained_headcount": ("SBA EDMIS: jobs retained, heads, the lesser of before and now", Kind.JOBS),
    "revenue_growth_usd": ("SBA EDMIS: growth of monthly revenue (USD)", Kind.MONEY),
}


def changes_table(report: Report) -> Table | None:
    """Each difference to the last issued report by its causes, which add up to it; None where nothing is compared."""
    changes: Sequence[Mapping[str, Any]] | None = report.get("changes")
    if changes is None:
        return None
    causes = sorted({cause for change in changes for cause in change["parts"]})
    names = ("Then", "Now", "Difference", *map(in_words, causes))
    rows: list[tuple[Cell, ...]] = []
    kinds: list[Kind] = []
    for change in changes:
        measure = BY_KEY.get(change["indicator"])
        before, after = Decimal(change["before"]), Decimal(change["after"])
        parts = (number(change["parts"].get(cause)) for cause in causes)
        rows.append((measure.name if measure else in_words(change["indicator"]), before, after, after - before, *parts))
        kinds.append(measure.kind if measure else Kind.MONEY)
    return Table(
        "What has changed, and why",
        (Column("Measure"), *(Column(name, Kind.MONEY) for name in names)),
        tuple(rows),
        aligned="rows",
        row_kinds=tuple(kinds),
    )


def changes(report: Report) -> Section | None:
    table = changes_table(report)
    if table is None:
        return None
    last: Mapping[str, Any] = report.get("compared_with", {})
    name = f"report {last['report']}" if last else "the last issued report"
    text = [
        f"What {name} said of {_period(last)}, what is known of that period today, and the causes, which add up to the "
        "difference."
        if table.rows
        else f"No result of {name} has changed since it was issued."
    ]
    if gone := last.get("withdrawn"):
        text.append(f"Withdrawn since: {gone} {'business' if gone == 1 else 'businesses'}.")
    return Section("Since the last issued report", tuple(text), (Figure(table),) if table.rows else ())


def _period(report: Mapping[str, Any]) -> str:
    return f"{report['since']} to {report['until']}" if report else "its period"


def response_tables(report: Report) -> tuple[Table, ...]:
    found = report["response"]
    columns = (Column("Of"), Column("Invited", Kind.COUNT), Column("Answered", Kind.COUNT), Column("%", Kind.PERCENT))
    invited = (
        ("Businesses", found["clients_invited"], found["clients_responded"], number(found["client_response_rate"])),
        (
            "Surveys",
            found["surveys_invited"],
            found["surveys_answered"],
            percent(found["surveys_answered"], found["surveys_invited"]),
        ),
    )
    asked = (Column("Question"), Column("Asked", Kind.COUNT), Column("Answered", Kind.COUNT), Column("%", Kind.PERCENT))
    items = tuple(
        (label_of(name) or in_words(name), of, answered, percent(answered, of))
        for name, (answered, of) in found["items"].items()
    )
    return Table("Response to invitations", columns, invited), Table("Response by question", asked, items)


def response(report: Report) -> Section:
    text = (
        "Answers count by the day of the invitation. A question that was refused, skipped, not known or not asked is no "
        "answer, and never a zero."
    )
    if not report["response"]["clients_invited"]:
        text = f"Nobody was invited in this period, so there is no rate. {text}"
    return Section("Response", (text,), tuple(Figure(table) for table in response_tables(report)))


def extrapolation_table(report: Report) -> Table:
    columns = (
        Column("Measure"),
        Column("Respondents", Kind.MONEY),
        Column("Extrapolated", Kind.MONEY),
        Column("Standard error", Kind.MONEY),
        Column("From", Kind.MONEY),
        Column("To", Kind.MONEY),
    )
    rows: list[tuple[Cell, ...]] = []
    kinds: list[Kind] = []
    for key, found in report["extrapolated"].items():
        if key not in BY_KEY:
            continue
        total, error = Decimal(found["extrapolated"]), number(found["standard_error"])
        margin = None if error is None else cents(error * NINETY_FIVE)
        ends = (None, None) if margin is None else (total - margin, total + margin)
        rows.append((BY_KEY[key].name, Decimal(found["respondents_only"]), total, error, *ends))
        kinds.append(BY_KEY[key].kind)
    title = "Respondents, and extrapolated to all who were due"
    return Table(title, columns, tuple(rows), aligned="rows", row_kinds=tuple(kinds))


def extrapolation(report: Report) -> Section:
    left_out: Sequence[str] = report["extrapolated"].get("left_out", ())
    text = [
        f"Tier: {tier_name(report['tier']).lower()}. The results above are of the respondents alone. This table estimates the "
        "sum over all businesses whose follow-up fell due, center by center, as if those who did not answer had done as "
        "those who did. The range holds the true sum in about 95 of 100 cases; with few answers it is rough.",
    ]
    if left_out:
        text.append(f"Nobody answered at {', '.join(left_out)}: left out of the estimate.")
    if any(row[3] is None for row in extrapolation_table(report).rows):
        text.append("A dash: only one business of several answered at a center, so no error can be computed.")
    return Section("Extrapolation", tuple(text), (Figure(extrapolation_table(report)),))


def economy(report: Report) -> Section | None:
    """None where no growth of a country is known."""
    found = report.get("net_of_economy")
    if not found:
        return None
    amount = f"{Decimal(found['total_incremental_usd']):,f}".replace("-", "−")
    text = [
        f"Beyond what all businesses of their countries grew by, the monthly sales of {found['businesses']} respondents that "
        f"were in business when they came changed by US${amount}.".replace("US$−", "−US$")
    ]
    if found.get("left_out"):
        text.append(f"Left out: {found['left_out']} businesses of countries or years whose growth is not known.")
    columns = (Column("Country"), Column("Year"), Column("Growth, %", Kind.PERCENT), Column("Source"))
    rows = tuple(
        (group_name("country", one["country"]), str(one["year"]), number(one["percent"]), one["source"])
        for one in found["sources"]
    )
    return Section("Net of the economy", tuple(text), (Figure(Table("Growth of all businesses", columns, rows)),))


def codes_table(report: Report) -> Table:
    found = {**report.get("iris", {}), **report.get("edmis", {})}
    known = [key for key in CODES if key in found]
    return Table(
        "Indicators of IRIS+ 5.1 and of the SBA",
        (Column("Indicator"), Column("Value", Kind.MONEY)),
        tuple((CODES[key][0], number(found[key])) for key in known),
        aligned="rows",
        row_kinds=tuple(CODES[key][1] for key in known),
    )


def codes(report: Report) -> Section:
    text = (
        "Of all respondents, at the end of the period. Jobs “maintained” or “retained” here are the lesser of before and now: "
        "another number than the jobs retained above, which would have been lost."
    )
    return Section("Under the definitions of others", (text,), (Figure(codes_table(report)),))


def rates_table(report: Report) -> Table:
    columns = (
        Column("Currency"),
        Column("From", Kind.DATE),
        Column("Units per US dollar", Kind.RATE),
        Column("Source"),
    )
    rows = tuple(
        (one["currency"], day(one["day"]), number(one["per_usd"]), _source(one)) for one in report.get("rates", ())
    )
    return Table("Rates used", columns, rows)


def _source(rate: Mapping[str, str]) -> str:
    return "Fixed by law" if rate["source"] == "peg" else rate["source"]


def not_converted_table(report: Report) -> Table:
    columns = (
        *(Column("Currency"), Column("Indicator")),
        *(Column("Businesses", Kind.COUNT), Column("Amount", Kind.MONEY)),
    )
    rows = tuple(
        (
            one["currency"],
            label_of(one["indicator"]) or in_words(one["indicator"]),
            one["businesses"],
            number(one["amount"]),
        )
        for one in report.get("not_converted", ())
    )
    return Table("Not converted", columns, rows)


def rates(report: Report) -> Section:
    missing = not_converted_table(report)
    text = "Each increment is converted at the rate of its day: the fixed rate of a currency, or the last one up to that day."
    without = (
        "These amounts have no rate. They are in no sum in US dollars." if missing.rows else "Every amount has a rate."
    )
    tables = (rates_table(report), *((missing,) if missing.rows else ()))
    return Section("Exchange rates", (text, without), tuple(Figure(table) for table in tables if table.rows))


def parameters_table(report: Report, *, identified: bool) -> Table:
    """What was asked for: with it and the same figures, the report comes out the same."""
    given: Mapping[str, Any] = report.get("parameters", {})
    groups = [dimension_name(one).lower() for one in report.get("by", {})]
    known: dict[str, Cell] = {
        "Network": given.get("network"),
        "From": report["since"],
        "To": report["until"],
        "Center": given.get("center") or "all",
        "Country": group_name("country", given["country"]) if given.get("country") else "all",
        "Tier by group": tier_name(report["tier"]),
        "Groups": ", ".join(groups) or "none",
        "Small groups": "shown" if identified else f"masked under {SMALLEST} businesses",
        "Businesses with figures": report.get("businesses"),
        "Persons": report.get("persons"),
        "Businesses at several centers": report.get("multi_center"),
    }
    if given.get("only"):
        known["Only"] = groups_in_words(given["only"])
    shown = {"only", "network", "center", "country", "tier", "by", "since", "until"}
    more = {in_words(key): _listed(value) for key, value in given.items() if key not in shown and value is not None}
    rows = tuple((name, _listed(value)) for name, value in {**known, **more}.items() if value is not None)
    return Table("Parameters", (Column("Parameter"), Column("Value")), rows)


def _listed(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def parameters(report: Report, *, identified: bool) -> Section:
    return Section("Parameters", (), (Figure(parameters_table(report, identified=identified)),))

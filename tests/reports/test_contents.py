"""What a report says: the numbers of a year as they are read, and what is said where there is nothing to say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reports.contents import document
from reports.parts import Document, Section
from reports.words import period_name
from tests.reports.sample import network, year
from tests.reports.sample_totals import NOTHING


def section(of: Document, title: str) -> Section:
    return next(one for one in of.sections if one.title == title)


def texts(of: Document, table: str) -> list[list[str]]:
    return next(figure.table.texts() for one in of.sections for figure in one.figures if figure.table.title == table)


YEAR = document(year(), identified=True)


def test_headline() -> None:
    assert [(one.title, one.number, one.unit) for one in YEAR.headlines] == [
        ("Jobs, net", "3", "full-time equivalents"),
        ("Monthly sales, change", "1,500", "USD a month"),
        ("Monthly exports, change", "700", "USD a month"),
        ("Financing obtained", "7,000", "USD"),
    ]


def test_tiers_stand_side_by_side() -> None:
    assert texts(YEAR, "Results in four tiers") == [
        ["Businesses counted", "5", "4", "4", "3"],
        ["Jobs, net (full-time equivalents)", "5.5", "4.0", "3.0", "3.0"],
        ["Jobs retained (people)", "4", "4", "4", "0"],
        ["Business starts", "1", "1", "1", "1"],
        ["New exporters", "2", "2", "2", "2"],
        ["Monthly sales, change (USD a month)", "3,000", "2,000", "1,500", "1,500"],
        ["Monthly exports, change (USD a month)", "700", "700", "700", "500"],
        ["Financing obtained (USD)", "18,851.85", "8,851.85", "7,000.00", "5,000.00"],
    ]


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("Jobs", ["Jobs created (full-time equivalents)", "6.0", "4.5", "3.5", "3.0"]),
        ("Jobs", ["Jobs lost (full-time equivalents)", "0.5", "0.5", "0.5", "0.0"]),
        ("Sales", ["Monthly sales, decreases (USD a month)", "200", "200", "200", "0"]),
        ("Sales", ["in XCD", "7,560", "4,860", "3,510", "3,510"]),
        ("Exports", ["in DOP", "25,150", "25,150", "25,150", "12,500"]),
        ("Financing", ["of which grant", "1,851.85", "1,851.85", "–", "–"]),
        ("Financing", ["in DOP", "122,000", "122,000", "122,000", "–"]),
        ("From invited to verified", ["Answered", "5", "83.3"]),
        ("By sex", ["Women", "4", "3", "3", "3.5", "1", "1", "2", "1,700", "500", "7,000"]),
        ("By sex", ["Men", "2", "2", "1", "−0.5", "3", "0", "0", "−200", "200", "0"]),
        ("By sex", ["Total", "6", "5", "4", "3.0", "4", "1", "2", "1,500", "700", "7,000"]),
        ("By center", ["Total, each business once", "6", "5", "4", "3", "4", "1", "2", "1,500", "700", "7,000"]),
        ("By country", ["Dominican Republic", "3", "2", "2", "1", "4", "0", "1", "200", "400", "2,000"]),
        ("Response to invitations", ["Surveys", "12", "10", "83.30"]),
        ("Response by question", ["Financing", "10", "9", "90"]),
        (
            "Respondents, and extrapolated to all who were due",
            ["Monthly sales, change (USD a month)", "1,500.00", "1,600.00", "519.62", "581.54", "2,618.46"],
        ),
        ("Indicators of IRIS+ 5.1 and of the SBA", ["IRIS+ PI3687: the same, less the jobs that were lost", "5.5"]),
        ("Rates used", ["DOP", "2026-11-15", "62.5", "Banco Central"]),
        ("Rates used", ["XCD", "–", "2.7", "Fixed by law"]),
        ("Parameters", ["Tier by group", "Attributed and verified"]),
    ],
)
def test_row(table: str, row: list[str]) -> None:
    assert row in texts(YEAR, table)


def test_small_groups_are_masked_in_table_and_chart() -> None:
    shown = document(network())
    figure = next(one for one in section(shown, "By group").figures if one.table.title == "By sector")
    assert [row[0] for row in figure.table.texts() if set(row[1:]) == {"masked"}] == [
        "Crafts and fashion",
        "Farming and fishing",
    ]
    assert figure.chart
    assert figure.chart.labels == ("Food and drink", "Shop and trade", "Services")
    assert ["Small groups", "masked under 5 businesses"] in texts(shown, "Parameters")


def test_groups_that_are_all_masked_have_no_chart() -> None:
    assert all(figure.chart is None for figure in section(document(year()), "By group").figures)


def test_total_is_never_masked() -> None:
    def totals(of: Document) -> list[object]:
        return [figure.table.total for figure in section(of, "By group").figures]

    assert totals(document(year())) == totals(YEAR)


def test_changes_have_their_causes() -> None:
    assert texts(document(network()), "What has changed, and why") == [
        ["Monthly sales, change (USD a month)", "17,500", "18,000", "500", "−400", "900"]
    ]
    last = {"report": "R2026-1", "since": "2026-01-01", "until": "2026-06-30", "withdrawn": 1}
    assert section(document({**network(), "compared_with": last}), "Since the last issued report").text == (
        "What report R2026-1 said of 2026-01-01 to 2026-06-30, what is known of that period today, and the causes, which "
        "add up to the difference.",
        "Withdrawn since: 1 business.",
    )
    same = document({**network(), "changes": [], "compared_with": {**last, "withdrawn": 0}})
    assert section(same, "Since the last issued report").text == (
        "No result of report R2026-1 has changed since it was issued.",
    )
    assert section(same, "Since the last issued report").figures == ()
    assert "Since the last issued report" not in [one.title for one in YEAR.sections]


def test_periods_add_up_to_the_total() -> None:
    assert texts(document(network()), "Period by period") == [
        ["First half of 2026", "6", "9,600", "1,200", "24,000"],
        ["Second half of 2026", "30", "8,400", "7,200", "60,000"],
        ["Total", "36", "18,000", "8,400", "84,000"],
    ]


def test_small_periods_are_masked() -> None:
    few = {**network(), "over_time": [{**one, "clients": 3} for one in network()["over_time"]]}
    assert texts(document(few), "Period by period")[0] == ["First half of 2026", *["masked"] * 4]
    assert section(document(few), "Change over time").figures[0].chart is None


def empty() -> dict[str, Any]:
    """A period in which nothing happened."""
    one = year()
    return {
        **one,
        "tiers": dict.fromkeys(one["tiers"], NOTHING),
        "by": {},
        "group_sizes": {},
        "rates": [],
        "net_of_economy": None,
        "response": {
            **{key: 0 for key in one["response"] if key not in ("items", "client_response_rate")},
            "client_response_rate": None,
            "items": {"financing": [0, 0]},
        },
        "extrapolated": {
            "sales_change_usd": {"respondents_only": "0", "extrapolated": "0", "standard_error": None},
            "left_out": ["LC", "DO"],
        },
    }


def test_empty_period_says_so() -> None:
    shown = document(empty())
    assert section(shown, "Results").text[0] == "No business told a change in this period."
    assert section(shown, "Response").text[0].startswith("Nobody was invited in this period, so there is no rate.")
    assert texts(shown, "Response to invitations")[0] == ["Businesses", "0", "0", "–"]
    assert section(shown, "Extrapolation").text[1:] == (
        "Nobody answered at LC, DO: left out of the estimate.",
        "A dash: only one business of several answered at a center, so no error can be computed.",
    )
    assert {"By group", "Net of the economy"}.isdisjoint(one.title for one in shown.sections)


def test_period_without_verified_figures_says_so() -> None:
    tiers = {**year()["tiers"], "attributed_verified": NOTHING, "yes_only_verified": NOTHING}
    shown = document({**year(), "tiers": tiers, "tier": "respondents"})
    assert section(shown, "Results").text[0].startswith("No change of this period is attributed and verified so far")


@pytest.mark.parametrize(
    ("given", "scope", "status"),
    [
        ({}, "All centers", "Draft, not issued"),
        ({"country": "DO"}, "Dominican Republic", "Draft, not issued"),
        ({"center": "LC2", "country": "LC"}, "Center LC2", "Draft, not issued"),
        ({"only": {"sex": "f", "rural": "rural"}}, "All centers, only Women, Rural", "Draft, not issued"),
        ({"issued_at": "2027-01-12T15:04:00Z"}, "All centers", "Issued on 2027-01-12"),
    ],
)
def test_head(given: dict[str, str], scope: str, status: str) -> None:
    shown = document({**year(), "parameters": given}, identified=True)
    assert (shown.scope, shown.status, shown.period) == (scope, status, "2026")


def test_issued_report_has_its_code() -> None:
    issued = {**network(), "issued": {"code": "R2027-1"}}
    assert document(issued).status == "Report R2027-1, issued on 2027-01-12"


@pytest.mark.parametrize(
    ("since", "until", "name"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), "2026"),
        (date(2026, 7, 1), date(2026, 12, 31), "Second half of 2026"),
        (date(2026, 4, 1), date(2026, 6, 30), "Q2 2026"),
        (date(2026, 2, 1), date(2026, 2, 28), "Feb 2026"),
        (date(2026, 2, 1), date(2026, 4, 30), "2026-02-01 to 2026-04-30"),
        (date(2026, 1, 1), date(2026, 12, 30), "2026-01-01 to 2026-12-30"),
        (date(2025, 4, 1), date(2026, 3, 31), "2025-04-01 to 2026-03-31"),
    ],
)
def test_period_name(since: date, until: date, name: str) -> None:
    assert period_name(since, until) == name

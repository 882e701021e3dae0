"""A report of six clients whose results are known, for a half-year, the other, and the year."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from bot.outcomes.seal import key_of
from bot.outcomes.totals import Tier
from bot.service import outcomes
from storage import registers
from storage.businesses import share_business
from storage.checks import RegisterError
from storage.engine import Database
from storage.exchange_rates import set_rate
from storage.increments import rebuild, rewrite
from storage.report.ask import wanted
from storage.report.build import build
from storage.report.issued import content_of, contributions, find_issued, issue, withdrawn
from storage.report.samples import sample
from storage.schema import Client, IssuedReport, OutcomeRow, Rate, ReviewRow
from tests import golden

H1, H2, YEAR = ("2026-01-01", "2026-06-30"), ("2026-07-01", "2026-12-31"), ("2026-01-01", "2026-12-31")
KEY = key_of("a secret of the network")
NOW = datetime(2027, 1, 5, 15, tzinfo=UTC)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database.open(database_url)
    golden.build(database)
    yield database
    database.close()


def report(database: Database, period: tuple[str, str], **asked: Any) -> dict[str, Any]:
    with database.read() as db:
        return build(db, wanted(db, *map(date.fromisoformat, period), **asked))


def row(totals: dict[str, Any]) -> str:
    """The numbers that a minister reads, as one line."""
    keys = ["clients", "FTE_created", "FTE_lost", "FTE_net", "jobs_retained", "business_starts", "new_exporters"]
    dollars = ["sales_change_usd", "sales_increase_usd", "sales_decrease_usd", "exports_change_usd", "financing_usd"]
    return " ".join(str(totals[key]) for key in keys) + " | " + " ".join(totals[key] for key in dollars)


@pytest.mark.parametrize(
    ("period", "tiers"),
    [
        (
            H1,
            (
                "5 2.5 1 1.5 1 1 1 | 1300 1600 300 100 2000",
                "4 1.5 1 0.5 1 1 1 | 800 1100 300 100 2000",
                "4 1.5 1 0.5 1 1 1 | 800 1100 300 100 2000",
                "2 1 0 1 0 1 1 | 900 900 0 200 0",
            ),
        ),
        (
            H2,
            (
                "5 4 0 4 3 0 1 | 1700 1700 0 600 16851.85",
                "4 3.5 0 3.5 3 0 1 | 1200 1200 0 600 6851.85",
                "3 2.5 0 2.5 3 0 1 | 700 700 0 600 5000",
                "2 2 0 2 0 0 1 | 600 600 0 300 5000",
            ),
        ),
        (
            YEAR,
            (
                "5 6 0.5 5.5 4 1 2 | 3000 3200 200 700 18851.85",
                "4 4.5 0.5 4 4 1 2 | 2000 2200 200 700 8851.85",
                "4 3.5 0.5 3 4 1 2 | 1500 1700 200 700 7000",
                "3 3 0 3 0 1 2 | 1500 1500 0 500 5000",
            ),
        ),
    ],
)
def test_the_four_tiers(database: Database, period: tuple[str, str], tiers: tuple[str, ...]) -> None:
    found = report(database, period)["tiers"]
    assert tuple(row(found[tier.value]) for tier in Tier) == tiers


def test_local_money_and_kinds(database: Database) -> None:
    found = report(database, YEAR)["tiers"]
    headline = found["attributed_verified"]
    assert headline["sales_change"] == {"DOP": "12650", "XCD": "3510"}
    assert headline["exports_change"] == {"DOP": "25150", "XCD": "810"}
    assert headline["financing"] == {"DOP": "122000", "XCD": "13500"}
    assert found["respondents"]["financing_usd_by_kind"] == {"grant": "1851.85", "loan": "17000"}
    assert (headline["FT_created"], headline["FT_lost"], headline["PT_created"]) == ("2", "1", "4")


@pytest.mark.parametrize(
    ("period", "surveys", "financing"), [(H1, (5, 6), [4, 5]), (H2, (5, 6), [5, 5]), (YEAR, (10, 12), [9, 10])]
)
def test_the_response(
    database: Database, period: tuple[str, str], surveys: tuple[int, int], financing: list[int]
) -> None:
    found = report(database, period)["response"]
    assert (found["surveys_answered"], found["surveys_invited"]) == surveys
    assert (found["clients_responded"], found["clients_invited"], found["client_response_rate"]) == (5, 6, "83.33")
    assert found["items"]["financing"] == financing


@pytest.mark.parametrize(
    ("period", "measure", "numbers"),
    [
        (YEAR, "sales_change_usd", ("1500", "1600", "519.62")),
        (YEAR, "exports_change_usd", ("700", "900", "0")),
        (YEAR, "FTE_net", ("3", "3.5", "1.73")),
        (YEAR, "financing_usd", ("7000", "8000", "1732.05")),
        (H1, "sales_change_usd", ("800", "750", "433.01")),
        (H2, "FTE_net", ("2.5", "3.25", "0.43")),
    ],
)
def test_the_extrapolation(
    database: Database, period: tuple[str, str], measure: str, numbers: tuple[str, str, str]
) -> None:
    found = report(database, period)["extrapolated"][measure]
    assert (found["respondents_only"], found["extrapolated"], found["standard_error"]) == numbers


def test_the_names_of_others(database: Database) -> None:
    found = report(database, YEAR)
    assert found["iris"] == {
        "OI3160": "16",
        "OI8864": "8",
        "PI4874": "20",
        "PI5691": "14",
        "PI3687": "6",
        "PI3687_net": "5.5",
        "PI4583": "1",
        "PI5352": "6",
        "PI1775": "13402.4",
        "advisory_hours": "47",
    }
    assert found["edmis"] == {
        "jobs_created_headcount": "8",
        "jobs_retained_headcount": "16",
        "revenue_growth_usd": "3200",
    }
    assert found["net_of_economy"]["total_incremental_usd"] == "1648"


@pytest.mark.parametrize(
    ("dimension", "groups"),
    [
        ("center", {"DO": "3 2 2 1 200 400 2000", "LC": "3 3 2 2 1300 300 5000"}),
        ("country", {"DO": "3 2 2 1 200 400 2000", "LC": "3 3 2 2 1300 300 5000"}),
        ("sex", {"f": "4 3 3 3.5 1700 500 7000", "m": "2 2 1 -0.5 -200 200 0"}),
        ("rural", {"rural": "3 3 3 1.5 1100 500 5000", "urban": "3 2 1 1.5 400 200 2000"}),
        ("age", {"adult": "5 4 3 1.5 700 400 2000", "youth": "1 1 1 1.5 800 300 5000"}),
        ("long_term", {"5h+": "5 4 4 3 1500 700 7000", "under 5h": "1 1 0 0 0 0 0"}),
        ("client_type", {"in business": "5 4 3 2.5 1000 700 7000", "pre-venture": "1 1 1 0.5 500 0 0"}),
    ],
)
def test_groups_add_up_to_the_headline(database: Database, dimension: str, groups: dict[str, str]) -> None:
    found = report(database, YEAR, by=[dimension])
    keys = ("FTE_net", "sales_change_usd", "exports_change_usd", "financing_usd")
    shown = {
        value: " ".join(
            [
                *(str(found["group_sizes"][dimension][value][key]) for key in ("clients", "responded", "counted")),
                *(totals[key] for key in keys),
            ]
        )
        for value, totals in found["by"][dimension].items()
    }
    assert shown == groups
    headline = found["tiers"]["attributed_verified"]
    for key in keys:
        assert sum(Decimal(totals[key]) for totals in found["by"][dimension].values()) == Decimal(headline[key])


def test_a_group_of_a_group(database: Database) -> None:
    """How many jobs did women gain in the Dominican Republic in the first half of the year?"""
    found = report(database, H1, country="do", only={"sex": "f"}, by=["sector"])
    assert found["tiers"]["attributed_verified"]["FTE_net"] == "0.5"
    assert set(found["by"]["sector"]) == {"food", "services"}


def test_without_a_rate_it_is_counted_apart(database: Database) -> None:
    with database.write() as db:
        db.query(Rate).filter_by(currency="DOP").delete()
        rebuild(db)
    found = report(database, YEAR)
    assert found["tiers"]["attributed_verified"]["sales_change_usd"] == "1300"
    assert {"currency": "DOP", "indicator": "sales_month", "businesses": 2, "amount": "12650"} in found["not_converted"]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"since": date(2027, 1, 1)}, "since: 2027-01-01 is after 2026-12-31; the period must begin before it ends"),
        (
            {"tier": "gold"},
            "tier: 'gold' is not one of respondents, attributed, attributed_verified, yes_only_verified",
        ),
        ({"by": ["sex", "height"]}, "by: 'height' is not one of center, country"),
        ({"center": "XX"}, "center: there is no center 'XX'; centers: DO, LC"),
        ({"country": "ZZ"}, "country: 'ZZ' is not one of"),
        ({"country": "SR"}, "country: there is no center in SR"),
    ],
)
def test_what_cannot_be_asked_is_named(database: Database, asked: dict[str, Any], says: str) -> None:
    with database.read() as db, pytest.raises(RegisterError) as refused:
        wanted(db, **{"since": date(2026, 1, 1), "until": date(2026, 12, 31), **asked})
    assert str(refused.value).startswith(says)


def test_a_period_in_which_nothing_was_told_is_all_zeros(database: Database) -> None:
    found = report(database, ("2030-01-01", "2030-12-31"), by=["sex"])
    assert row(found["tiers"]["respondents"]) == "0 0 0 0 0 0 0 | 0 0 0 0 0"
    assert found["response"]["client_response_rate"] is None
    assert found["by"]["sex"]["f"]["sales_change"] == {}


# --- issued reports --------------------------------------------------------------------------------------------------


def issued(database: Database, period: tuple[str, str] = H1) -> str:
    with database.write() as db:
        asked = wanted(db, *map(date.fromisoformat, period))
        return issue(db, asked, build(db, asked), by="cli:ana", now=NOW, key=KEY).code


def correct(database: Database, code: str, indicator: str, value: int) -> None:
    """Correct the figure of six months, and verify it anew."""
    with database.write() as db:
        client = db.query(Client).filter_by(code=code).one()
        told = db.query(OutcomeRow).filter_by(client_id=client.id, indicator=indicator, wave="6m").one()
        row = OutcomeRow(
            client_id=client.id,
            indicator=indicator,
            wave="6m",
            outcome="value",
            value=Decimal(value),
            currency=told.currency,
            followup_id=told.followup_id,
            corrects_id=told.id,
            at=NOW,
            day=told.day,
        )
        db.add(row)
        db.flush()
        db.add(ReviewRow(outcome_id=row.id, state="verified", by="cli:ana", why="books", at=NOW))
        rewrite(db, client, NOW)


def test_an_issued_report_never_changes(database: Database) -> None:
    code = issued(database)
    with database.read() as db:
        first = (content_of(find_issued(db, code)), list(contributions(db, find_issued(db, code))))
    correct(database, "LC-A", "sales_month", 5670)
    with database.read() as db:
        assert (content_of(find_issued(db, code)), list(contributions(db, find_issued(db, code)))) == first


def test_the_next_one_says_what_changed_and_why(database: Database) -> None:
    issued(database)
    correct(database, "LC-A", "sales_month", 5670)
    with database.write() as db:
        crafts = db.query(Client).filter_by(code="LC-C").one()
        told = db.query(OutcomeRow).filter_by(client_id=crafts.id, indicator="sales_month", wave="6m").one()
        db.add(ReviewRow(outcome_id=told.id, state="rejected", by="cli:ana", why="not theirs", at=NOW))
        set_rate(db, "DOP", date(2026, 5, 16), Decimal(62), "bank")
        rebuild(db)
    with database.read() as db:
        body = json.loads(content_of(find_issued(db, issued(database, H2))))
    changes = {one["indicator"]: one for one in body["changes"]}
    assert body["compared_with"]["report"] == "R2027-1"
    assert changes["sales_change_usd"]["parts"] == {"correction": "100", "rate": "1.61", "review": "-500"}
    assert changes["business_starts"]["parts"] == {"review": "-1"}
    for one in body["changes"]:
        parts = sum(Decimal(part) for part in one["parts"].values())
        assert Decimal(one["after"]) - Decimal(one["before"]) == parts


def test_a_report_that_somebody_changed_is_not_shown(database: Database) -> None:
    code = issued(database)
    with database.write() as db:
        kept = db.query(IssuedReport).one()
        kept.body = kept.body.replace('"800"', '"900"')
    with database.read() as db, pytest.raises(RegisterError, match="was changed after it was issued"):
        content_of(find_issued(db, code))


def test_the_sample_of_an_audit_is_the_same_for_the_same_seed(database: Database) -> None:
    code = issued(database, YEAR)
    with database.read() as db:
        kept = find_issued(db, code)
        drawn = sample(db, kept, 5, 7)
        assert drawn == sample(db, kept, 5, 7)
        assert drawn != sample(db, kept, 5, 8)
        assert [one.number for one in drawn] == [1, 2, 3, 4, 5]
        everything = sample(db, kept, 10_000, 7)
    sales = next(one for one in everything if (one.client, one.indicator, one.wave) == ("DO-D", "sales_month", "6m"))
    assert f"{sales.value} {sales.added} {sales.added_usd} {sales.per_usd}" == "72200 12200 200 61"
    assert sales.corrected.startswith("told 722000 DOP; corrected on 2026-06-10 by cli:ana: one zero too many")
    assert sales.review.startswith("verified on")
    assert all(one.attribution in ("yes", "partly") for one in everything)
    assert withdrawn_of(database, code) == 0


def test_a_claim_that_is_confirmed_is_a_late_answer_and_its_words_are_the_evidence(database: Database) -> None:
    with database.write() as db:
        bakery = db.query(Client).filter_by(code="LC-A").one()
        claim = db.query(OutcomeRow).filter_by(client_id=bakery.id, indicator="attribution", wave="6m").one()
        claim.claimed, claim.source = True, "phone"
        rebuild(db)
    issued(database)
    with database.write() as db:
        filed = outcomes.put_on_file(db, db.get_one(Client, bakery.id), claim, "cli:ana", "folder 12", NOW)
        assert (filed.text, filed.day) == ("yes", claim.day)
    with database.read() as db:
        again = find_issued(db, issued(database))
        changes = {one["indicator"]: one for one in json.loads(content_of(again))["changes"]}
        assert changes["sales_change_usd"]["parts"] == {"late answer": "400"}
        assert {cause for one in changes.values() for cause in one["parts"]} == {"late answer"}
        words = {one.attribution_words for one in sample(db, again, 10_000, 1) if one.client == "LC-A"}
    assert words == {"on paper: folder 12"}


def withdrawn_of(database: Database, code: str) -> int:
    with database.read() as db:
        return withdrawn(db, find_issued(db, code))


def test_a_business_at_two_centers_is_counted_once(database: Database) -> None:
    """It stands in the line of each center; the network has six clients, the centers seven."""
    with database.write() as db:
        first = db.query(Client).filter_by(code="LC-A").one()
        home = registers.find_center(db, "DO")
        second = Client(
            code="DO-A", center_id=home.id, status="registered", language="es", created_at=NOW, baseline_stage="running"
        )
        db.add(second)
        db.flush()
        share_business(db, first, second, NOW)
        rewrite(db, first, NOW)
    found = report(database, YEAR, by=["center", "country"])
    sizes = {code: size["clients"] for code, size in found["group_sizes"]["center"].items()}
    assert (found["businesses"], sizes, found["multi_center"]) == (6, {"DO": 4, "LC": 3}, 1)
    assert found["by"]["center"]["DO"]["sales_change_usd"] == "1000"  # 200, and the 800 that it told at LC
    assert found["by"]["country"]["DO"]["sales_change_usd"] == "200"
    assert report(database, YEAR, center="do")["tiers"]["attributed_verified"]["sales_change_usd"] == "1000"

"""What is recorded with a figure, what follows from it, and what becomes of it when its client goes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.service import casework, outcomes, reviews
from bot.service.results import Done
from storage import schema
from storage.businesses import share_business
from tests.service.world import REGISTRATION, World

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

BEN = "+17585550102"
LATE = datetime(2026, 1, 1, 2, tzinfo=UTC)
"""Still the last day of the year at the center."""


def row(world: World, indicator: str, wave: str = "asked") -> schema.OutcomeRow:
    found: schema.OutcomeRow = world.all(schema.OutcomeRow, indicator=indicator, wave=wave)[-1]
    return found


def test_the_day_of_the_center_and_the_month_that_was_asked_about(world: World) -> None:
    world.now = LATE
    world.register()
    sales, jobs = row(world, "sales_month", "baseline"), row(world, "employees_full", "baseline")
    assert (sales.day, sales.month, sales.source) == (date(2025, 12, 31), "2025-11", "chat")
    assert (jobs.day, jobs.month) == (date(2025, 12, 31), None)


def test_a_correction_keeps_day_month_and_kind(world: World) -> None:
    world.register()
    world.talk("update", "5200", "3", "1", "0", "9000", "loan", "1", "1")
    told = row(world, "financing")
    assert (told.kind, told.month, told.day) == ("loan", None, date(2026, 1, 5))
    world.wait(days=4)
    with world.database.write() as db:
        outcomes.correct(db, db.get_one(schema.OutcomeRow, told.id), Decimal(8000), "rosa", "the contract", world.now)
    corrected = row(world, "financing")
    assert (corrected.kind, corrected.day, corrected.corrects_id) == ("loan", date(2026, 1, 5), told.id)
    assert {(one.value, one.kind) for one in world.all(schema.IncrementRow, indicator="financing", chain="told")} == {
        (Decimal(8000), "loan")
    }


def test_the_increments_are_those_of_the_figures(world: World) -> None:
    world.register()
    world.talk("update", "5200", "2", "1", "0", "0", "1", "1", "1")
    told = {one.indicator: one.value for one in world.all(schema.IncrementRow, chain="told") if one.value is not None}
    assert told["sales_month"] == Decimal(700)
    assert told["retained"] == Decimal(1)


def test_an_idea_that_sells_is_a_business_with_its_date(world: World) -> None:
    world.talk(*REGISTRATION[:8], "IDEA")
    assert (world.client().stage, world.client().baseline_stage, world.client().start_on) == ("idea", "idea", None)
    world.wait(days=10)
    world.talk("update", "0", "0", "0", "0", "0", "1", "1")
    assert (world.client().stage, world.client().start_on) == ("idea", None)
    world.wait(days=10)
    world.talk("update", "500", "0", "0", "0", "0", "1", "1")
    client = world.client()
    assert (client.stage, client.baseline_stage, client.start_on) == ("running", "idea", date(2026, 1, 25))
    assert [one.day for one in world.all(schema.IncrementRow, indicator="start", chain="told")] == [date(2026, 1, 25)]


def stage(world: World) -> tuple[str | None, date | None]:
    client = world.client()
    return client.stage, client.start_on


def told(world: World, sales: str) -> None:
    world.wait(days=10)
    world.talk("update", sales, "0", "0", "0", "0", "1", "1")


def correct(world: World, value: int, survey: int) -> None:
    with world.database.write() as db:
        client = db.get_one(schema.Client, world.client().id)
        waves = [followup.wave for followup in world.all(schema.Followup)]
        done = casework.correct_figure(
            db,
            client,
            "sales_month",
            waves[survey],
            Decimal(value),
            "the books",
            survey=world.all(schema.Followup)[survey].id,
            by="rosa",
            now=world.now,
        )
        assert isinstance(done, Done)


def test_a_stage_follows_the_sales_that_stand(world: World) -> None:
    world.talk(*REGISTRATION[:8], "IDEA")
    told(world, "500")
    first = stage(world)
    assert first == ("running", date(2026, 1, 15))
    correct(world, 0, survey=0)
    assert stage(world) == ("idea", None)
    told(world, "700")
    assert stage(world) == ("running", date(2026, 1, 25))
    correct(world, 400, survey=0)
    assert stage(world) == first
    with world.database.write() as db:
        client = db.get_one(schema.Client, world.client().id)
        survey = world.all(schema.Followup)[0]
        done = reviews.review(
            db, client, survey.wave, "rejected", "no receipts", day=date(2026, 1, 15), by="rosa", now=world.now
        )
        assert isinstance(done, Done)
    assert stage(world) == ("running", date(2026, 1, 25))


def test_a_first_day_that_somebody_gave_stays(world: World) -> None:
    world.talk(*REGISTRATION[:8], "IDEA")
    with world.database.write() as db:
        client = db.get_one(schema.Client, world.client().id)
        client.start_on, client.registered = date(2025, 3, 1), True
    told(world, "500")
    assert stage(world) == ("running", date(2025, 3, 1))
    correct(world, 0, survey=0)
    assert stage(world) == ("running", date(2025, 3, 1))


def test_a_running_business_stays_one(world: World) -> None:
    world.register()
    told(world, "500")
    correct(world, 0, survey=0)
    assert stage(world) == ("running", None)


def test_jobs_saved_are_withdrawn_with_the_attribution(world: World) -> None:
    world.register()
    world.talk("update", "5200", "2", "1", "0", "0", "1", "1", "1")
    world.talk("update", "2", "The center helped", "no", "1")
    assert row(world, "attribution").text == "no"
    assert (row(world, "retained").outcome, row(world, "retained").value) == ("unknown", None)
    assert world.all(schema.IncrementRow, indicator="retained") == []


def test_looking_again_compares_with_the_survey_before(world: World) -> None:
    world.register()
    world.talk("update", "5200", "3", "1", "0", "0", "1", "1")
    review = world.say("update")
    assert "EC$5,200 (was 4,500)" in review
    assert "Full-time 3 (was 2)" in review


def test_erasing_leaves_the_totals_of_reports_and_the_figures_of_others(world: World) -> None:
    world.register()
    world.talk("update", "5200", "3", "1", "0", "0", "1", "1")
    world.register(BEN, name="Ben Charles")
    with world.database.write() as db:
        ana, ben = (db.get_one(schema.Client, world.client(who).id) for who in ("+17585550101", BEN))
        share_business(db, ana, ben, world.now)
        ana.email, ana.district, ana.women_owned = "ana@example.org", "Castries", 100
        figure = row(world, "sales_month")
        db.add(schema.ReviewRow(outcome_id=figure.id, state="verified", by="rosa", why="books", at=world.now))
        report = schema.IssuedReport(
            code="R1",
            since=date(2026, 1, 1),
            until=date(2026, 6, 30),
            parameters={},
            body="{}",
            sha256="",
            signature="",
            public_key="",
            by="rosa",
            at=world.now,
        )
        db.add(report)
        db.flush()
        db.add(
            schema.Contribution(
                report_id=report.id,
                key="k",
                outcome_id=figure.id,
                chain="told",
                indicator="sales_month",
                value=Decimal(700),
                currency="XCD",
            )
        )
    business = world.client().business_id
    world.talk("erase", "yes")
    with world.database.read() as db:
        gone = db.get_one(schema.Client, 1)
        assert (gone.email, gone.district, gone.women_owned, gone.business_id, gone.person_id) == (None,) * 5
    assert world.client(BEN).business_id == business
    assert {one.client_id for one in world.all(schema.IncrementRow)} <= {world.client(BEN).id}
    assert world.all(schema.ReviewRow) == []
    (kept,) = world.all(schema.Contribution)
    assert (kept.outcome_id, kept.withdrawn, kept.value) == (None, True, Decimal(700))


def test_who_goes_alone_takes_the_business_and_the_person_along(world: World) -> None:
    world.register()
    assert len(world.all(schema.Person)) == len(world.all(schema.Business)) == 1
    world.talk("erase", "yes")
    assert world.all(schema.Person) == world.all(schema.Business) == world.all(schema.IncrementRow) == []

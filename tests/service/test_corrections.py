"""A figure that was wrong: corrected by its client or by staff, with who and why, and nothing is overwritten."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.service import casework
from bot.service import outcomes as measures
from bot.service.results import Refused
from storage import outcomes, schema
from tests.service.world import World

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def correct(world: World, indicator: str, wave: str, value: Decimal | str, why: str = "read from the books") -> None:
    with world.database.write() as db:
        client, by = world.client(), "rosa@example.org"
        done = casework.correct_figure(db, client, indicator, wave, value, why, by=by, now=world.now)
        if isinstance(done, Refused):
            raise ValueError(done.reason)


def line(world: World, indicator: str) -> outcomes.Line:
    with world.database.read() as db:
        return next(found for found in outcomes.of_one(db, world.client().id) if found.indicator == indicator)


def last(world: World) -> dict[str, Decimal]:
    with world.database.read() as db:
        return measures.last_figures(db, world.client().id, "XCD")


def test_staff_correct_with_who_and_why(world: World) -> None:
    world.register()
    correct(world, "sales_month", "baseline", Decimal(400))
    correct(world, "sales_month", "baseline", Decimal(500), "a second look")
    rows = world.all(schema.OutcomeRow, indicator="sales_month")
    assert [(row.value, row.corrects_id, row.by) for row in rows] == [
        (Decimal(4500), None, None),
        (Decimal(400), rows[0].id, "rosa@example.org"),
        (Decimal(500), rows[1].id, "rosa@example.org"),
    ]
    assert (rows[2].usd, rows[2].currency, rows[2].why) == (Decimal("185.19"), "XCD", "a second look")
    assert [row.action for row in world.all(schema.Audit)] == ["outcome.correct"] * 2
    baseline = line(world, "sales_month").baseline
    assert baseline is not None
    assert baseline.value == Decimal(500)


@pytest.mark.parametrize(
    ("value", "why"),
    [(Decimal(-1), "x"), (Decimal("NaN"), "x"), (Decimal(10) ** 20, "x"), ("many", "x"), (Decimal(1), "  ")],
)
def test_what_cannot_be_is_not_taken(world: World, value: Decimal | str, why: str) -> None:
    world.register()
    with pytest.raises(ValueError, match=r"figure|reason"):
        correct(world, "sales_month", "baseline", value, why)


def test_a_corrected_baseline_does_not_become_the_last_figure(world: World) -> None:
    world.register()
    world.talk("update", "5200", "3", "1", "0", "0", "1", "1")
    correct(world, "sales_month", "baseline", Decimal(100))
    assert last(world)["sales_month"] == Decimal(5200)


def test_a_figure_in_another_currency_is_not_put_beside_this_one(world: World) -> None:
    world.register()
    world.talk("update", "US$ 2000", "yes", "3", "1", "0", "0", "1", "1")
    assert {row.currency for row in world.all(schema.OutcomeRow, wave="asked", indicator="sales_month")} == {"USD"}
    assert last(world)["sales_month"] == Decimal(4500)
    assert "4,500" in world.say("my data")


def test_the_client_made_a_mistake(world: World) -> None:
    world.register()
    world.talk("update", "5200", "3", "1", "0", "0", "1", "1")
    world.wait(days=2)
    assert "EC$5,200" in world.say("update")
    world.talk("2", "1")
    assert "EC$500 (was 4,500)" in world.say("500")
    assert "Thank you" in world.say("1")
    rows = world.all(schema.OutcomeRow, wave="asked", indicator="sales_month")
    assert [(row.value, row.by) for row in rows] == [(Decimal(5200), None), (Decimal(500), "client")]
    assert rows[1].corrects_id == rows[0].id
    assert rows[1].answer_id is not None
    assert len(world.all(schema.OutcomeRow, wave="asked")) == 7
    assert len(world.all(schema.Followup)) == 1
    latest = line(world, "sales_month").latest
    assert latest is not None
    assert latest.value == Decimal(500)


def test_looking_again_and_leaving_changes_nothing(world: World) -> None:
    world.register()
    world.talk("update", "5200", "3", "1", "0", "0", "1", "1")
    world.say("update")
    world.wait(days=3)
    assert world.followups() == {"asked": "completed"}
    assert len(world.all(schema.OutcomeRow, wave="asked")) == 6
    assert world.all(schema.Conversation, status="open") == []


def test_after_a_week_it_is_a_new_survey(world: World) -> None:
    world.register()
    world.talk("update", "5200", "3", "1", "0", "0", "1", "1")
    world.wait(days=8)
    assert "a few questions" in world.say("update")

"""Trainings: seats, the waiting list and what happens to a seat that nobody takes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.service import trainings
from storage import schema
from tests.service.world import World

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ANA, BEN, CLEO = "+17585550301", "+17585550302", "+17585550303"


@pytest.fixture
def full(world: World) -> World:
    """One seat, which Ana has; Ben and Cleo wait, in this order."""

    def fill() -> None:
        for phone in (ANA, BEN, CLEO):
            world.register(phone)
        world.add_training(capacity=1)
        world.wait(days=1)
        for phone in (ANA, BEN, CLEO):
            world.say("1", who=phone)
        assert world.enrolled() == {ANA: "yes", BEN: "waiting", CLEO: "waiting"}
        world.wait(days=1)

    world.once(fill, "full")
    return world


def test_a_seat_given_back_is_offered_to_the_next(full: World) -> None:
    full.say("training", who=ANA)
    full.say("2", who=ANA)
    full.wait(hours=1)
    assert "A seat opened up" in full.last(BEN)
    assert "You have a seat" in full.say("1", who=BEN)
    assert full.enrolled() == {ANA: "no", BEN: "yes", CLEO: "waiting"}


def test_an_offer_that_is_not_answered_goes_on(full: World) -> None:
    full.talk("training", "2", who=ANA)
    full.wait(hours=30)
    assert full.enrolled() == {ANA: "no", BEN: "lapsed", CLEO: "offered"}
    assert "A seat opened up" in full.last(CLEO)
    late = full.buttons(BEN)["yes"]
    assert "waiting list" in full.say(choice=late, who=BEN)
    full.say("2", who=CLEO)
    full.wait(hours=1)
    assert full.enrolled() == {ANA: "no", BEN: "offered", CLEO: "no"}


def test_who_wrote_stop_or_cannot_be_reached_holds_up_nobody(full: World) -> None:
    full.say("STOP", who=BEN)
    full.talk("training", "2", who=ANA)
    assert full.enrolled()[CLEO] == "offered"
    with full.database.write() as db:
        address = db.query(schema.Address).filter_by(address=CLEO).one()
        address.unreachable_at, address.unreachable_reason = full.now, "number not in use"
    full.wait(hours=1)
    assert full.enrolled()[CLEO] == "lapsed"


def test_an_old_button_changes_the_answer(full: World) -> None:
    full.say("training", who=ANA)
    buttons = full.buttons(ANA)
    full.say("1", who=ANA)
    full.say(choice=buttons["no"], who=ANA)
    assert full.enrolled()[ANA] == "no"
    full.say(choice=buttons["yes"], who=ANA)
    assert full.enrolled()[ANA] == "waiting"


def test_a_record_that_is_erased_leaves_its_seat(full: World) -> None:
    full.talk("erase", "yes", who=ANA)
    assert full.enrolled()[BEN] == "offered"


def test_training_can_be_asked_for_in_the_middle_of_a_survey(full: World) -> None:
    full.say("update", who=ANA)
    assert "Are you coming" in full.say("TRAINING", who=ANA)
    assert "sell in December" in full.say("2", who=ANA)
    assert full.enrolled()[ANA] == "no"


def test_a_reminder_in_the_middle_of_a_survey_and_the_survey_after_it(full: World) -> None:
    full.wait(days=6)
    full.talk("update", "5200", who=ANA)
    full.wait(days=1)
    assert "reminder of your training" in full.last(ANA)
    assert "full-time" in full.say("1", who=ANA)
    full.talk("3", "1", "0", "0", "1", "1", who=ANA)
    assert full.followups() == {"asked": "completed"}


def test_a_training_that_is_cancelled_is_told_to_all_who_might_come(full: World) -> None:
    with full.database.write() as db:
        training = db.query(schema.Training).one()
        center = db.get_one(schema.Center, training.center_id)
        assert trainings.cancel(db, training, center, full.assistant.rules, full.now) == 3
        assert trainings.cancel(db, training, center, full.assistant.rules, full.now) == 0
    full.wait(hours=2)
    for phone in (ANA, BEN, CLEO):
        assert "Books" in full.last(phone)
        assert "cancelled" in full.last(phone)
    before = len(full.all(schema.Outbox))
    full.wait(days=20)
    assert len(full.all(schema.Outbox)) == before


def test_no_reminder_in_quiet_hours_after_the_worker_was_down(world: World) -> None:
    world.register(ANA)
    world.add_training(days=2 + 21.3 / 24)
    world.wait(hours=1)
    world.say("1", who=ANA)
    world.heard(ANA)
    due = world.due("training.remind.2h")
    world.now = due + timedelta(hours=2)
    world.wait(hours=12)
    rows = world.rows(ANA)
    assert [row.created_at.hour for row in rows if "reminder" in (row.text or "")] == [12]

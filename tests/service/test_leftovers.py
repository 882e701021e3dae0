"""What is planned neither gets lost nor outlives its point."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.service import trainings
from storage import registers, schema
from storage.trainings import clients_to_invite
from tests.service.world import World


def test_what_was_planned_comes_after_a_start(world: World) -> None:
    world.register()
    world.log_session()
    assert "I won't write to you any more" in world.say("STOP")
    world.wait(days=40)
    world.say("START")
    world.wait(days=52)
    assert "a few questions" in world.heard()
    assert world.followups() == {"3m": "invited", "6m": "planned", "12m": "planned"}


def test_what_falls_due_after_a_stop_is_dropped_with_its_reason(world: World) -> None:
    world.register()
    world.log_session()
    world.say("STOP")
    world.wait(days=100)
    assert world.heard() == ""
    dropped = world.all(schema.Followup, wave="3m")[0]
    assert (dropped.status, dropped.reason) == ("dropped", "wrote STOP on 2026-01-05")
    assert world.followups()["6m"] == "planned"


def test_an_erased_record_has_no_followups_left(world: World) -> None:
    world.register()
    world.log_session()
    world.talk("ERASE", "yes")
    assert set(world.followups().values()) == {"dropped"}
    assert {followup.reason for followup in world.all(schema.Followup)} == {"the record was erased"}


def invite(world: World) -> None:
    with world.database.write() as db:
        center = registers.find_center(db, "LC")
        training = registers.add_training(
            db,
            center,
            "Books",
            world.now + timedelta(days=10),
            hours=Decimal(2),
            place="Castries",
            capacity=5,
            area="finance",
            at=world.now,
        )
        clients = clients_to_invite(db, training)
        trainings.invite(db, training, center, clients, world.assistant.rules, world.now)


@pytest.mark.parametrize("answers", [(), ("2", "TRAINING")], ids=["never answered", "reopened and left"])
def test_nobody_is_asked_about_a_training_that_has_begun(world: World, answers: tuple[str, ...]) -> None:
    world.register()
    invite(world)
    world.wait(days=1)
    assert "Are you coming?" in world.heard()
    for answer in answers:
        world.say(answer)
    world.wait(days=10)
    assert world.all(schema.Conversation, status="open") == []
    assert "coming" not in world.say("hello")


def test_the_question_after_a_training_waits_two_weeks(world: World) -> None:
    world.register()
    invite(world)
    world.wait(days=1)
    world.say("1")
    world.wait(days=10)
    with world.database.write() as db:
        training = db.query(schema.Training).one()
        center = db.query(schema.Center).one()
        enrollment = db.query(schema.Enrollment).one()
        trainings.attend(db, enrollment, training, center, came=True, rules=world.assistant.rules, now=world.now)
    world.wait(days=13)
    assert [c.flow for c in world.all(schema.Conversation, status="open")] == ["training.feedback"]
    world.wait(days=3)
    assert world.all(schema.Conversation, status="open") == []

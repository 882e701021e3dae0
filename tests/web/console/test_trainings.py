"""Trainings on the pages of the console: planned, invited to, called off, and who came."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from bot.service import trainings
from bot.service.rules import Rules
from storage import registers
from storage.schema import Client, Enrollment, Timer
from tests.web.console.conftest import World

PLANNED = {
    "center": "LC",
    "title": "Costing & pricing",
    "place": "Castries",
    "start": "2027-01-12T14:00",
    "hours": "2",
    "capacity": "5",
    "area": "finance",
}


@pytest.fixture
def training(world: World) -> Callable[[timedelta], int]:
    """Adds a training that starts then, with one client who was invited; the number of the enrollment."""
    code = world.marie

    def add(ahead: timedelta) -> int:
        with world.database.write() as db:
            center = registers.find_center(db, "LC")
            made = registers.add_training(
                db,
                center,
                "Costing & pricing",
                world.clock() + ahead,
                hours=Decimal(2),
                place="Castries",
                capacity=5,
                area="finance",
                at=world.clock(),
            )
            client = db.scalars(select(Client).where(Client.code == code)).one()
            (enrollment,) = trainings.invite(db, made, center, [client], Rules(), world.clock())
            return enrollment.id

    return add


def test_a_training_is_planned_invited_to_and_called_off(world: World) -> None:
    assert world.marie
    world.enter()
    assert "The training is planned." in world.send("/console/trainings", **PLANNED).text
    page = "/console/trainings/LC-T1"
    assert "12 Jan 2027" in world.browser.get(page).text
    assert "1 will be invited" in world.send(f"{page}/invite", sector="", stage="", language="", over="0").text
    assert "Nobody new fits" in world.send(f"{page}/invite", over="0").text
    assert "Cancelled." in world.send(f"{page}/cancel").text
    assert world.send(f"{page}/cancel").status_code == 422
    assert world.send(f"{page}/invite", over="0").status_code == 422
    assert len(world.audit("training.add")) == len(world.audit("training.cancel")) == 1
    assert [row.details for row in world.audit("training.invite")] == [{"invited": 1}, {"invited": 0}]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "Is missing."),
        ("start", "soon", "Choose a day and a time."),
        ("start", "9999-12-31T23:59", "This cannot be read."),
        ("start", "2020-01-12T14:00", "Is in the past"),
        ("hours", "0", "Must be more than 0."),
        ("capacity", "many", "Write a whole number."),
        ("area", "magic", "not one of finance"),
        ("center", "XX", "XX"),
    ],
)
def test_a_training_that_cannot_be_says_why(world: World, field: str, value: str, sentence: str) -> None:
    world.enter()
    answer = world.send("/console/trainings", **{**PLANNED, field: value})
    assert answer.status_code == 422
    assert sentence in answer.text


def test_attendance_is_marked_once_it_has_begun(world: World, training: Callable[[timedelta], int]) -> None:
    number = training(timedelta(hours=-3))
    world.enter()
    assert "Costing &amp; pricing" in world.browser.get("/console/trainings").text
    path = "/console/trainings/LC-T1/attendance"
    assert "1 marked." in world.send(path, **{f"came-{number}": "yes"}).text
    assert (
        "Nothing was changed." in world.send(path, **{f"came-{number}": "yes", "came-x": "no", "came-999": "no"}).text
    )
    with world.database.read() as db:
        assert db.get_one(Enrollment, number).status == "attended"
        assert db.scalar(select(Timer.status).where(Timer.kind == "training.feedback")) == "pending"
    assert [row.details for row in world.audit("training.attendance")] == [{"marked": 1}]


def test_attendance_is_not_marked_before(world: World, training: Callable[[timedelta], int]) -> None:
    number = training(timedelta(days=3))
    world.enter()
    answer = world.send("/console/trainings/LC-T1/attendance", **{f"came-{number}": "yes"})
    assert answer.status_code == 422
    assert "once the training has begun" in answer.text

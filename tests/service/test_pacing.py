"""Nobody is flooded, talked over or left with nobody."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from scheduler.firing import MOST_ATTEMPTS, fire_due
from storage import registers, schema, timers
from tests.service.world import ANA, World

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ROSA = {"who": "900", "channel": "telegram"}


def down_for(world: World, **span: float) -> None:
    """The worker was down so long, and now fires whatever is due, at once."""
    world.now += timedelta(**span)
    while fire_due(world.database, world.assistant, lambda: world.now):
        pass


def test_a_week_without_a_worker_ends_in_one_message(world: World) -> None:
    world.register()
    world.log_session()
    world.wait(days=89)
    world.add_training(days=30)
    down_for(world, days=7)
    assert len(world.rows()) == 1
    world.wait(days=1)
    assert len(world.rows()) == 2


@pytest.mark.slow
@pytest.mark.parametrize(("unasked", "by_day"), [(1, [1, 1, 1, 1]), (2, [2, 2]), (3, [3, 1])])
def test_a_network_chooses_how_many_messages_nobody_asked_for_in_a_day(
    world: World, unasked: int, by_day: list[int]
) -> None:
    rules = replace(world.assistant.rules, unasked=unasked)
    world.assistant.wiring = replace(world.assistant.wiring, rules=rules)
    world.register()
    for _ in range(4):
        world.add_training(days=30)
    world.heard()
    world.wait(days=5)
    assert list(Counter(row.created_at.date() for row in world.rows()).values()) == by_day


@pytest.mark.slow
def test_after_a_month_without_a_worker_what_is_stale_is_dropped_visibly(world: World) -> None:
    """Two weeks of trainings, their reminders and a survey fell due meanwhile; what still makes sense comes day by day."""
    world.register()
    world.log_session()
    for days in (5, 9, 120):
        world.add_training(days=days)
    world.wait(days=1)
    world.heard()
    world.wait(days=80)
    world.heard()
    down_for(world, days=25)
    assert len(world.rows()) <= 1
    sent = len(world.rows())
    for _ in range(10):
        world.wait(days=1)
        assert len(world.rows()) - sent <= 1
        sent = len(world.rows())
    late = [(timer.kind, timer.reason) for timer in world.all(schema.Timer, status="dropped")]
    assert all(reason for _kind, reason in late)
    assert not [timer for timer in world.all(schema.Timer, status="pending") if timer.due_at < world.now]


def test_of_two_surveys_that_are_due_one_waits_for_the_other(world: World) -> None:
    world.register()
    world.log_session()
    with world.database.write() as db:
        for followup in db.query(schema.Followup).filter(schema.Followup.wave.in_(("3m", "6m"))):
            timers.plan(db, "followup.invite", f"followup:{followup.id}", world.now, followup.client_id)
    world.wait(days=2)
    assert world.followups() == {"3m": "invited", "6m": "planned", "12m": "planned"}
    world.talk("5200", "3", "1", "0", "0", "1", "1")
    world.wait(days=2)
    assert world.followups() == {"3m": "completed", "6m": "invited", "12m": "planned"}


def test_nothing_is_asked_while_a_counselor_speaks(world: World) -> None:
    world.add_staff()
    code = world.register()
    world.log_session()
    world.wait(days=89, hours=18)
    world.say(f"/take {code}", **ROSA)
    world.wait(hours=12)
    assert world.rows() == []
    world.say(f"/done {code}", **ROSA)
    world.wait(hours=24)
    assert "a few questions" in world.heard()


def test_a_counselor_who_falls_silent_gives_the_client_back(world: World) -> None:
    world.add_staff()
    code = world.register()
    world.say(f"/take {code}", **ROSA)
    world.wait(hours=20)
    world.say(f"/reply {code} I come back to you", **ROSA)
    world.wait(hours=20)
    assert world.say("thank you") == ""
    world.wait(hours=5)
    assert f"/take {code}" in world.last("900", "telegram")
    assert "UPDATE" in world.say("hello")


def test_later_is_not_answered_by_a_nudge(world: World) -> None:
    world.register()
    world.say("update")
    world.wait(hours=23, minutes=30)
    world.say("later")
    world.wait(hours=12)
    assert world.heard() == ""
    world.wait(hours=12)
    assert "finish your check-in" in world.heard()


def test_nobody_is_closed_in_the_middle_of_an_answer(world: World) -> None:
    world.register()
    world.say("update")
    world.wait(days=6, hours=23, minutes=50)
    world.talk("5200", "3")
    world.wait(minutes=15)
    world.talk("1", "0", "0", "1", "1")
    assert world.followups() == {"asked": "completed"}


def test_a_trigger_in_the_middle_of_a_survey_asks_the_open_question(world: World) -> None:
    world.add_staff()
    code = world.register()
    world.talk("update", "5200")
    world.say(f"/followup {code}", **ROSA)
    assert "full-time" in world.last(ANA)
    assert len(world.all(schema.Followup)) == 1


def test_a_timer_that_always_fails_ends_visibly(world: World) -> None:
    with world.database.write() as db:
        timers.plan(db, "followup.invite", "followup:999", world.now)
    for _ in range(MOST_ATTEMPTS + 2):
        down_for(world, minutes=5)
    timer = world.all(schema.Timer, subject="followup:999")[0]
    assert (timer.status, timer.reason, timer.attempts) == ("failed", "NoResultFound", MOST_ATTEMPTS)


def test_a_clock_that_goes_back_sends_nothing_twice(world: World) -> None:
    world.register()
    world.log_session()
    world.wait(days=90)
    sent = len(world.all(schema.Outbox))
    world.now -= timedelta(hours=3)
    down_for(world, hours=1)
    down_for(world, hours=3)
    assert len(world.all(schema.Outbox)) == sent


@pytest.mark.parametrize(
    ("chosen", "hour"),
    [
        (None, 10),
        ((time(20), time(12)), 12),
        ((time(9), time(17, 30)), 17.5),
        ((time(0), time(0)), 10),
    ],
)
def test_a_follow_up_keeps_to_the_quiet_hours_of_its_center(
    world: World, chosen: tuple[time, time] | None, hour: float
) -> None:
    with world.database.write() as db:
        registers.set_center(registers.find_center(db, "LC"), quiet_hours=chosen)
    world.register()
    world.log_session()
    due = world.all(schema.Timer, kind="followup.invite")[0].due_at
    assert due == datetime(2026, 4, 5, 4, tzinfo=UTC) + timedelta(hours=hour)


def test_what_falls_due_in_the_quiet_hours_of_a_center_waits(world: World) -> None:
    world.register()
    world.log_session()
    with world.database.write() as db:
        registers.set_center(registers.find_center(db, "LC"), quiet_hours=(time(9), time(17)))
    timer = world.all(schema.Timer, kind="followup.invite")[0]
    world.now = timer.due_at
    fire_due(world.database, world.assistant, lambda: world.now)
    assert world.all(schema.Timer, kind="followup.invite")[0].due_at == timer.due_at + timedelta(hours=7)

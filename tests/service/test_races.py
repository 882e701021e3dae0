"""Two workers at the same instant: nothing is done twice, nothing is lost, and nobody waits for each other for ever."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

import pytest
from structlog.testing import capture_logs

from bot.model import Inbound
from scheduler.firing import fire_due
from storage import schema
from storage.clients import locked
from tests.service.world import ANA, World, on_both

pytestmark = on_both


def at_once(*jobs: Callable[[], object]) -> None:
    """Run every job in a thread of its own, started together; the first exception is raised here."""
    barrier = Barrier(len(jobs))

    def run(job: Callable[[], object]) -> object:
        barrier.wait()
        return job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        for future in [pool.submit(run, job) for job in jobs]:
            future.result()


def hears(world: World, text: str, message: str, who: str = ANA, channel: str = "sms") -> Callable[[], object]:
    """A delivery of one message, in a transaction of its own."""

    def deliver() -> object:
        with world.database.write() as db:
            return world.assistant.receive(db, Inbound(channel, message, who, world.now, text, simulated=True))

    return deliver


def test_the_same_delivery_at_the_same_instant(world: World) -> None:
    world.talk("hello", "1", "1", "1")
    for number in range(5):
        at_once(*[hears(world, f"Ana {number}", f"same{number}")] * 4)
    assert len(world.all(schema.Inbox)) == 9
    assert world.client().name == "Ana 0"


@pytest.mark.slow
def test_first_contact_from_two_workers_is_one_client(world: World) -> None:
    for number in range(8):
        who = f"+1758555020{number}"
        at_once(*(hears(world, "hello", f"{number}.{n}", who) for n in range(4)))
    assert len(world.all(schema.Client)) == 8
    assert len(world.all(schema.Conversation)) == 8


def test_first_contact_of_an_address_that_was_seen_before(network: World) -> None:
    network.say("hello")
    at_once(*(hears(network, "JOIN LC", f"join{n}") for n in range(4)))
    assert len(network.all(schema.Client)) == 1


def test_two_answers_of_one_client_at_the_same_instant(world: World) -> None:
    world.register()
    world.say("update")
    at_once(hears(world, "skip", "a"), hears(world, "skip", "b"))
    answers = world.all(schema.Answer, flow="followup")
    assert [answer.question for answer in answers] == ["sales_month", "employees_full"]


@pytest.mark.slow
def test_the_last_seat_goes_to_one_and_each_is_told_the_truth(world: World) -> None:
    phones = [f"+1758555030{n}" for n in range(6)]
    for phone in phones:
        world.register(phone)
    world.add_training(capacity=1)
    world.wait(days=1)
    at_once(*(hears(world, "1", f"rsvp{phone}", phone) for phone in phones))
    statuses = sorted(enrollment.status for enrollment in world.all(schema.Enrollment))
    assert statuses == ["waiting"] * 5 + ["yes"]
    told = [world.last(phone) for phone in phones]
    assert sum("You have a seat" in text for text in told) == 1
    assert sum("waiting list" in text for text in told) == 5


@pytest.mark.slow
def test_a_timer_waits_for_the_message_of_its_client(world: World) -> None:
    """Whoever holds the client may cancel the client's timers, even one that is about to be fired."""
    world.register()
    world.say("update")
    world.heard()
    world.now = world.due(kind="followup.nudge.1")

    def fire() -> object:
        return fire_due(world.database, world.assistant, lambda: world.now)

    with ThreadPoolExecutor(1) as pool, capture_logs() as logs:
        with world.database.write() as db:
            stop = Inbound("sms", "stop", ANA, world.now, "STOP", simulated=True)
            locked(db, world.client().id)
            firing = pool.submit(fire)
            sleep(0.3)
            world.assistant.receive(db, stop)
        firing.result()
    assert logs == []
    assert world.heard() == "All right, I won't write to you any more. If you change your mind, write START."
    assert world.all(schema.Timer, kind="followup.nudge.1")[0].status == "dropped"

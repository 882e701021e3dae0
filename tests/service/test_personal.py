"""Sex and year of birth: asked once, after the registration, and nobody has to answer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage import schema
from tests.service.world import ANA, REGISTRATION, World

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def person(world: World) -> tuple[str | None, int | None]:
    (found,) = world.all(schema.Person)
    return found.sex, found.birth_year


def test_it_is_a_message_of_its_own_after_the_thanks(world: World) -> None:
    world.talk(*REGISTRATION)
    thanks, question = [row.text for row in world.all(schema.Outbox)][-2:]
    assert "You're registered, Ana!" in thanks
    assert question.startswith("One more thing, only if you like")
    assert world.client().status == "registered"


@pytest.mark.parametrize(
    ("replies", "told"),
    [
        (["1", "1985"], ("f", 1985)),
        (["man", "79", "yes"], ("m", 1979)),
        (["femme", "born in 1990"], ("f", 1990)),
        (["male", "skip"], ("m", None)),
        (["3", "rather not say"], ("x", None)),
        (["skip", "1985"], (None, 1985)),
        (["2", "8", "1985"], ("m", 1985)),
    ],
)
def test_what_is_told_is_kept_with_the_person(
    world: World, replies: list[str], told: tuple[str | None, int | None]
) -> None:
    world.register()
    assert "that's all for now" in world.talk(*replies)
    assert person(world) == told


def test_a_tap_is_enough(world: World) -> None:
    world.register(channel="whatsapp")
    world.say(choice=world.buttons(channel="whatsapp")["f"], channel="whatsapp")
    assert person(world) == ("f", None)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("thanks!", "Hi Ana!"),
        ("help", "You can write UPDATE"),
        ("update", "a few questions"),
        ("person", "what is it about"),
        ("my data", "I keep:"),
        ("training", "No training is planned"),
    ],
)
def test_it_may_be_ignored(world: World, line: str, answer: str) -> None:
    world.register()
    said = world.say(line)
    assert answer in said
    assert "woman" not in said


def test_it_is_never_asked_again(world: World) -> None:
    world.register()
    world.talk("update", "5200", "3", "1", "0", "0", "1")
    assert "has your figures now" in world.say("1")
    assert "woman" not in world.say("hello")
    world.wait(days=30)
    assert "One more thing" not in world.heard()
    questions = [row for row in world.all(schema.Outbox) if (row.text or "").startswith("One more thing")]
    assert len(questions) == 1
    assert person(world) == (None, None)


def test_a_late_answer_by_the_button_still_counts_on_the_same_day(world: World) -> None:
    world.register(channel="whatsapp")
    tap = world.buttons(channel="whatsapp")["m"]
    world.say("thank you", channel="whatsapp")
    world.now += timedelta(hours=5)
    assert "born" in world.say(choice=tap, channel="whatsapp")
    assert person(world) == ("m", None)


def test_a_stop_is_a_stop(world: World) -> None:
    world.register()
    world.say("stop")
    assert world.client(ANA).opted_out_at is not None


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (("1", "1985"), "Also: Woman; year of birth 1985."),
        (("3", "skip"), "Also: Other / no answer; year of birth not given."),
        (("skip", "skip"), ""),
    ],
)
def test_what_was_told_is_among_my_data(world: World, answers: tuple[str, ...], told: str) -> None:
    world.register()
    world.talk(*answers)
    said = world.say("my data")
    assert told in said
    assert ("Also:" in said) == bool(told)

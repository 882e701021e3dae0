"""What a channel tells beside the words: how the person is called, and where they are."""

from __future__ import annotations

import pytest

from tests.service.world import ANA, REGISTRATION, World

OFFERED = "Thank you! Is Ana Luz Charles your full name? If not, write it here."
ASKED = "Thank you! What's your full name?"


def asked_for_the_name(world: World, profile_name: str | None) -> str:
    """The prompt for the name, on WhatsApp."""
    replies = [world.say(line, channel="whatsapp", profile_name=profile_name) for line in REGISTRATION[:4]]
    return replies[-1]


@pytest.mark.parametrize(
    ("profile_name", "prompt"),
    [
        ("Ana Luz Charles", OFFERED),
        ("  Ana Luz\u00a0 Charles ", OFFERED),
        ("Ana", ASKED),
        ("Bakery 24 Hours", ASKED),
        ("🌺 Ana Charles", ASKED),
        ("Ana " + "x" * 60, ASKED),
        (None, ASKED),
    ],
)
def test_a_full_name_that_the_channel_tells_is_offered(world: World, profile_name: str | None, prompt: str) -> None:
    assert asked_for_the_name(world, profile_name) == prompt


@pytest.mark.parametrize(
    ("reply", "name", "then"),
    [
        ("yes", "Ana Luz Charles", "And the name of your business?"),
        ("wi", "Ana Luz Charles", "And the name of your business?"),
        ("Anna Louise Charles", "Anna Louise Charles", "And the name of your business?"),
        ("Noa Charles", "Noa Charles", "And the name of your business?"),
        ("no", None, "All right, let's try again.\nYour full name, please?"),
    ],
)
def test_a_name_that_was_offered(world: World, reply: str, name: str | None, then: str) -> None:
    asked_for_the_name(world, "Ana Luz Charles")
    assert world.say(reply, channel="whatsapp", profile_name="Ana Luz Charles").startswith(then)
    assert world.client().name == name


def test_a_name_that_was_offered_is_taken_or_declined_by_a_tap(world: World) -> None:
    asked_for_the_name(world, "Ana Luz Charles")
    buttons = world.buttons(channel="whatsapp")
    again = world.say(choice=buttons["no"], channel="whatsapp", profile_name="Ana Luz Charles")
    assert again.startswith("All right, let's try again.")
    world.say(choice=buttons["yes"], channel="whatsapp", profile_name="Ana Luz Charles")
    assert world.client().name == "Ana Luz Charles"


def test_without_the_offer_a_yes_is_a_name_like_any_other(world: World) -> None:
    asked_for_the_name(world, None)
    world.say("Si", channel="whatsapp")
    assert world.client().name == "Si"


@pytest.mark.parametrize("told", ["Marché Central, Castries", "13.997, -60.989"])
def test_a_location_says_where_the_business_is(world: World, told: str) -> None:
    world.talk(*REGISTRATION[:7], channel="whatsapp")
    world.say(told, media="location", channel="whatsapp")
    assert world.client().place == told
    world.talk(*REGISTRATION[8:], channel="whatsapp")
    assert world.client(ANA).status == "registered"


@pytest.mark.parametrize("so_far", [4, 5, 8, 9])
def test_a_location_answers_no_other_question(world: World, so_far: int) -> None:
    prompt = world.talk(*REGISTRATION[:so_far], channel="whatsapp")
    again = world.say("12 High Street", media="location", channel="whatsapp")
    assert again.startswith("I cannot read pictures, voice notes or files. Please type it.")
    assert world.client().place is None or so_far > 7
    assert world.talk(*REGISTRATION[so_far:], channel="whatsapp") != prompt
    assert world.client().status == "registered"

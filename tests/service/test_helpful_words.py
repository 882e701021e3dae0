"""The small words: what LATER, HELP and the name of the money are answered with."""

from __future__ import annotations

import pytest

from tests.service.world import REGISTRATION, World

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_later_is_not_asked_again_at_once_but_goes_on_where_it_stood(world: World) -> None:
    world.register()
    world.talk("update", "5200")
    assert world.say("later") == "No rush, your answers are saved. Write to me any time and we'll go on from here."
    assert "part-time" in world.say("3")


def test_help_tells_what_can_be_done_now(world: World) -> None:
    world.register()
    assert "UPDATE" in world.say("help")
    world.say("update")
    assert "SKIP" in world.say("help")


@pytest.mark.parametrize(("first", "asked"), [("JOIN HT", "an goud?"), ("JOIN DO", "en RD$?")])
def test_money_is_named_as_people_name_it(network: World, first: str, asked: str) -> None:
    assert asked in network.talk(first, *REGISTRATION[1:8])


def test_who_comes_back_is_welcomed_once(world: World) -> None:
    world.register()
    world.say("STOP")
    assert world.say("START") == "Welcome back, Ana! I'll write to you again."
    assert "already registered" in world.say("START")

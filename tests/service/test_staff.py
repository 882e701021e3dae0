"""Counselors on their own phones: what they may reach, and what they cannot break."""

from __future__ import annotations

import pytest

from storage import schema
from tests.service.world import World

ROSA = {"who": "900", "channel": "telegram"}


@pytest.mark.parametrize("wanted", ["%", "_na Charles", "", "Ana%", "nobody", "a" * 5000, "LC-XXXXX"])
def test_who_cannot_be_found(world: World, wanted: str) -> None:
    world.add_staff()
    world.register()
    for command in ("followup", "take", "done", "reply"):
        assert "LC-7K3Q2" in world.say(f"/{command} {wanted}", **ROSA) or "matches" in world.last("900", "telegram")
    assert world.all(schema.Handover) == []
    assert world.all(schema.Followup) == []


def test_another_center_is_out_of_reach(network: World) -> None:
    network.add_staff()
    code = network.register(join="JOIN HT")
    assert "No client of yours" in network.say(f"/take {code}", **ROSA)
    assert "No client of yours" in network.say("/followup Ana", **ROSA)
    assert network.say("/list", **ROSA) == "Nobody waits for a person."


def test_of_two_with_the_same_name_neither_is_taken(world: World) -> None:
    world.add_staff()
    codes = [world.register(f"+175855502{n}0") for n in range(2)]
    reply = world.say("/take Ana Charles", **ROSA)
    assert all(code in reply for code in codes)
    assert world.all(schema.Handover) == []


def test_a_reply_begins_on_a_new_line_too(world: World) -> None:
    world.add_staff()
    code = world.register()
    assert "Sent" in world.say(f"/reply {code}\nGood morning,\nplease call.", **ROSA)
    assert world.last() == "Rosa Pierre: Good morning, please call."


@pytest.mark.parametrize(("words", "why"), [("", "What shall I write"), ("x" * 1001, "at most 1000 characters")])
def test_a_reply_that_is_not_sent_takes_nothing_over(world: World, words: str, why: str) -> None:
    world.add_staff()
    code = world.register()
    assert why in world.say(f"/reply {code} {words}", **ROSA)
    assert world.all(schema.Handover) == []


def test_nothing_reaches_who_wrote_stop(world: World) -> None:
    world.add_staff()
    code = world.register()
    world.say("STOP")
    assert "wrote STOP" in world.say(f"/reply {code} hello", **ROSA)
    assert "wrote STOP" in world.say(f"/followup {code}", **ROSA)
    assert world.rows() == []


def test_who_left_hears_and_does_nothing(world: World) -> None:
    staff = world.add_staff()
    code = world.register()
    world.say(f"/take {code}", **ROSA)
    with world.database.write() as db:
        db.get_one(schema.Staff, staff).active = False
    assert world.say(f"/reply {code} hello", **ROSA) == ""
    before = len(world.rows("900", "telegram"))
    world.say("my sales are down")
    world.talk("STOP")
    assert len(world.rows("900", "telegram")) == before


def test_what_is_passed_on_has_an_end(world: World) -> None:
    world.add_staff()
    code = world.register()
    world.say(f"/take {code}", **ROSA)
    world.say("my roof fell in " * 1000)
    assert len(world.last("900", "telegram")) < 1100

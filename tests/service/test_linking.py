"""Codes that join a phone to a record: whoever holds one gets in, and nobody else."""

from __future__ import annotations

import itertools

import pytest

from bot.service import linking
from storage import schema
from tests.service.world import ANA, World

BEN = "+17585550202"
TELEGRAM = {"who": "5550", "channel": "telegram"}


def code_of(world: World, who: str = ANA) -> str:
    return world.say("code", who=who).split("LINK ")[1][:6]


def test_a_code_for_one_phone_is_of_no_use_to_another(world: World) -> None:
    code = world.register()
    world.say(f"LINK {code}", **TELEGRAM)
    digits = "".join(c for c in world.last() if c.isdigit())[:6]
    assert "not right" in world.say(f"LINK {digits}", who="666", channel="telegram")
    assert "Ana" in world.say(digits, **TELEGRAM)


def test_a_client_code_tells_a_stranger_nothing(world: World) -> None:
    code = world.register()
    told = {world.say(f"LINK {guess}", who=f"66{n}", channel="telegram") for n, guess in enumerate((code, "LC-22222"))}
    assert len(told) == 1
    assert "Ana" not in told.pop()


def forced(monkeypatch: pytest.MonkeyPatch, *codes: str) -> None:
    """These are drawn next."""
    drawn = itertools.chain.from_iterable(codes)
    monkeypatch.setattr("secrets.choice", lambda _alphabet: next(drawn))


def test_a_code_that_is_taken_is_drawn_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = world.register()
    forced(monkeypatch, taken.removeprefix("LC-"), "23456")
    assert world.register(BEN, name="Ben Toussaint") == "LC-23456"
    assert world.client(ANA).code == taken


def test_a_code_that_is_taken_is_drawn_again_at_another_center(network: World, monkeypatch: pytest.MonkeyPatch) -> None:
    forced(monkeypatch, "AAAA2", "BBBB2", "AAAA2", "CCCC2")
    assert network.register(join="JOIN LC") == "LC-AAAA2"
    network.say("JOIN DO", who=BEN)
    network.say("JOIN LC", who=BEN)
    assert network.client(BEN).code == "LC-CCCC2"


def test_a_code_is_used_once_and_not_for_long(world: World) -> None:
    world.register()
    code = code_of(world)
    world.wait(minutes=16)
    assert "not right" in world.say(f"LINK {code}", **TELEGRAM)


def test_two_live_codes_are_never_the_same(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.register()
    world.register(BEN, name="Ben Toussaint")
    drawn = iter([123456, 123456, 654321])
    monkeypatch.setattr("secrets.randbelow", lambda most: next(drawn))
    assert (code_of(world), code_of(world, BEN)) == ("123456", "654321")


def test_a_figure_of_six_digits_is_no_code_once_the_registration_has_begun(world: World) -> None:
    world.register()
    world.say("hello", channel="whatsapp")
    world.say("NEW", channel="whatsapp")
    world.talk("1", "1", "1", "Ana Other", "Shop", "4", "Castries", channel="whatsapp")
    assert "not right" not in world.say("100 000", channel="whatsapp")


def test_a_record_that_was_only_begun_leaves_no_answers(world: World) -> None:
    world.register()
    code = code_of(world)
    world.talk("hello", "1", "1", "1", "Nickname", "Stall", who="5550", channel="telegram")
    assert "Ana" in world.say(f"LINK {code}", **TELEGRAM)
    merged = world.all(schema.Client, status="merged")[0]
    assert merged.name is None
    assert world.all(schema.Answer, client_id=merged.id) == []
    assert world.client(ANA).name == "Ana Charles"


def test_a_phone_that_changes_records_is_noted(world: World) -> None:
    world.register()
    other = world.register(BEN, name="Ben Toussaint")
    code = code_of(world)
    assert "Ana" in world.say(f"LINK {code}", who=BEN)
    assert [row.subject for row in world.all(schema.Audit, action="link.moved")] == [other]
    assert "Ben" not in world.say("my data", who=BEN)


@pytest.mark.parametrize("registered", [True, False], ids=["registered", "half-way"])
def test_a_counselor_who_tried_it_as_a_client_first(world: World, registered: bool) -> None:
    staff = world.add_staff(address="1", name="Rosa Pierre")
    if registered:
        world.register("5550", "telegram", name="Try Out")
    else:
        world.say("hello", **TELEGRAM)
    with world.database.write() as db:
        code = linking.issue(db, world.now, world.assistant.rules.code_valid, staff_id=staff)
    assert "Welcome, Rosa Pierre" in world.say(f"LINK {code}", **TELEGRAM)
    assert "Nobody waits" in world.say("/list", **TELEGRAM)
    assert "not right" in world.say(f"LINK {code}", who="777", channel="telegram")

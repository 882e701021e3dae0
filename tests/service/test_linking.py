"""Codes that join a phone to a record: whoever holds one gets in, and nobody else."""

from __future__ import annotations

import pytest

from bot.answers.commands import link_argument
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


def test_every_client_code_is_told_from_a_word(world: World) -> None:
    with world.database.read() as db:
        center = db.query(schema.Center).one()
    codes = {linking.new_client_code(center) for _ in range(200)}
    assert {link_argument(f"link {code}") for code in codes} == codes


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

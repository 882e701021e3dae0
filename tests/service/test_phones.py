"""A client on Telegram shares a number: an SMS finds them where Telegram does not."""

from __future__ import annotations

import pytest

from bot.channels.base import OptedOut
from bot.messages.shape import SHARE_PHONE
from bot.service import fallback
from storage import schema
from tests.service.world import ANA, World

CHAT = {"who": "77", "channel": "telegram"}
ASKED = "Shall I write by SMS when Telegram fails?"


@pytest.fixture
def on_telegram(world: World) -> World:
    world.register("77", "telegram")
    return world


def addresses(world: World) -> list[tuple[str, str, str]]:
    """(channel, address, client code) of everybody."""
    with world.database.read() as db:
        rows = db.query(schema.Address, schema.Client.code).join(schema.Client).order_by(schema.Address.id)
        return [(address.channel, address.address, code) for address, code in rows]


def test_it_is_asked_for_with_the_last_words_of_a_registration(on_telegram: World) -> None:
    thanks = on_telegram.all(schema.Outbox)[-2]
    assert ASKED in thanks.text
    assert [button["id"] for button in thanks.buttons] == [SHARE_PHONE, "not_now"]


@pytest.mark.parametrize("channel", ["sms", "whatsapp"])
def test_no_other_channel_asks(world: World, channel: str) -> None:
    world.register(channel=channel)
    assert ASKED not in world.last(channel=channel)


def test_the_number_comes_after_the_chat(on_telegram: World) -> None:
    said = on_telegram.say(contact_phone=ANA, **CHAT)
    assert said == "Thank you! If I can't reach you here, I'll write by SMS."
    assert [place[:2] for place in addresses(on_telegram)] == [("telegram", "77"), ("sms", ANA)]
    on_telegram.log_session()
    on_telegram.wait(days=90)
    row = on_telegram.all(schema.Outbox)[-1]
    assert row.channel == "telegram"
    with on_telegram.database.write() as db:
        fallback.not_sent(db, db.get_one(schema.Outbox, row.id), OptedOut("blocked", "blocked"), on_telegram.now)
    assert on_telegram.all(schema.Outbox)[-1].channel == "sms"


def test_sharing_twice_is_sharing_once(on_telegram: World) -> None:
    for _ in range(2):
        on_telegram.say(contact_phone=ANA, **CHAT)
    assert len(addresses(on_telegram)) == 2


@pytest.mark.parametrize("word", ["Not now", "not now", "Ahora no"])
def test_not_now(on_telegram: World, word: str) -> None:
    assert on_telegram.say(word, **CHAT) == "All right. Write CODE if you want to add a phone later."
    assert len(addresses(on_telegram)) == 1


@pytest.mark.parametrize("choice", [SHARE_PHONE, "not_now"])
def test_a_simulated_phone_shares_none(on_telegram: World, choice: str) -> None:
    assert on_telegram.say(choice=choice, **CHAT) == "All right. Write CODE if you want to add a phone later."


def test_a_number_that_is_somebodys_has_to_be_proven(world: World) -> None:
    first = world.register()
    second = world.register("77", "telegram", name="Ana Ch.")
    world.heard()
    assert world.say(contact_phone=ANA, **CHAT).startswith("That number is registered already.")
    assert addresses(world) == [("sms", ANA, first), ("telegram", "77", second)]
    code = world.last().partition("Your code is ")[2][:6]
    assert "you can write to me from here too" in world.say(code, **CHAT)
    assert addresses(world) == [("sms", ANA, first), ("telegram", "77", first)]


def test_a_contact_in_the_middle_of_a_registration_is_no_answer(world: World) -> None:
    world.talk("hello", "1", **CHAT)
    world.say(contact_phone=ANA, **CHAT)
    assert [place[:2] for place in addresses(world)] == [("telegram", "77")]

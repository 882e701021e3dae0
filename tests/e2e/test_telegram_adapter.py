"""Our Telegram channel against a Bot API that others wrote."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.channels.base import OptedOut, RetryLater
from bot.channels.telegram.channel import TelegramChannel
from bot.messages.shape import SHARE_PHONE
from bot.model import Button, Inbound, Message, Outgoing
from tests.e2e.phones import TELEGRAM_TOKEN, TelegramEmulator, TelegramPhone
from tests.e2e.receiver import open_receiver

pytestmark = pytest.mark.e2e

SECRET = "a-secret_1"


@asynccontextmanager
async def opened(emulator: TelegramEmulator) -> AsyncIterator[TelegramChannel]:
    channel = TelegramChannel(token=TELEGRAM_TOKEN, webhook_secret=SECRET, api_url=emulator.url)
    try:
        yield channel
    finally:
        await channel.close()


def outgoing(phone: TelegramPhone, text: str, *buttons: Button) -> Outgoing:
    return Outgoing(1, "telegram", str(phone.chat), Message(text, buttons), phone.language)


async def take(channel: TelegramChannel, count: int, *, failing: int = 0) -> list[Inbound]:
    """Poll until `count` messages were handed over, of which the first `failing` are not committed."""
    stop, seen = asyncio.Event(), []

    async def handle(inbound: Inbound) -> None:
        seen.append(inbound)
        if len(seen) >= count:
            stop.set()
        if len(seen) <= failing:
            raise RuntimeError("not committed")

    await asyncio.wait_for(channel.poll(handle, stop=stop, wait=timedelta(seconds=1)), 20)
    return seen


def test_a_question_a_tap_and_its_acknowledgement(telegram_emulator: TelegramEmulator) -> None:
    phone = telegram_emulator.phone()

    async def talk() -> list[Inbound]:
        async with opened(telegram_emulator) as channel:
            await channel.send(outgoing(phone, "¿Está bien?", Button("yes", "Sí"), Button("no", "No")))
            assert phone.read() == "¿Está bien?"
            assert phone.buttons() == ["Sí", "No"]
            phone.tap("Sí")
            return await take(channel, 1)

    (tap,) = asyncio.run(talk())
    assert (tap.choice, tap.text, tap.sender, tap.language_hint) == ("yes", "Sí", "4242", "es")
    assert phone.buttons() == []
    assert len(telegram_emulator.calls("answerCallbackQuery")) == 1


def test_what_was_not_committed_comes_again(telegram_emulator: TelegramEmulator) -> None:
    phone = telegram_emulator.phone()
    phone.say("/start LC")

    async def twice() -> tuple[list[Inbound], list[Inbound], list[Inbound]]:
        async with opened(telegram_emulator) as channel:
            lost = await take(channel, 1, failing=1)
        async with opened(telegram_emulator) as channel:
            taken = await take(channel, 1)
            phone.say("Ana Luz")
            return lost, taken, await take(channel, 2)

    lost, taken, after = asyncio.run(twice())
    assert lost == taken
    assert taken[0].text == "/start LC"
    assert [each.text for each in after] == ["/start LC", "Ana Luz"]  # the offset is told with the next question only
    assert len({each.provider_id for each in after}) == 2


def test_a_phone_number_is_taken_from_its_owner_only(telegram_emulator: TelegramEmulator) -> None:
    phone = telegram_emulator.phone()

    async def talk() -> list[Inbound]:
        async with opened(telegram_emulator) as channel:
            await channel.send(outgoing(phone, "¿Tu número?", Button(SHARE_PHONE, "Compartir")))
            assert phone.read() == "¿Tu número?"
            assert phone.buttons() == ["Compartir"]
            phone.share_number("50937000001", of=5555)
            phone.share_number("50937000000")
            return await take(channel, 2)

    other, own = asyncio.run(talk())
    assert (other.contact_phone, other.media) == (None, "contact")
    assert (own.contact_phone, own.media) == ("+50937000000", None)


def test_faults_of_telegrams(telegram_emulator: TelegramEmulator) -> None:
    phone = telegram_emulator.phone()

    async def talk() -> None:
        async with opened(telegram_emulator) as channel:
            telegram_emulator.fail("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
            await channel.send(outgoing(phone, "after a short wait"))
            telegram_emulator.fail("sendMessage", 429, "Too Many Requests: retry after 60", retry_after=60)
            with pytest.raises(RetryLater) as later:
                await channel.send(outgoing(phone, "never"))
            assert later.value.after == timedelta(minutes=1)
            telegram_emulator.fail("sendMessage", 403, "Forbidden: bot was blocked by the user")
            with pytest.raises(OptedOut):
                await channel.send(outgoing(phone, "never"))

    asyncio.run(talk())
    assert phone.read() == "after a short wait"


def test_a_webhook_carries_the_secret(telegram_emulator: TelegramEmulator) -> None:
    phone = telegram_emulator.phone()

    async def register(url: str, secret: str) -> TelegramChannel:
        channel = TelegramChannel(token=TELEGRAM_TOKEN, webhook_secret=secret, api_url=telegram_emulator.url)
        await channel.register_webhook(url)
        assert await channel.webhook() == url + "/webhooks/telegram"
        await channel.close()
        return channel

    with open_receiver() as receiver:
        receiver.channel = asyncio.run(register(receiver.url, SECRET))
        phone.say("hola")
        phone.say("¿qué tal?")
        assert [each.text for each in receiver.wait_for(2) if isinstance(each, Inbound)] == ["hola", "¿qué tal?"]
        asyncio.run(register(receiver.url, "another"))
        phone.say("forged")
        phone.read(0.5)
        assert receiver.forged > 0
        assert len(receiver.told) == 2


def test_the_doctor_sees_whom_telegram_calls(telegram_emulator: TelegramEmulator) -> None:
    async def told() -> list[list[str]]:
        async with opened(telegram_emulator) as channel:
            before = await channel.faults("https://bot.example.org")
            await channel.register_webhook("https://bot.example.org")
            return [before, await channel.faults("https://bot.example.org")]

    wanted = "https://bot.example.org/webhooks/telegram"
    assert asyncio.run(told()) == [[f"Telegram calls no webhook, not {wanted}; run: acompana telegram webhook"], []]


def test_a_menu_and_a_name(telegram_emulator: TelegramEmulator) -> None:
    async def set_up() -> str:
        async with opened(telegram_emulator) as channel:
            await channel.set_menu({"en": [("help", "What I can do")], "ht": [("help", "Sa m ka fè")]})
            return await channel.check()

    assert asyncio.run(set_up()) == "@acompana_test_bot"
    assert [call.get("language_code") for call in telegram_emulator.calls("setMyCommands")] == ["en", None, "ht"]

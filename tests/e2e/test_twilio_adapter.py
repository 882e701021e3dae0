"""Our SMS and WhatsApp channels against a Twilio that others wrote, and against Twilio's own documents."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

import pytest

from bot.channels.base import Misconfigured, RetryLater, UnknownOutcome
from bot.channels.twilio.channel import TwilioChannel
from bot.channels.twilio.templates import TwilioTemplates
from bot.messages.templates import Template
from bot.model import Button, Delivery, Inbound, Message, Outgoing, Status
from tests.e2e.gate import Fault, Gate
from tests.e2e.phones import (
    TWILIO_NUMBER,
    TWILIO_SERVICE,
    TWILIO_SID,
    TWILIO_TOKEN,
    TwilioEmulator,
    signed_webhook,
)
from tests.e2e.receiver import open_receiver

pytestmark = pytest.mark.e2e

PHONE = "+50937000000"
YES_NO = (Button("yes", "Sí"), Button("no", "No"))
AREAS = tuple(Button(f"area{number}", f"Área {number}") for number in range(1, 6))


def channel(name: str, api_url: str, **settings: Any) -> TwilioChannel:
    known = {"account_sid": TWILIO_SID, "auth_token": TWILIO_TOKEN, "sender": TWILIO_NUMBER}
    return TwilioChannel(name, **{**known, "api_url": api_url, **settings})


@asynccontextmanager
async def opened(name: str, api_url: str, **settings: Any) -> AsyncIterator[TwilioChannel]:
    made = channel(name, api_url, **settings)
    try:
        yield made
    finally:
        await made.close()


def outgoing(name: str, text: str, *buttons: Button, **parts: Any) -> Outgoing:
    queued = datetime.now(UTC) - timedelta(seconds=5)
    return Outgoing(1, name, PHONE, Message(text, buttons), "es", created_at=queued, **parts)


def test_messages_and_their_statuses(twilio_emulator: TwilioEmulator) -> None:
    async def send(public_url: str) -> list[str]:
        sids = []
        for name in ("sms", "whatsapp"):
            async with opened(name, twilio_emulator.url, public_url=public_url) as made:
                sids.append(await made.send(outgoing(name, "¿Cuántos?", *YES_NO)))
        return sids

    with open_receiver() as receiver:
        receiver.channel = channel("sms", twilio_emulator.url, public_url=receiver.url)
        sms, whatsapp = asyncio.run(send(receiver.url))
        for sid, status in ((sms, "sent"), (sms, "delivered"), (whatsapp, "read"), (sms, "undelivered")):
            twilio_emulator.report(sid, status)
        told = [each for each in receiver.wait_for(4) if isinstance(each, Status)]
        assert receiver.forged == 0
        asyncio.run(receiver.channel.close())
    assert [(each.channel, each.provider_id, each.state) for each in told] == [
        ("sms", sms, Delivery.SENT),
        ("sms", sms, Delivery.DELIVERED),
        ("whatsapp", whatsapp, Delivery.READ),
        ("sms", sms, Delivery.FAILED),
    ]
    assert [message["body"] for message in twilio_emulator.messages(PHONE)] == ["¿Cuantos?\n1 Si\n2 No"]
    assert [message["body"] for message in twilio_emulator.messages("whatsapp:" + PHONE)] == ["¿Cuántos?\n1 Sí\n2 No"]


def test_inbound_messages_are_signed(twilio_emulator: TwilioEmulator) -> None:
    with open_receiver() as receiver:
        receiver.channel = channel("sms", twilio_emulator.url, public_url=receiver.url)
        twilio_emulator.call_back(receiver.url)
        twilio_emulator.write(PHONE, "Ki jan ou ye? ñ")
        twilio_emulator.write("whatsapp:" + PHONE, "hola 👋")
        url = receiver.url + "/webhooks/twilio/inbound"
        sender = "whatsapp:" + PHONE
        tapped = {"MessageType": "button", "ButtonText": "Sí", "ButtonPayload": "yes"}
        assert signed_webhook(url, From=sender, **tapped).status_code == 200
        picked = {"MessageType": "interactive", "ListId": "area2", "ListTitle": "Área 2"}
        assert signed_webhook(url, From=sender, **picked).status_code == 200
        assert signed_webhook(url, From=sender, Body="x", token="wrong").status_code == 403
        told = [each for each in receiver.wait_for(4) if isinstance(each, Inbound)]
        asyncio.run(receiver.channel.close())
    assert [(each.channel, each.sender, each.text, each.choice) for each in told] == [
        ("sms", PHONE, "Ki jan ou ye? ñ", None),
        ("whatsapp", PHONE, "hola 👋", None),
        ("whatsapp", PHONE, "Sí", "yes"),
        ("whatsapp", PHONE, "Área 2", "area2"),
    ]
    assert len({each.provider_id for each in told}) == 4


def test_a_lost_answer_is_looked_up_and_nothing_is_sent_twice(twilio_emulator: TwilioEmulator) -> None:
    async def send() -> list[str | None]:
        async with opened("sms", twilio_emulator.url) as made:
            twilio_emulator.gate.fail(Fault(), Fault(status=429, body='{"code": 20429, "message": "slow down"}'))
            with pytest.raises(UnknownOutcome):
                await made.send(outgoing("sms", "¿Cuántos?"))
            found = await made.find(outgoing("sms", "¿Cuántos?", attempt=2))
            with pytest.raises(RetryLater):
                await made.send(outgoing("sms", "¿Y ahora?"))
            assert await made.find(outgoing("sms", "¿Y ahora?", attempt=2)) is None
            return [found, await made.send(outgoing("sms", "¿Y ahora?", attempt=2))]

    sids = asyncio.run(send())
    assert [message["sid"] for message in twilio_emulator.messages(PHONE)] == sids


def test_a_wrong_token_and_a_number_that_is_not_ours(twilio_emulator: TwilioEmulator) -> None:
    async def attempt() -> str:
        async with opened("sms", twilio_emulator.url, auth_token="wrong") as made:
            with pytest.raises(Misconfigured):
                await made.check()
            with pytest.raises(Misconfigured):
                await made.send(outgoing("sms", "hola"))
        async with opened("sms", twilio_emulator.url, sender=None, messaging_service_sid=TWILIO_SERVICE) as made:
            await made.send(outgoing("sms", "hola"))
            return await made.check()

    assert "Test center" in asyncio.run(attempt())
    assert [message["from"] for message in twilio_emulator.messages(PHONE)] == [TWILIO_NUMBER]


def test_the_doctor_sees_whom_twilio_calls(twilio_emulator: TwilioEmulator) -> None:
    public_url = "https://bot.example.org"

    async def told() -> list[str]:
        async with opened("sms", twilio_emulator.url) as made:
            return await made.faults(public_url)

    (line,) = asyncio.run(told())
    assert f"enter {public_url}/webhooks/twilio/inbound in the number's messaging settings" in line
    twilio_emulator.call_back(public_url)
    assert asyncio.run(told()) == []


def test_twilios_own_documents_allow_every_request_of_ours(twilio_openapi: Gate) -> None:
    async def send_everything() -> None:
        async with opened("sms", twilio_openapi.url, public_url="https://bot.example.org") as sms:
            await sms.send(outgoing("sms", "¿Cuántos?", *YES_NO))
            await sms.find(outgoing("sms", "¿Cuántos?"))
            await sms.check()
            await sms.faults("https://bot.example.org")
        async with opened("sms", twilio_openapi.url, sender=None, messaging_service_sid=TWILIO_SERVICE) as assistant:
            await assistant.send(outgoing("sms", "hola"))
            await assistant.faults("https://bot.example.org")
        async with opened("whatsapp", twilio_openapi.url) as whatsapp:
            await whatsapp.faults("https://bot.example.org")
            await whatsapp.send(outgoing("whatsapp", "hola"))
            await whatsapp.send(outgoing("whatsapp", "¿Está bien?", *YES_NO))
            await whatsapp.send(outgoing("whatsapp", "¿Cuál?", *AREAS))
            template = {"window_open": False, "template": "HX" + "0" * 32, "variables": {"1": "Ana"}}
            await whatsapp.send(outgoing("whatsapp", "hola", **template))

    asyncio.run(send_everything())
    templates = TwilioTemplates(account_sid=TWILIO_SID, auth_token=TWILIO_TOKEN, api_url=twilio_openapi.url)
    one = Template(
        "Hello {first_name}, you are welcome.", "Hola {first_name}, te saludo hoy.", "es", {"first_name": "Ana"}, YES_NO
    )
    templates.submit(one.name, templates.create(one))
    templates.states()
    templates.close()
    refused = [(each.path, each.status, each.answer) for each in twilio_openapi.passages if each.status >= 400]
    assert refused == []
    made = [json.loads(each.body) for each in twilio_openapi.passages if each.path.endswith("/Content") and each.body]
    assert [list(content["types"]) for content in made] == [
        ["twilio/quick-reply"],
        ["twilio/list-picker"],
        ["twilio/quick-reply"],
    ]
    sent = [dict(parse_qsl(each.body)) for each in twilio_openapi.passages if each.path.endswith("/Messages.json")]
    assert [("ContentSid" in fields) for fields in sent if fields] == [False, False, False, True, True, True]


def test_the_mock_does_refuse_what_the_documents_forbid(twilio_openapi: Gate) -> None:
    async def attempt() -> None:
        async with opened("sms", twilio_openapi.url, account_sid="not-an-account") as made:
            await made.check()

    with pytest.raises((RetryLater, Misconfigured)):
        asyncio.run(attempt())
    assert twilio_openapi.passages[-1].status >= 400

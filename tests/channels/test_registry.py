"""Which channels the settings open, and the simulated ones."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest

from bot.channels.base import Forged, Request
from bot.channels.registry import FACTORIES, open_channels, simulators
from bot.model import CHANNELS, Message, Outgoing


@dataclass
class Settings:
    public_url: str | None = "https://bot.example.org"
    telegram_token: str | None = None
    telegram_api_url: str | None = None
    telegram_webhook_secret: str = "s"
    twilio_account_sid: str | None = None
    twilio_auth_token: str | None = None
    twilio_shared_key: str | None = None
    twilio_sms_from: str | None = None
    twilio_whatsapp_from: str | None = None
    twilio_messaging_service_sid: str | None = None
    twilio_api_url: str | None = None


TWILIO = {"twilio_account_sid": "AC1", "twilio_auth_token": "t"}


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        (Settings(), []),
        (Settings(telegram_token="1:T"), ["telegram"]),
        (Settings(**TWILIO), []),
        (Settings(**TWILIO, twilio_sms_from="+1555"), ["sms"]),
        (Settings(**TWILIO, twilio_messaging_service_sid="MG1"), ["sms"]),
        (Settings(**TWILIO, twilio_sms_from="+1555", twilio_whatsapp_from="whatsapp:+1556"), ["sms", "whatsapp"]),
        (Settings(twilio_sms_from="+1555"), []),
    ],
)
def test_the_settings_open_channels(settings: Settings, names: list[str]) -> None:
    assert list(open_channels(settings)) == names


def test_every_channel_has_a_factory_and_a_simulator() -> None:
    assert sorted(FACTORIES) == sorted(simulators()) == sorted(CHANNELS)


@pytest.mark.parametrize("name", CHANNELS)
def test_a_simulated_phone_gets_everything_and_proves_nothing(name: str) -> None:
    channel = simulators()[name]
    outgoing = Outgoing(5, name, "+1758", Message("Hello"), "en")

    async def life() -> list[str | None]:
        return [await channel.send(outgoing), await channel.find(outgoing), await channel.check()]

    assert channel.name == name
    assert asyncio.run(life()) == ["sim-5", "sim-5", f"simulated {name}"]
    assert channel.parse(Request("POST", "/", {}, b"")) == []
    assert channel.capabilities.initiates == (name != "telegram")
    with pytest.raises(Forged):
        channel.verify(Request("POST", "/", {}, b""))
    asyncio.run(channel.close())

"""The records of the channels, which channels the settings open, and the simulated ones."""

from __future__ import annotations

import ast
import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest

from bot.channels.base import Forged, Request
from bot.channels.registry import CHANNELS, SPECS, open_channels, simulators
from bot.channels.spec import ChannelSpec, window_open
from bot.config.settings import Settings
from bot.model import Message, Outgoing

ROOT = Path(__file__).parents[2]
NAMED_BY_A_LITERAL = {
    "bot/cli/__init__.py": "the command group `whatsapp`",
    "bot/cli/telegram.py": "the command group `telegram`",
    "bot/cli/groups.py": "the command groups `telegram` and `whatsapp`",
    "bot/cli/center.py": "options for the numbers of a center, and each app's form of link",
    "bot/cli/chat.py": "the channel that a terminal imitates unless told",
    "bot/config/logs.py": "the name of a library",
    "bot/demo": "an invented year, in which people have habits on the three channels",
    "bot/messages/prices.py": "the tables of prices.toml",
    "bot/service/share_phone.py": "a number shared on another channel is written to by SMS",
    "bot/simulation": "an invented network",
    "storage/exports/messages.py": "ids of Telegram's tell the chat",
}
"""The files outside of the folders that may, and why."""
TWILIO = {"twilio_account_sid": "AC" + "0" * 32, "twilio_auth_token": "t" * 32}
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SMS_FROM, WHATSAPP_FROM = {"twilio_sms_from": "+17585550100"}, {"twilio_whatsapp_from": "+17585550101"}


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ({}, []),
        ({"telegram_token": "1:T"}, ["telegram"]),
        (TWILIO, []),
        (TWILIO | SMS_FROM, ["sms"]),
        (TWILIO | {"twilio_messaging_service_sid": "MG" + "1" * 32}, ["sms"]),
        (TWILIO | SMS_FROM | WHATSAPP_FROM, ["sms", "whatsapp"]),
        (SMS_FROM, []),
    ],
)
def test_the_settings_open_channels(settings: dict[str, str], names: list[str]) -> None:
    opened = open_channels(Settings.model_validate({"public_url": "https://bot.example.org", **settings}))
    assert list(opened) == [channel.name for channel in opened.values()] == names
    for channel in opened.values():
        asyncio.run(channel.close())


@pytest.mark.parametrize("spec", SPECS.values(), ids=CHANNELS)
def test_every_record_is_complete(spec: ChannelSpec) -> None:
    module, _, function = spec.factory.partition(":")
    assert callable(getattr(import_module(module), function))
    assert {field for group in spec.needs for field in group} <= set(Settings.model_fields)
    assert not spec.api_setting or spec.api_setting in Settings.model_fields
    assert spec.routes
    assert all(route.path.startswith("/webhooks/") for route in spec.routes)
    assert spec.shows.text > 0


def test_a_route_belongs_to_one_provider() -> None:
    """Channels that share a path are of one factory, so that each request reaches who can read it."""
    factories: dict[str, set[str]] = {}
    for spec in SPECS.values():
        for route in spec.routes:
            factories.setdefault(route.path, set()).add(spec.factory)
    assert {path: made for path, made in factories.items() if len(made) > 1} == {}


@pytest.mark.parametrize(
    ("window", "last_inbound", "is_open"),
    [
        (None, None, True),
        (None, NOW - 1000 * HOUR, True),
        (24 * HOUR, None, False),
        (24 * HOUR, NOW, True),
        (24 * HOUR, NOW - 24 * HOUR + timedelta(seconds=1), True),
        (24 * HOUR, NOW - 24 * HOUR, False),
        (2 * HOUR, NOW - 3 * HOUR, False),
    ],
)
def test_the_window_is_open(window: timedelta | None, last_inbound: datetime | None, is_open: bool) -> None:
    assert window_open(replace(SPECS["sms"], window=window), last_inbound, NOW) is is_open


def test_only_whatsapp_has_a_window() -> None:
    assert {name: spec.window for name, spec in SPECS.items() if spec.window} == {"whatsapp": 24 * HOUR}


def _literals(file: Path) -> bool:
    tree = ast.parse(file.read_text("utf-8"))
    return any(isinstance(node, ast.Constant) and node.value in CHANNELS for node in ast.walk(tree))


@pytest.mark.slow
def test_nobody_else_names_a_channel_by_a_literal() -> None:
    """A channel that is added, or another by which people are reached, must not have to be looked for."""
    files = [path for room in ("bot", "reports", "scheduler", "storage", "web") for path in (ROOT / room).rglob("*.py")]
    naming = {path.relative_to(ROOT).as_posix() for path in files if _literals(path)}
    naming = {name for name in naming if not name.startswith(("bot/channels/", "storage/migrations/"))}
    allowed = {name for name in naming for prefix in NAMED_BY_A_LITERAL if f"{name}/".startswith(f"{prefix}/")}
    assert naming - allowed == set()
    unused = {entry for entry in NAMED_BY_A_LITERAL if not any(f"{name}/".startswith(f"{entry}/") for name in naming)}
    assert unused == set()


@pytest.mark.parametrize("name", CHANNELS)
def test_a_simulated_phone_gets_everything_and_proves_nothing(name: str) -> None:
    channel = simulators()[name]
    outgoing = Outgoing(5, name, "+1758", Message("Hello"), "en")

    async def life() -> list[str | None]:
        return [await channel.send(outgoing), await channel.find(outgoing), await channel.check()]

    assert channel.name == name
    assert asyncio.run(life()) == ["sim-5", "sim-5", f"simulated {name}"]
    assert channel.parse(Request("POST", "/", {}, b"")) == []
    with pytest.raises(Forged):
        channel.verify(Request("POST", "/", {}, b""))
    asyncio.run(channel.close())

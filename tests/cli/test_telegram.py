"""acompana telegram webhook: where Telegram brings its messages."""

from __future__ import annotations

import pytest

from bot.channels.telegram.channel import TelegramChannel
from tests.cli import TELEGRAM, Shell


def test_telegram_is_told_where_to_bring_messages(sh: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sh("telegram webhook").err == "ACOMPANA_TELEGRAM_TOKEN: is missing; copy the token from @BotFather"

    async def registered(channel: TelegramChannel, url: str) -> str:
        return f"{url}/webhooks/telegram"

    shown: list[dict[str, list[tuple[str, str]]]] = []

    async def menu(channel: TelegramChannel, menus: dict[str, list[tuple[str, str]]]) -> None:
        shown.append(menus)

    monkeypatch.setattr(TelegramChannel, "register_webhook", registered)
    monkeypatch.setattr(TelegramChannel, "set_menu", menu)
    sh.environment = TELEGRAM
    assert sh.ok("telegram webhook") == "Webhook: https://chat.example.org/webhooks/telegram"
    assert shown[0]["es"][0] == ("update", "Dar mis cifras")
    del sh.environment["ACOMPANA_PUBLIC_URL"]
    assert sh("telegram webhook").err == "ACOMPANA_PUBLIC_URL: is missing; Telegram needs an https address"

"""acompana doctor: what is missing, in one line each."""

from __future__ import annotations

import pytest

from bot.channels.base import Misconfigured
from bot.channels.telegram.channel import TelegramChannel
from bot.cli.doctor.public_url import Answer
from storage.migrate import latest
from tests.cli import TELEGRAM, Shell


def test_the_doctor_says_what_is_missing(sh: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.doctor.checks.problems", lambda labels: [])
    said = sh("doctor")
    assert said.code == 0
    assert [line for line in said.out.splitlines() if "free on its disk" not in line] == [
        "✓ settings: valid",
        "– secret key: not set; logins end when the program stops. Set ACOMPANA_SECRET_KEY",
        f"✓ database: {sh.folder}/store.sqlite3 is at {latest()}",
        "✓ database: writable",
        "– centers: none yet; add one: acompana center add",
        "✓ texts: complete in every language",
        "– public address: not set; Telegram is polled, Twilio needs ACOMPANA_PUBLIC_URL",
        "– sms: not set up; set ACOMPANA_TWILIO_ACCOUNT_SID, _AUTH_TOKEN and _SMS_FROM",
        "– whatsapp: not set up; set ACOMPANA_TWILIO_ACCOUNT_SID, _AUTH_TOKEN and _WHATSAPP_FROM",
        "– telegram: not set up; set ACOMPANA_TELEGRAM_TOKEN",
        "✓ simulator: off",
    ]


def test_the_doctor_asks_the_providers_only_when_told(bare: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refused(channel: TelegramChannel) -> str:
        raise Misconfigured("401", "Telegram does not know this token")

    monkeypatch.setattr("bot.cli.doctor.checks.problems", lambda labels: ["es: 'x': no translation"])
    monkeypatch.setattr(TelegramChannel, "check", refused)
    monkeypatch.setattr("bot.cli.doctor.public_url.ask", lambda url: Answer(200))
    bare.environment = TELEGRAM
    offline, online = bare("doctor"), bare("doctor --online")
    assert offline.code == online.code == 1
    assert "✓ telegram: set up; check it with: acompana doctor --online" in offline.out
    assert "✗ telegram: Telegram does not know this token (401)" in online.out
    assert "✗ texts: 1 problem; see: acompana texts check" in online.out
    assert "– simulator: on, alongside real providers" in online.out
    assert f"✗ database: there is no database at {bare.folder}/store.sqlite3 yet" in online.out

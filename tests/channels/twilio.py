"""An account at Twilio for tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.channels.twilio.channel import TwilioChannel

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SID, TOKEN = "AC" + "0" * 32, "a-token"
PUBLIC = "https://bot.example.org"
INBOUND, STATUS = "/webhooks/twilio/inbound", "/webhooks/twilio/status"
FORM = "application/x-www-form-urlencoded"
MESSAGE = "SM" + "1" * 32


def channel(name: str = "sms", **settings: Any) -> TwilioChannel:
    known = {"account_sid": SID, "auth_token": TOKEN, "sender": "+15551234567", "timeout": 1}
    return TwilioChannel(name, **{**known, **settings})

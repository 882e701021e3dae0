"""The doctor from afar: one line for each thing that keeps messages from coming in, and how to correct it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.cli.doctor import public_url
from bot.cli.doctor.public_url import Answer, address_faults, clock_fault
from tests.channels.wire import Wire, open_wire
from tests.cli import Shell

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
URL = "https://bot.example.org"
SID = "AC" + "0" * 32


@pytest.fixture
def sh(sh: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setattr("bot.cli.doctor.checks.problems", lambda labels: [])
    return sh


@pytest.fixture
def wire() -> Iterator[Wire]:
    with open_wire() as wire:
        yield wire


# --- the public address ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "answer", "told"),
    [
        (URL, Answer(200), []),
        (
            "http://bot.example.org",
            Answer(200),
            ["http://bot.example.org is not https, which Telegram requires; put a TLS proxy in front"],
        ),
        (
            URL,
            Answer(301, "https://www.example.org/healthz"),
            [
                f"{URL} redirects to https://www.example.org/healthz, which providers do not follow; "
                "set ACOMPANA_PUBLIC_URL to the final address"
            ],
        ),
        (URL, Answer(404), [f"{URL}/healthz returns 404; check that the proxy forwards every path to `acompana run`"]),
        (URL, Answer(502), [f"{URL}/healthz returns 502; check that the proxy forwards every path to `acompana run`"]),
        (
            URL,
            Answer(0, trouble="the host name does not resolve; check the DNS entry"),
            [f"{URL}: the host name does not resolve; check the DNS entry"],
        ),
    ],
)
def test_how_others_reach_us(url: str, answer: Answer, told: list[str]) -> None:
    assert address_faults(url, answer) == told


def test_a_redirect_is_seen_and_not_followed(wire: Wire) -> None:
    wire.answer("/healthz", {}, 308)
    answer = public_url.ask(wire.url + "/healthz")
    assert (answer.status, len(wire.calls)) == (308, 1)
    assert answer.date is not None


def test_where_nobody_listens() -> None:
    assert public_url.ask("http://127.0.0.1:9/healthz").trouble.startswith("the connection is refused")


def test_a_name_that_is_not_known() -> None:
    assert (
        public_url.ask("http://no-such-host.invalid/healthz").trouble
        == "the host name does not resolve; check the DNS entry"
    )


def test_what_speaks_no_tls(wire: Wire) -> None:
    told = public_url.ask(wire.url.replace("http:", "https:")).trouble
    assert told == "the TLS handshake fails; check the proxy's certificate"


@pytest.mark.parametrize(
    ("here", "told"),
    [
        (NOW, ""),
        (NOW + timedelta(seconds=30), ""),
        (NOW + timedelta(seconds=95), "is 95 s ahead of the provider's"),
        (NOW - timedelta(minutes=5), "is 300 s behind the provider's"),
    ],
)
def test_the_clock(here: datetime, told: str) -> None:
    assert clock_fault(NOW, here).partition(";")[0] == told


# --- Telegram --------------------------------------------------------------------------------------------------------

ME = {"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "Bot", "username": "acompana_bot"}}
OURS = f"{URL}/webhooks/telegram"
LATELY = int(datetime.now(UTC).timestamp()) - 60


def asked(sh: Shell, wire: Wire, monkeypatch: pytest.MonkeyPatch, name: str, **settings: str) -> list[str]:
    """What the doctor says of one subject."""
    ask = public_url.ask
    monkeypatch.setattr(public_url, "ask", lambda url: Answer(200) if url.startswith(URL) else ask(url))
    sh.environment = {"ACOMPANA_SECRET_KEY": "sixteen characters at least", "ACOMPANA_PUBLIC_URL": URL, **settings}
    return [line for line in sh("doctor --online").out.splitlines() if line[2:].startswith(name)]


@pytest.mark.parametrize(
    ("webhook", "told"),
    [
        ({"url": OURS}, []),
        ({"url": OURS, "pending_update_count": 20}, []),
        ({"url": ""}, [f"✗ telegram: Telegram calls no webhook, not {OURS}; run: acompana telegram webhook"]),
        (
            {"url": "https://old.example.org/hook"},
            [f"✗ telegram: Telegram calls https://old.example.org/hook, not {OURS}; run: acompana telegram webhook"],
        ),
        (
            {"url": OURS, "pending_update_count": 7, "last_error_date": LATELY, "last_error_message": "SSL error"},
            [
                f"✗ telegram: Telegram could not call {OURS} a while ago (SSL error; 7 messages wait); "
                "check that it is reachable from outside"
            ],
        ),
        ({"url": OURS, "last_error_date": LATELY - 7200, "last_error_message": "SSL error"}, []),
        (
            {"url": OURS, "pending_update_count": 900},
            ["✗ telegram: 900 messages wait at Telegram; check that `acompana run` keeps up with them"],
        ),
    ],
)
def test_whom_telegram_calls(
    sh: Shell, wire: Wire, monkeypatch: pytest.MonkeyPatch, webhook: dict[str, object], told: list[str]
) -> None:
    wire.answer("/getMe", ME)
    known = {"has_custom_certificate": False, "pending_update_count": 0}
    wire.answer("/getWebhookInfo", {"ok": True, "result": {**known, **webhook}})
    settings = {"ACOMPANA_TELEGRAM_TOKEN": "123456:ABC-DEF", "ACOMPANA_TELEGRAM_API_URL": wire.url}
    said = asked(sh, wire, monkeypatch, "telegram", **settings)
    assert said == ["✓ telegram: @acompana_bot", *told]


def test_a_token_that_telegram_does_not_know(sh: Shell, wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    wire.answer("/getMe", {"ok": False, "error_code": 401, "description": "Unauthorized"}, 401)
    settings = {"ACOMPANA_TELEGRAM_TOKEN": "123456:ABC-DEF", "ACOMPANA_TELEGRAM_API_URL": wire.url}
    said = asked(sh, wire, monkeypatch, "telegram", **settings)
    assert said == ["✗ telegram: Telegram does not accept the bot's token (401)"]


def test_the_clock_is_compared_with_the_providers(sh: Shell, wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.doctor.checks.now", lambda: datetime.now(UTC) + timedelta(minutes=10))
    wire.answer("/getMe", ME)
    settings = {"ACOMPANA_TELEGRAM_TOKEN": "123456:ABC-DEF", "ACOMPANA_TELEGRAM_API_URL": wire.url}
    (line,) = asked(sh, wire, monkeypatch, "clock", **settings)
    assert line.startswith("✗ clock: is ")
    assert line.endswith(" s ahead of the provider's; enable time synchronization (timedatectl set-ntp true)")


# --- Twilio ----------------------------------------------------------------------------------------------------------

INBOUND = f"{URL}/webhooks/twilio/inbound"
ACCOUNT = {"sid": SID, "friendly_name": "Center", "status": "active"}
TWILIO = {"ACOMPANA_TWILIO_ACCOUNT_SID": SID, "ACOMPANA_TWILIO_AUTH_TOKEN": "0" * 32}
NUMBER = {"ACOMPANA_TWILIO_SMS_FROM": "+15551234567"}
SERVICE = {"ACOMPANA_TWILIO_MESSAGING_SERVICE_SID": "MG" + "0" * 32}
WHATSAPP = {"ACOMPANA_TWILIO_WHATSAPP_FROM": "+15551234567"}
IN_NUMBER, IN_SERVICE = "the number's messaging settings", "the Messaging Service's integration"


def numbers(*held: dict[str, object]) -> dict[str, object]:
    return {"incoming_phone_numbers": list(held), "next_page_uri": None}


def senders(**webhook: str) -> dict[str, object]:
    one = {"sid": "XE1", "sender_id": "whatsapp:+15551234567", "webhook": webhook}
    return {"senders": [one], "meta": {"key": "senders", "next_page_url": None}}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("settings", "path", "body", "told"),
    [
        (NUMBER, "/IncomingPhoneNumbers.json", numbers({"sms_url": INBOUND, "sms_method": "POST"}), []),
        (
            NUMBER,
            "/IncomingPhoneNumbers.json",
            numbers({"sms_url": "https://demo.twilio.com/welcome", "sms_method": "POST"}),
            [f"Twilio sends messages to https://demo.twilio.com/welcome; enter {INBOUND} in {IN_NUMBER}"],
        ),
        (
            NUMBER,
            "/IncomingPhoneNumbers.json",
            numbers({"sms_url": "", "sms_method": "POST"}),
            [f"Twilio sends no messages here; enter {INBOUND} in {IN_NUMBER}"],
        ),
        (
            NUMBER,
            "/IncomingPhoneNumbers.json",
            numbers({"sms_url": INBOUND, "sms_method": "GET"}),
            [f"Twilio calls {INBOUND} by GET; choose POST in {IN_NUMBER}"],
        ),
        (NUMBER, "/IncomingPhoneNumbers.json", numbers({"sms_url": "", "sms_application_sid": "AP1"}), []),
        (
            NUMBER,
            "/IncomingPhoneNumbers.json",
            numbers(),
            ["the account does not hold +15551234567; copy the number from Twilio's list of numbers"],
        ),
        (NUMBER, "/nowhere", {}, []),
        (SERVICE, "/Services/MG" + "0" * 32, {"inbound_request_url": INBOUND, "inbound_method": "POST"}, []),
        (SERVICE, "/Services/MG" + "0" * 32, {"use_inbound_webhook_on_number": True}, []),
        (
            SERVICE,
            "/Services/MG" + "0" * 32,
            {"inbound_request_url": None},
            [f"Twilio sends no messages here; enter {INBOUND} in {IN_SERVICE}"],
        ),
    ],
)
def test_whom_twilio_calls_about_an_sms(
    sh: Shell,
    wire: Wire,
    monkeypatch: pytest.MonkeyPatch,
    settings: dict[str, str],
    path: str,
    body: dict[str, object],
    told: list[str],
) -> None:
    wire.answer(f"/Accounts/{SID}.json", ACCOUNT)
    wire.answer(path, body)
    said = asked(sh, wire, monkeypatch, "sms", **TWILIO, **settings, ACOMPANA_TWILIO_API_URL=wire.url)
    assert said == ["✓ sms: Center (active)", *(f"✗ sms: {line}" for line in told)]


def test_whom_twilio_calls_about_a_number_of_a_centers_own(
    sh: Shell, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    sh.ok("center add DO 'SBDC Santo Domingo' --country DO")
    sh.ok("center set DO --sms-from +18095550100")
    wire.answer(f"/Accounts/{SID}.json", ACCOUNT)
    wire.answer("/IncomingPhoneNumbers.json", numbers({"sms_url": INBOUND, "sms_method": "POST"}))
    wire.answer("/IncomingPhoneNumbers.json", numbers({"sms_url": "", "sms_method": "POST"}))
    said = asked(sh, wire, monkeypatch, "sms", **TWILIO, **NUMBER, ACOMPANA_TWILIO_API_URL=wire.url)
    assert said == [
        "✓ sms: Center (active)",
        f"✗ sms: DO: Twilio sends no messages here; enter {INBOUND} in {IN_NUMBER}",
    ]
    asked_for = [call.query["PhoneNumber"] for call in wire.to("/IncomingPhoneNumbers.json")]
    assert asked_for == ["+15551234567", "+18095550100"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (senders(callback_url=INBOUND, callback_method="POST"), []),
        (
            senders(callback_url=f"{URL}/other", callback_method="POST"),
            [f"Twilio sends messages to {URL}/other; enter {INBOUND} in the WhatsApp sender's settings"],
        ),
        ({"senders": [], "meta": {"key": "senders", "next_page_url": None}}, []),
    ],
)
def test_whom_twilio_calls_about_whatsapp(
    sh: Shell, wire: Wire, monkeypatch: pytest.MonkeyPatch, body: dict[str, Any], told: list[str]
) -> None:
    wire.answer(f"/Accounts/{SID}.json", ACCOUNT)
    wire.answer("/Channels/Senders", body)
    for one in body["senders"]:
        wire.answer(f"/Channels/Senders/{one['sid']}", one)
    said = asked(sh, wire, monkeypatch, "whatsapp", **TWILIO, **WHATSAPP, ACOMPANA_TWILIO_API_URL=wire.url)
    assert said == ["✓ whatsapp: Center (active)", *(f"✗ whatsapp: {line}" for line in told)]

"""The whole job by the real program, as an operator runs it: a client registers, is asked again, and the export tells."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Protocol

import httpx
import pytest

from tests.e2e.gate import Fault
from tests.e2e.phones import (
    TELEGRAM_TOKEN,
    TWILIO_NUMBER,
    TWILIO_SID,
    TWILIO_TOKEN,
    TelegramEmulator,
    TwilioEmulator,
    signed_webhook,
)
from tests.e2e.processes import free_port
from tests.e2e.program import Program, running

pytestmark = pytest.mark.e2e

PHONE = "+50937124456"
CHAT = 777124456
NAME, BUSINESS, PLACE = "Wideline Jean-Baptiste", "Manba Lakay", "Okap"
WORDS = [PHONE, PHONE[1:], str(CHAT), *NAME.split(), *BUSINESS.split(), PLACE, "kenz mil goud", "17500"]
"""What no line of a log may hold."""

REGISTRATION: list[str | int] = [1, 1, 1, NAME, BUSINESS, 1, PLACE, "kenz mil goud", "2", "1", "0"]
FOLLOWUP: list[str | int] = ["17500", "3", "1", "0", "okenn", 1, 1]
"""What is typed, and the number of what is picked."""


class Phone(Protocol):
    def say(self, text: str) -> None: ...
    def pick(self, number: int) -> None: ...
    def read(self, wait: float = ...) -> str: ...


def talk(phone: Phone, replies: Sequence[str | int]) -> str:
    """Reply after reply, each after the answer to the one before; the last answer."""
    heard = ""
    for reply in replies:
        if isinstance(reply, int):
            phone.pick(reply)
        else:
            phone.say(reply)
        heard = phone.read()
        assert heard, f"no answer to {reply!r}"
    return heard


def hear(phone: Phone, words: str, heard: str = "") -> None:
    """Read on until a message has `words`: what the program sends of itself may come one by one."""
    while words not in heard:
        heard = phone.read()
        assert heard, f"never heard {words!r}"


def do_the_whole_job(program: Program, phone: Phone, join: str = "JOIN HT") -> dict[str, dict[str, str]]:
    """From the first word to the second export, which is handed back."""
    talk(phone, [join])
    welcome = talk(phone, REGISTRATION)
    before = program.outcomes()
    code = before["sales_month"]["client"]
    assert code in welcome
    hear(phone, "fanm", welcome)
    assert {name: row["baseline_value"] for name, row in before.items() if row["baseline_value"]} == {
        "sales_month": "15000",
        "exports_month": "0",
        "employees_full": "2",
        "employees_part": "1",
        "fte": "2.5",
    }
    assert before["sales_month"]["baseline_currency"] == "HTG"
    assert before["sales_month"]["change"] == ""
    program.do("followup", "trigger", code)
    hear(phone, "Wideline")
    talk(phone, FOLLOWUP)
    after = program.outcomes()
    assert [after[name]["change"] for name in ("sales_month", "employees_full", "employees_part")] == ["2500", "1", "0"]
    assert after["sales_month"]["latest_value"] == "17500"
    assert after["sales_month"]["attribution"] == "yes"
    messages = [
        row[f"{which}_{kind}"]
        for row in (after["sales_month"], after["employees_full"])
        for which in ("baseline", "latest")
        for kind in ("message", "provider_message")
    ]
    assert all(messages)
    assert len(set(messages)) == len(messages)
    return after


def says_nothing_of_anybody(program: Program) -> None:
    assert [word for word in WORDS if word in program.log] == []


def telegram(emulator: TelegramEmulator) -> dict[str, str]:
    return {"TELEGRAM_TOKEN": TELEGRAM_TOKEN, "TELEGRAM_API_URL": emulator.url}


def twilio(emulator: TwilioEmulator, port: int) -> dict[str, str]:
    return {
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "TWILIO_ACCOUNT_SID": TWILIO_SID,
        "TWILIO_AUTH_TOKEN": TWILIO_TOKEN,
        "TWILIO_SMS_FROM": TWILIO_NUMBER,
        "TWILIO_WHATSAPP_FROM": TWILIO_NUMBER,
        "TWILIO_API_URL": emulator.url,
    }


def test_by_telegram_with_polling(tmp_path: Path, telegram_emulator: TelegramEmulator) -> None:
    with running(tmp_path, **telegram(telegram_emulator)) as program:
        program.start()
        phone = telegram_emulator.phone(CHAT, NAME, "ht")
        do_the_whole_job(program, phone, "/start HT")
        program.stop()
        says_nothing_of_anybody(program)


def test_by_telegram_with_a_webhook(tmp_path: Path, telegram_emulator: TelegramEmulator) -> None:
    port = free_port()
    with running(tmp_path, **telegram(telegram_emulator), PUBLIC_URL=f"http://127.0.0.1:{port}") as program:
        program.port = port
        program.do("telegram", "webhook")
        program.start()
        phone = telegram_emulator.phone(CHAT, NAME, "ht")
        do_the_whole_job(program, phone, "/start HT")
        assert telegram_emulator.calls("getUpdates") == []
        program.stop()
        says_nothing_of_anybody(program)


@pytest.mark.parametrize("empty_database_url", ["sqlite", "postgresql"], indirect=True)
def test_by_sms(tmp_path: Path, empty_database_url: str, twilio_emulator: TwilioEmulator) -> None:
    port = free_port()
    with running(tmp_path, **twilio(twilio_emulator, port), DATABASE_URL=empty_database_url) as program:
        program.port = port
        program.start()
        twilio_emulator.call_back(program.url)
        figures = do_the_whole_job(program, twilio_emulator.phone(PHONE, program.url))
        told = twilio_emulator.told(PHONE)
        assert figures["sales_month"]["baseline_provider_message"] == told["kenz mil goud"]
        assert figures["sales_month"]["latest_provider_message"] == told["17500"]
        program.stop()
        says_nothing_of_anybody(program)


def test_by_whatsapp_with_buttons(tmp_path: Path, twilio_with_buttons: TwilioEmulator) -> None:
    port = free_port()
    with running(tmp_path, **twilio(twilio_with_buttons, port)) as program:
        program.port = port
        program.start()
        twilio_with_buttons.call_back(program.url)
        do_the_whole_job(program, twilio_with_buttons.phone("whatsapp:" + PHONE, program.url))
        assert twilio_with_buttons.contents is not None
        assert {tuple(content["types"]) for content in twilio_with_buttons.contents.kept.values()} == {
            ("twilio/quick-reply",),
            ("twilio/list-picker",),
        }
        program.stop()
        says_nothing_of_anybody(program)


def test_forged_webhooks(tmp_path: Path, twilio_emulator: TwilioEmulator, telegram_emulator: TelegramEmulator) -> None:
    port = free_port()
    settings = {**twilio(twilio_emulator, port), **telegram(telegram_emulator)}
    with running(tmp_path, **settings) as program:
        program.port = port
        program.start()
        inbound = program.url + "/webhooks/twilio/inbound"
        text = f"JOIN HT {NAME} kenz mil goud"
        update = {
            "update_id": 1,
            "message": {
                "message_id": 1,
                "date": 1,
                "text": text,
                "chat": {"id": CHAT, "type": "private", "first_name": NAME},
                "from": {"id": CHAT, "is_bot": False, "first_name": NAME},
            },
        }
        wrong = {"X-Telegram-Bot-Api-Secret-Token": "wrong"}
        answers = [
            signed_webhook(inbound, From=PHONE, Body=text, token="wrong"),
            httpx.post(inbound, data={"From": PHONE, "Body": text, "MessageSid": "SM1"}, trust_env=False),
            httpx.post(program.url + "/webhooks/twilio/status", data={"From": PHONE}, trust_env=False),
            httpx.post(program.url + "/webhooks/telegram", json=update, trust_env=False),
            httpx.post(program.url + "/webhooks/telegram", json=update, headers=wrong, trust_env=False),
        ]
        assert [answer.status_code for answer in answers] == [403] * 5
        program.stop()
        assert len(re.findall("webhook.forged", program.log)) == 5
        says_nothing_of_anybody(program)
        program.do("export", "messages", "--identified", "--format", "csv", "--out", "messages.csv")
        assert len((tmp_path / "messages.csv").read_text("utf-8").splitlines()) == 1


@pytest.mark.parametrize(
    "fault",
    [Fault(status=503, held=True), Fault(held=True)],
    ids=["before the provider had it", "after the provider had it"],
)
def test_a_killed_program_sends_what_was_queued_exactly_once(
    tmp_path: Path, twilio_emulator: TwilioEmulator, fault: Fault
) -> None:
    port = free_port()
    with running(tmp_path, **twilio(twilio_emulator, port)) as program:
        program.port = port
        program.start()
        twilio_emulator.call_back(program.url)
        phone = twilio_emulator.phone(PHONE, program.url)
        talk(phone, ["JOIN HT", 1])
        twilio_emulator.gate.fail(fault)
        phone.say("1")
        assert twilio_emulator.gate.holding.wait(10)
        program.kill()
        let_leases_run_out(tmp_path)
        program.start()
        first = phone.read()
        assert first
        assert phone.read(wait=4) == ""
        assert talk(phone, ["1"]) != first
        says_nothing_of_anybody(program)


def let_leases_run_out(folder: Path) -> None:
    """As if the minute had passed for which the dead process had the message in its hands."""
    with closing(sqlite3.connect(folder / "acompana.sqlite3")) as database:
        changed = database.execute(
            "UPDATE outbox SET lease_until = '2020-01-01 00:00:00.000000' WHERE status = 'leased'"
        ).rowcount
        database.commit()
    assert changed == 1

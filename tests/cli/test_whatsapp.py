"""acompana whatsapp templates, against a Twilio that keeps what it is given."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.messages.first_messages import proactive
from bot.messages.templates import Template, faults
from bot.model import LANGUAGES
from bot.text.language import Catalogs
from tests.channels.wire import Wire, open_wire
from tests.cli import Shell

ALL = list(proactive(Catalogs.load()))
ENGLISH = [one for one in ALL if one.template.language == "en"]


@pytest.fixture
def wire() -> Iterator[Wire]:
    with open_wire() as wire:
        yield wire


@pytest.fixture
def sh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wire: Wire) -> Shell:
    monkeypatch.chdir(tmp_path)
    account = {
        "ACOMPANA_TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "ACOMPANA_TWILIO_AUTH_TOKEN": "a-token",
        "ACOMPANA_TWILIO_WHATSAPP_FROM": "+15551234567",
        "ACOMPANA_TWILIO_API_URL": wire.url,
        "ACOMPANA_PUBLIC_URL": "https://chat.example.org",
        "ACOMPANA_SECRET_KEY": "sixteen characters at least",
    }
    return Shell(tmp_path, "", account)


def holds(wire: Wire, *states: tuple[Template, str, str]) -> None:
    contents = [
        {
            "sid": f"HX{number}",
            "friendly_name": template.name,
            "approval_requests": {"status": status, "rejection_reason": reason} if status else {},
        }
        for number, (template, status, reason) in enumerate(states)
    ]
    wire.answer("/ContentAndApprovals", {"contents": contents, "meta": {"key": "contents", "next_page_url": None}})


def test_whatsapp_would_take_every_one_of_them() -> None:
    assert [(one.about, one.template.language, faults(one.template)) for one in ALL if faults(one.template)] == []
    assert len({one.template.name for one in ALL}) == len(ALL)
    assert {one.template.language for one in ALL} == set(LANGUAGES)


def test_each_is_listed_with_its_state(sh: Shell, wire: Wire) -> None:
    first, second, third, fourth = (one.template for one in ENGLISH[:4])
    holds(
        wire, (first, "approved", ""), (second, "rejected", "INVALID_FORMAT"), (third, "received", ""), (fourth, "", "")
    )
    lines = sh.ok("whatsapp templates --language en").splitlines()
    assert lines[0] == "message\tlanguage\tstate\ttemplate"
    assert [line.split("\t")[:3] for line in lines[1:6]] == [
        ["followup", "en", "approved"],
        ["training", "en", "rejected (INVALID_FORMAT)"],
        ["training.reminder", "en", "pending"],
        ["training.promotion", "en", "created"],
        ["training.feedback", "en", "missing"],
    ]
    assert len(lines) == 1 + len(ENGLISH)


@pytest.mark.slow
def test_what_is_missing_is_created_and_submitted(sh: Shell, wire: Wire) -> None:
    templates = [one.template for one in ENGLISH]
    holds(wire, (templates[0], "approved", ""))
    holds(wire, (templates[0], "approved", ""), *((template, "", "") for template in templates[1:]))
    wire.answer("POST /Content", {"sid": "HX9"}, 201)
    wire.answer("/ApprovalRequests/whatsapp", {"name": "n", "status": "received"}, 201)
    said = sh("whatsapp templates --create --submit --language en")
    assert said.code == 0
    others = len(templates) - 1
    assert said.err == (
        f"{others} templates created.\n{others} templates submitted; approval takes from minutes to a day."
    )
    created = [call.fields["friendly_name"] for call in wire.to("/Content")]
    assert created == [template.name for template in templates[1:]]
    assert len(wire.to("/ApprovalRequests/whatsapp")) == others


def test_a_text_that_whatsapp_would_refuse_is_named(sh: Shell, wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.whatsapp.faults", lambda template: ["ends"] if template.language == "fr" else [])
    said = sh("whatsapp templates --create --language fr")
    assert said.code == 1
    assert said.err.splitlines()[0] == "followup, fr: ends; fix the text or its translation"
    assert wire.calls == []


def test_what_cannot_be_done_is_told(sh: Shell, wire: Wire) -> None:
    assert sh("whatsapp templates --language de").err == "--language de: choose one of en, es, fr, pt, ht, nl"
    wire.answer("/ContentAndApprovals", {"code": 20003, "message": "Authenticate", "status": 401}, 401)
    assert sh("whatsapp templates").err == "Twilio: Twilio does not accept the account and token (20003)"
    sh.environment = {}
    assert sh("whatsapp templates").err.startswith(
        "ACOMPANA_TWILIO_ACCOUNT_SID, ACOMPANA_TWILIO_AUTH_TOKEN: are missing"
    )

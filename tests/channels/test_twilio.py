"""Twilio: what we send, what its codes mean, and what is asked of it before anything is sent again."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from bot.channels.base import (
    ChannelError,
    Misconfigured,
    OptedOut,
    OutsideWindow,
    RetryLater,
    UnknownOutcome,
    Unreachable,
)
from bot.channels.twilio.codes import CODES
from bot.model import Button, Message, Outgoing
from tests.channels.twilio import MESSAGE, NOW, PUBLIC, SID, STATUS, channel
from tests.channels.wire import HANG_UP, Wire

# --- sending ---------------------------------------------------------------------------------------------------------

MESSAGES = "/Messages.json"
YES_NO = (Button("yes", "Sí"), Button("no", "No"))


def created(**parts: object) -> dict[str, object]:
    return {"sid": MESSAGE, "status": "queued", "error_code": None, **parts}


def outgoing(name: str = "sms", text: str = "¿Cuántos?", *buttons: Button, **parts: Any) -> Outgoing:
    return Outgoing(5, name, "+50937000000", Message(text, buttons), "es", created_at=NOW, **parts)


def sent(wire: Wire, what: Outgoing, **settings: Any) -> str:
    async def attempt() -> str:
        made = channel(what.channel, **{"api_url": wire.url, "public_url": PUBLIC, **settings})
        try:
            return await made.send(what)
        finally:
            await made.close()

    return asyncio.run(attempt())


def test_an_sms_goes_out_in_gsm_7_with_its_choices_as_lines(wire: Wire) -> None:
    wire.answer(MESSAGES, created(), 201)
    assert sent(wire, outgoing("sms", "¿Cuántos?", *YES_NO)) == MESSAGE
    (call,) = wire.calls
    assert call.fields == {
        "To": "+50937000000",
        "From": "+15551234567",
        "Body": "¿Cuantos?\n1 Si\n2 No",
        "StatusCallback": PUBLIC + STATUS,
    }


def test_folding_can_be_switched_off(wire: Wire) -> None:
    wire.answer(MESSAGES, created(), 201)
    sent(wire, outgoing(fold=False))
    assert wire.calls[0].fields["Body"] == "¿Cuántos?"


@pytest.mark.parametrize(
    ("settings", "parts", "addresses"),
    [
        ({"messaging_service_sid": "MG1"}, {}, {"MessagingServiceSid": "MG1"}),
        ({"messaging_service_sid": "MG1"}, {"sender": "+15550000001"}, {"From": "+15550000001"}),
        ({}, {"sender": "+15550000001"}, {"From": "+15550000001"}),
    ],
)
def test_the_sender(wire: Wire, settings: dict[str, Any], parts: dict[str, Any], addresses: dict[str, str]) -> None:
    wire.answer(MESSAGES, created(), 201)
    sent(wire, outgoing(**parts), **settings)
    fields = wire.calls[0].fields
    assert {name: fields[name] for name in ("From", "MessagingServiceSid") if name in fields} == addresses


def test_without_a_sender_nothing_is_sent(wire: Wire) -> None:
    with pytest.raises(Misconfigured, match="no number is set"):
        sent(wire, outgoing(), sender=None)
    assert wire.calls == []


def test_a_long_text_goes_in_pieces(wire: Wire) -> None:
    wire.answer(MESSAGES, created(), 201)
    sent(wire, outgoing("sms", "A sentence of words. " * 100))
    assert [len(call.fields["Body"]) for call in wire.calls] == [1595, 504]


def test_outside_the_window_only_a_template_is_sent(wire: Wire) -> None:
    with pytest.raises(OutsideWindow):
        sent(wire, outgoing("whatsapp", window_open=False))
    assert wire.calls == []
    wire.answer(MESSAGES, created(), 201)
    variables = {"1": "Ana\n Luz", "2": ""}
    sent(wire, outgoing("whatsapp", window_open=False, template="HX1", variables=variables))
    fields = wire.calls[0].fields
    assert (fields["To"], fields["From"]) == ("whatsapp:+50937000000", "whatsapp:+15551234567")
    assert fields["ContentSid"] == "HX1"
    assert json.loads(fields["ContentVariables"]) == {"1": "Ana Luz", "2": "-"}
    assert "Body" not in fields


@pytest.mark.parametrize(("status", "sid"), [("approved", "HX7"), ("pending", None), (None, None)])
def test_a_template_goes_out_once_it_is_approved(wire: Wire, status: str | None, sid: str | None) -> None:
    held = {"sid": "HX7", "friendly_name": "acompana_hi_es", "approval_requests": {"status": status}}
    contents = [held] if status else []
    wire.answer("/ContentAndApprovals", {"contents": contents, "meta": {"key": "contents", "next_page_url": None}})
    wire.answer(MESSAGES, created(), 201)
    named = outgoing("whatsapp", window_open=False, template="acompana_hi_es", variables={"1": "Ana"})
    if sid is None:
        with pytest.raises(OutsideWindow, match="not approved"):
            sent(wire, named)
        assert wire.to(MESSAGES) == []
    else:
        sent(wire, named)
        assert wire.to(MESSAGES)[0].fields["ContentSid"] == sid


# --- WhatsApp buttons ------------------------------------------------------------------------------------------------

CONTENT = "/Content"
NO_CONTENT = {"contents": [], "meta": {"key": "contents", "next_page_url": None}}


def test_whatsapp_buttons_are_content_made_once(wire: Wire) -> None:
    wire.answer("GET " + CONTENT, NO_CONTENT)
    wire.answer("POST " + CONTENT, {"sid": "HX9"}, 201)
    wire.answer(MESSAGES, created(), 201)

    async def twice() -> None:
        made = channel("whatsapp", api_url=wire.url)
        for prompt, text in enumerate(("Gracias.\n\n¿Está bien?", "Otra vez.\n\n¿Y ahora?")):
            buttons = (Button(f"yes~7.{prompt}", "Sí"), Button(f"no~7.{prompt}", "No"))
            await made.send(outgoing("whatsapp", text, *buttons))
        await made.close()

    asyncio.run(twice())
    listed, made, first, second = wire.calls
    assert (listed.method, listed.path) == ("GET", "/content/v1/Content")
    assert made.fields["types"]["twilio/quick-reply"] == {
        "body": "{{1}}\n\n{{2}}",
        "actions": [
            {"type": "QUICK_REPLY", "title": "Sí", "id": "{{3}}"},
            {"type": "QUICK_REPLY", "title": "No", "id": "{{4}}"},
        ],
    }
    assert list(made.fields["variables"]) == ["1", "2", "3", "4"]
    assert first.fields["ContentSid"] == second.fields["ContentSid"] == "HX9"
    assert [json.loads(call.fields["ContentVariables"]) for call in (first, second)] == [
        {"1": "Gracias.", "2": "¿Está bien?", "3": "yes~7.0", "4": "no~7.0"},
        {"1": "Otra vez.", "2": "¿Y ahora?", "3": "yes~7.1", "4": "no~7.1"},
    ]


def test_content_is_found_again_after_a_restart(wire: Wire) -> None:
    wire.answer("GET " + CONTENT, NO_CONTENT)
    wire.answer("POST " + CONTENT, {"sid": "HX9"}, 201)
    wire.answer(MESSAGES, created(), 201)
    sent(wire, outgoing("whatsapp", "¿Está bien?", *YES_NO))
    (made,) = [call for call in wire.to(CONTENT) if call.method == "POST"]
    known = {"sid": "HX9", "friendly_name": made.fields["friendly_name"]}
    wire.answers["GET " + CONTENT] = [(200, {**NO_CONTENT, "contents": [known]})]
    sent(wire, outgoing("whatsapp", "¿Está bien?", *YES_NO))
    assert len([call for call in wire.to(CONTENT) if call.method == "POST"]) == 1


def test_a_longer_choice_is_a_list(wire: Wire) -> None:
    wire.answer("GET " + CONTENT, NO_CONTENT)
    wire.answer("POST " + CONTENT, {"sid": "HX8"}, 201)
    wire.answer(MESSAGES, created(), 201)
    sent(wire, outgoing("whatsapp", "¿Cuál?", *(Button(str(n), f"Opción {n}") for n in range(5))))
    (made,) = [call for call in wire.to(CONTENT) if call.method == "POST"]
    picker = made.fields["types"]["twilio/list-picker"]
    assert (picker["body"], picker["button"], len(picker["items"])) == ("{{1}}", "Elegir", 5)
    assert picker["items"][0] == {"id": "{{2}}", "item": "Opción 0"}


@pytest.mark.parametrize("long", [True, False])
def test_choices_become_lines_where_content_cannot_carry_them(wire: Wire, long: bool) -> None:
    wire.answer(MESSAGES, created(), 201)
    if long:
        wire.answer("GET " + CONTENT, NO_CONTENT)
    text = "¿Está bien? " + ("x" * 250 if long else "")
    sent(wire, outgoing("whatsapp", text, *YES_NO))
    (call,) = wire.to(MESSAGES)
    assert call.fields["Body"] == text + "\n1 Sí\n2 No"


# --- refusals --------------------------------------------------------------------------------------------------------


def test_a_code_that_is_not_known_is_reported_once(caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(3):
        assert isinstance(channel().explain("71717"), RetryLater)
    assert [record.getMessage() for record in caplog.records] == [
        "Twilio's code 71717 is not known here; it is tried again like one that passes"
    ]


def test_every_code_says_why_in_words() -> None:
    for code in CODES:
        error = channel().explain(code)
        assert (error.code, bool(error.reason)) == (code, True)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("20429", RetryLater),
        ("21211", Unreachable),
        ("21408", Misconfigured),
        ("21610", OptedOut),
        ("21611", RetryLater),
        ("30001", RetryLater),
        ("30003", RetryLater),
        ("30004", Unreachable),
        ("30005", Unreachable),
        ("30006", Unreachable),
        ("30007", Unreachable),
        ("30008", RetryLater),
        ("63003", Unreachable),
        ("63016", OutsideWindow),
        ("63018", RetryLater),
        ("63038", RetryLater),
        ("98765", RetryLater),
    ],
)
def test_what_a_code_means(wire: Wire, code: str, error: type[ChannelError]) -> None:
    wire.answer(MESSAGES, {"code": int(code), "message": "no", "status": 400}, 400)
    with pytest.raises(error) as raised:
        sent(wire, outgoing())
    assert type(raised.value) is type(channel().explain(code)) is error
    assert raised.value.code == code


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (401, {"code": 20003, "message": "Authenticate", "status": 401}, Misconfigured),
        (401, {}, Misconfigured),
        (404, {"code": 20404, "message": "not found", "status": 404}, Misconfigured),
        (429, {}, RetryLater),
        (500, {"code": 20500, "message": "oops", "status": 500}, UnknownOutcome),
        (503, {}, UnknownOutcome),
        (HANG_UP, None, UnknownOutcome),
        (201, {"sid": MESSAGE, "status": "failed", "error_code": 30005}, Unreachable),
        (400, {"type": "t", "title": "rate", "status": 429, "code": 20429}, RetryLater),
    ],
)
def test_what_a_refusal_means(wire: Wire, status: int, body: object, error: type[ChannelError]) -> None:
    wire.answer(MESSAGES, body, status)
    with pytest.raises(error):
        sent(wire, outgoing())


def test_where_nobody_listens_nothing_was_sent(wire: Wire) -> None:
    with pytest.raises(RetryLater, match="cannot be reached"):
        sent(wire, outgoing(), api_url="http://127.0.0.1:9")


# --- an unknown outcome ----------------------------------------------------------------------------------------------


def listed(*messages: dict[str, object]) -> dict[str, object]:
    known = {"to": "+50937000000", "status": "sent", "error_code": None, "direction": "outbound-api"}
    return {"messages": [{**known, **message} for message in messages], "next_page_uri": None}


def made_at(at: datetime) -> str:
    return format_datetime(at)


def looked_up(wire: Wire, *what: Outgoing) -> list[str | None]:
    async def look() -> list[str | None]:
        made = channel(what[0].channel, api_url=wire.url)
        try:
            return [await made.find(each) for each in what]
        finally:
            await made.close()

    return asyncio.run(look())


@pytest.mark.parametrize(
    ("recent", "found"),
    [
        ([{"sid": "SM2", "body": "¿Cuantos?", "date_created": made_at(NOW)}], "SM2"),
        ([{"sid": "SM2", "body": "¿Cuantos?", "date_created": made_at(NOW - timedelta(hours=1))}], None),
        ([{"sid": "SM2", "body": "Otra cosa", "date_created": made_at(NOW)}], None),
        ([{"sid": "SM2", "body": "¿Cuantos?", "date_created": made_at(NOW), "status": "failed"}], None),
        ([{"sid": "SM2", "body": "¿Cuantos?", "date_created": made_at(NOW), "error_code": 30003}], None),
        ([], None),
    ],
)
def test_a_message_is_looked_up_before_it_is_sent_again(
    wire: Wire, recent: list[dict[str, object]], found: str | None
) -> None:
    wire.answer("GET " + MESSAGES, listed(*recent))
    assert looked_up(wire, outgoing(attempt=2)) == [found]
    assert [(call.method, call.query["To"]) for call in wire.calls] == [("GET", "+50937000000")]


def test_two_messages_of_the_same_words_are_two(wire: Wire) -> None:
    wire.answer(MESSAGES, listed({"sid": "SM2", "body": "¿Cuantos?", "date_created": made_at(NOW)}))
    assert looked_up(wire, outgoing(), outgoing()) == ["SM2", None]


def test_of_a_long_text_only_what_is_missing_is_sent_again(wire: Wire) -> None:
    text = "A sentence of words. " * 100
    first = text[:1595].strip()
    wire.answer("GET " + MESSAGES, listed({"sid": "SM2", "body": first, "date_created": made_at(NOW)}))
    wire.answer("POST " + MESSAGES, created(), 201)
    assert sent(wire, outgoing("sms", text, attempt=2)) == MESSAGE
    assert [len(call.fields["Body"]) for call in wire.calls if call.method == "POST"] == [504]


def test_a_template_is_found_by_what_was_put_into_it(wire: Wire) -> None:
    variables = {"1": "Ana", "2": "yes", "3": "no"}
    template = outgoing("whatsapp", "", *YES_NO, window_open=False, template="HX1", variables=variables, attempt=2)
    wire.answer(
        "GET " + MESSAGES,
        listed(
            {"sid": "SM1", "body": "Hola Eva, ¿cómo va?", "date_created": made_at(NOW)},
            {"sid": "SM2", "body": "Hola Ana, ¿cómo va?", "date_created": made_at(NOW)},
        ),
    )
    assert looked_up(wire, template) == ["SM2"]


@pytest.mark.parametrize(
    ("sent", "found"), [("¿Terminamos?\n¿En qué pueblo está?", "SM2"), ("¡Bienvenida, Ana!", None)]
)
def test_a_template_without_variables_is_found_by_its_words(wire: Wire, sent: str, found: str | None) -> None:
    words = "¿Terminamos?\n¿En qué pueblo está?"
    template = outgoing("whatsapp", words, window_open=False, template="HX1", attempt=2)
    wire.answer("GET " + MESSAGES, listed({"sid": "SM2", "body": sent, "date_created": made_at(NOW)}))
    assert looked_up(wire, template) == [found]


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (401, {"code": 20003, "message": "Authenticate", "status": 401}, Misconfigured),
        (429, {"code": 20429, "message": "slow down", "status": 429}, RetryLater),
        (500, "no json we know", RetryLater),
        (HANG_UP, None, RetryLater),
    ],
)
def test_a_look_that_is_refused(wire: Wire, status: int, body: object, error: type[ChannelError]) -> None:
    wire.answer("GET " + MESSAGES, body, status)
    with pytest.raises(error):
        looked_up(wire, outgoing(attempt=2))


def test_the_account_is_checked_by_a_harmless_call(wire: Wire) -> None:
    wire.answer(f"/Accounts/{SID}.json", {"sid": SID, "friendly_name": "Center", "status": "active"})

    async def check() -> str:
        made = channel(api_url=wire.url)
        known = await made.check()
        await made.close()
        return known

    assert asyncio.run(check()) == "Center (active)"
    assert [call.method for call in wire.calls] == ["GET"]

"""Twilio: signatures, what its webhooks tell, what we send, and what its codes mean."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import pytest
from twilio.request_validator import RequestValidator

from bot.channels.base import (
    ChannelError,
    Forged,
    Malformed,
    Misconfigured,
    OptedOut,
    OutsideWindow,
    Request,
    RetryLater,
    UnknownOutcome,
    Unreachable,
)
from bot.channels.twilio import TwilioChannel
from bot.channels.twilio_codes import CODES
from bot.model import Button, Delivery, Inbound, Message, Outgoing, Status
from tests.channels.wire import HANG_UP, Wire

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SID, TOKEN = "AC" + "0" * 32, "a-token"
PUBLIC = "https://bot.example.org"
INBOUND, STATUS = "/webhooks/twilio/inbound", "/webhooks/twilio/status"
FORM = "application/x-www-form-urlencoded"
MESSAGE = "SM" + "1" * 32


def channel(name: str = "sms", **settings: Any) -> TwilioChannel:
    known = {"account_sid": SID, "auth_token": TOKEN, "sender": "+15551234567", "timeout": 1}
    return TwilioChannel(name, **{**known, **settings})


def request(fields: dict[str, str], path: str = INBOUND, **headers: str) -> Request:
    return Request(
        "POST",
        "http://127.0.0.1:8000" + path,
        {"content-type": FORM, **{name.replace("_", "-"): value for name, value in headers.items()}},
        urlencode(fields).encode(),
        at=NOW,
    )


# --- signatures ------------------------------------------------------------------------------------------------------

FIELDS = {"MessageSid": MESSAGE, "From": "+50937000000", "To": "+15551234567", "Body": "Ki jan ou ye? ñ", "New": ""}


def signature(url: str, fields: dict[str, str] | None = None, algorithm: str | None = None) -> str:
    return str(RequestValidator(TOKEN).compute_signature(url, FIELDS if fields is None else fields, algorithm))


@pytest.mark.parametrize(
    ("public_url", "path", "signed_url"),
    [
        (PUBLIC, INBOUND, PUBLIC + INBOUND),
        (PUBLIC + "/", INBOUND + "?center=LC&x=%20", PUBLIC + INBOUND + "?center=LC&x=%20"),
        (PUBLIC, INBOUND, "https://bot.example.org:443" + INBOUND),
        ("https://bot.example.org:8443", INBOUND, "https://bot.example.org:8443" + INBOUND),
        ("https://bot.example.org:8443", INBOUND, "https://bot.example.org" + INBOUND),
        (PUBLIC + "/acompana", INBOUND, PUBLIC + "/acompana" + INBOUND),
        (PUBLIC + "/acompana", "/acompana" + INBOUND, PUBLIC + "/acompana" + INBOUND),
        (None, INBOUND, "http://127.0.0.1:8000" + INBOUND),
    ],
)
def test_a_signature_over_the_public_address(public_url: str | None, path: str, signed_url: str) -> None:
    good = signature(signed_url)
    channel(public_url=public_url).verify(request(FIELDS, path, X_Twilio_Signature=good))
    for wrong in ("", good[:-2] + "x=", signature("https://other.example.org" + path)):
        with pytest.raises(Forged):
            channel(public_url=public_url).verify(request(FIELDS, path, X_Twilio_Signature=wrong))
    changed = {**FIELDS, "Body": "STOP"}
    with pytest.raises(Forged):
        channel(public_url=public_url).verify(request(changed, path, X_Twilio_Signature=good))


def test_the_newer_signature_names_its_algorithm() -> None:
    settings = "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"
    good = signature(PUBLIC + INBOUND, algorithm="HMAC_SHA256")
    made = channel(public_url=PUBLIC)
    made.verify(
        request(FIELDS, X_Twilio_Signature=good, X_Twilio_Webhooks_Signature_Settings=settings),
    )
    with pytest.raises(Forged):
        made.verify(request(FIELDS, X_Twilio_Signature=good))


def test_a_shared_key_signs_instead_of_the_token() -> None:
    settings = "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"
    url = PUBLIC + INBOUND
    made = channel(public_url=PUBLIC, shared_key="a-shared-key")
    by_key = RequestValidator("a-shared-key").compute_signature(url, FIELDS, "HMAC_SHA256")
    by_token = signature(url, algorithm="HMAC_SHA256")
    made.verify(request(FIELDS, X_Twilio_Signature=by_key, X_Twilio_Webhooks_Signature_Settings=settings))
    made.verify(request(FIELDS, X_Twilio_Signature=signature(url)))
    for wrong in (by_token, by_key[:-2] + "x="):
        with pytest.raises(Forged):
            made.verify(request(FIELDS, X_Twilio_Signature=wrong, X_Twilio_Webhooks_Signature_Settings=settings))
    with pytest.raises(Forged):
        made.verify(request(FIELDS, X_Twilio_Signature=by_key))


class Repeated(dict[str, list[str]]):
    def getlist(self, name: str) -> list[str]:
        return self[name]


def test_every_value_of_a_field_is_signed() -> None:
    url, made = PUBLIC + INBOUND, channel(public_url=PUBLIC)
    good = RequestValidator(TOKEN).compute_signature(url, Repeated({"MessageSid": [MESSAGE], "Tag": ["b", "a"]}))

    def posted(body: str) -> Request:
        return Request("POST", "http://127.0.0.1:8000" + INBOUND, {"X-Twilio-Signature": good}, body.encode(), at=NOW)

    made.verify(posted(f"Tag=b&MessageSid={MESSAGE}&Tag=a"))
    with pytest.raises(Forged):
        made.verify(posted(f"MessageSid={MESSAGE}&Tag=b"))


def json_request(body: bytes, query: str, signed: bool = True) -> Request:
    url = PUBLIC + STATUS + query
    headers = {"Content-Type": "application/json; charset=utf-8"}
    if signed:
        headers["X-Twilio-Signature"] = signature(url, {})
    return Request("POST", "http://127.0.0.1:8000" + STATUS + query, headers, body, at=NOW)


def test_a_json_body_is_signed_by_its_hash() -> None:
    body = json.dumps({"MessageSid": MESSAGE, "MessageStatus": "delivered", "From": "+1", "To": "+2"}).encode()
    covered = "?bodySHA256=" + sha256(body).hexdigest()
    made = channel(public_url=PUBLIC)
    made.verify(json_request(body, covered))
    assert made.parse(json_request(body, covered)) == [Status("sms", MESSAGE, Delivery.DELIVERED, NOW)]
    for wrong in (
        json_request(body + b" ", covered),
        json_request(body, ""),
        json_request(body, covered, signed=False),
        json_request(b"\xff", covered),
    ):
        with pytest.raises(Forged):
            made.verify(wrong)


def test_a_form_that_is_no_text_is_forged() -> None:
    with pytest.raises(Forged):
        channel().verify(Request("POST", "http://x/", {"Content-Type": FORM}, b"Body=%ff"))


# --- what a webhook tells --------------------------------------------------------------------------------------------

SMS = {"MessageSid": MESSAGE, "From": "+50937000000", "To": "+15551234567", "SmsStatus": "received", "NumMedia": "0"}
WHATSAPP = {**SMS, "From": "whatsapp:+50937000000", "To": "whatsapp:+15551234567", "ProfileName": "Ana"}


def inbound(channel_name: str, **parts: Any) -> Inbound:
    known: dict[str, Any] = {
        "channel": channel_name,
        "provider_id": MESSAGE,
        "sender": "+50937000000",
        "at": NOW,
        "recipient": "+15551234567",
        "profile_name": "Ana" if channel_name == "whatsapp" else None,
    }
    return Inbound(**{**known, **parts})


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({**SMS, "Body": "Ki jan ou ye? ñ"}, inbound("sms", text="Ki jan ou ye? ñ")),
        ({**SMS, "Body": ""}, inbound("sms")),
        ({"SmsSid": MESSAGE, "From": "+50937000000", "To": "+15551234567"}, inbound("sms")),
        ({**SMS, "Body": "STOP", "OptOutType": "STOP"}, inbound("sms", text="STOP", opt_out=True)),
        ({**SMS, "Body": "start", "OptOutType": "START"}, inbound("sms", text="start", opt_out=False)),
        ({**SMS, "Body": "HELP", "OptOutType": "HELP"}, inbound("sms", text="HELP")),
        ({**WHATSAPP, "Body": "hola", "MessageType": "text"}, inbound("whatsapp", text="hola")),
        (
            {**WHATSAPP, "Body": "Sí", "MessageType": "button", "ButtonText": "Sí", "ButtonPayload": "yes"},
            inbound("whatsapp", text="Sí", choice="yes"),
        ),
        ({**WHATSAPP, "ButtonText": "Sí", "ButtonPayload": "yes"}, inbound("whatsapp", text="Sí", choice="yes")),
        ({**WHATSAPP, "ButtonText": "Sí", "ButtonPayload": "{{3}}"}, inbound("whatsapp", text="Sí")),
        (
            {**WHATSAPP, "Body": "", "MessageType": "interactive", "ListId": "opt2", "ListTitle": "Opción 2"},
            inbound("whatsapp", text="Opción 2", choice="opt2"),
        ),
        (
            {**WHATSAPP, "MessageType": "location", "Latitude": "18.5", "Longitude": "-72.3", "Address": "Pòtoprens"},
            inbound("whatsapp", media="location", text="Pòtoprens"),
        ),
        (
            {**WHATSAPP, "Latitude": "18.53921", "Longitude": "-72.3", "Label": "Boutik Ana", "Address": "Pòtoprens"},
            inbound("whatsapp", media="location", text="Boutik Ana, Pòtoprens"),
        ),
        (
            {**WHATSAPP, "Latitude": "18.53921", "Longitude": "-72.3"},
            inbound("whatsapp", media="location", text="18.539, -72.300"),
        ),
        ({**WHATSAPP, "Latitude": "here"}, inbound("whatsapp", media="location")),
        (
            {**WHATSAPP, "NumMedia": "1", "MediaContentType0": "image/jpeg", "Body": "mi tienda"},
            inbound("whatsapp", media="photo", text="mi tienda"),
        ),
        ({**WHATSAPP, "NumMedia": "1", "MediaContentType0": "audio/ogg"}, inbound("whatsapp", media="voice")),
        ({**WHATSAPP, "NumMedia": "1", "MediaContentType0": "video/mp4"}, inbound("whatsapp", media="video")),
        ({**WHATSAPP, "NumMedia": "1", "MediaContentType0": "image/webp"}, inbound("whatsapp", media="sticker")),
        ({**WHATSAPP, "NumMedia": "1", "MediaContentType0": "text/vcard"}, inbound("whatsapp", media="contact")),
        ({**WHATSAPP, "NumMedia": "1", "MediaContentType0": "application/pdf"}, inbound("whatsapp", media="document")),
        ({**WHATSAPP, "NumMedia": "2"}, inbound("whatsapp", media="document")),
        ({**WHATSAPP, "MessageType": "unsupported"}, inbound("whatsapp", media="other")),
        ({**WHATSAPP, "Body": "x", "SomethingNew": "1"}, inbound("whatsapp", text="x")),
        (
            {**WHATSAPP, "From": "whatsapp:+5215512345678", "Body": "hola"},
            inbound("whatsapp", text="hola", sender="+525512345678"),
        ),
        ({**SMS, "From": "+525512345678", "Body": "hola"}, inbound("sms", text="hola", sender="+525512345678")),
        ({**SMS, "From": "+52155123456", "Body": "hola"}, inbound("sms", text="hola", sender="+52155123456")),
    ],
)
def test_what_an_inbound_webhook_tells(fields: dict[str, str], told: Inbound) -> None:
    assert channel("sms").parse(request(fields)) == [told]
    assert channel("whatsapp").parse(request(fields)) == [told]


OURS = {"MessageSid": MESSAGE, "From": "+15551234567", "To": "+50937000000"}


@pytest.mark.parametrize(
    ("fields", "state", "code"),
    [
        ({"MessageStatus": "sent"}, Delivery.SENT, None),
        ({"MessageStatus": "delivered", "SmsStatus": "delivered", "ErrorCode": ""}, Delivery.DELIVERED, None),
        ({"MessageStatus": "read"}, Delivery.READ, None),
        ({"MessageStatus": "undelivered", "ErrorCode": "30003"}, Delivery.FAILED, "30003"),
        ({"MessageStatus": "failed", "ErrorCode": "99999"}, Delivery.FAILED, "99999"),
        ({"SmsStatus": "failed"}, Delivery.FAILED, None),
        ({"MessageStatus": "canceled"}, Delivery.FAILED, None),
    ],
)
def test_what_a_status_tells(fields: dict[str, str], state: Delivery, code: str | None) -> None:
    (told,) = channel().parse(request({**OURS, **fields}, STATUS))
    assert isinstance(told, Status)
    assert (told.channel, told.provider_id, told.state, told.at, told.code) == ("sms", MESSAGE, state, NOW, code)
    assert bool(told.reason) == bool(code)


@pytest.mark.parametrize("state", ["accepted", "scheduled", "queued", "sending", "something_new"])
def test_a_status_that_is_no_news(state: str) -> None:
    assert channel().parse(request({**OURS, "MessageStatus": state}, STATUS)) == []


def test_a_status_of_whatsapp() -> None:
    fields = {**OURS, "From": "whatsapp:+15551234567", "To": "whatsapp:+50937000000", "MessageStatus": "read"}
    assert channel().parse(request(fields, STATUS)) == [Status("whatsapp", MESSAGE, Delivery.READ, NOW)]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (FORM, b""),
        (FORM, b"Body=x"),
        (FORM, b"MessageSid=SM1"),
        (FORM, b"\xff"),
        ("application/json", b"{"),
        ("application/json", b"[]"),
        ("application/json", b'{"MessageSid": null}'),
    ],
)
def test_what_cannot_be_read(kind: str, body: bytes) -> None:
    with pytest.raises(Malformed):
        channel().parse(Request("POST", "http://x/", {"Content-Type": kind}, body))


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

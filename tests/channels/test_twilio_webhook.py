"""Twilio's webhooks: who signed them, and what they tell."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import pytest
from twilio.request_validator import RequestValidator

from bot.channels.base import (
    Forged,
    Malformed,
    Request,
)
from bot.model import Delivery, Inbound, Status
from tests.channels.twilio import FORM, INBOUND, MESSAGE, NOW, PUBLIC, STATUS, TOKEN, channel


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

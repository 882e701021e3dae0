"""What Twilio tells us: inbound messages and statuses of SMS and WhatsApp, and whether it was Twilio that told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import parse_qs, parse_qsl, urlsplit, urlunsplit

from twilio.request_validator import SIGNATURE_SETTINGS_HEADER, RequestValidator, get_signature_algorithm

from bot.channels.base import Forged, Malformed, Request
from bot.channels.places import place
from bot.channels.twilio.codes import error_for
from bot.countries import one_number
from bot.model import Delivery, Inbound, Status

WHATSAPP = "whatsapp:"
_STATES: Mapping[str, Delivery | None] = MappingProxyType(
    {
        "accepted": None,
        "scheduled": None,
        "queued": None,
        "sending": None,
        "sent": Delivery.SENT,
        "delivered": Delivery.DELIVERED,
        "read": Delivery.READ,
        "undelivered": Delivery.FAILED,
        "failed": Delivery.FAILED,
        "canceled": Delivery.FAILED,
    }
)
_MEDIA: Mapping[str, str] = MappingProxyType(
    {"image": "photo", "audio": "voice", "video": "video", "application": "document", "text": "document"}
)
_OPT_OUT: Mapping[str, bool] = MappingProxyType({"STOP": True, "START": False})


class _Form(dict[str, list[str]]):
    """A form whose fields may come several times, in the shape that the SDK's validator asks."""

    def getlist(self, name: str) -> list[str]:
        return self[name]


def signed_by(token: str, shared_key: str | None, public_url: str | None, request: Request) -> None:
    """Raise `Forged` unless `request` carries Twilio's signature over the address under which the world knows us: by the
    account's token, or by the secret of a shared key where the request names one and `shared_key` is set."""
    signature = request.header("X-Twilio-Signature")
    url = _public(request.url, public_url)
    is_json = _is_json(request)
    try:
        signed: object = request.body.decode() if is_json else _signed_form(request)
    except (UnicodeDecodeError, Malformed) as error:
        raise Forged("a body that is not text") from error
    if is_json and "bodySHA256" not in parse_qs(urlsplit(url).query):
        raise Forged("a JSON body that is not covered by the signature")
    settings = request.header(SIGNATURE_SETTINGS_HEADER)
    secret = shared_key if settings and shared_key else token
    if not signature or not RequestValidator(secret).validate(
        url, signed, signature, get_signature_algorithm(settings)
    ):
        raise Forged("no valid signature")


def parsed(request: Request) -> list[Inbound | Status]:
    """The one thing that `request` tells, with its channel told by the addresses; nothing where it is of no concern."""
    fields = _json(request) if _is_json(request) else _form(request)
    provider_id = fields.get("MessageSid") or fields.get("SmsSid") or fields.get("SmsMessageSid")
    if not provider_id or not fields.get("From"):
        raise Malformed("neither a message nor a status")
    state = (fields.get("MessageStatus") or fields.get("SmsStatus") or "received").lower()
    if state in ("received", "receiving"):
        return [_inbound(fields, provider_id, request)]
    channel = "whatsapp" if WHATSAPP in fields["From"] + fields.get("To", "") else "sms"
    delivery = _STATES.get(state)
    if delivery is None:
        return []
    code = fields.get("ErrorCode") or None
    reason = error_for(code).reason if code else None
    return [Status(channel, provider_id, delivery, request.at, code=code, reason=reason)]


def _inbound(fields: Mapping[str, str], provider_id: str, request: Request) -> Inbound:
    sender, recipient = fields["From"], fields.get("To", "")
    return Inbound(
        channel="whatsapp" if sender.startswith(WHATSAPP) else "sms",
        provider_id=provider_id,
        sender=one_number(sender.removeprefix(WHATSAPP)),
        at=request.at,
        text=fields.get("Body") or fields.get("ButtonText") or fields.get("ListTitle") or _place(fields),
        choice=_choice(fields),
        media=_media(fields),
        recipient=recipient.removeprefix(WHATSAPP) or None,
        profile_name=fields.get("ProfileName") or None,
        opt_out=_OPT_OUT.get(fields.get("OptOutType", "").upper()),
    )


def _place(fields: Mapping[str, str]) -> str:
    """A location has no body."""
    if not fields.get("Latitude"):
        return ""
    return place(fields["Latitude"], fields.get("Longitude", ""), fields.get("Label"), fields.get("Address"))


def _choice(fields: Mapping[str, str]) -> str | None:
    """The payload. One that still is the name of a variable tells nothing; the label in the text then has to."""
    payload = fields.get("ButtonPayload") or fields.get("ListId") or None
    return None if payload and payload.startswith("{{") else payload


def _media(fields: Mapping[str, str]) -> str | None:
    if fields.get("NumMedia", "0") not in ("", "0"):
        kind = fields.get("MediaContentType0", "")
        if kind in ("text/vcard", "text/x-vcard"):
            return "contact"
        return "sticker" if kind == "image/webp" else _MEDIA.get(kind.split("/")[0], "document")
    if fields.get("Latitude"):
        return "location"
    spoken = ("Body", "ButtonText", "ButtonPayload", "ListTitle", "ListId")
    silent = not any(fields.get(name) for name in spoken)
    return "other" if silent and fields.get("MessageType", "text") != "text" else None


def _public(url: str, public_url: str | None) -> str:
    """The address that Twilio called and signed, which a proxy in front of us may have changed."""
    if not public_url:
        return url
    called, public = urlsplit(url), urlsplit(public_url.rstrip("/"))
    path = called.path if called.path.startswith(public.path + "/") else public.path + called.path
    return urlunsplit((public.scheme, public.netloc, path, called.query, ""))


def _is_json(request: Request) -> bool:
    return request.header("Content-Type").split(";")[0].strip().lower() == "application/json"


def _form(request: Request) -> Mapping[str, str]:
    try:
        return dict(parse_qsl(request.body.decode(), keep_blank_values=True, errors="strict"))
    except ValueError as error:
        raise Malformed("a form that is not UTF-8") from error


def _signed_form(request: Request) -> _Form:
    try:
        return _Form(parse_qs(request.body.decode(), keep_blank_values=True, errors="strict"))
    except ValueError as error:
        raise Malformed("a form that is not UTF-8") from error


def _json(request: Request) -> Mapping[str, str]:
    try:
        fields = json.loads(request.body)
    except ValueError as error:
        raise Malformed("a body that is not JSON") from error
    if not isinstance(fields, dict):
        raise Malformed("a JSON body that is no object")
    return {
        name: value if isinstance(value, str) else str(value) for name, value in fields.items() if value is not None
    }

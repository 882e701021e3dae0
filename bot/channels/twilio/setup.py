"""Whether Twilio sends us what is written to our numbers, as far as it can be asked."""

from __future__ import annotations

import requests
from twilio.base.exceptions import TwilioException
from twilio.rest import Client

INBOUND = "/webhooks/twilio/inbound"


def faults(client: Client, channel: str, sender: str, service: str | None, public_url: str) -> list[str]:
    """What to correct, one line each. Nothing where Twilio does not tell: not every account may ask."""
    wanted = public_url.rstrip("/") + INBOUND
    try:
        if channel == "whatsapp":
            return _of_whatsapp(client, sender, wanted)
        return _of_service(client, service, wanted) if service else _of_number(client, sender, wanted)
    except (TwilioException, requests.RequestException):
        return []


def _of_number(client: Client, sender: str, wanted: str) -> list[str]:
    held = client.incoming_phone_numbers.list(phone_number=sender, limit=1)
    if not held:
        return [f"the account does not hold {sender}; copy the number from Twilio's list of numbers"]
    number = held[0]
    if number.sms_application_sid:
        return []
    return _differs(number.sms_url, number.sms_method, wanted, "the number's messaging settings")


def _of_service(client: Client, sid: str, wanted: str) -> list[str]:
    service = client.messaging.v1.services(sid).fetch()
    if service.use_inbound_webhook_on_number:
        return []
    return _differs(service.inbound_request_url, service.inbound_method, wanted, "the Messaging Service's integration")


def _of_whatsapp(client: Client, sender: str, wanted: str) -> list[str]:
    """A sandbox is in no list, and has its address in the console alone."""
    senders = client.messaging.v2.channels_senders
    ours = [one.sid for one in senders.list(channel="whatsapp", limit=200) if one.sender_id == f"whatsapp:{sender}"]
    hooks: list[object] = [senders(sid).fetch().webhook for sid in ours]
    return [
        line
        for hook in hooks
        if isinstance(hook, dict)
        for line in _differs(
            hook.get("callback_url"), hook.get("callback_method"), wanted, "the WhatsApp sender's settings"
        )
    ]


def _differs(url: str | None, method: str | None, wanted: str, where: str) -> list[str]:
    if not url:
        return [f"Twilio sends no messages here; enter {wanted} in {where}"]
    if url.rstrip("/") != wanted:
        return [f"Twilio sends messages to {url}; enter {wanted} in {where}"]
    return [f"Twilio calls {url} by {method}; choose POST in {where}"] if (method or "POST").upper() != "POST" else []

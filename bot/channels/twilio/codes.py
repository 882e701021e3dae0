"""Twilio's error codes in our vocabulary (twilio.com/docs/api/errors)."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from types import MappingProxyType

from bot.channels.base import ChannelError, Misconfigured, OptedOut, OutsideWindow, RetryLater, Unreachable

log = logging.getLogger(__name__)

CODES: Mapping[str, tuple[type[ChannelError], str]] = MappingProxyType(
    {
        "20003": (Misconfigured, "Twilio does not accept the account and token"),
        "20404": (Misconfigured, "Twilio knows no such account, sender or template"),
        "20429": (RetryLater, "Twilio has too many requests from us"),
        "21211": (Unreachable, "the number is not valid"),
        "21212": (Misconfigured, "the sender's number is not valid"),
        "21408": (Misconfigured, "the Twilio account is not allowed to write to this country"),
        "21606": (Misconfigured, "the sender's number cannot send messages or is not ours"),
        "21608": (Misconfigured, "a Twilio trial account writes only to verified numbers"),
        "21610": (OptedOut, "the person has sent STOP to this number"),
        "21611": (RetryLater, "the sender's queue is full"),
        "21612": (Unreachable, "no route from this sender to the number"),
        "21614": (Unreachable, "the number is not a mobile"),
        "21617": (Misconfigured, "the message is longer than Twilio takes"),
        "21656": (Misconfigured, "the variables do not fit the template"),
        "21703": (Misconfigured, "the messaging service has no sender for this message"),
        "30001": (RetryLater, "the sender's queue is full"),
        "30002": (Misconfigured, "the Twilio account is suspended"),
        "30003": (RetryLater, "the phone is off or out of reach"),
        "30004": (Unreachable, "the phone or its network blocks the message"),
        "30005": (Unreachable, "the number is unknown or no longer in use"),
        "30006": (Unreachable, "the number is a landline or cannot get messages"),
        "30007": (Unreachable, "the network filtered the message out"),
        "30008": (RetryLater, "the network gave no reason"),
        "30017": (RetryLater, "the network is congested"),
        "30022": (RetryLater, "the sender is at its limit"),
        "30034": (Misconfigured, "the sender is not registered with the network"),
        "63001": (Misconfigured, "WhatsApp does not accept the sender's credentials"),
        "63003": (Unreachable, "the number is not on WhatsApp"),
        "63005": (Misconfigured, "WhatsApp did not accept the content of the message"),
        "63007": (Misconfigured, "the WhatsApp sender is not set up at Twilio"),
        "63013": (Misconfigured, "the message is against WhatsApp's rules"),
        "63015": (Unreachable, "the person has not joined the WhatsApp sandbox"),
        "63016": (OutsideWindow, "more than 24 hours since the person's last WhatsApp message"),
        "63018": (RetryLater, "the WhatsApp sender is at its limit"),
        "63024": (Unreachable, "WhatsApp does not accept the number"),
        "63027": (Misconfigured, "the WhatsApp template does not exist in this language"),
        "63032": (Unreachable, "WhatsApp does not deliver to this person"),
        "63038": (RetryLater, "the WhatsApp sender has reached its number of people for today"),
        "63049": (Unreachable, "WhatsApp chose not to deliver to this person"),
        "63051": (Misconfigured, "the WhatsApp business account is locked"),
    }
)
WAITS: Mapping[str, timedelta] = MappingProxyType({"30003": timedelta(hours=1), "63038": timedelta(hours=12)})
"""How long to wait where the code alone tells; for the others the sender's own policy decides."""


def error_for(code: str, status: int = 0) -> ChannelError:
    """The error for Twilio's `code`, or where there is none for the HTTP `status`. What is unknown may be retried."""
    if code in CODES:
        kind, reason = CODES[code]
        return RetryLater(code, reason, WAITS.get(code)) if kind is RetryLater else kind(code, reason)
    if code:
        _report(code)
    if status in (401, 403):
        return Misconfigured(code or str(status), "Twilio does not accept the account and token")
    if status == 429:
        return RetryLater(code or str(status), "Twilio has too many requests from us")
    return RetryLater(code or str(status), "Twilio gave a code that is not known here")


@cache
def _report(code: str) -> None:
    """Once for each code, however often it comes."""
    log.error("Twilio's code %s is not known here; it is tried again like one that passes", code)

"""What somebody types into a simulated phone, checked: from JSON to an `Inbound`, or one sentence that says what is wrong."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from uuid import uuid4

from bot.channels.registry import CHANNELS, SPECS
from bot.model import Inbound

MEDIA = ("photo", "voice", "video", "document", "sticker", "location", "contact", "other")
LONGEST_CHOICE = 200
LONGEST_ID = 100
_NOT_IN_A_NUMBER = re.compile(r"[\s().\-/]+")
_DIGITS = re.compile(r"\+?(\d{3,15})\Z", re.ASCII)


class BadMessage(ValueError):
    """Not something that a phone can send; the text says why in one sentence."""


def a_channel(given: Any) -> str:
    """Raises BadMessage."""
    if not isinstance(given, str) or given not in CHANNELS:
        raise BadMessage(f"channel must be one of {', '.join(CHANNELS)}.")
    return given


def digits(given: Any) -> str:
    """The digits of a phone number however it is written. Raises BadMessage."""
    match = _DIGITS.match(_NOT_IN_A_NUMBER.sub("", str(given))) if isinstance(given, str | int) else None
    if match is None or isinstance(given, bool):
        raise BadMessage("from must be a phone number of 3 to 15 digits, like +17585550101.")
    return match[1].removeprefix("00") or match[1]


def address(channel: str, number: str) -> str:
    """How a channel names the phone with these digits."""
    return f"+{number}" if SPECS[channel].is_phone else number


def addresses(number: str) -> tuple[str, str]:
    """Every way in which a channel may name it."""
    return number, f"+{number}"


def read_message(body: Any, now: datetime) -> Inbound:
    """The message in `body`: {channel, from, text?, choice?, media?, language?, id?}. The same `id` from the same phone
    is the same delivery. Raises BadMessage."""
    if not isinstance(body, dict):
        raise BadMessage(
            'the body must be a JSON object, like {"channel": "sms", "from": "+17585550101", "text": "hi"}.'
        )
    channel, number = a_channel(body.get("channel")), digits(body.get("from"))
    if all(body.get(name) is None for name in ("text", "choice", "media")):
        raise BadMessage("give a text, the id of a choice, or a media.")
    media = _line(body, "media", LONGEST_ID)
    if media is not None and media not in MEDIA:
        raise BadMessage(f"media must be one of {', '.join(MEDIA)}.")
    text = body.get("text")
    if text is not None and not isinstance(text, str):
        raise BadMessage("text must be a string.")
    sender = address(channel, number)
    return Inbound(
        channel=channel,
        provider_id=f"{sender}:{_line(body, 'id', LONGEST_ID) or uuid4().hex}",
        sender=sender,
        at=now,
        text=printable(text or ""),
        choice=_line(body, "choice", LONGEST_CHOICE),
        media=media,
        simulated=True,
        profile_name=_line(body, "profile_name", LONGEST_ID),
        language_hint=_line(body, "language", LONGEST_ID),
    )


def printable(text: str) -> str:
    """`text` without what no database can hold: halves of characters and NUL."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\x00", "")


def _line(body: dict[str, Any], name: str, longest: int) -> str | None:
    given = body.get(name)
    if given is None:
        return None
    if not isinstance(given, str | int) or isinstance(given, bool):
        raise BadMessage(f"{name} must be a string.")
    line = printable(str(given)).strip()
    if len(line) > longest:
        raise BadMessage(f"{name} is too long; {longest} characters are the most.")
    return line or None

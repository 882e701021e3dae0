"""The shape that a message takes on each channel: buttons, a list, or numbered lines. Nothing is cut in silence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import Button, Message
from bot.text.gsm import fold as folded
from bot.text.gsm import segments

SHARE_PHONE = "share_phone"
"""The id of a button that asks the phone itself for its number. Only Telegram can show it; elsewhere it is left out."""

TELEGRAM_TEXT, TELEGRAM_DATA = 4096, 64
WHATSAPP_BODY, WHATSAPP_ID = 1024, 200
QUICK_REPLIES, QUICK_REPLY_LABEL = 3, 20
LIST_ROWS, LIST_ROW_LABEL = 10, 24
TWILIO_TEXT = 1600


@dataclass(frozen=True, slots=True)
class Shaped:
    """What one channel shows: `buttons` under the text or `rows` of a list picker, never both.

    `segments` counts SMS segments, and on other channels the messages that the text is split into. `encoding` is
    "GSM-7" or "UCS-2" for an SMS, "UTF-8" elsewhere.
    """

    text: str
    buttons: tuple[Button, ...] = ()
    rows: tuple[Button, ...] = ()
    segments: int = 1
    encoding: str = "UTF-8"


def shape(message: Message, channel: str, *, fold: bool = True) -> Shaped:
    """`message` as `channel` can show it. `fold`: an SMS is written in GSM-7 wherever its words allow."""
    if channel == "telegram":
        return _telegram(message)
    shown = tuple(button for button in message.buttons if button.id != SHARE_PHONE)
    if channel == "whatsapp":
        return _whatsapp(Message(message.text, shown))
    text = numbered(message.text, shown)
    text = folded(text) if fold else text
    count, encoding = segments(text)
    return Shaped(text, segments=count, encoding=encoding)


def _telegram(message: Message) -> Shaped:
    if all(len(button.id.encode()) <= TELEGRAM_DATA for button in message.buttons):
        return Shaped(message.text, buttons=message.buttons, segments=len(split(message.text, TELEGRAM_TEXT)))
    text = numbered(message.text, message.buttons)
    return Shaped(text, segments=len(split(text, TELEGRAM_TEXT)))


def _whatsapp(message: Message) -> Shaped:
    buttons = message.buttons
    if buttons and _fits(message.text, WHATSAPP_BODY):
        if _can_be(buttons, QUICK_REPLIES, QUICK_REPLY_LABEL):
            return Shaped(message.text, buttons=buttons)
        if _can_be(buttons, LIST_ROWS, LIST_ROW_LABEL):
            return Shaped(message.text, rows=buttons)
    text = numbered(message.text, buttons)
    return Shaped(text, segments=len(split(text, TWILIO_TEXT)))


def _can_be(buttons: Sequence[Button], most: int, label: int) -> bool:
    """WhatsApp refuses two buttons of one title."""
    return (
        len(buttons) <= most
        and len({button.label for button in buttons}) == len(buttons)
        and all(_fits(button.label, label) and _fits(button.id, WHATSAPP_ID) for button in buttons)
    )


def numbered(text: str, buttons: Sequence[Button]) -> str:
    """`text` with its choices as numbered lines below; a quiet one is not offered."""
    loud = [button.label for button in buttons if not button.quiet]
    return "\n".join([text, *(f"{number} {label}" for number, label in enumerate(loud, start=1))])


def split(text: str, limit: int) -> list[str]:
    """`text` in pieces of at most `limit` UTF-16 units: at line ends, else after a sentence, else between words."""
    pieces = []
    while not _fits(text, limit):
        head = _head(text, limit)
        cut = max(
            (max((match.end() for match in re.finditer(end, head)), default=0) for end in (r"\n", r"[.!?…]\s")),
            default=0,
        )
        cut = cut or max((match.end() for match in re.finditer(r"\s", head)), default=0) or len(head)
        pieces.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*pieces, text]


def _head(text: str, limit: int) -> str:
    return text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore")


def _fits(text: str, limit: int) -> bool:
    return len(text) <= limit and len(text.encode("utf-16-le")) <= 2 * limit

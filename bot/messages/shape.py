"""The shape that a message takes on each channel: buttons, a list, or numbered lines. Nothing is cut in silence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.registry import SPECS
from bot.channels.spec import Picker, Shows
from bot.model import Button, Message
from bot.text.gsm import fold as folded
from bot.text.gsm import segments

SHARE_PHONE = "share_phone"
"""The id of a button that asks the phone itself for its number. Where a channel has none it is left out."""


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
    spec = SPECS[channel]
    buttons = tuple(one for one in message.buttons if spec.shows.contact_button or one.id != SHARE_PHONE)
    if spec.counts_segments:
        text = numbered(message.text, buttons)
        text = folded(text) if fold else text
        count, encoding = segments(text)
        return Shaped(text, segments=count, encoding=encoding)
    picked = _picker(message.text, buttons, spec.shows)
    text = message.text if picked else numbered(message.text, buttons)
    count = len(split(text, spec.shows.text))
    if picked is None:
        return Shaped(text, segments=count)
    if picked is spec.shows.buttons:
        return Shaped(text, buttons=buttons, segments=count)
    return Shaped(text, rows=buttons, segments=count)


def _picker(text: str, buttons: Sequence[Button], shows: Shows) -> Picker | None:
    """The buttons or the list that can show the choices of a message; None where neither can, and without choices."""
    if not buttons or (shows.text_with_choices is not None and not _fits(text, shows.text_with_choices)):
        return None
    return next((one for one in (shows.buttons, shows.rows) if one is not None and _can_be(buttons, one)), None)


def _can_be(buttons: Sequence[Button], picker: Picker) -> bool:
    labels = [button.label for button in buttons]
    return (
        len(buttons) <= picker.most
        and (not picker.distinct or len(set(labels)) == len(labels))
        and all(len(button.id.encode()) <= picker.id_bytes for button in buttons)
        and (picker.label is None or all(_fits(label, picker.label) for label in labels))
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

"""Reading a free text: a name, a place, what somebody makes."""

from __future__ import annotations

import re

from bot.answers.ask import Ask
from bot.answers.fold import LONGEST
from bot.answers.stance import plain, stance, unclear
from bot.model import Reading, ReadingKind

LONGEST_TEXT = 120


def read_text(text: str, ask: Ask) -> Reading:
    """The text, trimmed and with single spaces: it holds a letter or digit and has at most 120 characters."""
    kept = " ".join(re.sub(r"[\x00-\x1f\x7f\u200b-\u200f\u2060\ufeff]", " ", text[: LONGEST + 1]).split())
    if not any(c.isalnum() for c in kept):
        return Reading(ReadingKind.ASK_AGAIN, hint="empty", reason="no letter and no digit")
    words = plain(kept)
    if len(words.split()) <= 5 and stance(words, ask.language) in ("refused", "unknown"):
        return unclear(words, ask.language, "", "")
    if len(kept) > LONGEST_TEXT:
        return Reading(ReadingKind.ASK_AGAIN, hint="too_long", reason=f"longer than {LONGEST_TEXT} characters")
    return Reading(ReadingKind.VALUE, value=kept, reason="kept as written")

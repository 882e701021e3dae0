"""Reading the year in which somebody was born."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.answers.ask import Ask
from bot.answers.dates import read_date
from bot.answers.fold import fold
from bot.model import Reading, ReadingKind

YOUNGEST, OLDEST = 14, 100
"""Years of age of who may have a business."""
_TWO_DIGITS = re.compile(r"\W*(\d\d)\W*")
_FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")


def read_year(text: str, ask: Ask) -> Reading:
    """The year as four digits. "85" is read as the year of somebody of a likely age, and read back: it may be an age."""
    short = _TWO_DIGITS.fullmatch(fold(text))
    if short is not None:
        return _plausible(Reading(ReadingKind.VALUE, _full(int(short[1]), ask), confirm=True), ask)
    reading = read_date(text, ask)
    if isinstance(reading.value, str):
        sure = _FOUR_DIGITS.search(text) is not None
        return _plausible(replace(reading, value=reading.value[:4], confirm=not sure), ask)
    return _unclear() if reading.hint in ("date_unclear", "no_year", "not_a_date", "future") else reading


def _full(short: int, ask: Ask) -> str:
    """1900 and so many, unless that makes somebody older than they can be."""
    year = 1900 + short
    return str(year + 100 if ask.today is not None and year < ask.today.year - OLDEST else year)


def _plausible(reading: Reading, ask: Ask) -> Reading:
    if ask.today is None or YOUNGEST <= ask.today.year - int(str(reading.value)) <= OLDEST:
        return reading
    return _unclear()


def _unclear() -> Reading:
    return Reading(ReadingKind.ASK_AGAIN, hint="birth_year", reason="no likely year of birth")

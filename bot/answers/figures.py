"""The plainest form of each reader: one clear figure, or ask again."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from bot.answers.ask import Ask
from bot.answers.countries import currency_of
from bot.answers.fold import fold, words_only
from bot.answers.stance import NO, REFUSED, UNKNOWN, YES, ZERO
from bot.model import Outcome, Reading

_FIGURE = re.compile(r"\D{0,6}?(\d{1,3}(?:,\d{3})+|\d{1,9})(\.\d{1,2})?\D{0,6}")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def _stance(text: str) -> Reading | None:
    words = words_only(text)
    if words in ZERO:
        return Reading(Outcome.ZERO, value=Decimal(0), reason="none")
    if words in UNKNOWN:
        return Reading(Outcome.UNKNOWN, reason="the client does not know")
    if words in REFUSED:
        return Reading(Outcome.REFUSED, reason="the client declined")
    return None


def _number(text: str) -> Reading:
    if stance := _stance(text):
        return stance
    match = _FIGURE.fullmatch(fold(text))
    if match is None:
        return Reading(Outcome.ASK_AGAIN, hint="vague", reason="no single figure")
    value = Decimal(match[1].replace(",", "") + (match[2] or ""))
    return Reading(Outcome.VALUE if value else Outcome.ZERO, value=value, reason="one figure")


def read_amount(text: str, ask: Ask) -> Reading:
    reading = _number(text)
    if reading.outcome is not Outcome.VALUE:
        return reading
    return Reading(
        reading.outcome, reading.value, currency=ask.currency or currency_of(ask.country), reason=reading.reason
    )


def read_count(text: str, ask: Ask) -> Reading:
    reading = _number(text)
    if isinstance(reading.value, Decimal) and reading.value % 1:
        return Reading(Outcome.ASK_AGAIN, hint="fraction", reason="not a whole number")
    return reading


def read_percent(text: str, ask: Ask) -> Reading:
    reading = _number(text)
    if isinstance(reading.value, Decimal) and reading.value > 100:
        return Reading(Outcome.ASK_AGAIN, hint="over_hundred", reason="more than all")
    return reading


def read_yesno(text: str, ask: Ask) -> Reading:
    words = words_only(text) or fold(text)
    if words in YES:
        return Reading(Outcome.VALUE, value=True, reason="a yes")
    if words in NO:
        return Reading(Outcome.VALUE, value=False, reason="a no")
    return Reading(Outcome.ASK_AGAIN, hint="yes_or_no", reason="neither yes nor no")


def read_date(text: str, ask: Ask) -> Reading:
    folded = fold(text)
    if re.fullmatch(r"(?:19|20)\d\d", folded):
        return Reading(Outcome.VALUE, value=folded, reason="a year")
    if match := _DAY.fullmatch(folded):
        try:
            day = date(int(match[3]), int(match[2]), int(match[1]))
        except ValueError:
            return Reading(Outcome.ASK_AGAIN, hint="not_a_date", reason="no such day")
        return Reading(Outcome.VALUE, value=day.isoformat(), reason="a day")
    return Reading(Outcome.ASK_AGAIN, hint="date_unclear", reason="no date found")

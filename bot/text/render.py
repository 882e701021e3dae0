"""A `Say` in one client's language, money, numbers and clock."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, format_time, get_month_names
from babel.numbers import format_decimal

from bot.countries import COUNTRIES, SYMBOLS, number_locale, text_locale
from bot.model import Button, Message, Money, Month, Param, Say, Term
from bot.text.language import Catalogs

_FIELD = re.compile(r"\{(\w+)\}")
_HT_MONTHS = ["janv", "fevr", "mas", "avr", "me", "jen", "jiyè", "out", "sept", "okt", "nov", "des"]
_HT_MONTH_NAMES = [
    "janvye",
    "fevriye",
    "mas",
    "avril",
    "me",
    "jen",
    "jiyè",
    "out",
    "septanm",
    "oktòb",
    "novanm",
    "desanm",
]
_HT_DAYS = ["len", "mad", "mèk", "jed", "van", "sam", "dim"]


@dataclass(frozen=True, slots=True)
class Voice:
    """How to speak to one client: a language code, an ISO 3166 country and an IANA time zone."""

    language: str
    country: str
    zone: str


def speak(say: Say, voice: Voice, catalogs: Catalogs) -> Message:
    """`say` in the words of `voice`. KeyError where the text names something that `say.params` does not hold."""

    def put(text: str) -> str:
        translated = catalogs.translate(text, voice.language)
        spoken = translated if set(_FIELD.findall(translated)) <= say.params.keys() else text
        return _FIELD.sub(lambda match: written(say.params[match[1]], voice, catalogs), spoken)

    return Message(
        put(say.text),
        tuple(
            Button(choice.id, _clean(choice.label) if choice.literal else put(choice.label), choice.quiet)
            for choice in say.choices
        ),
    )


def join(messages: Sequence[Message]) -> Message:
    """One reply for one turn: the texts one below the other, with the buttons of the last message that has any."""
    texts = [message.text for message in messages if message.text]
    buttons = next((message.buttons for message in reversed(messages) if message.buttons), ())
    return Message("\n".join(texts), buttons)


def written(param: Param, voice: Voice, catalogs: Catalogs) -> str:
    """`param` as it is written where the client lives. What somebody typed stays on one line and is never markup."""
    match param:
        case Term():
            return catalogs.translate(param.text, voice.language)
        case Money():
            return _money(param, voice.country)
        case Decimal():
            return _number(param, voice.country)
        case Month():
            return _month(param, voice)
        case datetime():
            return _moment(param, voice)
        case date():
            return _day(param, voice)
        case int():
            return str(param)
        case str():
            return _clean(param)


def _money(money: Money, country: str) -> str:
    known = COUNTRIES.get(country)
    symbol = known.symbol_of(money.currency) if known else SYMBOLS.get(money.currency, money.currency)
    whole = money.amount == money.amount.to_integral_value()
    number = _number(abs(money.amount), country, "#,##0" if whole else "#,##0.00")
    if money.currency == "HTG":
        figure = f"{number} {symbol}"
    else:
        figure = f"{symbol} {number}" if symbol == money.currency else f"{symbol}{number}"
    return f"-{figure}" if money.amount < 0 else figure


def _number(number: Decimal, country: str, pattern: str | None = None) -> str:
    return _plain_spaces(
        format_decimal(number, format=pattern, locale=number_locale(country), decimal_quantization=False)
    )


def _month(month: Month, voice: Voice) -> str:
    if voice.language == "ht":
        return _HT_MONTH_NAMES[month.number - 1]
    names = get_month_names("wide", "stand-alone", text_locale(voice.language, voice.country))
    return str(names[month.number])


def _day(day: date, voice: Voice) -> str:
    if voice.language == "ht":
        return f"{day.day} {_HT_MONTHS[day.month - 1]} {day.year}"
    return _plain_spaces(format_skeleton("yMMMd", day, locale=text_locale(voice.language, voice.country)))


def _moment(moment: datetime, voice: Voice) -> str:
    local = moment.astimezone(ZoneInfo(voice.zone))
    locale = text_locale(voice.language, voice.country)
    time = format_time(local, "short", locale=locale)
    if voice.language == "ht":
        day = f"{_HT_DAYS[local.weekday()]} {local.day} {_HT_MONTHS[local.month - 1]}"
    else:
        day = format_skeleton("MMMEd", local.date(), locale=locale).replace(",", "")
    return _plain_spaces(f"{day}, {time}")


def _plain_spaces(text: str) -> str:
    """Babel sets no-break spaces, which turn an SMS to UCS-2 and which readers of figures trip over."""
    return text.replace("\xa0", " ").replace("\u202f", " ")


def _clean(text: str) -> str:
    """One line, without what could turn the writing direction or break a message; joiners of emoji stay."""
    kept = "".join(
        " " if character.isspace() else character
        for character in text
        if character == "\u200d" or character.isspace() or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    )
    return " ".join(kept.split())

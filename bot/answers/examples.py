"""An example of a reply, written as people write figures in the client's country."""

from __future__ import annotations

from decimal import Decimal

from bot.answers.ask import Ask
from bot.countries import WRITING, Writing
from bot.model import Kind

_TYPICAL = 1500
"""US dollars that are given as an example where nothing is known of the question."""
_PER_DOLLAR = {
    "BBD": 2,
    "BZD": 2,
    "XCD": 3,
    "XCG": 2,
    "AWG": 2,
    "TTD": 7,
    "GYD": 200,
    "JMD": 150,
    "SRD": 35,
    "HTG": 130,
    "DOP": 60,
    "CRC": 500,
    "GTQ": 8,
    "HNL": 25,
    "NIO": 36,
    "MXN": 18,
    "COP": 4000,
    "BRL": 5,
    "UYU": 40,
    "CLP": 900,
    "ARS": 1000,
    "PEN": 4,
    "BOB": 7,
    "PYG": 7000,
    "VES": 100,
}
"""Units of a currency to the dollar, by order of magnitude only: for examples and plausibility, never for conversion."""

_YES = {"en": "Yes", "es": "Sí", "fr": "Oui", "pt": "Sim", "ht": "Wi", "nl": "Ja"}
_UNLISTED = Writing("", "")


def per_dollar(currency: str | None) -> Decimal:
    """Roughly how many units of `currency` make one US dollar; 1 where it is not listed."""
    return Decimal(_PER_DOLLAR.get(currency or "", 1))


def example(ask: Ask) -> str:
    """A reply that the reader of `ask` takes as it stands, such as "EC$4,500", "RD$90,000", "3" or "15/03/2021"."""
    match ask.kind:
        case Kind.AMOUNT:
            return _amount(ask)
        case Kind.COUNT:
            return "3"
        case Kind.PERCENT:
            return "25%"
        case Kind.YESNO:
            return _YES.get(ask.language, _YES["en"])
        case Kind.DATE:
            return f"15/03/{(ask.today.year if ask.today else 2024) - 3}"
        case Kind.YEAR:
            return "1985"
        case Kind.CHOICE:
            return "1"
        case _:
            return ""


def _amount(ask: Ask) -> str:
    country = WRITING.get(ask.country.upper(), _UNLISTED)
    currency = ask.currency or country.currency
    figure = _round((ask.indicator.typical if ask.indicator else _TYPICAL) * per_dollar(currency))
    digits = f"{figure:,}".replace(",", country.grouping)
    if currency == country.currency:
        if currency == "HTG":
            return f"{digits} {'goud' if ask.language == 'ht' else 'gourdes'}"
        return f"{digits} €" if country.sign == "€" else f"{country.sign}{digits}"
    return f"{currency} {digits}"


def _round(amount: Decimal) -> int:
    """To one and a half leading digits: 4,050 becomes 4,000 and 4,700 becomes 4,500."""
    step = int("5" + "0" * (len(str(int(amount))) - 2))
    return int(amount) // step * step

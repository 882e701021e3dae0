"""What a segment or a message costs, from a dated file that a center fills in itself."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from importlib.resources import files
from pathlib import Path
from typing import Any

from bot.channels.registry import SPECS

OWN = "prices.toml"
"""A file of this name where the program runs stands in for the one that comes with it."""


class PricesError(ValueError):
    """The file cannot be read; the message says what to correct."""


@dataclass(frozen=True, slots=True)
class Prices:
    """US dollars. `sms` and `template` by the country of the phone; None and what is missing is not known."""

    as_of: date
    source: str
    sms: Mapping[str, Decimal] = field(default_factory=dict)
    message: Decimal | None = None
    template: Mapping[str, Decimal] = field(default_factory=dict)

    def of(self, channel: str, country: str, amount: int = 1, *, templates: int = 0) -> Decimal | None:
        """The price of `amount` SMS segments or messages, of which `templates` are approved WhatsApp templates."""
        unit = SPECS[channel].price_unit
        if unit is None:
            return Decimal(0)
        each = self.sms.get(country) if unit == "segment" else self.message
        extra = self.template.get(country) if templates else Decimal(0)
        return None if each is None or extra is None else amount * each + templates * extra


def shown(price: Decimal | None) -> str:
    """ "$0.04", with as many decimals as a fraction of a cent needs; "" where it is not known."""
    if price is None:
        return ""
    return f"${price.quantize(Decimal('0.01')) if price == price.quantize(Decimal('0.01')) else price.normalize():f}"


def load(folder: Path | None = None) -> Prices:
    """The prices of the file in `folder` (where the program runs), else those that come with it. Raises PricesError."""
    own = (folder or Path()) / OWN
    text = own.read_text("utf-8") if own.is_file() else (files("bot.messages") / OWN).read_text("utf-8")
    try:
        return _read(tomllib.loads(text, parse_float=Decimal))
    except (tomllib.TOMLDecodeError, TypeError, ValueError, AttributeError, KeyError) as error:
        what = f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
        raise PricesError(f"{OWN}: {what}") from error


def _read(data: Mapping[str, Any]) -> Prices:
    as_of, whatsapp = data["as_of"], data.get("whatsapp", {})
    if not isinstance(as_of, date):
        raise ValueError("as_of: write it as a day, like 2026-11-23")
    message = whatsapp.get("message")
    return Prices(
        as_of,
        str(data.get("source", "")),
        _table("sms", data.get("sms", {})),
        None if message is None else _price("whatsapp.message", message),
        _table("whatsapp.template", whatsapp.get("template", {})),
    )


def _table(name: str, rows: Mapping[str, object]) -> dict[str, Decimal]:
    return {country.upper(): _price(f"{name}.{country}", price) for country, price in rows.items()}


def _price(name: str, given: object) -> Decimal:
    try:
        price = Decimal(str(given))
    except InvalidOperation:
        price = Decimal(-1)
    if not price.is_finite() or price < 0:
        raise ValueError(f"{name}: {given!r} is not a price in dollars, like 0.05")
    return price

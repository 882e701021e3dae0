"""How times, spans, numbers and phone numbers are written on the pages."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

MASK = "•"


def moment(at: datetime | None, zone: ZoneInfo | str) -> str:
    """23 Nov 2026, 16:05 on the clock of `zone`."""
    if at is None:
        return "–"
    local = at.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)
    return f"{local.day} {local:%b %Y, %H:%M}"


def day(when: date | datetime | None, zone: ZoneInfo | str = "UTC") -> str:
    """23 Nov 2026."""
    if when is None:
        return "–"
    if isinstance(when, datetime):
        when = when.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)
    return f"{when.day} {when:%b %Y}"


def clock(at: datetime, zone: ZoneInfo | str) -> str:
    local = at.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)
    return f"{local:%H:%M}"


def ago(at: datetime | None, now: datetime) -> str:
    """How long ago, or how soon, in the largest unit that says something."""
    if at is None:
        return "never"
    seconds = int((now - at).total_seconds())
    span = abs(seconds)
    if span < 60:
        return "just now" if seconds >= 0 else "in a moment"
    for unit, length, most in (("min", 60, 90), ("h", 3600, 36), ("days", 86400, 60), ("months", 2_629_800, 24)):
        if span < length * most:
            number = max(span // length, 1)
            words = f"{number} {unit[:-1] if number == 1 and unit.endswith('s') else unit}"
            break
    else:
        words = f"{span // 31_557_600} years"
    return f"{words} ago" if seconds >= 0 else f"in {words}"


def masked(address: str) -> str:
    """A phone number of which only the beginning and the end can be read."""
    if len(address) <= 6:
        return MASK * len(address)
    start = 5 if address.startswith("+") and len(address) > 9 else 2
    return address[:start] + MASK * (len(address) - start - 2) + address[-2:]


def signed(number: Decimal, digits: int = 0) -> str:
    """With its sign, and a minus that is as wide as the plus."""
    rounded = round(number, digits)
    return f"{'+' if rounded > 0 else '−' if rounded < 0 else '±'}{abs(rounded):,.{digits}f}"


def short(number: Decimal) -> str:
    """12.5 without a trailing zero, 1,200 with its comma."""
    return f"{number.normalize():,f}" if number != number.to_integral_value() else f"{number:,.0f}"


def amount(number: Decimal | str | int) -> str:
    """1,234.50 and 3, with a minus that is as wide as a digit."""
    value = Decimal(number)
    digits = 0 if value == value.to_integral_value() else 1 if value * 10 == (value * 10).to_integral_value() else 2
    return f"{'−' if value < 0 else ''}{abs(value):,.{digits}f}"


def group(value: str, dimension: str) -> str:
    """The name of a group of a report."""
    names = {"sex": {"f": "women", "m": "men", "x": "other"}}
    return names.get(dimension, {}).get(value, value if dimension in ("center", "country") else value.replace("_", " "))

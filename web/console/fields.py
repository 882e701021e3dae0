"""What people write into the fields of a form. Each raises Refused with a sentence that says how to mend it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from web.console.context import Refused


def a_day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise Refused("The day is missing.") from None


def a_moment(given: str, zone: str) -> datetime:
    """A day and time on the clock of `zone`; the result is UTC."""
    try:
        return datetime.fromisoformat(given).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refused("The day and the time are missing.") from None


def hours(given: str, most: int = 24) -> Decimal:
    try:
        length = Decimal(given.replace(",", "."))
    except InvalidOperation:
        length = Decimal(0)
    if not length.is_finite() or not 0 < length <= most:
        raise Refused(f"The hours must be more than 0 and at most {most}.")
    return round(length, 2)


def whole(given: str, what: str) -> int:
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        raise Refused(f"{what}: write a whole number.")
    return int(given)


def figure(given: str) -> Decimal:
    try:
        return Decimal(given.replace(",", "").replace(" ", ""))
    except InvalidOperation:
        raise Refused(f"“{given[:20]}” is no number. Write it in digits, like 5200 or 5200.50.") from None

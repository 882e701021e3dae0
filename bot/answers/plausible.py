"""Whether a figure can be true: against the client's last one, and against what small firms sell and employ."""

from __future__ import annotations

from decimal import Decimal

from bot.answers.examples import per_dollar
from bot.indicators import Bounds

FAR = 10


def far_from_last(value: Decimal, last: Decimal | None) -> bool:
    """Ten times the client's last figure or more, or a tenth of it or less."""
    if last is None or last <= 0 or value <= 0:
        return False
    return value >= FAR * last or value * FAR <= last


def doubt_of_amount(value: Decimal, currency: str | None, bounds: Bounds, *, bare: bool) -> str:
    """ "ask" where the amount cannot be meant so (too small or too big), "confirm" where it is unusual, else "".

    `bare`: nothing but digits was written, so that "45" may stand for 45,000.
    """
    dollars = value / per_dollar(currency)
    if dollars > bounds.ask_above or (dollars < bounds.ask_below and bare):
        return "ask"
    return "confirm" if dollars < bounds.confirm_below or dollars > bounds.confirm_above else ""

"""Whether a figure can be true: against the client's last one, and against what small firms sell and employ."""

from __future__ import annotations

from decimal import Decimal

from bot.answers.examples import per_dollar

_MONTHS = {"sales_month": Decimal(1), "sales_year": Decimal(6)}
"""By what the monthly bounds are stretched; other amounts have no lower bound."""
ASK_BELOW, CONFIRM_BELOW, CONFIRM_ABOVE, ASK_ABOVE = Decimal(8), Decimal(10), Decimal(100_000), Decimal(100_000_000)
"""US dollars a month."""
CONFIRM_PEOPLE, ASK_PEOPLE = 50, 2_000
FAR = 10


def far_from_last(value: Decimal, last: Decimal | None) -> bool:
    """Ten times the client's last figure or more, or a tenth of it or less."""
    if last is None or last <= 0 or value <= 0:
        return False
    return value >= FAR * last or value * FAR <= last


def doubt_of_amount(value: Decimal, currency: str | None, name: str, *, bare: bool) -> str:
    """ "ask" where the amount cannot be meant so (too small or too big), "confirm" where it is unusual, else "".

    `bare`: nothing but digits was written, so that "45" may stand for 45,000.
    """
    dollars = value / per_dollar(currency)
    if dollars > ASK_ABOVE:
        return "ask"
    stretch = _MONTHS.get(name)
    if stretch is None:
        return "confirm" if dollars < Decimal("0.5") or dollars > CONFIRM_ABOVE * 12 else ""
    if dollars < ASK_BELOW * stretch and bare:
        return "ask"
    if dollars < CONFIRM_BELOW * stretch or dollars > CONFIRM_ABOVE * 5 * stretch:
        return "confirm"
    return ""

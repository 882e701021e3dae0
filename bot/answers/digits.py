"""What a figure written in digits means where it was written: 4,500 · 4.500,50 · 4 500 · 1.5."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.countries import WRITING, Writing

_THREES = re.compile(r"\d{1,3}(?:[., ']\d{3})+")
_UNLISTED = Writing("", "")
MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Figure:
    """`unsure` names what is doubtful about it (a hint code), "" if nothing is."""

    value: Decimal
    unsure: str = ""
    decimals: int = 0


def read_digits(written: str, country: str) -> Figure | None:
    """The figure that `written` (digits with . , ' or spaces) stands for in `country`; None where it is malformed."""
    if written.isdigit():
        return Figure(Decimal(written)) if len(written) <= MOST_DIGITS else None
    digits = [part for part in re.split(r"[., ']", written) if part]
    if sum(map(len, digits)) > MOST_DIGITS:
        return None
    signs = [c for c in written if not c.isdigit()]
    if not written[0].isdigit():
        return Figure(Decimal("0." + digits[0]), decimals=len(digits[0])) if len(digits) == 1 else None
    kinds = set(signs)
    if len(kinds) == 1:
        return _one_sign(written, signs[0], digits, WRITING.get(country, _UNLISTED))
    head, point, tail = written.rpartition(signs[-1])
    if len(kinds) > 2 or point in head or not _THREES.fullmatch(head):
        return _apostrophes(written) if "'" in kinds else None
    whole = re.sub(r"\D", "", head)
    if len(tail) == 3:
        return Figure(Decimal(whole + tail)) if "'" in kinds else None
    return Figure(Decimal(f"{whole}.{tail}"), decimals=len(tail))


def _one_sign(written: str, sign: str, digits: list[str], country: Writing) -> Figure | None:
    threes = _THREES.fullmatch(written) is not None
    joined = Decimal("".join(digits))
    if len(digits) > 2 or sign in " '":
        return Figure(joined) if threes else None
    whole, tail = digits
    if threes:
        if whole == "0":
            return Figure(Decimal(f"0.{tail}"), unsure="separator", decimals=3)
        return Figure(joined, unsure="separator" if sign == country.decimal else "")
    return Figure(Decimal(f"{whole}.{tail}"), decimals=len(tail)) if len(tail) <= 2 else None


def _apostrophes(written: str) -> Figure | None:
    """Mexican millions: 1'500,000 and 1'500,000.50."""
    match = re.fullmatch(r"(\d{1,3})'(\d{3})(?:[.,'](\d{3}))?(?:\.(\d{1,2}))?", written)
    if match is None:
        return None
    return Figure(Decimal(f"{match[1]}{match[2]}{match[3] or ''}.{match[4] or 0}"), decimals=len(match[4] or ""))

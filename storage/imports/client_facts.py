"""What a table of clients may say of a person and a business beside the names: read from a cell, one function each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from storage.checks import RegisterError, a_line, an_email, folded, one_of
from storage.imports.csv_table import YES_OR_NO, a_past_day, yes_or_no

SEXES = ("f", "m", "x")
MORE_THAN_HALF = 51
"""Percent: what a plain yes to "women-owned" is kept as."""

Fact = Callable[[str, str, date], object]
"""From the column, a cell that is not empty, and today."""

_ISIC = re.compile(r"[A-V]?\d{1,5}|[A-V]")


def _sex(column: str, text: str, today: date) -> str:
    return one_of(column, text.lower(), SEXES)


def _birth_year(column: str, text: str, today: date) -> int:
    if not (text.isdecimal() and today.year - 120 <= int(text) <= today.year):
        raise RegisterError(column, f"{text!r} is not a year of birth like 1988")
    return int(text)


def _yes_or_no(column: str, text: str, today: date) -> bool | None:
    return yes_or_no(column, text)


def _line(column: str, text: str, today: date) -> str:
    return a_line(column, text)


def _email(column: str, text: str, today: date) -> str:
    return an_email(text)


def _day(column: str, text: str, today: date) -> date:
    return a_past_day(column, text, today)


def _percent(column: str, text: str, today: date) -> int:
    if (said := YES_OR_NO.get(folded(text))) is not None:
        return MORE_THAN_HALF if said else 0
    number = text.removesuffix("%").strip()
    if not (number.isdecimal() and int(number) <= 100):
        raise RegisterError(column, f"{text!r} is neither a percentage from 0 to 100 nor yes or no")
    return int(number)


def _isic(column: str, text: str, today: date) -> str:
    code = text.upper().replace(".", "").replace(" ", "")
    if not _ISIC.fullmatch(code):
        raise RegisterError(column, f"{text!r} is not a code of ISIC like 1071 or C10")
    return code


OF_THE_PERSON: Mapping[str, Fact] = {"sex": _sex, "birth_year": _birth_year}
OF_THE_CLIENT: Mapping[str, Fact] = {
    "rural": _yes_or_no,
    "disability": _yes_or_no,
    "indigenous": _yes_or_no,
    "email": _email,
    "district": _line,
    "start_on": _day,
    "registered": _yes_or_no,
    "legal_form": _line,
    "women_owned": _percent,
    "isic": _isic,
    "program": _line,
    "referred_by": _line,
}
"""By the column of the table, which is that of the database too."""
FACTS: Mapping[str, Fact] = {**OF_THE_PERSON, **OF_THE_CLIENT}

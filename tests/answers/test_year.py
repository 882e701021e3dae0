"""The year of birth: four digits, two digits, whole dates, and what is none."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answers import read
from bot.answers.ask import Ask
from bot.model import Kind


@pytest.mark.parametrize(
    ("text", "year", "confirm"),
    [
        ("1985", "1985", False),
        ("I was born in 1985", "1985", False),
        ("12/05/1985", "1985", False),
        ("85", "1985", True),
        ("'79", "1979", True),
        ("41", "1941", True),
        ("05", "2005", True),
        ("2012", "2012", False),
        ("2013", None, False),
        ("1925", None, False),
        ("2030", None, False),
        ("7", None, False),
        ("bananas", None, False),
        ("rather not say", None, False),
    ],
)
def test_a_year_of_birth(text: str, year: str | None, confirm: bool) -> None:
    reading = read(text, Ask(Kind.YEAR, country="LC", today=date(2026, 11, 25)))
    assert (reading.value, reading.confirm) == (year, confirm)

"""A date as exact as it was given, and the phrases of the languages that stand for one."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.answers.stance import plain
from bot.answers.words import BY_LANGUAGE

EARLIEST = 1900
YEAR = r"(?:19|20)\d\d"
ANY_YEAR = re.compile(rf"(?<!\d)(?<!\d[.,/-])({YEAR})(?![\d/-]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class When:
    """A date as exact as it was given; `doubt` says why it is to be read back."""

    year: int
    month: int | None = None
    day: int | None = None
    doubt: str = ""

    @property
    def value(self) -> str:
        if self.month is None:
            return f"{self.year:04d}"
        return (
            f"{self.year:04d}-{self.month:02d}"
            if self.day is None
            else f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
        )

    def is_day(self) -> bool:
        if self.month is not None and not 1 <= self.month <= 12:
            return False
        return self.day is None or (self.month is not None and 1 <= self.day <= monthrange(self.year, self.month)[1])

    def after(self, today: date) -> bool:
        given = (self.year, self.month or 0, self.day or 0)
        return given > (today.year, today.month if self.month else 0, today.day if self.day else 0)


class Unclear(Exception):
    """No date; the argument is the hint."""


@lru_cache(maxsize=256)
def phrases_of(name: str, language: str) -> tuple[str, ...]:
    order = (language, *(c for c in BY_LANGUAGE if c != language))
    return tuple(
        dict.fromkeys(plain(p) for code in order if code in BY_LANGUAGE for p in BY_LANGUAGE[code].dates.get(name, ()))
    )


def says(words: str, name: str, language: str, *, lone: bool = False) -> bool:
    phrases = phrases_of(name, language)
    if lone and language in BY_LANGUAGE:
        phrases = tuple(plain(p) for p in BY_LANGUAGE[language].dates.get(name, ()))
    return any(f" {phrase} " in f" {words} " for phrase in phrases)

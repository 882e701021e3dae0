"""Reading a date in the past: as exact as it was given, day first, and never a guess between two days."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from bot.answers.ask import Ask
from bot.answers.fold import fold
from bot.answers.lexicon import lexicon
from bot.answers.noise import obstacle
from bot.answers.relative_dates import relative as relative_date
from bot.answers.scan import scan
from bot.answers.stance import plain, stance, unclear
from bot.answers.when import ANY_YEAR, EARLIEST, YEAR, Unclear, When, says
from bot.answers.words import BY_LANGUAGE
from bot.model import Reading, ReadingKind

_NUMERIC = re.compile(
    rf"(?<![\d/.-])(?:({YEAR})[/.\-](\d{{1,2}})[/.\-](\d{{1,2}})|(\d{{1,2}})\s?[/.\- ]\s?(\d{{1,2}})\s?[/.\- ]\s?({YEAR}|\d\d))(?![\d/-])"
)
_MONTH_YEAR = re.compile(rf"(?<![\d/.-])(?:(\d{{1,2}})\s?[/.-]\s?({YEAR})|({YEAR})\s?[/.-]\s?(\d{{1,2}}))(?![\d/-])")
_SHORT_YEAR = re.compile(r"'(\d\d)\b")
_FIRST = {
    "first": 1,
    "1st": 1,
    "primero": 1,
    "premier": 1,
    "1er": 1,
    "primeiro": 1,
    "premye": 1,
    "eerste": 1,
    "1ro": 1,
    "1o": 1,
}


def read_date(text: str, ask: Ask) -> Reading:
    """YYYY, YYYY-MM or YYYY-MM-DD, not after `ask.today`; anything unclear, impossible or to come is asked again."""
    folded = fold(text)
    words = plain(text)
    if not words:
        return _again("question" if "?" in folded else "empty")
    if (hint := obstacle(folded)) in ("media", "link"):
        return _again(hint)
    try:
        when = _when(folded, words, ask)
        if not when.is_day():
            return _again("not_a_date")
        if ask.today is not None and when.after(ask.today):
            return _again("future")
        if when.year < EARLIEST:
            return _again("date_unclear")
    except Unclear as unclear_date:
        return unclear(words, ask.language, str(unclear_date), "no clear date")
    doubt = when.doubt or ("asked rather than told" if "?" in folded else "")
    return Reading(
        ReadingKind.VALUE,
        value=when.value,
        confirm=bool(doubt),
        approximate=bool(_around(words)),
        reason=doubt or "one clear date",
    )


def _again(hint: str) -> Reading:
    return Reading(ReadingKind.ASK_AGAIN, hint=hint, reason="no clear date")


def _when(folded: str, words: str, ask: Ask) -> When:
    numeric = list(_NUMERIC.finditer(folded))
    if len(numeric) > 1:
        raise Unclear("two_figures")
    if numeric:
        return _of_digits(numeric[0], ask.today)
    if stance(words, ask.language) in ("refused", "unknown"):
        raise Unclear("date_unclear")
    if (named := _with_month_name(folded, words, ask)) is not None:
        return named
    if match := _MONTH_YEAR.search(folded):
        year, month = (match[2], match[1]) if match[2] else (match[3], match[4])
        return When(int(year), int(month))
    if (relative := relative_date(words, ask)) is not None:
        return relative
    return _year_only(folded, words, ask)


def _of_digits(match: re.Match[str], today: date | None) -> When:
    if match[1]:
        return When(int(match[1]), int(match[2]), int(match[3]))
    first, second, written = int(match[4]), int(match[5]), match[6]
    year = int(written) if len(written) == 4 else _century(int(written), today)
    doubt = "" if len(written) == 4 else "a year of two digits"
    if second > 12 >= first:
        return When(year, first, second, doubt)
    if first <= 12 and second <= 12 and first != second:
        doubt = doubt or "day and month may be swapped"
    return When(year, second, first, doubt)


def _century(short: int, today: date | None) -> int:
    latest = today.year if today else 2099
    return 2000 + short if 2000 + short <= latest else 1900 + short


@lru_cache(maxsize=16)
def _months(language: str) -> dict[str, int]:
    """Month names: all of the client's language, and the longer ones of the others."""
    found = dict(BY_LANGUAGE[language].months) if language in BY_LANGUAGE else {}
    for words in BY_LANGUAGE.values():
        for name, month in words.months.items():
            if len(name) > 3 or name in {
                "jan",
                "feb",
                "oct",
                "nov",
                "dec",
                "jun",
                "jul",
                "aug",
                "sep",
                "ene",
                "abr",
                "dic",
            }:
                found.setdefault(name, month)
    return found


def _with_month_name(folded: str, words: str, ask: Ask) -> When | None:
    split = re.sub(
        r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)",
        " ",
        re.sub(r"(\d)(?:st|nd|rd|th|er|ro|do|to|o)\b", r"\1", words.replace("/", " ")),
    ).split()
    split = " ".join(split).replace("/", " ").split()
    known = _months(ask.language)
    numbers = lexicon(ask.language).numbers
    named = [
        (at, known[word])
        for at, word in enumerate(split)
        if word in known and (word not in numbers or _beside_digits(split, at))
    ]
    if not named:
        return None
    months = {month for _, month in named}
    if len(months) > 1:
        raise Unclear("two_figures")
    at, month = named[0]
    year = _year_in(folded, split, ask)
    day = _day_near(split, at, year)
    if year is None:
        return _yearless(words, month, day, ask)
    return When(year, month, day, "roughly" if _bounded(words) else "")


def _beside_digits(split: list[str], at: int) -> bool:
    """ "Sept" and "dez" are numbers as well: they are months only next to digits."""
    return any(word.isdigit() for word in split[max(at - 1, 0) : at + 2])


def _year_in(folded: str, split: list[str], ask: Ask) -> int | None:
    years = set(ANY_YEAR.findall(folded))
    if len(years) > 1:
        raise Unclear("two_figures")
    if years:
        return int(years.pop())
    if match := _SHORT_YEAR.search(folded):
        return _century(int(match[1]), ask.today)
    if spoken := _spoken_year(split, ask):
        return spoken
    if (
        len(split) >= 2
        and re.fullmatch(r"\d\d", split[-1])
        and (split[-2] in _months(ask.language) or split[-2] in {"de", "del", "of"})
        and len(split) >= 3
    ):
        return _century(int(split[-1]), ask.today)
    return None


def _spoken_year(split: list[str], ask: Ask) -> int | None:
    """dos mil quince, two thousand and nine, twenty fifteen, nineteen ninety eight."""
    found = scan(" ".join(word for word in split if not word.isdigit()), ask)
    values = [
        int(item.number)
        for item in found.items
        if item.number is not None and not item.article and item.number % 1 == 0
    ]
    if len(values) == 1 and 1950 <= values[0] <= 2099:
        return values[0]
    if len(values) >= 2 and values[-2] in (19, 20) and 10 <= values[-1] <= 99:
        return values[-2] * 100 + values[-1]
    full = [value for value in values if 1950 <= value <= 2099]
    return full[0] if len(full) == 1 else None


def _day_near(split: list[str], at: int, year: int | None) -> int | None:
    """The day before or after a month's name: 3 May, May 3, 5 de enero, primero de mayo."""
    before = [word for word in split[max(at - 3, 0) : at] if word not in {"de", "of", "del", "the", "el", "le", "o"}]
    for word in [*reversed(before[-1:]), *split[at + 1 : at + 2]]:
        if word in _FIRST:
            return _FIRST[word]
        if (
            word.isdigit()
            and 1 <= len(word) <= 2
            and not (
                year is not None
                and word == f"{year % 100:02d}"
                and word == split[-1]
                and len(split) > 2
                and at + 1 < len(split)
                and split[at + 1] == word
                and not before
            )
        ):
            return int(word)
    return None


def _yearless(words: str, month: int, day: int | None, ask: Ask) -> When:
    """ "Last March" is the latest March that is over; a month without a year is not known."""
    if ask.today is None:
        raise Unclear("no_year")
    if says(words, "last_year", ask.language):
        return When(ask.today.year - 1, month, day)
    if says(words, "this_year", ask.language) or says(words, "this", ask.language, lone=True):
        return When(ask.today.year, month, day)
    if day is None and says(words, "last", ask.language, lone=True):
        return When(ask.today.year if month < ask.today.month else ask.today.year - 1, month, None)
    raise Unclear("no_year")


def _around(words: str) -> bool:
    return _any_hedge().search(words) is not None


@lru_cache(maxsize=1)
def _any_hedge() -> re.Pattern[str]:
    hedges = {plain(h) for words in BY_LANGUAGE.values() for h in words.hedges if len(h) > 4}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(hedges)))})\b")


def _bounded(words: str) -> bool:
    return bool(
        re.search(
            r"\b(before|after|antes|despues|avant|apres|depois|anvan|voor|na 20|early|late|beginning|end of|principios|finales|debut|fin|inicio|final|mediados|mid|begin|eind|spring|summer|winter)\b",
            words,
        )
    )


def _year_only(folded: str, words: str, ask: Ask) -> When:
    years = {int(y) for y in ANY_YEAR.findall(folded)}
    if len(years) > 1:
        raise Unclear("two_figures")
    if says(words, "future", ask.language, lone=True) and not years:
        raise Unclear("future")
    if len(years) == 1:
        if re.search(r"(?:\b(?:the|los|las|les|os|de jaren)\s)?(?:19|20)\d0'?s\b", folded) or re.search(
            r"\$\s?\d|\d\s?(?:dollars|pesos|goud|euros|reais|srd)\b", folded
        ):
            raise Unclear("date_unclear")
        numbers = [n for n in re.findall(r"\d+", folded) if int(n) not in years]
        doubt = "roughly" if _bounded(words) else ("more than a year" if numbers else "")
        return When(years.pop(), doubt=doubt)
    if (spoken := _spoken_year(words.split(), ask)) is not None:
        return When(spoken)
    if match := _SHORT_YEAR.search(folded):
        return When(_century(int(match[1]), ask.today), doubt="a year of two digits")
    if "?" in folded:
        raise Unclear("question")
    raise Unclear("date_unclear")

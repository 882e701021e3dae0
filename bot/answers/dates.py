"""Reading a date in the past: as exact as it was given, day first, and never a guess between two days."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from bot.answers.ask import Ask
from bot.answers.fold import fold
from bot.answers.noise import obstacle
from bot.answers.scan import scan
from bot.answers.stance import plain, stance, unclear
from bot.answers.words import BY_LANGUAGE
from bot.model import Outcome, Reading

EARLIEST = 1900

_YEAR = r"(?:19|20)\d\d"
_NUMERIC = re.compile(
    rf"(?<![\d/.-])(?:({_YEAR})[/.\-](\d{{1,2}})[/.\-](\d{{1,2}})|(\d{{1,2}})\s?[/.\- ]\s?(\d{{1,2}})\s?[/.\- ]\s?({_YEAR}|\d\d))(?![\d/-])"
)
_MONTH_YEAR = re.compile(rf"(?<![\d/.-])(?:(\d{{1,2}})\s?[/.-]\s?({_YEAR})|({_YEAR})\s?[/.-]\s?(\d{{1,2}}))(?![\d/-])")
_ANY_YEAR = re.compile(rf"(?<![\d.,/-])({_YEAR})(?![\d/-]|[.,]\d)")
_SHORT_YEAR = re.compile(r"'(\d\d)\b")
_SPAN_UNITS = (
    ("year", ("ano", "anio", "an", "ane", "lane", "year", "yr", "jaar", "jaren")),
    ("month", ("mes", "meses", "mois", "mwa", "month", "mth", "maand", "maanden")),
    ("week", ("semana", "semaine", "semen", "semenn", "senmenn", "week", "wk", "weken")),
    ("day", ("dia", "jour", "jou", "day", "dag", "dagen")),
)
_WEEKDAYS = (
    "monday lunes lundi lendi segunda maandag",
    "tuesday martes mardi madi terca dinsdag",
    "wednesday miercoles mercredi mekredi quarta woensdag",
    "thursday jueves jeudi jedi quinta donderdag",
    "friday viernes vendredi vandredi sexta vrijdag",
    "saturday sabado samedi samdi zaterdag",
    "sunday domingo dimanche dimanch zondag",
)
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
        Outcome.VALUE,
        value=when.value,
        confirm=bool(doubt),
        approximate=bool(_around(words)),
        reason=doubt or "one clear date",
    )


def _again(hint: str) -> Reading:
    return Reading(Outcome.ASK_AGAIN, hint=hint, reason="no clear date")


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
    if (relative := _relative(words, ask)) is not None:
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
        r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)", " ", re.sub(r"(\d)(?:st|nd|rd|th|er|ro|do|to|o)\b", r"\1", words)
    ).split()
    known = _months(ask.language)
    named = [(at, known[word]) for at, word in enumerate(split) if word in known]
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


def _year_in(folded: str, split: list[str], ask: Ask) -> int | None:
    years = set(_ANY_YEAR.findall(folded))
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
    if _says(words, "last_year", ask.language):
        return When(ask.today.year - 1, month, day)
    if _says(words, "this_year", ask.language) or _says(words, "this", ask.language, lone=True):
        return When(ask.today.year, month, day)
    if day is None and _says(words, "last", ask.language, lone=True):
        return When(ask.today.year if month < ask.today.month else ask.today.year - 1, month, None)
    raise Unclear("no_year")


@lru_cache(maxsize=256)
def _phrases(name: str, language: str) -> tuple[str, ...]:
    order = (language, *(c for c in BY_LANGUAGE if c != language))
    return tuple(
        dict.fromkeys(plain(p) for code in order if code in BY_LANGUAGE for p in BY_LANGUAGE[code].dates.get(name, ()))
    )


def _says(words: str, name: str, language: str, *, lone: bool = False) -> bool:
    phrases = _phrases(name, language)
    if lone and language in BY_LANGUAGE:
        phrases = tuple(plain(p) for p in BY_LANGUAGE[language].dates.get(name, ()))
    return any(f" {phrase} " in f" {words} " for phrase in phrases)


def _around(words: str) -> bool:
    return any(re.search(rf"\b{re.escape(p)}\b", words) for code in BY_LANGUAGE for p in _hedges(code))


@lru_cache(maxsize=8)
def _hedges(language: str) -> tuple[str, ...]:
    return tuple(plain(h) for h in BY_LANGUAGE[language].hedges if len(h) > 4)


def _bounded(words: str) -> bool:
    return bool(
        re.search(
            r"\b(before|after|antes|despues|avant|apres|depois|anvan|voor|na 20|early|late|beginning|end of|principios|finales|debut|fin|inicio|final|mediados|mid|begin|eind|spring|summer|winter)\b",
            words,
        )
    )


_AHEAD = re.compile(
    r"(?:in|within|dentro de|dans|binnen|em|daqui a|over) (?:\d+|[a-z]+) (?:week|day|month|year|sem|dia|mes|an|jour|mois|dag|maand|jaar)"
)
_PREFIX = re.compile(
    r"^(?:(?:since|from|in|on|it was|was|i|we|started|opened|start|open|began|begin|registered|back|about|around|only|just|desde|en|el|la|abri|abrimos|empece|empezamos|comence|inicie|registre|fue|"
    r"depuis|a|ouvert|commence|j ai|jai|nous avons|on a|c etait|cetait|abri em|abri|comecei|comecamos|no|na|em|foi|depi|mwen|m|nou|te|louvri|komanse|nan|sinds|vanaf|begonnen|ik ben|ik|we zijn|geopend|gestart|op|het was|like|maybe|i think|creo que|como|tipo|se|lan|l)\s+)+"
)


def _relative(words: str, ask: Ask) -> When | None:
    forms = dict.fromkeys([words, _PREFIX.sub("", words)])
    for form in forms:
        if ask.today is None:
            break
        for name in (
            "before_yesterday",
            "yesterday",
            "today",
            "last_week",
            "last_month",
            "this_month",
            "year_before_last",
            "last_year",
            "this_year",
            "this_week",
        ):
            if form in _phrases(name, ask.language):
                return _relative_day(name, ask.today)
        if (weekday := _weekday(form, ask.today)) is not None:
            return weekday
        if (ago := _ago(form, words, ask)) is not None:
            return ago
    if _ANY_YEAR.search(words) is None and ask.today is not None:
        for name in (
            "before_yesterday",
            "yesterday",
            "last_month",
            "year_before_last",
            "last_year",
            "this_year",
            "this_month",
            "last_week",
        ):
            if _says(words, name, ask.language):
                relative = _relative_day(name, ask.today)
                return When(relative.year, relative.month, relative.day, "within a longer reply")
    return None


def _relative_day(name: str, today: date) -> When:
    month_before = today.replace(day=1) - timedelta(days=1)
    match name:
        case "today":
            return When(today.year, today.month, today.day)
        case "yesterday":
            day = today - timedelta(days=1)
            return When(day.year, day.month, day.day)
        case "before_yesterday":
            day = today - timedelta(days=2)
            return When(day.year, day.month, day.day)
        case "last_week":
            day = today - timedelta(days=7)
            return When(day.year, day.month, doubt="some day of last week")
        case "this_week" | "this_month":
            return When(today.year, today.month)
        case "last_month":
            return When(month_before.year, month_before.month)
        case "last_year":
            return When(today.year - 1)
        case "year_before_last":
            return When(today.year - 2)
        case _:
            return When(today.year)


def _weekday(words: str, today: date) -> When | None:
    split = [
        w
        for w in words.split()
        if w
        not in {
            "last",
            "el",
            "le",
            "la",
            "pasado",
            "pasada",
            "dernier",
            "derniere",
            "passada",
            "passado",
            "afgelopen",
            "vorige",
            "feira",
            "pase",
            "this",
            "past",
            "este",
        }
    ]
    if len(split) != 1:
        return None
    for number, names in enumerate(_WEEKDAYS):
        if split[0] in names.split():
            back = (today.weekday() - number - 1) % 7 + 1
            day = today - timedelta(days=back)
            return When(day.year, day.month, day.day, "a day of the week")
    return None


@lru_cache(maxsize=16)
def _ago_patterns(language: str) -> tuple[re.Pattern[str], ...]:
    order = (language, *(c for c in BY_LANGUAGE if c != language))
    return tuple(re.compile(p.strip()) for code in order if code in BY_LANGUAGE for p in BY_LANGUAGE[code].years_ago)


def _ago(words: str, whole: str, ask: Ask) -> When | None:
    if ask.today is None or _AHEAD.match(whole):
        return None
    for pattern in _ago_patterns(ask.language):
        match = pattern.fullmatch(words)
        if match is None:
            continue
        number = _small(match["n"], ask)
        unit = next(
            (name for name, stems in _SPAN_UNITS if match["unit"].rstrip("s") in stems or match["unit"] in stems), ""
        )
        if number is None or not unit:
            continue
        bare = words.startswith(match["n"]) and words.endswith(match["unit"])
        return _back(ask.today, number, unit, "how long rather than when" if bare else "")
    return None


def _small(written: str, ask: Ask) -> int | None:
    if written.isdigit():
        return int(written) if len(written) <= 3 else None
    found = scan(written, ask)
    values = [item.number for item in found.items if item.number is not None]
    if len(values) != 1 or found.unknown or values[0] % 1 or any(i.part.value in "v?" for i in found.items):
        return None
    return int(values[0])


def _back(today: date, number: int, unit: str, doubt: str) -> When:
    if unit == "year":
        if number > today.year - EARLIEST:
            raise Unclear("date_unclear")
        return When(today.year - number, doubt=doubt)
    if unit == "month":
        months = today.year * 12 + today.month - 1 - number
        return When(months // 12, months % 12 + 1, doubt=doubt)
    if number > 3650:
        raise Unclear("date_unclear")
    day = today - timedelta(days=number * (7 if unit == "week" else 1))
    return When(day.year, day.month, day.day, doubt or ("some day of that week" if unit == "week" else ""))


def _year_only(folded: str, words: str, ask: Ask) -> When:
    years = {int(y) for y in _ANY_YEAR.findall(folded)}
    if len(years) > 1:
        raise Unclear("two_figures")
    if _says(words, "future", ask.language, lone=True) and not years:
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

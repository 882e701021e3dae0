"""Dates told from today: yesterday, last month, two years ago, el lunes pasado."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from bot.answers.ask import Ask
from bot.answers.scan import scan
from bot.answers.when import ANY_YEAR, EARLIEST, Unclear, When, phrases_of, says
from bot.answers.words import BY_LANGUAGE

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
_AHEAD = re.compile(
    r"(?:in|within|dentro de|dans|binnen|em|daqui a|over) (?:\d+|[a-z]+) (?:week|day|month|year|sem|dia|mes|an|jour|mois|dag|maand|jaar)"
)
_PREFIX = re.compile(
    r"^(?:(?:since|from|in|on|it was|was|i|we|started|opened|start|open|began|begin|registered|back|about|around|only|just|desde|en|el|la|abri|abrimos|empece|empezamos|comence|inicie|registre|fue|"
    r"depuis|a|ouvert|commence|j ai|jai|nous avons|on a|c etait|cetait|abri em|abri|comecei|comecamos|no|na|em|foi|depi|mwen|m|nou|te|louvri|komanse|nan|sinds|vanaf|begonnen|ik ben|ik|we zijn|geopend|gestart|op|het was|like|maybe|i think|creo que|como|tipo|se|lan|l)\s+)+"
)


def relative(words: str, ask: Ask) -> When | None:
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
            if form in phrases_of(name, ask.language):
                return _relative_day(name, ask.today)
        if (weekday := _weekday(form, ask.today)) is not None:
            return weekday
        if (ago := _ago(form, words, ask)) is not None:
            return ago
    if ANY_YEAR.search(words) is None and ask.today is not None:
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
            if says(words, name, ask.language):
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

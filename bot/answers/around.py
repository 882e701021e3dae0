"""What stands around a figure and says whether it is an amount: units, limits, years."""

from __future__ import annotations

from datetime import date

from bot.answers.lexicon import ABOUT, MONTH, Part
from bot.answers.pick import Entry
from bot.answers.scan import Item, Scan
from bot.answers.words import BY_LANGUAGE
from bot.model import Month

_BEFORE_YEARS = frozenset(
    {"in", "en", "for", "of", "de", "del", "em", "du", "an", "nan", "year", "ano", "annee", "ane", "jaar", "van"}
) | {month for words in BY_LANGUAGE.values() for month in words.months}


_CLAUSE = frozenset(
    {",", ";", ".", "/", "but", "pero", "mais", "mas", "maar", "men", "and", "y", "et", "e", "en", "ak"}
)


def counts_something_else(found: Scan, entry: Entry) -> bool:
    """Whether what follows a figure makes it days, customers, percent or people."""
    following = found.items[entry.at + 1 : entry.at + 3]
    if not following:
        return False
    if following[0].text == "%" or following[0].part is Part.PERCENT:
        return True
    return following[0].part in (Part.UNIT, Part.PEOPLE) and not has_money(found, entry)


def about(found: Scan) -> set[str]:
    """What the words say that the money is: names of `lexicon.ABOUT`."""
    return {str(item.payload) for item in found.items if item.payload in ABOUT}


def months_named(found: Scan) -> set[int]:
    """The months, 1 to 12, that are named."""
    return {month for item in found.items if (month := _month(item))}


def other_month(found: Scan, asked_on: date | None) -> bool:
    """Whether a month is named, and it is not the last one before the question."""
    named = months_named(found)
    return asked_on is not None and bool(named) and Month.before(asked_on).number not in named


def owner(found: Scan, entry: Entry, asked_on: date | None) -> str:
    """What the words of its clause say that a figure is: the nearest before it, else the nearest after it. A name of
    `lexicon.ABOUT`, "other_month", or "" where they say nothing."""
    before = list(reversed(found.items[: entry.at]))
    for items in (before, found.items[entry.at + 1 :]):
        for item in items:
            if item.part is Part.NUMBER or (item.text in _CLAUSE and item.part is not Part.HEDGE):
                break
            if item.payload in ABOUT:
                return str(item.payload)
            if asked_on is not None and (month := _month(item)):
                return "" if month == Month.before(asked_on).number else "other_month"
            if item.part is Part.THIS_PERIOD:
                return "other_month"
    return ""


def named(found: Scan, entry: Entry, names: frozenset[str]) -> bool:
    """Whether its clause calls a figure one of `names`, which are of `lexicon.ABOUT`. A name between two figures is that
    of the second: "sold 5000 profit 1200"."""
    for items, towards in ((found.items[: entry.at][::-1], False), (found.items[entry.at + 1 :], True)):
        called = False
        for item in items:
            if item.text in _CLAUSE and item.part is not Part.HEDGE:
                break
            if item.part is Part.NUMBER:
                called = called and not towards
                break
            called = called or item.payload in names
        if called:
            return True
    return False


def _month(item: Item) -> int:
    payload = str(item.payload)
    return int(payload.removeprefix(MONTH)) if payload.startswith(MONTH) else 0


def has_money(found: Scan, entry: Entry) -> bool:
    return any(item.part is Part.MONEY for item in found.items[max(entry.at - 1, 0) : entry.at + 2])


def more(after: Item, rest: tuple[Item, ...]) -> bool:
    """3000+ and "3000 plus"."""
    return (after.text == "+" and after.glued) or (
        after.part is Part.PLUS and not [i for i in rest if i.part is not Part.SIGN]
    )


def limited(before: tuple[Item, ...]) -> bool:
    """>3000 and "+ de 3000"."""
    signs = [item.text for item in before[-2:] if item.part is Part.SIGN]
    return bool(signs) and (signs[-1] in "<>" or (signs[-1] in "+-" and before[-1].text in ("de", "que", "ke", "of")))


def firm(found: Scan, numbers: list[Entry]) -> bool:
    """Whether a figure stands although the client says not to know: it is in digits, or offered as a guess."""
    return any(c.isdigit() for entry in numbers for c in entry.item.text) or found.has(Part.HEDGE, Part.MONEY)


def is_year(entry: Entry) -> bool:
    return (
        entry.item.digits
        and entry.value is not None
        and 1990 <= entry.value <= 2035
        and len(entry.item.text) == 4
        and entry.value % 100 != 0
    )


def dated(found: Scan, entry: Entry) -> bool:
    """Whether "in", "of" or a month stands before a figure that may be a year."""
    return entry.at > 0 and found.items[entry.at - 1].text in _BEFORE_YEARS


def without_years(found: Scan, numbers: list[Entry]) -> list[Entry]:
    if len(numbers) < 2:
        return numbers
    kept = [entry for entry in numbers if has_money(found, entry) or not (is_year(entry) and dated(found, entry))]
    return kept if kept else numbers

"""What a phrase stands for in one language: the word lists turned into one table from phrase to part."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from bot.answers.money import NAMES
from bot.answers.tokens import tokens
from bot.answers.words import BY_LANGUAGE
from bot.answers.words.base import Listed, Words


class Part(StrEnum):
    """What a piece of a reply does there. One character each, so that a reply's shape is a string."""

    NUMBER = "n"
    MONEY = "$"
    PERIOD = "p"
    THIS_PERIOD = "T"
    HEDGE = "h"
    FILLER = "f"
    TOTAL = "t"
    CORRECTION = "k"
    BOUND = "b"
    OR = "o"
    PLUS = "a"
    EACH = "e"
    PERCENT = "%"
    UNIT = "i"
    PEOPLE = "u"
    FULL = "F"
    PART = "P"
    ONESELF = "m"
    RELATIVE = "r"
    GROUP = "g"
    INCLUDING = "y"
    EXCLUDING = "w"
    MORE = "d"
    NOW = "N"
    BEFORE = "W"
    ZERO = "z"
    NEGATION = "x"
    VAGUE = "v"
    QUESTION = "q"
    JOKE = "j"
    FRACTION = "c"
    SIGN = "."
    UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class NumberWord:
    """`scale`: it multiplies what stands before it; `article`: as often "a" as "one"; `half`: half of a scale."""

    value: Decimal
    scale: bool = False
    article: bool = False
    joiner: bool = False
    half: bool = False


Meaning = tuple[Part, str | NumberWord | Fraction]

ABOUT = ("sold", "debts", "profit", "not_sales")
"""What a word may say about the money beside it; the payload of its item."""
MONTH = "month:"
"""Begins the payload of a month's name, before its number."""

LONGEST_PHRASE = 6
"""Tokens of the longest phrase of any list."""

COMMON: dict[Part, Listed] = {
    Part.JOKE: (
        "lol",
        "lmao",
        "haha",
        "hahaha",
        "jaja",
        "jajaja",
        "rsrs",
        "kkk",
        "kkkk",
        "hehe",
        "hihi",
        "mdr",
        "ptdr",
        "lool",
        "jeje",
        "hahah",
        "rs",
    ),
    Part.BOUND: ("> ", "<"),
}


@dataclass(frozen=True, slots=True)
class Lexicon:
    language: str
    phrases: dict[str, Meaning]
    numbers: dict[str, NumberWord]
    joiners: frozenset[str]


@lru_cache(maxsize=16)
def lexicon(language: str) -> Lexicon:
    """The table of one language; an unknown language gets the English one."""
    words = BY_LANGUAGE.get(language, BY_LANGUAGE["en"])
    phrases: dict[str, Meaning] = {}
    about = {key(phrase): name for name in ABOUT for phrase in getattr(words, name)}
    about |= {key(month): f"{MONTH}{number}" for month, number in words.months.items()}
    for part, listed in _in_order(words):
        for phrase in listed:
            phrase = key(phrase)
            phrases.setdefault(phrase, (part, about.get(phrase, "")))
    for period, listed in words.periods.items():
        for phrase in listed:
            phrases[key(phrase)] = (Part.PERIOD, period)
    for fraction, share in words.fractions.items():
        phrases[key(fraction)] = (Part.FRACTION, share)
    for name in NAMES:
        if len(name) > 1:
            phrases.setdefault(key(name), (Part.MONEY, name))
    numbers = _numbers(words)
    for word, number in numbers.items():
        if not number.half or word not in phrases:
            phrases[word] = (Part.NUMBER, number)
    phrases.pop("", None)
    return Lexicon(words.code, phrases, numbers, frozenset(key(j) for j in words.joiners))


def key(phrase: str) -> str:
    """A phrase as the scanner looks it up: its word tokens with single spaces."""
    return " ".join(token.text for token in tokens(phrase) if token.kind != "sign")


def _in_order(words: Words) -> list[tuple[Part, Listed]]:
    """Where a phrase stands in several lists, the first of these wins."""
    return [
        (Part.ZERO, words.zero),
        (Part.BOUND, words.bounds),
        (Part.EXCLUDING, words.excluding),
        (Part.INCLUDING, words.including),
        (Part.FULL, words.full),
        (Part.PART, words.part),
        (Part.ONESELF, words.oneself),
        (Part.RELATIVE, words.relatives),
        (Part.GROUP, words.groups),
        (Part.PEOPLE, words.people),
        (Part.PERCENT, words.percent),
        (Part.EACH, words.each),
        (Part.UNIT, words.units),
        (Part.CORRECTION, words.corrections),
        (Part.TOTAL, words.total),
        (Part.BEFORE, words.before),
        (Part.NOW, words.now),
        (Part.THIS_PERIOD, words.this_period),
        (Part.HEDGE, words.hedges),
        (Part.VAGUE, words.vague),
        (Part.MORE, words.more),
        (Part.OR, words.ors),
        (Part.PLUS, words.plus),
        (Part.NEGATION, words.negations),
        (Part.FILLER, words.fillers),
        (Part.FILLER, words.sold),
        (Part.FILLER, words.debts),
        (Part.FILLER, words.profit),
        (Part.FILLER, words.not_sales),
        (Part.FILLER, words.polite),
        (Part.FILLER, tuple(words.months)),
        (Part.QUESTION, words.questions),
        *COMMON.items(),
    ]


def _numbers(words: Words) -> dict[str, NumberWord]:
    found = {}
    for word, written in words.numbers.items():
        scale = written.startswith("x")
        found[key(word)] = NumberWord(Decimal(written.removeprefix("x")), scale=scale)
    for word in words.articles:
        found[key(word)] = NumberWord(Decimal(1), article=True)
    for word in words.halves:
        found[key(word)] = NumberWord(Decimal("0.5"), half=True)
    return found

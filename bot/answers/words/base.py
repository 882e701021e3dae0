"""The form of a language's word list. A new language is a file that fills this form, and a line in `words/__init__`.

Words are written folded (`bot.answers.fold`): lower case, no accents. Lists are read by `listed` (parts between bars),
numbers by `numbered` (word=5 for a number, word=x1000 for a scale, a space inside a word written as _).
Patterns are regular expressions searched in the reply's words, with apostrophes gone ("don't" is "dont").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

Listed = tuple[str, ...]


def listed(block: str) -> Listed:
    return tuple(part for part in (" ".join(piece.split()) for piece in block.split("|")) if part)


def patterns(block: str) -> Listed:
    """Regular expressions, parted by a bar between spaces; a bar without spaces belongs to the expression."""
    return tuple(part for part in re.split(r"\s+\|\s+", " " + " ".join(block.split()) + " ") if part.strip())


def numbered(block: str) -> dict[str, str]:
    pairs = (item.split("=") for item in block.split())
    return {word.replace("_", " "): number for word, number in pairs}


@dataclass(frozen=True, slots=True)
class Words:
    """What one language calls things."""

    code: str
    names: Listed
    """What the language itself is called, in any language."""
    commands: Mapping[str, Listed]
    """Command name → whole messages."""
    join: Listed
    """Words before a center's code."""
    polite: Listed
    """What may stand around a command, a figure or a yes without changing it."""
    ordinals: Mapping[int, Listed]
    """How the choice of a number is said aloud."""

    numbers: Mapping[str, str]
    articles: Listed
    """Words for 1 that are as often an article."""
    joiners: Listed
    """Words inside a spoken number ("two hundred and one")."""
    fractions: Mapping[str, Fraction]
    halves: Listed
    """Words for a half that follow or precede a scale ("half a million", "millón y medio")."""
    months: Mapping[str, int]

    hedges: Listed
    periods: Mapping[str, Listed]
    """Period → phrases that state it as a rate or as a span ("a week", "last week")."""
    this_period: Listed
    """Phrases for the running month or year, which is not the one asked about."""
    total: Listed
    corrections: Listed
    bounds: Listed
    ors: Listed
    plus: Listed
    each: Listed
    percent: Listed
    units: Listed
    """Nouns that make a figure a quantity of something else: days, customers, boxes."""

    people: Listed
    full: Listed
    part: Listed
    oneself: Listed
    relatives: Listed
    """One person beside the owner: sister, helper, friend."""
    groups: Listed
    """People without a number: family, some friends."""
    including: Listed
    excluding: Listed
    more: Listed
    """Words that make a figure a difference ("2 more")."""
    now: Listed
    before: Listed

    zero: Listed
    negations: Listed
    vague: Listed
    questions: Listed
    fillers: Listed
    sold: Listed
    """Fillers that say that a figure is of sales."""
    debts: Listed
    """Words for money that was borrowed or granted."""
    profit: Listed
    """Words for what is left of the sales."""
    not_sales: Listed
    """Words for money that is neither sales nor profit: costs, debts, wishes, stock."""

    yes: Listed
    no: Listed
    maybe: Listed

    unknown: Listed
    refused: Listed
    nothing: Listed
    """Patterns for no sales and nobody employed."""
    complaints: Listed

    years_ago: Listed = field(default=())
    """Patterns with a group `n` for the number and one of `year`, `month`, `week`, `day` for the unit."""
    dates: Mapping[str, Listed] = field(default_factory=dict)
    """today, yesterday, last_week, last_month, this_month, last_year, this_year, year_before_last, last, since → phrases."""

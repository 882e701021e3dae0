"""Reading which of the listed choices a reply picks: by number, by id, or by any spelling of it."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from bot.answers.ask import Ask, Option
from bot.answers.fold import fold, words_only
from bot.answers.words import BY_LANGUAGE
from bot.model import Reading, ReadingKind

TYPO_LENGTH = 5
"""From this many letters on, a word may be mistyped; shorter words differ too little from one another."""
LIKENESS = 0.8

_NUMBER = re.compile(
    r"(?:#|no\.? ?|num(?:ero|ber)? |option |opcion |opsyon |opcao |optie |choix |nimewo |nummer |keuze |la |el |le |"
    r"lettre |\(|\[)*0?(\d{1,2}) ?[.):\]!]*(?: (?:please|por favor|svp|tanpri))?"
)
_ORDINALS = {word: n for words in BY_LANGUAGE.values() for n, names in words.ordinals.items() for word in names}
_LEADING = re.compile(
    r"(?:the |el |la |los |las |le |les |l'|o |a |os |as |de |het |een |un |una |une |yon |i am |soy |mwen se )"
)


def read_choice(text: str, ask: Ask) -> Reading:
    """The id of the option picked, or ask again; numbers count from 1 in the order of `ask.options`."""
    folded = fold(text)
    if picked := _by_number(folded, ask.options):
        return Reading(ReadingKind.VALUE, value=picked.id, reason="picked by its number")
    words = words_only(text)
    if not words:
        return Reading(ReadingKind.ASK_AGAIN, hint="empty", reason="nothing was written")
    bare = _LEADING.sub("", words, count=1) if _LEADING.match(words) else words
    for how, match in (("named", _equal), ("begun", _prefix), ("mentioned", _mentioned), ("nearly named", _alike)):
        found = [o for o in ask.options if any(match(form, s) for form in (words, bare) for s in _spellings(o))]
        if len(found) == 1:
            return Reading(ReadingKind.VALUE, value=found[0].id, reason=f"the choice was {how}")
        if found:
            return Reading(ReadingKind.ASK_AGAIN, hint="not_listed", reason="more than one choice fits")
    return Reading(ReadingKind.ASK_AGAIN, hint="not_listed", reason="none of the choices fits")


def _by_number(folded: str, options: tuple[Option, ...]) -> Option | None:
    match = _NUMBER.fullmatch(folded)
    position = int(match[1]) if match else _ORDINALS.get(folded.strip(" .!"), 0)
    return options[position - 1] if 0 < position <= len(options) else None


def _spellings(option: Option) -> tuple[str, ...]:
    return tuple(s for s in (words_only(option.id.replace("_", " ")), *(words_only(s) for s in option.spellings)) if s)


def _equal(words: str, spelling: str) -> bool:
    return words == spelling


def _prefix(words: str, spelling: str) -> bool:
    return len(words) >= 3 and spelling.startswith(words)


def _mentioned(words: str, spelling: str) -> bool:
    return len(spelling) >= 3 and f" {spelling} " in f" {words} "


def _alike(words: str, spelling: str) -> bool:
    if len(spelling) < TYPO_LENGTH or len(words) < TYPO_LENGTH - 1 or abs(len(words) - len(spelling)) > 3:
        return False
    return SequenceMatcher(None, words, spelling).ratio() >= LIKENESS

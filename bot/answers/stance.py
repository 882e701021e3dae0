"""Replies that hold no figure but a stance: I do not know, I would rather not say, there was nothing."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.answers.fold import fold, has_words
from bot.answers.words import BY_LANGUAGE
from bot.model import Reading, ReadingKind

_MARKS, _APOSTROPHES = re.compile(r"[^\w%+/]|_"), re.compile(r"(?<=\w)'(?=\w)")
_STANCES = ("refused", "unknown", "nothing", "complaints")


def plain(text: str) -> str:
    """The words of a text as the patterns know them: folded, no apostrophes, single spaces.

    >>> plain("I don't know!!")
    'i dont know'
    """
    folded = fold(text)
    if folded.isalnum():
        return folded
    return " ".join(_MARKS.sub(" ", _APOSTROPHES.sub("", folded)).split())


def stance(words: str, language: str) -> str:
    """ "refused", "unknown", "nothing" or "complaints", as the words (see `plain`) say in any language; else ""."""
    if not has_words(words):
        return ""
    for code in (language, *(c for c in BY_LANGUAGE if c != language)):
        if _any_stance(code).search(words):
            return next(name for name in _STANCES if any(one.search(words) for one in _patterns(code, name)))
    return ""


def unclear(words: str, language: str, hint: str, reason: str) -> Reading:
    """The reading where no figure was found: unknown, refused, or ask again for `reason`."""
    match stance(words, language):
        case "refused":
            return Reading(ReadingKind.REFUSED, reason="the client would rather not say")
        case "unknown":
            return Reading(ReadingKind.UNKNOWN, reason="the client does not know")
        case "complaints":
            return Reading(ReadingKind.ASK_AGAIN, hint="complaint", reason="the client complains")
        case _:
            return Reading(ReadingKind.ASK_AGAIN, hint=hint, reason=reason)


@lru_cache(maxsize=16)
def _any_stance(language: str) -> re.Pattern[str]:
    """All stances of a language in one pattern, since most replies hold none."""
    patterns = [one.pattern for name in _STANCES for one in _patterns(language, name)]
    return re.compile("|".join(f"(?:{one})" for one in patterns) or r"(?!)")


@lru_cache(maxsize=64)
def _patterns(language: str, name: str) -> tuple[re.Pattern[str], ...]:
    words = BY_LANGUAGE.get(language)
    return tuple(re.compile(p.strip()) for p in getattr(words, name)) if words else ()

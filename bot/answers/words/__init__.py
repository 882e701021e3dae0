"""The word lists, by language. A new language is its file and a line here."""

from __future__ import annotations

from bot.answers.words import en, es, fr, ht, nl, pt
from bot.answers.words.base import Words

BY_LANGUAGE: dict[str, Words] = {
    words.code: words for words in (en.WORDS, es.WORDS, fr.WORDS, pt.WORDS, ht.WORDS, nl.WORDS)
}

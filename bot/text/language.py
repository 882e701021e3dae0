"""Languages: the catalogs of texts, and which language somebody may be writing in.

A text's English wording is its key. `_` marks such a wording where it is written down; nothing is translated before it
is rendered for one client.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from babel.messages.pofile import read_po

from bot.model import LANGUAGES

DOMAIN = "acompana"

LANGUAGE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "en": "English",
        "es": "Español",
        "fr": "Français",
        "pt": "Português",
        "ht": "Kreyòl ayisyen",
        "nl": "Nederlands",
    }
)

# Words that point to one language even in a three-word message, where statistical detection guesses.
_TELLING = """
en the my want please thanks hello good morning afternoon business with register how
es hola buenos buenas quiero gracias negocio favor por registrarme el los mi día días usted
fr bonjour bonsoir salut merci je voudrais veux mon les entreprise inscrire vous avec
pt olá oi bom boa obrigado obrigada quero meu minha negócio você não cadastro tarde
ht bonjou bonswa mwen nou li yo vle gen kijan sak pase mèsi tanpri biznis enskri pou nan avèk yon kreyòl ayisyen wi komès
nl hallo goedemorgen goedemiddag goedenavond ik wil graag mijn bedrijf bedankt het een
"""
TELLING_WORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {line[:2]: frozenset(line[3:].split()) for line in _TELLING.strip().splitlines()}
)

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_ENOUGH = 400  # characters that decide; the rest of a long text only costs time


@dataclass(frozen=True, slots=True)
class Catalogs:
    """Every text in every language. A translation that is missing, empty or fuzzy is the English wording."""

    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def load(cls) -> Catalogs:
        """The catalogs that come with the program, read once per process. A language without a file has no texts."""
        return _shipped()

    def translate(self, text: str, language: str) -> str:
        return self.texts.get(language, {}).get(text, text)

    def spellings(self, text: str) -> tuple[str, ...]:
        """`text` as it reads in each language, English first, without repetition."""
        return tuple(dict.fromkeys([text, *(self.translate(text, language) for language in LANGUAGES)]))


@cache
def _shipped() -> Catalogs:
    return Catalogs(MappingProxyType({language: MappingProxyType(_read(language)) for language in LANGUAGES}))


def _read(language: str) -> dict[str, str]:
    source = files("locales") / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not source.is_file():
        return {}
    with source.open("rb") as file:
        catalog = read_po(file, locale=None)
    return {
        message.id: message.string
        for message in catalog
        if isinstance(message.id, str)
        and message.id
        and isinstance(message.string, str)
        and message.string
        and not message.fuzzy
    }


def suggest(text: str, hint: str | None, allowed: Sequence[str]) -> str | None:
    """A language of `allowed` to offer to somebody who wrote `text`; never more than an offer.

    Words that only one language has come first, for phones in Haiti are set to French; then the provider's `hint`
    ("es-DO"); then statistics. None where nothing speaks for any of them.
    """
    words = {word.casefold() for word in _WORD.findall(text[:_ENOUGH].replace("’", "'"))}
    hits = {language: len(words & TELLING_WORDS[language]) for language in allowed if language in TELLING_WORDS}
    if hits and (most := max(hits.values())) and list(hits.values()).count(most) == 1:
        return max(hits, key=lambda language: hits[language])
    hinted = re.split("[-_]", hint or "")[0].casefold()
    if hinted in allowed:
        return hinted
    return _by_statistics(text[:_ENOUGH], allowed) if len(words) > 1 else None


def _by_statistics(text: str, allowed: Sequence[str]) -> str | None:
    from langdetect import DetectorFactory, LangDetectException, detect_langs

    DetectorFactory.seed = 0
    try:
        guesses = detect_langs(text)
    except LangDetectException:
        return None
    likely = [guess for guess in guesses if guess.lang in allowed and guess.prob >= 0.5]
    return str(likely[0].lang) if likely else None

"""A reply as the readers compare it: short, plain, without case, accents or decoration."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST = 500
"""Characters of a reply that are read; the rest cannot be an answer and only costs time."""

_REPLACED = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "´": "'",
        "`": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "−": "-",
        "‐": "-",
        "‑": "-",
        "⁄": "/",
        "\ufe0f": None,
        "\u20e3": None,
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u200e": None,
        "\u200f": None,
        "\u2060": None,
        "\ufeff": None,
        "🔟": "10",
        "½": " 1/2 ",
        "¼": " 1/4 ",
        "¾": " 3/4 ",
        "⅓": " 1/3 ",
        "⅔": " 2/3 ",
        "œ": "oe",
        "º": " ",
        "ª": " ",
    }
)


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Lower case, no accents, plain quotes and dashes, single spaces; symbols and emoji stay.

    >>> fold("  Sí,  SEÑOR ５ ")
    'si, senor 5'
    """
    cut = text[:LONGEST].translate(_REPLACED)
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", cut).casefold())
    plain = "".join(_plain_digit(c) for c in plain if not unicodedata.combining(c)).translate(_REPLACED)
    return " ".join(plain[:LONGEST].split())


def has_words(folded: str) -> bool:
    """Whether there is any letter in it. Where there is none, the reply is a figure and no phrase need be looked for."""
    return any(map(str.isalpha, folded))


def words_only(text: str) -> str:
    """`fold` with every punctuation mark and emoji gone: what a whole-message phrase is compared with.

    >>> words_only("¡¡STOP!! 🛑")
    'stop'
    """
    return " ".join(re.sub(r"[^\w'/+%&-]|_", " ", fold(text)).strip("-'/& ").split())


def _plain_digit(char: str) -> str:
    return str(unicodedata.digit(char)) if not char.isascii() and char.isdecimal() else char

"""The alphabet of SMS: what a text costs in segments, and how it is written so that it costs less.

GSM 03.38: 160 septets in one message, 153 in each part of a longer one; a character of the extension table takes two.
One character outside it turns the whole message to UCS-2: 70 units, 67 in each part.
"""

from __future__ import annotations

import re
import unicodedata

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("^{}\\[~]|€\f")
_ALPHABET = BASIC | EXTENSION

_SPELLED = {
    **dict.fromkeys("’‘‚‛′`´ʼ", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("–—―‐‑‒−", "-"),
    **dict.fromkeys("\t\xa0\u2002\u2003\u2007\u2009\u202f\u3000", " "),
    "…": "...",
    "•": "-",
    "·": "-",
    "₡": "CRC ",
    "œ": "oe",
    "Œ": "OE",
    "ª": "a",
    "º": "o",
    "×": "x",
    "✓": "",
}
_NO_WORDS = frozenset(("So", "Sk", "Cf", "Mn", "Cs", "Co", "Cn"))


def segments(text: str) -> tuple[int, str]:
    """How many SMS `text` takes and in which encoding ("GSM-7" or "UCS-2"). Nothing takes none."""
    if set(text) <= _ALPHABET:
        return _parts([2 if character in EXTENSION else 1 for character in text], 160, 153), "GSM-7"
    return _parts([2 if ord(character) > 0xFFFF else 1 for character in text], 70, 67), "UCS-2"


def _parts(sizes: list[int], alone: int, each: int) -> int:
    """Parts of at most `each` units; a character of two units never lies across a border."""
    if sum(sizes) <= alone:
        return 1 if sizes else 0
    parts, room = 1, each
    for size in sizes:
        if size > room:
            parts, room = parts + 1, each
        room -= size
    return parts


def fold(text: str) -> str:
    """`text` with what forces UCS-2 written in GSM-7 as people do (á → a, ’ → '), emoji left out.

    Another script (a name in Chinese or Cyrillic) stays as it is: dropping it would lose what was said.
    """
    if set(text) <= _ALPHABET:
        return text
    folded = "".join(map(_folded, unicodedata.normalize("NFC", text)))
    return re.sub(r" *\n", "\n", re.sub(r" {2,}", " ", folded)).strip(" ")


def _folded(character: str) -> str:
    if character in _ALPHABET:
        return character
    if character in _SPELLED:
        return _SPELLED[character]
    plain = "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))
    if plain and set(plain) <= _ALPHABET:
        return plain
    return "" if unicodedata.category(character) in _NO_WORDS else character


def outside(text: str) -> str:
    """The characters of `text` that force UCS-2, each once."""
    return "".join(dict.fromkeys(character for character in text if character not in _ALPHABET))

"""Cutting a folded reply into words, figures and signs."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_TOKENS = 80
"""A reply of more tokens than this is a letter, not a figure."""

_TOKEN = re.compile(
    r"""
    (?P<number>
        \d{1,3}(?:'\d{3})+(?:[.,]\d{3})*(?:\.\d{1,2})?(?!\d)     # 1'500,000
      | \d{1,3}(?:\ \d{3})+(?:[.,]\d{1,2})?(?![\d])(?![.,]\d)    # 4 500,00
      | \d+(?:[.,]\d+)*                                        # 4500  4,500.00
      | (?<![a-z])[.,]\d{1,2}(?!\d)                           # .5
    )
  | (?P<money>\b(?:u\.?s\.?|u|e\.?c\.?|bds|bbd|rd|tt|ja?|bz|b|g|c|r|ci|mx|n|sr|us|a|ca|cad|usd|xcd|jmd|ttd|bzd|dop|mxn|srd|gyd|htg|col|cop)\s?\$
      | b/\s?\.?(?=\s?\d)|\$\s?(?:us|ec|mx|rd|tt|ja?|bz|srd|usd)?\b|\$|€|₡|£|¢|₲)
  | (?P<word>(?:s/|[dljmnstc]'(?=[a-z])|qu'(?=[a-z]))|[^\W\d_]+(?:'[^\W\d_]+)*\b)
  | (?P<space>\s+)
  | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_INITIALS = re.compile(r"\b([a-z])\.\s?([a-z])\.(?![a-z])")
_HYPHENED = re.compile(r"(?<=[a-z])-(?=[a-z])")


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is number, money, word or sign; `glued`: no space before it."""

    kind: str
    text: str
    start: int
    end: int
    glued: bool


def tokens(folded: str) -> list[Token]:
    """The first tokens of a folded text; apostrophes inside English words are dropped ("don't" → "dont").

    What was left off stands as a last word that no language knows, so that no figure is kept without a doubt.
    """
    found: list[Token] = []
    spaced = True
    if not folded.isdigit():
        folded = _HYPHENED.sub(" ", _INITIALS.sub(r"\1\2", folded))
    for match in _TOKEN.finditer(folded):
        kind = match.lastgroup or "sign"
        if kind == "space":
            spaced = True
            continue
        text = match[0]
        if kind == "word" and not text.endswith("'"):
            text = text.replace("'", "")
        if kind == "money":
            text = re.sub(r"[\s.]", "", text) or text
        found.append(Token(kind, text, match.start(), match.end(), not spaced))
        spaced = False
        if len(found) == MOST_TOKENS:
            found.append(Token("word", "…", match.end(), match.end(), glued=True))
            break
    return found

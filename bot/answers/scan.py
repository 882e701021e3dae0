"""Reading a reply's shape: which pieces are figures, money, periods, hedges, fillers — in the language that fits best."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from text_to_num import text2num

from bot.answers.ask import Ask
from bot.answers.digits import read_digits
from bot.answers.lexicon import LONGEST_PHRASE, Lexicon, NumberWord, Part, lexicon
from bot.answers.money import LETTERS
from bot.answers.scales import short_scale
from bot.answers.spoken import Piece, spoken
from bot.answers.tokens import MOST_TOKENS, Token, tokens
from bot.answers.words import BY_LANGUAGE

MOST_PIECES = 14
"""Words of the longest number that anybody spells out."""
_JOINER = NumberWord(Decimal(0), joiner=True)
_SHORTEST_TYPO, _LONG = 5, 9
_OF = frozenset({"of", "a", "de", "d'", "un", "yon", "een"})


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a reply. `number` is its figure (None where malformed), `hint` what is doubtful about it.

    `payload` is a period's name, a name of money or a share; `digits`: written in digits alone.
    """

    part: Part
    text: str
    number: Decimal | None = None
    hint: str = ""
    payload: str | Fraction = ""
    article: bool = False
    digits: bool = False
    decimals: int = 0
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """`parts` are those of the items; `unknown` is how many words are in no list of the language."""

    items: tuple[Item, ...]
    language: str
    parts: frozenset[Part] = field(init=False, repr=False, compare=False)
    unknown: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        parts = [item.part for item in self.items]
        object.__setattr__(self, "parts", frozenset(parts))
        object.__setattr__(self, "unknown", parts.count(Part.UNKNOWN))

    @property
    def shape(self) -> str:
        """The parts as one string, one character an item."""
        return "".join(item.part.value for item in self.items)

    def numbers(self) -> list[Item]:
        return [item for item in self.items if item.part is Part.NUMBER and not item.article]

    def has(self, *parts: Part) -> bool:
        return not self.parts.isdisjoint(parts)


def scan(folded: str, ask: Ask) -> Scan:
    """The scan in the language that knows most of the words; the client's own wins a tie."""
    found = tokens(folded)
    country = ask.country.upper()
    best = scan_in(found, ask.language if ask.language in BY_LANGUAGE else "en", country)
    if best.unknown == 0 or len(found) > MOST_TOKENS:
        return best
    for language in BY_LANGUAGE:
        other = scan_in(found, language, country)
        if other.unknown < best.unknown:
            best = other
    return best


def scan_in(found: list[Token], language: str, country: str) -> Scan:
    """The scan with the word lists of one language."""
    known = lexicon(language)
    items: list[Item] = []
    at = 0
    while at < len(found):
        item, used = _next(found, at, known, country)
        items.append(item)
        at += used
    return Scan(tuple(items), language)


def _next(found: list[Token], at: int, known: Lexicon, country: str) -> tuple[Item, int]:
    token = found[at]
    if token.kind == "money":
        return Item(Part.MONEY, token.text, payload=token.text, glued=token.glued), 1
    if token.kind == "sign":
        return Item(Part.SIGN, token.text, glued=token.glued), 1
    if token.text in LETTERS and LETTERS[token.text] == country and _beside_figure(found, at):
        return Item(Part.MONEY, token.text, payload=token.text, glued=token.glued), 1
    phrase, length = _phrase(found, at, known)
    if (
        phrase is not None
        and phrase.part is Part.FRACTION
        and (share := _share_of_scale(found, at + length, phrase, known))
    ):
        item, used = share
        return item, length + used
    if length > 1 and phrase is not None and phrase.part is not Part.NUMBER:
        number = _number(found, at, known, country)
        return number if number is not None and number[1] > length else (phrase, length)
    if (number := _number(found, at, known, country)) is not None:
        item, used = number
        if used > 1 or phrase is None or phrase.part is Part.NUMBER or not item.article:
            return item, used
    if phrase is not None and phrase.part is not Part.NUMBER:
        return phrase, length
    part = Part.FILLER if token.text.endswith("'") else Part.UNKNOWN
    return Item(part, token.text, glued=token.glued), 1


def _share_of_scale(found: list[Token], at: int, phrase: Item, known: Lexicon) -> tuple[Item, int] | None:
    """A quarter million, un cuarto de millón: a fraction of a scale is a number."""
    for skipped in range(3):
        if at + skipped >= len(found):
            return None
        text = found[at + skipped].text
        word = known.numbers.get(text)
        if word is not None and word.scale and word.value >= 1000 and isinstance(phrase.payload, Fraction):
            value = word.value * phrase.payload.numerator / phrase.payload.denominator
            return Item(Part.NUMBER, f"{phrase.text} {text}", number=value), skipped + 1
        if text not in _OF:
            return None
    return None


def _beside_figure(found: list[Token], at: int) -> bool:
    """Whether the letter at `at` stands before or after a figure, a point between them or not: L 500, L. 500, 500 L."""
    after = [t for t in found[at + 1 : at + 3] if t.text != "."]
    return (at > 0 and found[at - 1].kind == "number") or (bool(after) and after[0].kind == "number")


def _phrase(found: list[Token], at: int, known: Lexicon) -> tuple[Item | None, int]:
    """The longest listed phrase from `at` on, and how many tokens it takes."""
    words = [found[at].text]
    reach = 1
    while reach < LONGEST_PHRASE and at + reach < len(found) and found[at + reach].kind in ("word", "number"):
        words.append(found[at + reach].text)
        reach += 1
    for length in range(len(words), 0, -1):
        meaning = known.phrases.get(" ".join(words[:length]))
        if meaning is not None:
            part, payload = meaning
            held = "" if isinstance(payload, NumberWord) else payload
            return Item(part, " ".join(words[:length]), payload=held, glued=found[at].glued), length
    return None, 0


def _number(found: list[Token], at: int, known: Lexicon, country: str) -> tuple[Item, int] | None:
    pieces: list[Piece] = []
    end = at
    while end < len(found) and len(pieces) < MOST_PIECES:
        if pieces and _other_phrase(found, end, known):
            break
        piece = _piece(found, end, pieces, known, country)
        if piece is None or (piece.figure is not None and pieces and pieces[-1].figure is not None):
            break
        pieces.append(piece)
        end += 1
    if not pieces:
        return None
    if (pieces[0].figure is None and pieces[0].word is None) or _letters_for_digits(found, at, country):
        return Item(Part.NUMBER, pieces[0].text, hint="separator", digits=True), 1
    whole = spoken(pieces, known.language)
    if whole is None:
        return None
    text = " ".join(p.text for p in pieces[: whole.used])
    item = Item(
        Part.NUMBER,
        text,
        number=whole.value,
        hint=whole.hint,
        article=whole.article,
        digits=whole.digits,
        decimals=whole.decimals,
        glued=found[at].glued,
    )
    return item, whole.used


def _letters_for_digits(found: list[Token], at: int, country: str) -> bool:
    """5o% and 1,5OO: letters typed for digits make a figure that nobody can be sure of."""
    if found[at].kind != "number" or at + 1 >= len(found) or not found[at + 1].glued:
        return False
    letters = found[at + 1].text
    return set(letters) <= {"o", "l"} and LETTERS.get(letters) != country


def _other_phrase(found: list[Token], at: int, known: Lexicon) -> bool:
    """Whether a phrase of several words begins here that is no part of a number: "san mwen" (without me) after 3."""
    phrase, length = _phrase(found, at, known)
    return length > 1 and phrase is not None and phrase.part not in (Part.NUMBER, Part.FRACTION)


def _piece(found: list[Token], at: int, before: list[Piece], known: Lexicon, country: str) -> Piece | None:
    token = found[at]
    if token.kind == "number":
        figure = read_digits(token.text, country)
        if figure is None:
            return None if before else Piece(token.text, hint="separator")
        return Piece(token.text, figure=figure, hint=figure.unsure)
    if token.kind != "word":
        return None
    text = token.text
    short = short_scale(text, known.language, country) if before and not _after_scale(before) else None
    if short is not None and (before[-1].figure is not None or text in known.numbers or len(text) >= 3):
        return Piece(text, word=NumberWord(short[0], scale=True), hint=short[1])
    if text in known.joiners and (before or text not in known.numbers):
        return Piece(text, word=_JOINER) if before else None
    if (word := known.numbers.get(text)) is not None:
        if text == "mil" and known.language in {"en", "nl"}:
            return None
        return Piece(text, word=word)
    return _unlisted(token, known)


def _after_scale(pieces: list[Piece]) -> bool:
    last = pieces[-1].word
    return last is not None and (last.joiner or last.scale)


def _unlisted(token: Token, known: Lexicon) -> Piece | None:
    """A number word as text2num or a small slip of the thumb makes it."""
    text = token.text
    if len(text) < _SHORTEST_TYPO or text in known.phrases or not text.isascii():
        return None
    return _one_word(text, known.language)


@lru_cache(maxsize=4096)
def _one_word(text: str, language: str) -> Piece | None:
    known = lexicon(language)
    if language == "nl":
        try:
            return Piece(text, word=NumberWord(Decimal(str(text2num(text, "nl")))))
        except ValueError:
            pass
    if any(text in lexicon(other).phrases for other in BY_LANGUAGE) or (language == "en" and text.endswith("th")):
        return None
    allowed = 1 if len(text) < _LONG else 2
    for word, number in known.numbers.items():
        if len(word) >= _SHORTEST_TYPO and word[0] == text[0] and _distance(text, word, allowed) <= allowed:
            return Piece(word, word=number, hint="spelling")
    return None


def _distance(one: str, other: str, limit: int) -> int:
    """How many letters are to be added, dropped, changed or swapped; more than `limit` is `limit` + 1."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return min(rows[-1][-1], limit + 1)

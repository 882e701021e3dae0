"""Numbers as they are spoken or half spoken: "two hundred and five", "15 mil 500", "millón y medio", "vennsenk mil"."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from text_to_num import text2num

from bot.answers.digits import Figure
from bot.answers.lexicon import NumberWord

_STRICT = frozenset({"en", "es", "fr", "pt", "nl"})
"""The languages that text2num reads."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a number: a word, a figure in digits, or "and" (`word` with joiner). `hint` says what is doubtful."""

    text: str
    word: NumberWord | None = None
    figure: Figure | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """`used` pieces make `value`. `article`: it is nothing but a word that may just as well be an article."""

    value: Decimal
    used: int
    hint: str = ""
    article: bool = False
    digits: bool = False
    decimals: int = 0


class _Sum:
    """A number under way: what is complete, and the part below the next scale."""

    def __init__(self) -> None:
        self.total = Decimal(0)
        self.part: Decimal | None = None
        self.part_is_digits = False
        self.last_scale: Decimal | None = None
        self.hint = ""

    @property
    def value(self) -> Decimal:
        return self.total + (self.part or 0)

    def add(self, value: Decimal, *, digits: bool) -> bool:
        if self.part is None:
            if self.last_scale is not None and value >= self.last_scale:
                return False
            if self.last_scale is not None and digits and value < self.last_scale / 10:
                self.hint = self.hint or "multiplier"
            self.part, self.part_is_digits = value, digits
            return True
        if digits or self.part_is_digits or not _fits(self.part, value):
            return False
        self.part += value
        return True

    def scale(self, by: Decimal) -> bool:
        self.hint = ""
        if by <= 100:
            if self.part is not None and not 0 < self.part < 100:
                return False
            if self.last_scale is not None and self.last_scale <= by:
                return False
            self.part = (self.part if self.part is not None else Decimal(1)) * by
            self.part_is_digits = False
            return True
        if self.last_scale is not None and by >= self.last_scale:
            if self.total >= by:
                return False
            self.total = self.value * by
        else:
            self.total += (self.part if self.part is not None else Decimal(1)) * by
        self.part, self.last_scale = None, by
        return True

    def clipped(self, pieces: list[Piece]) -> str:
        """ "Two grand five" is 2,500 to some; after "two thousand" a five is a five."""
        slang = any(p.text in _CLIPPING for p in pieces)
        return "multiplier" if slang and self.part is not None and self.total and self.part < 100 else ""

    def abridged(self) -> str:
        """ "Un millón quinientos" is said for 1,500,000 as well as for 1,000,500."""
        short = self.last_scale == 1_000_000 and self.part is not None and self.part < 1000 and self.part % 100 == 0
        return "multiplier" if short else ""

    def half(self) -> bool:
        if self.part is None and self.last_scale is not None:
            self.total += self.last_scale / 2
            return True
        if self.part is None:
            self.part = Decimal("0.5")
            return True
        if self.part % 1:
            return False
        self.part += Decimal("0.5")
        return True


_CLIPPING = frozenset({"grand", "grands", "k", "thou", "m"})
_PLURAL = frozenset(
    [
        "hundreds",
        "thousands",
        "millions",
        "cientos",
        "sientos",
        "millones",
        "miles",
        "centaines",
        "milliers",
        "millions",
        "centenas",
        "milhares",
        "milhoes",
        "honderden",
        "duizenden",
        "miljoenen",
    ]
)


def _plural(first: Piece) -> str:
    """Hundreds and thousands without a number before them are no number."""
    return "multiplier" if first.text in _PLURAL else ""


def _fits(before: Decimal, value: Decimal) -> bool:
    """Whether `value` can follow `before` inside one number: 20 5, 300 45, and 60 15, 80 15 or 10 7 as French counts."""
    if before % 1000 == 0 and before >= 1000:
        return value < 1000
    if before % 100 == 0 and before >= 100:
        return value < 100
    tens = before % 100
    if tens == 10 and 7 <= value <= 9:
        return True
    if tens in (60, 80) and 10 <= value < 20:
        return True
    return tens >= 20 and tens % 10 == 0 and 0 < value < 10


def spoken(pieces: list[Piece], language: str) -> Spoken | None:
    """The number that the first pieces make, as many of them as fit together; None where the first is none."""
    if not pieces or (pieces[0].word is not None and pieces[0].word.joiner):
        return None
    if len(pieces) == 1 and (figure := pieces[0].figure) is not None:
        return Spoken(figure.value.normalize() + 0, 1, pieces[0].hint, digits=True, decimals=figure.decimals)
    under_way = _Sum()
    used = 0
    while used < len(pieces):
        step = _take(under_way, pieces, used)
        if step == 0:
            break
        used += step
    if used == 0:
        return None
    taken = pieces[:used]
    words = [p for p in taken if p.word is not None]
    hint = (
        _plural(taken[0])
        or under_way.hint
        or under_way.abridged()
        or under_way.clipped(taken)
        or next((p.hint for p in taken if p.hint), "")
    )
    if len(taken) == 1 and (single := taken[0]).word is not None and (single.word.half or single.word.article):
        return Spoken(under_way.value, 1, hint, article=True)
    if len(words) == len(taken) and language in _STRICT and not hint:
        hint = _second_opinion(" ".join(p.text for p in taken), language, under_way.value)
    decimals = max((p.figure.decimals for p in taken if p.figure), default=0)
    return Spoken(
        under_way.value.normalize() + 0, used, hint, digits=not words, decimals=decimals if len(taken) == 1 else 0
    )


def _take(under_way: _Sum, pieces: list[Piece], at: int) -> int:
    """How many pieces from `at` on were taken into the number: 0, 1, or 2 where an "and" led to a further one."""
    piece = pieces[at]
    if piece.figure is not None:
        return int(under_way.add(piece.figure.value, digits=True))
    word = piece.word
    if word is None:
        return 0
    if word.joiner:
        return _join(under_way, pieces, at)
    if word.scale:
        return int(under_way.scale(word.value))
    if word.half:
        return int(_ends_in_half(pieces, at) and under_way.half()) if at else _first_half(under_way, pieces)
    if word.article:
        return _article(under_way, pieces, at)
    if piece.text in ("vingt", "vingts") and under_way.part is not None and under_way.part % 100 == 4:
        under_way.part += 76
        return 1
    return int(under_way.add(word.value, digits=False))


def _ends_in_half(pieces: list[Piece], at: int) -> bool:
    """Without an "and" a half belongs to the number only where the word holds the "and": milyon edmi."""
    return pieces[at].text == "edmi"


def _first_half(under_way: _Sum, pieces: list[Piece]) -> int:
    under_way.half()
    following = pieces[1].word if len(pieces) > 1 else None
    return 2 if following is not None and following.article else 1


def _article(under_way: _Sum, pieces: list[Piece], at: int) -> int:
    """An article counts as one before a scale or a half of one, and alone; before a figure it is nothing."""
    following = pieces[at + 1] if at + 1 < len(pieces) else None
    if at:
        if following is not None and following.word is not None and following.word.scale and under_way.part is None:
            return 1
        return (
            2
            if following is not None and following.word is not None and following.word.half and under_way.half()
            else 0
        )
    if following is None or following.word is None:
        under_way.add(Decimal(1), digits=False)
        return 1
    if following.word.scale or following.word.half:
        return 1
    under_way.add(Decimal(1), digits=False)
    return 1


def _join(under_way: _Sum, pieces: list[Piece], at: int) -> int:
    """An "and" holds only where the next piece continues the same number."""
    if at + 1 >= len(pieces):
        return 0
    figure = pieces[at + 1].figure
    if figure is not None:
        hundreds = under_way.part is None and under_way.last_scale == 1000 and 100 <= figure.value < 1000
        return 2 if hundreds and under_way.add(figure.value, digits=True) else 0
    word = pieces[at + 1].word
    if word is None or word.joiner or word.scale:
        return 0
    if word.article:
        following = pieces[at + 2].word if at + 2 < len(pieces) else None
        if following is not None and following.half:
            return 3 if under_way.half() else 0
        if under_way.part is not None and _fits(under_way.part, Decimal(1)):
            return 2 if under_way.add(Decimal(1), digits=False) else 0
        return 0
    if word.half:
        return 2 if under_way.half() else 0
    if under_way.part is None and under_way.last_scale is None:
        return 0
    if under_way.part is not None and under_way.part_is_digits:
        return 0
    return 2 if under_way.add(word.value, digits=False) else 0


@lru_cache(maxsize=2048)
def _second_opinion(text: str, language: str, value: Decimal) -> str:
    """ "" where text2num reads the same number in the words, "words" where it reads another one."""
    try:
        read = Decimal(str(text2num(text, language)))
    except (ValueError, ArithmeticError):
        return ""
    return "" if read == value else "words"

"""Reading a share: percentages, fractions, "half", "1 in 5"."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from bot.answers.ask import Ask
from bot.answers.fold import fold
from bot.answers.lexicon import Part
from bot.answers.noise import obstacle
from bot.answers.pick import MINUS, Entry, entries, one_of, why_several
from bot.answers.scan import Scan, scan
from bot.answers.stance import plain, stance, unclear
from bot.model import Reading, ReadingKind

_OF = frozenset(
    {
        "in",
        "out of",
        "in every",
        "of",
        "of every",
        "de",
        "de cada",
        "sur",
        "sou",
        "em",
        "em cada",
        "van de",
        "op de",
        "op",
        "van",
        "de los",
        "das",
        "dos",
        "por cada",
        "nan",
        "sou chak",
        "out of every",
        "of the",
        "of my",
        "in each",
        "de las",
        "de mis",
        "de mes",
        "des",
    }
)
_OF_OR = frozenset({"de", "em", "van"})
"""Words that also open a range, but between two figures say of how many."""
STRANGE_WORDS = 2
"""How many words that no list knows may stand beside a figure with a percent sign."""
_QUIET = frozenset(
    {
        Part.FILLER,
        Part.HEDGE,
        Part.PERIOD,
        Part.TOTAL,
        Part.SIGN,
        Part.NOW,
        Part.PERCENT,
        Part.NUMBER,
        Part.VAGUE,
        Part.PLUS,
        Part.ONESELF,
        Part.OR,
        Part.THIS_PERIOD,
        Part.CORRECTION,
        Part.BEFORE,
        Part.MORE,
        Part.FRACTION,
    }
)


def read_percent(text: str, ask: Ask) -> Reading:
    """A share of 100, with one decimal where a fraction was named."""
    folded = fold(text)
    if hint := obstacle(folded):
        return _again(hint, "no share")
    found = scan(folded, ask)
    words = plain(text)
    numbers = entries(found)
    if not numbers:
        return _without_number(found, words, ask)
    if (ratio := _ratio(found, numbers)) is not None:
        return ratio
    if found.has(Part.FRACTION) and any(i.part is Part.FRACTION and i.payload != Fraction(1) for i in found.items):
        return _again("two_figures", "a number and a fraction")
    return _number(found, numbers, words, ask)


def _again(hint: str, reason: str) -> Reading:
    return Reading(ReadingKind.ASK_AGAIN, hint=hint, reason=reason)


def _share(value: Decimal, why: str, *, confirm: bool, approximate: bool) -> Reading:
    outcome = ReadingKind.VALUE if value else ReadingKind.ZERO
    return Reading(outcome, value=value, confirm=confirm, approximate=approximate, reason=why)


def _without_number(found: Scan, words: str, ask: Ask) -> Reading:
    if not found.items:
        return _again("empty", "nothing was written")
    said = stance(words, ask.language)
    if said in ("refused", "unknown"):
        return unclear(words, ask.language, "", "")
    fractions = {i.payload for i in found.items if i.part is Part.FRACTION}
    shares = {f for f in fractions if isinstance(f, Fraction)}
    blurred = found.has(Part.VAGUE, Part.BOUND, Part.NEGATION, Part.QUESTION, Part.MONEY, Part.MORE) or "?" in {
        i.text for i in found.items
    }
    if len(shares) == 1 and not blurred:
        share = shares.pop()
        return _share(_of_hundred(share), "a fraction", confirm=found.unknown > 1, approximate=found.has(Part.HEDGE))
    if (
        (found.has(Part.ZERO) or said == "nothing")
        and not shares
        and not found.has(Part.VAGUE, Part.BOUND, Part.QUESTION)
    ):
        return _share(Decimal(0), "nothing", confirm=found.unknown > 1, approximate=False)
    if said == "complaints":
        return unclear(words, ask.language, "", "")
    if found.has(Part.QUESTION) or "?" in {i.text for i in found.items}:
        return _again("question", "a question, not a share")
    return _again("vague", "no share")


def _of_hundred(share: Fraction) -> Decimal:
    exact = Decimal(share.numerator) * 100 / Decimal(share.denominator)
    return exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP).normalize() + 0


def _ratio(found: Scan, numbers: list[Entry]) -> Reading | None:
    """3/4, 1 in 5, 8 out of 10, 50/50."""
    if len(numbers) != 2 or found.has(Part.PERCENT, Part.MONEY):
        return None
    if any(i.part in (Part.OR, Part.BOUND) for i in found.items[: numbers[0].at]):
        return None
    if any(i.part is Part.OR and i.text not in _OF_OR for i in found.items[numbers[0].at : numbers[1].at]):
        return None
    part, whole = numbers[0].value, numbers[1].value
    if part is None or whole is None or part % 1 or whole % 1:
        return None
    between = found.items[numbers[0].at + 1 : numbers[1].at]
    if any(i.text == "%" for i in found.items):
        return None
    joined = " ".join(i.text for i in between)
    if part == whole == 50 and joined in {"/", "-", "", "and", "y", "e", "et", "ak", "en"}:
        return _share(Decimal(50), "half and half", confirm=False, approximate=False)
    bare = " ".join(i.text for i in between if i.part not in (Part.UNIT, Part.PEOPLE, Part.MONEY))
    if (joined != "/" and bare not in _OF) or not 0 <= part <= whole or not whole:
        return None
    if joined == "/" and part + whole == 100:
        return _again("two_figures", "two shares that make 100")
    return _share(
        _of_hundred(Fraction(int(part), int(whole))),
        "so many of so many",
        confirm=found.unknown > 1,
        approximate=found.has(Part.HEDGE),
    )


def _number(found: Scan, numbers: list[Entry], words: str, ask: Ask) -> Reading:
    doubts: list[str] = []
    chosen = numbers[0]
    if len(numbers) > 1:
        picked = one_of(found, numbers)
        if picked is None:
            return _again(why_several(found, numbers), "more than one figure")
        chosen, why = picked
        doubts += [why] if why == "a correction" else []
    if unfit := _unfit(found, chosen, words, ask):
        return unfit
    value = chosen.value
    if value is None:
        return _again("separator", "the figure is not well formed")
    marked = found.has(Part.PERCENT) or any(i.text == "%" for i in found.items)
    if value > 100:
        return _again("over_hundred", "more than all")
    if 0 < value < 1 and not marked:
        doubts.append("perhaps a fraction of one")
    if chosen.item.hint and chosen.item.hint != "separator":
        doubts.append(f"{chosen.item.hint} not sure")
    if "?" in {i.text for i in found.items} or stance(words, ask.language) == "unknown":
        doubts.append("the client is not sure")
    if found.unknown > (STRANGE_WORDS if marked else 0) or any(
        i.part not in _QUIET and i.part is not Part.UNKNOWN for i in found.items
    ):
        doubts.append("words that were not understood")
    return _share(
        value, "; ".join(doubts) or "one clear share", confirm=bool(doubts), approximate=found.has(Part.HEDGE)
    )


def _unfit(found: Scan, chosen: Entry, words: str, ask: Ask) -> Reading | None:
    items = found.items
    before = items[chosen.at - 1] if chosen.at else None
    after = items[chosen.at + 1] if chosen.at + 1 < len(items) else None
    said = stance(words, ask.language)
    firm = any(c.isdigit() for c in chosen.item.text) or found.has(Part.HEDGE)
    if said in ("refused", "complaints") or (said == "unknown" and not firm):
        return unclear(words, ask.language, "", "")
    if found.has(Part.MONEY):
        return _again("wrong_kind", "money, not a share")
    if after and after.part in (Part.UNIT, Part.PEOPLE):
        return _again("wrong_kind", "a number of things, not a share")
    if found.has(Part.BOUND) or (after and after.text == "+") or (before and before.text in "<>"):
        return _again("bound", "a limit, not a share")
    if before and (before.text in MINUS or (before.text == "-" and chosen.item.glued)):
        return _again("negative", "below zero")
    if any(i.part is Part.NEGATION for i in items[1 : chosen.at]) and not found.has(Part.CORRECTION):
        return _again("negative", "the figure is denied")
    return None

"""Reading a number of people: employees, helpers. The owner is not counted."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.answers.ask import Ask
from bot.answers.fold import fold
from bot.answers.lexicon import Part
from bot.answers.noise import obstacle, without_dates
from bot.answers.pick import LOSSES, MINUS, Entry, entries, one_of, why_several
from bot.answers.plausible import far_from_last
from bot.answers.scan import Item, Scan, scan
from bot.answers.stance import plain, stance, unclear
from bot.indicators import INDICATORS
from bot.model import Reading, ReadingKind

_SLOTS = {"full": Part.FULL, "part": Part.PART}
_NAMES = {_SLOTS[one.hours]: one.name for one in INDICATORS.values() if one.hours}
_PART_TIME = re.compile(r"part|parc|medio|half|mi temps|meio|pasyel|deel|tijdelijk|pt")
_US_ALL = re.compile(
    r"^(?:well |so |pues |bueno |ahora |en total )?(?:we are|were|we re|we was|its us|there are \w+ of us|somos|nous sommes|on est|nou se|nou|estamos|estamos en|"
    r"wij zijn|we zijn|we zijn met|a gente e|a gente eh|mwen ak)\b"
)
"""Openings that may count the owner in."""
STRANGE_WORDS, STRANGE_WORDS_BARE = 2, 1
"""How many words that no list knows may stand beside "10 workers", and beside a bare number."""
_QUIET = frozenset(
    {
        Part.FILLER,
        Part.HEDGE,
        Part.PERIOD,
        Part.THIS_PERIOD,
        Part.TOTAL,
        Part.SIGN,
        Part.NOW,
        Part.PLUS,
        Part.FULL,
        Part.PART,
        Part.PEOPLE,
        Part.EXCLUDING,
        Part.NUMBER,
        Part.VAGUE,
        Part.OR,
        Part.GROUP,
        Part.CORRECTION,
        Part.BEFORE,
        Part.ZERO,
    }
)


def read_count(text: str, ask: Ask) -> Reading:
    """How many people, as a whole number. `other` carries what was said about the sibling question (full, part)."""
    folded = fold(text)
    if hint := obstacle(folded):
        return _again(hint, "no number of people")
    bare, dated = without_dates(folded)
    found = scan(bare, ask)
    words = plain(text)
    numbers = _with_articles(found, entries(found))
    if not numbers:
        return _without_number(found, words, ask, dated=dated)
    if hint := _wrong_kind(found, numbers, ask):
        return _again(hint, "not a number of people")
    if any(entry.value is None for entry in numbers):
        return _again("separator", "the figure is not well formed")
    return _by_slot(found, numbers, ask, words) or _figure(found, numbers, words, ask)


def _again(hint: str, reason: str) -> Reading:
    return Reading(ReadingKind.ASK_AGAIN, hint=hint, reason=reason)


def _people(
    value: Decimal, why: str, *, confirm: bool, approximate: bool = False, other: dict[str, Decimal] | None = None
) -> Reading:
    outcome = ReadingKind.VALUE if value else ReadingKind.ZERO
    return Reading(outcome, value=value, confirm=confirm, approximate=approximate, reason=why, other=other or {})


def _wrong_kind(found: Scan, numbers: list[Entry], ask: Ask) -> str:
    """The hint, where a number counts something else. A question without a name may ask for anything but money."""
    for entry in numbers:
        around = found.items[max(entry.at - 1, 0) : entry.at + 2]
        if any(i.part is Part.MONEY and i.payload not in ("us", "u s") for i in around):
            return "currency_here"
        after = found.items[entry.at + 1 : entry.at + 2]
        if after and (
            (after[0].part is Part.UNIT and ask.indicator) or after[0].part is Part.PERCENT or after[0].text == "%"
        ):
            return "wrong_kind"
    return ""


def _without_number(found: Scan, words: str, ask: Ask, *, dated: bool) -> Reading:
    if not found.items:
        return _again("date_in_text" if dated else "empty", "no number of people")
    said = stance(words, ask.language)
    if said in ("refused", "unknown"):
        return unclear(words, ask.language, "", "")
    if found.has(Part.QUESTION) and not found.has(Part.ZERO, Part.ONESELF):
        return _again("question", "a question, not a number")
    alone = found.has(Part.ONESELF)
    relatives = sum(item.part is Part.RELATIVE for item in found.items)
    if found.has(Part.GROUP):
        return _again("vague", "people without a number")
    if relatives and (alone or found.has(Part.EXCLUDING)):
        return _people(Decimal(relatives), "people named beside the owner", confirm=found.unknown > 0)
    if relatives:
        return _again("vague", "a person, but not a number")
    if not relatives and (single := _article(found)) is not None:
        return single
    if found.has(Part.ZERO) or said == "nothing":
        sibling = _slot_of_zero(found)
        asked = _asked(ask)
        if sibling is not None and asked is not None and sibling is not asked:
            return _again("wrong_kind", "said of the other kind of employee")
        return _people(
            Decimal(0),
            "nobody",
            confirm=(found.unknown > 1 and said != "nothing") or found.has(Part.VAGUE, Part.BOUND, Part.MORE),
        )
    if found.has(Part.FRACTION, Part.MONEY, Part.PERCENT) and not alone:
        return _again("wrong_kind", "not a number of people")
    if said == "complaints":
        return unclear(words, ask.language, "", "")
    if (
        alone
        and "?" not in {item.text for item in found.items}
        and not found.has(Part.QUESTION, Part.VAGUE, Part.BOUND, Part.OR, Part.PART)
        and not any(item.part is Part.NEGATION for item in found.items[1:])
    ):
        return _people(Decimal(0), "the owner alone, who is not counted", confirm=found.unknown > 0)
    if words in _NO:
        return _people(Decimal(0), "a plain no", confirm=True)
    if "?" in {item.text for item in found.items}:
        return _again("question", "a question, not a number")
    return _again("vague", "no number")


def _person(item: Item) -> bool:
    """A noun for a person, or what follows a number of persons; "personne" is nobody only without "une"."""
    return item.part in (Part.PEOPLE, Part.FULL, Part.PART, Part.NOW, Part.TOTAL) or item.text == "personne"


_ONLY = frozenset({"solo", "sola", "seul", "seule", "alone", "alleen", "sel", "sozinho", "sozinha"})
"""Words for alone that beside a number mean no more than "only"."""
_GONE = re.compile(
    r"\b(but (one|two|three|\d+) (left|gone|leave|leaving|quit)|need|looking|want to hire|wish|necesito|busco|buscando|besoin|cherche|preciso de|procuro|bezwen|chache|zoek|nodig|they left|he left|she left|let go|fired|laid off|resigned|despedi\w*|se fue(ron)?|renunci\w+|licencie\w*|"
    r"sont partis|est parti\w*|demiti\w*|sairam|saiu|ontslagen|vertrokken|yo pati|li pati|yo ale)\b"
)
_NO = frozenset({"no", "non", "nao", "nee", "nope", "nah"})


def _article(found: Scan) -> Reading | None:
    """One person where an article stands alone or before a person: "una sola", "un empleado", "yon moun"."""
    meaningful = [i for i in found.items if i.part not in (Part.SIGN, Part.HEDGE)]
    for at, item in enumerate(meaningful):
        if item.part is not Part.NUMBER or not item.article or item.number != 1:
            continue
        rest = [i for i in meaningful[at + 1 :] if i.part not in (Part.FILLER, Part.ONESELF)]
        if not rest or _person(rest[0]):
            vague = found.has(Part.VAGUE, Part.BOUND, Part.NEGATION, Part.OR) or (not rest and at > 3)
            return None if vague else _people(Decimal(1), "one person", confirm=found.unknown > 0)
    return None


def _slot_of_zero(found: Scan) -> Part | None:
    for item in found.items:
        if item.part in (Part.FULL, Part.PART):
            return item.part
    zero = " ".join(item.text for item in found.items if item.part is Part.ZERO)
    if not re.search(r"full|part|parc|medio|integral|plein|voltijd|deeltijd|completo|partiel|pasyel", zero):
        return None
    return Part.PART if _PART_TIME.search(zero) else Part.FULL


def _with_articles(found: Scan, numbers: list[Entry]) -> list[Entry]:
    """The figures, and beside them "a girl" in "3 guys and a girl"."""
    if not numbers or not found.has(Part.PLUS):
        return numbers
    extra = [
        Entry(at, item)
        for at, item in enumerate(found.items[:-1])
        if item.part is Part.NUMBER and item.article and found.items[at + 1].part in (Part.PEOPLE, Part.UNKNOWN)
    ]
    return sorted([*numbers, *extra], key=lambda entry: entry.at)


def _asked(ask: Ask) -> Part | None:
    """The kind of employee that is asked for."""
    hours = ask.indicator.hours if ask.indicator else None
    return _SLOTS[hours] if hours else None


def _by_slot(found: Scan, numbers: list[Entry], ask: Ask, words: str) -> Reading | None:
    """The figure for the asked kind of employee where a reply names the kinds: "2 full 1 part"."""
    asked = _asked(ask)
    if asked is None or not found.has(Part.FULL, Part.PART):
        return None
    counted = _slots(found)
    if not counted or found.has(Part.BOUND, Part.BEFORE, Part.CORRECTION, Part.OR):
        return None
    loose = [value for slot, value in counted if slot is None]
    named = {slot: value for slot, value in counted if slot is not None}
    if len(named) != len([1 for slot, _ in counted if slot is not None]):
        return None
    siblings = {_NAMES[slot]: value for slot, value in named.items() if slot is not asked}
    if asked in named and not loose:
        return _checked(named[asked], "the kind asked for", ask, confirm=found.unknown > 1, other=siblings)
    if asked in named:
        return _checked(named[asked], "the kind asked for, of several figures", ask, confirm=True, other=siblings)
    if len(loose) == 1:
        return _checked(loose[0], "the figure that is not of the other kind", ask, confirm=True, other=siblings)
    return Reading(
        ReadingKind.ASK_AGAIN, hint="wrong_kind", reason="said of the other kind of employee", other=siblings
    )


def _slots(found: Scan) -> list[tuple[Part | None, Decimal]]:
    """Each figure (or "none") with the kind of employee named after it, or before it where kinds come first."""
    marks = [i.part for i in found.items if i.part in (Part.FULL, Part.PART, Part.NUMBER, Part.ZERO) and not i.article]
    leading = bool(marks) and marks[0] in (Part.FULL, Part.PART)
    counted: list[tuple[Part | None, Decimal]] = []
    pending: Part | None = None
    for item in found.items:
        if item.part in (Part.FULL, Part.PART):
            if leading:
                pending = item.part
            elif counted and counted[-1][0] is None:
                counted[-1] = (item.part, counted[-1][1])
        elif (item.part is Part.NUMBER and not item.article) or item.part is Part.ZERO:
            value = Decimal(0) if item.part is Part.ZERO else item.number
            if value is None:
                return []
            kind = None
            if item.part is Part.ZERO and re.search(r"full|part|parc|medio", item.text):
                kind = Part.PART if _PART_TIME.search(item.text) else Part.FULL
            counted.append((pending or kind, value))
            pending = None
    return counted


def _figure(found: Scan, numbers: list[Entry], words: str, ask: Ask) -> Reading:
    said = stance(words, ask.language)
    firm = any(c.isdigit() for entry in numbers for c in entry.item.text) or found.has(Part.HEDGE)
    if said in ("refused", "complaints") or (said == "unknown" and not firm):
        return unclear(words, ask.language, "", "")
    doubts: list[str] = []
    value: Decimal | None
    if len(numbers) > 1:
        if (total := _added(found, numbers)) is not None:
            chosen = numbers[0]
            value = total
            doubts.append("added up")
        elif (picked := one_of(found, numbers)) is not None:
            chosen, why = picked
            doubts += [why] if why == "the total" else []
            value = chosen.value
        else:
            return _again(why_several(found, numbers), "more than one number")
    else:
        chosen = numbers[0]
        value = chosen.value
    if value is None:
        return _again("separator", "the figure is not well formed")
    if refusal := _unfit(found, chosen, words):
        return refusal
    relatives = sum(item.part is Part.RELATIVE for item in found.items)
    oneself = any(item.part is Part.ONESELF and item.text not in _ONLY for item in found.items)
    if _includes_owner(found, chosen) and value > 0:
        value, doubts = value - 1, [*doubts, "the owner taken off"]
    elif relatives and not (relatives == 1 and value == 1):
        value, doubts = value + relatives, [*doubts, "people named beside a number"]
    elif oneself and value == 1 and not found.has(Part.MORE, Part.PLUS, Part.PEOPLE):
        value, doubts = Decimal(0), [*doubts, "the owner alone"]
    if said == "unknown" and not found.has(Part.HEDGE):
        doubts.append("the client is not sure")
    if _US_ALL.search(words) and not found.has(Part.EXCLUDING, Part.INCLUDING):
        doubts.append("the owner may be counted")
    if chosen.item.hint:
        doubts.append(f"{chosen.item.hint} not sure")
    if "?" in {i.text for i in found.items} or found.unknown > (
        STRANGE_WORDS if _of_people(found, chosen) else STRANGE_WORDS_BARE
    ):
        doubts.append("words that were not understood")
    if any(i.part is Part.FILLER and i.payload in ("debts", "not_sales") for i in found.items):
        doubts.append("perhaps not people")
    if any(
        i.part not in _QUIET and i.part not in (Part.RELATIVE, Part.ONESELF, Part.INCLUDING, Part.UNKNOWN)
        for i in found.items
    ):
        doubts.append("more than a number")
    return _checked(
        value, "; ".join(doubts) or "one clear number", ask, confirm=bool(doubts), approximate=found.has(Part.HEDGE)
    )


def _checked(
    value: Decimal,
    why: str,
    ask: Ask,
    *,
    confirm: bool,
    approximate: bool = False,
    other: dict[str, Decimal] | None = None,
) -> Reading:
    if value % 1:
        return _again("fraction", "not a whole number")
    if value > ask.bounds.ask_above:
        return _again("too_big", "more people than a small firm employs")
    unusual = value > ask.bounds.confirm_above or far_from_last(value, ask.last)
    return _people(value, why, confirm=confirm or unusual, approximate=approximate, other=other)


def _includes_owner(found: Scan, chosen: Entry) -> bool:
    """ "4 with me" counts the owner; "3 ladies sewing with me" does not."""
    at = next((at for at, item in enumerate(found.items) if item.part is Part.INCLUDING), None)
    return at is not None and not (at > chosen.at and found.items[at - 1].part is Part.UNKNOWN)


def _of_people(found: Scan, chosen: Entry) -> bool:
    """Whether the only number says at once that it counts people: "10 workers mon to fri"."""
    after = found.items[chosen.at + 1 : chosen.at + 2]
    return bool(after) and after[0].part is Part.PEOPLE and sum(i.part is Part.NUMBER for i in found.items) == 1


def _unfit(found: Scan, chosen: Entry, words: str) -> Reading | None:
    items = found.items
    before = items[chosen.at - 1] if chosen.at else None
    after = items[chosen.at + 1] if chosen.at + 1 < len(items) else None
    if found.has(Part.BOUND) or (after and after.text == "+" and after.glued) or (before and before.text in "<>"):
        return _again("bound", "a limit, not a number")
    if found.has(Part.BEFORE) and sum(i.part is Part.NUMBER for i in items) == 1:
        return _again("vague", "how many there were, not how many there are")
    if _GONE.search(words) or any(i.text in LOSSES for i in items):
        return _again("vague", "people who left or are to come")
    if before and (before.text in MINUS or (before.text == "-" and chosen.item.glued and chosen.at == 1)):
        return _again("negative", "below zero")
    if found.has(Part.MORE) and not found.has(Part.ONESELF):
        return _again("vague", "a difference, not a number")
    first = next((i.part for i in items if i.part not in (Part.FILLER, Part.SIGN)), None)
    if first is Part.QUESTION:
        return _again("question", "a question, not a number")
    if any(i.part is Part.NEGATION for i in items[1 : chosen.at]) and not found.has(Part.CORRECTION):
        return _again("negative", "the number is denied")
    if chosen.item.digits and chosen.value is not None and 1950 <= chosen.value <= 2035:
        return _again("date_in_text", "a year, not a number of people")
    if found.has(Part.EACH, Part.FRACTION):
        return _again("fraction", "not a whole number")
    return None


def _added(found: Scan, numbers: list[Entry]) -> Decimal | None:
    """The sum where people of several sorts are listed ("2 girls and 1 boy", "2 + 1"), and nothing else."""
    between = found.items[numbers[0].at + 1 : numbers[-1].at]
    joined = any(i.part is Part.PLUS or i.text in ("+", ",") for i in between)
    sorts = sum(i.part in (Part.PEOPLE, Part.GROUP, Part.FULL, Part.PART) for i in found.items)
    each_named = all(i.part is Part.PEOPLE for e in numbers for i in found.items[e.at + 1 : e.at + 2] or (e.item,))
    named = sorts >= len(numbers) or any(i.text == "+" for i in between)
    if not ((joined and named) or each_named):
        return None
    if found.has(Part.OR, Part.BEFORE, Part.BOUND, Part.NEGATION, Part.NOW, Part.CORRECTION, Part.TOTAL):
        return None
    return sum((entry.value for entry in numbers if entry.value is not None), Decimal(0))

"""Which of several figures in one reply is meant — where the reply itself says so."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.answers.lexicon import Part
from bot.answers.scan import Item, Scan

_DENYING = frozenset({"not", "pas", "niet"})
_FROM = frozenset({"down from", "up from", "instead of", "baje de", "bajo de"})
_ARITHMETIC = frozenset({"x", "*", "×", "=", "times", "÷"})


_LIGHT = frozenset({Part.FILLER, Part.MONEY, Part.HEDGE})


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure and its place among the items."""

    at: int
    item: Item

    @property
    def value(self) -> Decimal | None:
        return self.item.number


LOSSES = frozenset(
    {
        "lost",
        "loss",
        "owe",
        "owing",
        "perdi",
        "perdimos",
        "perdida",
        "perdidas",
        "debo",
        "perdu",
        "perte",
        "pertes",
        "prejuizo",
        "pedi",
        "verloren",
        "verlies",
    }
)
MINUS = frozenset({"minus", "less", "menos", "moins", "min", "mwens"})
POINT = frozenset({"point", "punto", "coma", "virgule", "virgula", "ponto", "komma", "pwen"})


def entries(scan: Scan) -> list[Entry]:
    return [Entry(at, item) for at, item in enumerate(scan.items) if item.part is Part.NUMBER and not item.article]


def marked(scan: Scan, found: list[Entry], marks: tuple[Part, ...]) -> list[tuple[Entry, Part]]:
    """Each mark with the figure it belongs to: the one right after it, else the one before it.

    Empty where two marks claim the same figure, as in "4 now 2 before".
    """
    paired: dict[int, tuple[Entry, Part]] = {}
    for at, item in enumerate(scan.items):
        if item.part not in marks:
            continue
        owner = _right_after(scan, found, at) or next((entry for entry in reversed(found) if entry.at < at), None)
        if owner is None:
            continue
        if owner.at in paired and paired[owner.at][1] is not item.part:
            return []
        paired[owner.at] = (owner, item.part)
    return list(paired.values())


def _right_after(scan: Scan, found: list[Entry], at: int) -> Entry | None:
    """The figure that follows a mark with nothing but fillers and money between."""
    for entry in found:
        if entry.at > at:
            between = scan.items[at + 1 : entry.at]
            return entry if all(i.part in _LIGHT or i.text in ":=" for i in between) else None
    return None


def one_of(scan: Scan, found: list[Entry]) -> tuple[Entry, str] | None:
    """The figure that a reply of several singles out, and why; None where it does not."""
    values = {entry.value for entry in found}
    if len(values) == 1 and None not in values:
        return found[0], "the same figure twice"
    if (corrected := _corrected(scan, found)) is not None:
        return corrected
    if any(item.part is Part.NEGATION for item in scan.items[found[0].at : found[-1].at]):
        return None
    if len(found) == 2:
        if (dropped := _left_behind(scan, found)) is not None:
            return next(entry for entry in found if entry is not dropped), "the present figure"
        paired = marked(scan, found, (Part.BEFORE, Part.NOW, Part.THIS_PERIOD))
        now = [entry for entry, mark in paired if mark is Part.NOW]
        before = [entry for entry, mark in paired if mark is Part.BEFORE]
        if len(now) == 1:
            return now[0], "the present figure"
        if len(before) == 1 and not now:
            return next(entry for entry in found if entry is not before[0]), "the present figure"
    totals = [entry for entry, mark in marked(scan, found, (Part.TOTAL,))]
    if len(totals) == 1 and len(found) > 1:
        return totals[0], "the total"
    return None


def _corrected(scan: Scan, found: list[Entry]) -> tuple[Entry, str] | None:
    """The figure after "sorry" or ", no,"; of "3200 not 2300" the first one."""
    first, last = found[0].at, found[-1].at
    between = list(enumerate(scan.items))[first + 1 : last]
    denied = [at for at, item in between if item.part is Part.NEGATION]
    if len(found) == 2 and denied and scan.items[denied[-1]].text in _DENYING and denied[-1] == last - 1:
        return found[0], "a correction"
    marks = [
        at
        for at, item in between
        if item.part is Part.CORRECTION or (at in denied and scan.items[at - 1].text in {",", "."})
    ]
    if not marks:
        return None
    after = [entry for entry in found if entry.at > marks[-1]]
    return (after[0], "a correction") if len(after) == 1 else None


def _left_behind(scan: Scan, found: list[Entry]) -> Entry | None:
    """The figure that "down from" or "up from" stands before."""
    left = [entry for entry in found if entry.at and scan.items[entry.at - 1].text in _FROM]
    return left[0] if len(left) == 1 else None


def why_several(scan: Scan, found: list[Entry]) -> str:
    """The hint for a reply of several figures none of which is singled out."""
    between = scan.items[found[0].at + 1 : found[-1].at]
    if any(item.text in _ARITHMETIC for item in between) or any(item.text == "+" for item in between):
        return "arithmetic"
    if len(found) > 2:
        return "list"
    if any(item.part is Part.OR or item.text in "-/" for item in between) or not between:
        return "range"
    return "two_figures"

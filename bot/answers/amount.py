"""Reading an amount of money."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.answers.around import (
    about,
    counts_something_else,
    dated,
    firm,
    has_money,
    is_year,
    limited,
    more,
    named,
    other_month,
    owner,
    without_years,
)
from bot.answers.ask import Ask
from bot.answers.examples import per_dollar
from bot.answers.fold import fold
from bot.answers.lexicon import Part
from bot.answers.money import UNLISTED, Currency, local, meant
from bot.answers.noise import obstacle, without_dates
from bot.answers.periods import convert
from bot.answers.pick import LOSSES, MINUS, POINT, Entry, entries, one_of, why_several
from bot.answers.plausible import doubt_of_amount, far_from_last
from bot.answers.scan import Scan, scan
from bot.answers.stance import plain, stance, unclear
from bot.model import Reading, ReadingKind

RECENT_YEARS = 3
STRANGE_WORDS, STRANGE_WORDS_BARE = 4, 2
"""How many words that no list knows may stand beside a figure that is plainly one of sales, or has its currency, and
beside another. Of 49 labelled amounts with such words none was meant otherwise."""
JOKE_ABOVE = 10_000
"""US dollars that a laughing reply does not mean."""
_LONG = re.compile(r"\d{5,}(?:[1-9]\d|\d[1-9])")
"""Seven digits or more without a separator and without round ending."""
_QUIET = frozenset(
    {
        Part.FILLER,
        Part.HEDGE,
        Part.MONEY,
        Part.PERIOD,
        Part.TOTAL,
        Part.SIGN,
        Part.NOW,
        Part.PLUS,
        Part.VAGUE,
        Part.OR,
        Part.NUMBER,
        Part.ONESELF,
        Part.FRACTION,
        Part.MORE,
        Part.PEOPLE,
        Part.CORRECTION,
    }
)
"""Parts beside a figure that leave it as it is."""


def read_amount(text: str, ask: Ask) -> Reading:
    """The amount in the currency it was given in; `period` where the reply states another than the one asked for."""
    folded = fold(text)
    if hint := obstacle(folded):
        return _again(hint, "no figure in words or digits")
    bare, dated = without_dates(folded)
    found = scan(bare, ask)
    words = plain(text)
    numbers = [entry for entry in entries(found) if not counts_something_else(found, entry)]
    if not numbers:
        if entries(found) or dated:
            return _again(
                "date_in_text" if dated and not entries(found) else "wrong_kind", "the figure is no amount of money"
            )
        return _without_figure(found, words, ask)
    if stance(words, ask.language) in ("refused", "unknown") and not firm(found, numbers):
        return unclear(words, ask.language, "", "")
    numbers = without_years(found, numbers)
    return _Amount(found, numbers, words, ask).reading()


def _again(hint: str, reason: str) -> Reading:
    return Reading(ReadingKind.ASK_AGAIN, hint=hint, reason=reason)


def _without_figure(found: Scan, words: str, ask: Ask) -> Reading:
    if not found.items:
        return _again("empty", "nothing was written")
    said = stance(words, ask.language)
    if said in ("refused", "unknown"):
        return unclear(words, ask.language, "", "")
    if (found.has(Part.ZERO) or said == "nothing") and not found.has(Part.QUESTION, Part.VAGUE, Part.BOUND):
        return Reading(
            ReadingKind.ZERO,
            value=Decimal(0),
            currency=local(ask.country, ask.currency),
            confirm=found.unknown > 1 and said != "nothing",
            reason="nothing was sold",
        )
    if said == "complaints":
        return unclear(words, ask.language, "", "")
    if found.has(Part.QUESTION) or "?" in {item.text for item in found.items}:
        return _again("question", "a question, not a figure")
    return _again("vague", "no figure")


@dataclass
class _Amount:
    """One reply with at least one figure, on its way to a reading."""

    found: Scan
    numbers: list[Entry]
    words: str
    ask: Ask

    def reading(self) -> Reading:
        chosen, why = self._choose()
        if chosen is None:
            return _again(why, "more than one figure")
        item = chosen.item
        if item.number is None:
            return _again(item.hint or "separator", "the figure is not well formed")
        if item.hint == "multiplier":
            return _again("multiplier", "thousands or millions")
        if refusal := self._unfit(chosen):
            return refusal
        currency = self._currency(chosen)
        value = item.number * currency.factor
        if value < 0 or self._negative(chosen):
            return _again("negative", "below zero")
        period = self._period()
        if period == "several":
            return _again("two_figures", "more than one period")
        return self._kept(chosen, value, currency, period, why)

    def _kept(self, chosen: Entry, value: Decimal, currency: Currency, period: str | None, why: str) -> Reading:
        doubts = [why] if why else []
        doubts += self._doubts(chosen, currency)
        asked = self.ask.period
        comparable = convert(value, period, asked) if period and asked else value
        code = currency.code or local(self.ask.country, self.ask.currency)
        plain_figure = (chosen.item.digits or value < 100) and not self.found.has(Part.MONEY)
        if self.found.has(Part.JOKE) and comparable > per_dollar(code) * JOKE_ABOVE:
            return _again("vague", "a joke")
        doubt = (
            doubt_of_amount(comparable, code, self.ask.bounds, bare=plain_figure or self.found.has(Part.UNIT))
            if value
            else ""
        )
        if doubt == "ask":
            return _again("too_big" if value > 1000 else "too_small", "not a likely amount")
        if doubt:
            doubts.append("an unusual amount")
        if far_from_last(comparable, self.ask.last):
            doubts.append("far from the last figure")
        if period:
            doubts.append(f"stated per {period}")
        return Reading(
            ReadingKind.VALUE if value else ReadingKind.ZERO,
            value=value,
            currency=code,
            period=period,
            approximate=self.found.has(Part.HEDGE) or "~" in self.words,
            confirm=bool(doubts),
            reason="; ".join(doubts) or "one clear figure",
        )

    def _choose(self) -> tuple[Entry | None, str]:
        """The figure meant and why it is in doubt ("" if it is not), or None and the hint."""
        if len(self.numbers) == 1:
            return self.numbers[0], ""
        if picked := self._by_period():
            return picked, "last month's figure of two"
        if (picked_one := one_of(self.found, self.numbers)) is not None:
            entry, why = picked_one
            return entry, "" if why in ("the same figure twice", "a correction") else why
        if (of_sales := self._of_sales()) is not None:
            return of_sales, "one figure of sales among others"
        with_money = [entry for entry in self.numbers if has_money(self.found, entry)]
        hint = why_several(self.found, self.numbers)
        if len(with_money) == 1 and hint == "two_figures" and not self.found.has(Part.NEGATION, Part.OR):
            return with_money[0], "one of two figures"
        return None, hint

    def _of_sales(self) -> Entry | None:
        """The only figure that its clause does not call something else, or of another month."""
        if self.ask.period is None:
            return None
        others = self.ask.not_it | {"other_month"}
        kept = [entry for entry in self.numbers if self._owner(entry) not in others]
        return kept[0] if len(kept) == 1 else None

    def _owner(self, entry: Entry) -> str:
        """What the words of its clause say that a figure is; "" where they say that it is what was asked for."""
        whose = owner(self.found, entry, self.ask.asked_on)
        return "" if whose in self.ask.not_it and named(self.found, entry, self.ask.named) else whose

    def _by_period(self) -> Entry | None:
        """The only figure in a clause that names the period asked for, beside one that names the running one."""
        asked = self.ask.period
        if not self.found.has(Part.THIS_PERIOD) or asked is None:
            return None
        clauses: list[list[int]] = [[]]
        for at, item in enumerate(self.found.items):
            if item.text in {",", ";", ".", "but", "pero", "mais", "mas", "maar", "men"} or item.part is Part.PLUS:
                clauses.append([])
            clauses[-1].append(at)
        fitting = []
        for clause in clauses:
            parts = [self.found.items[at] for at in clause]
            if any(i.part is Part.PERIOD and i.payload == asked for i in parts) and not any(
                i.part is Part.THIS_PERIOD for i in parts
            ):
                fitting += [entry for entry in self.numbers if entry.at in clause]
        return fitting[0] if len(fitting) == 1 else None

    def _unfit(self, chosen: Entry) -> Reading | None:
        items = self.found.items
        before = items[chosen.at - 1] if chosen.at else None
        after = items[chosen.at + 1] if chosen.at + 1 < len(items) else None
        if self.found.has(Part.BOUND) or (after and more(after, items[chosen.at + 2 :])) or limited(items[: chosen.at]):
            return _again("bound", "a limit, not a figure")
        if after and after.part is Part.UNKNOWN and after.glued and chosen.item.digits:
            return _again("separator", "letters inside the figure")
        if before and before.text in MINUS:
            return _again("negative", "below zero")
        if before and before.text in POINT:
            return _again("separator", "a decimal point in words")
        if _LONG.fullmatch(chosen.item.text) and not self.found.has(Part.MONEY):
            return _again("phone", "digits like a telephone number")
        if self.found.has(Part.EACH):
            return _again("wrong_kind", "the price of one thing")
        if before and before.part is Part.VAGUE and after is None and before.text not in _MILD:
            return _again("vague", "no clear figure")
        if len(items) == 2 and is_year(chosen) and dated(self.found, chosen):
            return _again("date_in_text", "a month and its year")
        if any(meant(str(i.payload), self.ask.country.upper()).code == UNLISTED for i in items if i.part is Part.MONEY):
            return _again("currency", "a currency that is not known here")
        first = next((i.part for i in items if i.part not in (Part.FILLER, Part.SIGN)), None)
        if first is Part.QUESTION:
            return _again("question", "a question, not a figure")
        said = stance(self.words, self.ask.language)
        if said in ("refused", "complaints"):
            return unclear(self.words, self.ask.language, "", "")
        if self.ask.period is not None:
            whose = self._owner(chosen)
            if whose in self.ask.not_it:
                return _again(
                    "not_sales" if "profit" in self.ask.not_it else "wrong_kind", "money, but not what was asked"
                )
            if whose == "other_month" and self.ask.period == "month":
                return _again("other_month", "the figure of another month")
        if any(i.text in LOSSES for i in items) or (said != "unknown" and self._negated(chosen)):
            return _again("negative", "the figure is denied")
        return None

    def _negated(self, chosen: Entry) -> bool:
        """A negation anywhere but at the very start, where it answers a read-back ("no, 3200")."""
        places = [at for at, item in enumerate(self.found.items[: chosen.at]) if item.part is Part.NEGATION]
        if len(self.numbers) > 1:
            return False
        return any(
            at > 0
            or (at + 1 < chosen.at and self.found.items[at + 1].part not in (Part.SIGN, Part.FILLER, Part.CORRECTION))
            for at in places
        )

    def _negative(self, chosen: Entry) -> bool:
        before = self.found.items[: chosen.at]
        signs = [item for item in before[-2:] if item.text == "-"]
        if not signs or (before[-1].text == "-" and not chosen.item.glued):
            return False
        start = len(before) - (2 if before[-1].text != "-" else 1)
        return start == 0 or self.found.items[start - 1].part in (Part.FILLER, Part.MONEY)

    def _currency(self, chosen: Entry) -> Currency:
        named = [i for i in self.found.items if i.part is Part.MONEY]
        if len(named) > 1:
            specific = [
                i for i in named if i.payload not in ("$", "dollars", "dollar", "dolares", "cash", "money", "bucks")
            ]
            named = specific or named[:1]
        if not named:
            return Currency(local(self.ask.country, self.ask.currency))
        readings = {meant(str(i.payload), self.ask.country.upper(), self.ask.currency) for i in named}
        if len(readings) == 1:
            return readings.pop()
        first = meant(str(named[0].payload), self.ask.country.upper(), self.ask.currency)
        return Currency(first.code, sure=len({r.code for r in readings}) == 1 and first.sure, factor=first.factor)

    def _period(self) -> str | None:
        """The one period stated that is not the one asked for; "several" where there are two of them."""
        asked = self.ask.period
        stated = {str(i.payload) for i in self.found.items if i.part is Part.PERIOD} - {asked}
        if len(stated) > 1:
            return "several"
        if not stated and any(i.part is Part.FRACTION and i.text == "a quarter" for i in self.found.items):
            return "quarter"
        return stated.pop() if stated else None

    def _may_be_year(self, chosen: Entry) -> bool:
        """A year of late, standing alone, is as likely a date as an amount."""
        if self.ask.today is None or chosen.value is None or self.found.has(Part.MONEY, Part.HEDGE):
            return False
        return abs(chosen.value - self.ask.today.year) <= RECENT_YEARS

    def _doubts(self, chosen: Entry, currency: Currency) -> list[str]:
        doubts = []
        item = chosen.item
        if item.hint:
            doubts.append(f"{item.hint} not sure")
        if not currency.sure:
            doubts.append("perhaps another currency")
        if "?" in {i.text for i in self.found.items} or self.found.has(Part.QUESTION):
            doubts.append("asked rather than told")
        subjects_named = about(self.found)
        anchored = "sold" in subjects_named or has_money(self.found, chosen)
        if self.found.unknown > (STRANGE_WORDS if anchored else STRANGE_WORDS_BARE):
            doubts.append("words that were not understood")
        if subjects_named & self.ask.not_it and not named(self.found, chosen, self.ask.named):
            doubts.append("perhaps not what was asked")
        if self.found.has(Part.THIS_PERIOD) or (
            self.ask.period == "month" and other_month(self.found, self.ask.asked_on)
        ):
            doubts.append("perhaps another month")
        if stance(self.words, self.ask.language) == "unknown" and not self.found.has(Part.HEDGE):
            doubts.append("the client is not sure")
        if any(i.part is Part.FRACTION and i.payload != 1 and i.text != "a quarter" for i in self.found.items):
            doubts.append("a fraction beside the figure")
        if any(
            i.part not in _QUIET
            for i in self.found.items
            if i.part not in (Part.UNKNOWN, Part.QUESTION, Part.THIS_PERIOD)
        ):
            doubts.append("more than a figure")
        if is_year(chosen) and self._may_be_year(chosen):
            doubts.append("perhaps a year")
        return doubts


_MILD = frozenset(
    {
        "ok",
        "okay",
        "good",
        "bad",
        "slow",
        "low",
        "bien",
        "mal",
        "poco",
        "bon",
        "same",
        "up",
        "down",
        "normal",
        "bom",
        "goed",
    }
)
"""Vague words that may stand before a figure as a remark of their own."""

"""What a conversation costs: every built-in flow held once in each language, counted in messages and SMS segments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from bot.channels.registry import CHANNELS, SPECS
from bot.flows.catalog import FLOWS
from bot.flows.engine import advance, begin
from bot.flows.followup import FOLLOWUP
from bot.flows.form import Begin, Context, Event, Flow, Heard, Question
from bot.flows.state import State
from bot.indicators import EMPLOYEES_FULL, EMPLOYEES_PART, SALES_MONTH
from bot.messages.prices import Prices, shown
from bot.messages.shape import shape
from bot.model import LANGUAGES, Kind, Message, Param, Reading, ReadingKind, Say, Term
from bot.text.language import Catalogs
from bot.text.render import Voice, join, speak

SPOKEN_IN = {"en": "LC", "es": "DO", "fr": "HT", "pt": "BR", "ht": "HT", "nl": "SR"}
"""The country that stands for a language: its money and its way to write figures."""

MONEY = {
    "LC": ("XCD", "EC$"),
    "DO": ("DOP", "RD$"),
    "HT": ("HTG", "gourdes"),
    "BR": ("BRL", "R$"),
    "SR": ("SRD", "SRD"),
}
AT = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
SALES = {"XCD": 5200, "DOP": 105_000, "HTG": 250_000, "BRL": 8000, "SRD": 60_000}
"""What a small business sells in a month, so that figures are as long as they are in life."""
TYPED = {Kind.COUNT: "2", Kind.PERCENT: "10", Kind.DATE: "2026-03-01", Kind.YEAR: "1985", Kind.TEXT: "Sol y Mar"}
WE_BEGIN = ("followup", "training", "training.reminder", "training.promotion", "training.feedback")
"""Flows whose first message goes out before the client has written: on WhatsApp as a template."""
LONGEST = 40  # turns; no flow is longer


@dataclass(frozen=True, slots=True)
class Cost:
    """One flow from its first prompt to its last word. `segments` are SMS segments, elsewhere messages."""

    flow: str
    language: str
    channel: str
    messages: int
    segments: int
    longest: str

    @property
    def per_message(self) -> float:
        return self.segments / self.messages


def costs(catalogs: Catalogs, *, all_changed: bool = False) -> list[Cost]:
    """Every flow in every language on every channel, answered without a detour; `longest` is its longest message.

    In a follow-up the sales and one number of people have changed, and there is nothing from abroad or borrowed;
    `all_changed`: every figure is another one than the last time.
    """
    found = []
    for flow in FLOWS.values():
        for language in LANGUAGES:
            said = list(_said(flow, language, catalogs, all_changed))
            for channel in CHANNELS:
                shaped = [shape(message, channel) for message in said]
                longest = max(shaped, key=lambda each: (each.segments, len(each.text))).text
                segments = sum(each.segments for each in shaped)
                found.append(Cost(flow.name, language, channel, len(shaped), segments, longest))
    return found


def price(cost: Cost, prices: Prices) -> Decimal | None:
    """What we pay for the messages that we send, in the country that stands for the language."""
    templates = int(SPECS[cost.channel].window is not None and cost.flow in WE_BEGIN)
    return prices.of(cost.channel, SPOKEN_IN[cost.language], cost.segments, templates=templates)


def per_prompt(usual: list[Cost], longest: list[Cost], flow: str = "followup") -> str:
    """A table of one flow by SMS in each language: messages, segments, and segments for a message, usual and longest."""
    lines = [
        "| language | messages | segments | a message | every figure changed: segments | a message |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for cost, most in zip(usual, longest, strict=True):
        if cost.flow == flow and SPECS[cost.channel].counts_segments:
            counted = f"{cost.messages} | {cost.segments} | {cost.per_message:.2f}"
            lines.append(f"| {cost.language} | {counted} | {most.segments} | {most.per_message:.2f} |")
    return "\n".join(lines) + "\n"


def markdown(found: list[Cost], prices: Prices | None = None) -> str:
    """A table with a row for each flow and channel, and a column of segments / messages for each language, with the price
    where `prices` knows it."""
    cells = {(cost.flow, cost.channel, cost.language): _cell(cost, prices) for cost in found}
    rows = dict.fromkeys((cost.flow, cost.channel) for cost in found)
    lines = ["| flow | channel | " + " | ".join(LANGUAGES) + " |", "|---|---|" + "--:|" * len(LANGUAGES)]
    for flow, channel in rows:
        figures = " | ".join(cells[flow, channel, language] for language in LANGUAGES)
        lines.append(f"| {flow} | {channel} | {figures} |")
    return "\n".join(lines) + "\n"


def _cell(cost: Cost, prices: Prices | None) -> str:
    counted = f"{cost.segments} / {cost.messages}"
    paid = price(cost, prices) if prices else None
    return f"{counted}, {shown(paid)}" if paid else counted


def _said(flow: Flow, language: str, catalogs: Catalogs, all_changed: bool) -> Iterator[Message]:
    country = SPOKEN_IN[language]
    voice = Voice(language, country, "America/St_Lucia")
    context = sample_context(language, country, catalogs, all_changed=all_changed)
    state, event = begin(flow), _begin()
    for _turn in range(LONGEST):
        turn = advance(flow, state, event, context)
        says = [effect for effect in turn.effects if isinstance(effect, Say)]
        if says:
            yield join([speak(say, voice, catalogs) for say in says])
        state = turn.state
        if state.done or state.question is None:
            return
        event = _answer(flow, state, context, all_changed)
    raise RuntimeError(f"the flow {flow.name} does not come to an end")


def _begin() -> Event:
    return Begin(AT)


def _answer(flow: Flow, state: State, context: Context, all_changed: bool) -> Event:
    """The plainest answer: the first choice (one's own language where that is asked), a yes, a figure, a name."""
    question = flow.question(state.question or "")
    choices = [choice.id for choice in question.options(state.answers, context) if not choice.quiet]
    if state.pending is not None or (question.kind is Kind.YESNO and not choices):
        return Heard(AT, choice="yes")
    if choices:
        return Heard(AT, choice=context.language if context.language in choices else choices[0])
    if question.kind is Kind.AMOUNT:
        return Heard(AT, text=_amount(question, context.currency, all_changed))
    return Heard(AT, text=TYPED[question.kind])


def _amount(question: Question, currency: str, all_changed: bool) -> str:
    return "0" if question.no_is_zero and not all_changed else str(SALES[currency])


def _last_figures(currency: str, all_changed: bool) -> dict[str, Decimal]:
    """The figures before, so that those change which `costs` says."""
    last: dict[str, Decimal] = {}
    jobs_changed = all_changed
    for question in FOLLOWUP.questions:
        if question.indicator is None or not question.indicator.compared:
            continue
        if question.kind is Kind.AMOUNT:
            last[question.name] = Decimal(_amount(question, currency, all_changed)) * 9 / 10
        elif question.kind is Kind.COUNT:
            changed = all_changed or not jobs_changed
            last[question.name] = Decimal(TYPED[Kind.COUNT]) - changed
            jobs_changed = True
    return last


def sample_context(language: str, country: str, catalogs: Catalogs, *, all_changed: bool = False) -> Context:
    """A client as there are many, for what texts look like with somebody in them."""
    currency, symbol = MONEY[country]
    params: dict[str, Param] = {
        "center": "SBDC Castries",
        "currency": symbol,
        "first_name": "Marie-Ange",
        "code": "LC-4821",
        "idea": Term("IDEA"),
        "join": "JOIN LC",
        "counselor": "Jean Baptiste",
        "title": "Pricing your products",
        "when": AT,
        "place": "SBDC, Castries",
        "about": SALES_MONTH.name,
        "told": AT.date(),
        "business": "Marie's Bakery",
        "other": "Jean's Garage",
    }
    return Context(
        language=language,
        country=country,
        currency=currency,
        today=AT.date(),
        params=params,
        last=_last_figures(currency, all_changed),
        languages=LANGUAGES,
        spellings=catalogs.spellings,
        on_record={
            SALES_MONTH.name: Reading(ReadingKind.VALUE, Decimal(SALES[currency]), currency=currency),
            EMPLOYEES_FULL.name: Reading(ReadingKind.VALUE, Decimal(2)),
            EMPLOYEES_PART.name: Reading(ReadingKind.VALUE, Decimal(1)),
        },
    )

"""What a conversation costs: every built-in flow held once in each language, counted in messages and SMS segments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from bot.flows.catalog import FLOWS
from bot.flows.engine import advance, begin
from bot.flows.form import Begin, Context, Event, Flow, Heard
from bot.flows.state import State
from bot.language import Catalogs
from bot.model import CHANNELS, LANGUAGES, Kind, Message, Param, Say, Term
from bot.render import Voice, join, shape, speak

SPOKEN_IN = {"en": "LC", "es": "DO", "fr": "HT", "pt": "BR", "ht": "HT", "nl": "SR"}
"""The country that stands for a language: its money and its way to write figures."""

MONEY = {"LC": ("XCD", "EC$"), "DO": ("DOP", "RD$"), "HT": ("HTG", "gourdes"), "BR": ("BRL", "R$"), "SR": ("SRD", "SRD")}
AT = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
TYPED = {Kind.AMOUNT: "4500", Kind.COUNT: "2", Kind.PERCENT: "10", Kind.DATE: "2026-03-01", Kind.TEXT: "Sol y Mar"}
FIGURES = {"sales_month": 4000, "employees_full": 1, "employees_part": 1, "exports_month": 4000, "financing": 4000}
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


def costs(catalogs: Catalogs) -> list[Cost]:
    """Every flow in every language on every channel, answered without a detour; `longest` is its longest message."""
    found = []
    for flow in FLOWS.values():
        for language in LANGUAGES:
            said = list(_said(flow, language, catalogs))
            for channel in CHANNELS:
                shaped = [shape(message, channel) for message in said]
                longest = max(shaped, key=lambda each: (each.segments, len(each.text))).text
                segments = sum(each.segments for each in shaped)
                found.append(Cost(flow.name, language, channel, len(shaped), segments, longest))
    return found


def markdown(found: list[Cost]) -> str:
    """A table with a row for each flow and channel, and a column of segments / messages for each language."""
    cells = {(cost.flow, cost.channel, cost.language): f"{cost.segments} / {cost.messages}" for cost in found}
    rows = dict.fromkeys((cost.flow, cost.channel) for cost in found)
    lines = ["| flow | channel | " + " | ".join(LANGUAGES) + " |", "|---|---|" + "--:|" * len(LANGUAGES)]
    for flow, channel in rows:
        figures = " | ".join(cells[flow, channel, language] for language in LANGUAGES)
        lines.append(f"| {flow} | {channel} | {figures} |")
    return "\n".join(lines) + "\n"


def _said(flow: Flow, language: str, catalogs: Catalogs) -> Iterator[Message]:
    country = SPOKEN_IN[language]
    voice = Voice(language, country, "America/St_Lucia")
    context = sample_context(language, country, catalogs)
    state, event = begin(flow), _begin()
    for _turn in range(LONGEST):
        turn = advance(flow, state, event, context)
        says = [effect for effect in turn.effects if isinstance(effect, Say)]
        if says:
            yield join([speak(say, voice, catalogs) for say in says])
        state = turn.state
        if state.done or state.question is None:
            return
        event = _answer(flow, state, context)
    raise RuntimeError(f"the flow {flow.name} does not come to an end")


def _begin() -> Event:
    return Begin(AT)


def _answer(flow: Flow, state: State, context: Context) -> Event:
    """The plainest answer: the first choice (one's own language where that is asked), a yes, a figure, a name."""
    question = flow.question(state.question or "")
    choices = [choice.id for choice in question.options(state.answers, context) if not choice.quiet]
    if state.pending is not None or (question.kind is Kind.YESNO and not choices):
        return Heard(AT, choice="yes")
    if choices:
        return Heard(AT, choice=context.language if context.language in choices else choices[0])
    return Heard(AT, text=TYPED[question.kind])


def sample_context(language: str, country: str, catalogs: Catalogs) -> Context:
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
    }
    return Context(
        language=language,
        country=country,
        currency=currency,
        today=AT.date(),
        params=params,
        last={name: Decimal(figure) for name, figure in FIGURES.items()},
        languages=LANGUAGES,
        spellings=catalogs.spellings,
    )

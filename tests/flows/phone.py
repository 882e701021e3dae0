"""A phone that talks to a flow without a database: lines go in, a transcript comes out.

At every turn the state is written as JSON and read back, on a frozen clock and with a frozen client code.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from bot.countries import COUNTRIES
from bot.flows.catalog import FLOWS
from bot.flows.engine import Step, advance, begin
from bot.flows.form import (
    Aside,
    Attribute,
    Begin,
    ChangeFigures,
    Closed,
    Consent,
    Context,
    Drop,
    Effect,
    Event,
    FigureReply,
    Finish,
    HandOver,
    Heard,
    Keep,
    Measure,
    Nudged,
    Profile,
    SetLanguage,
)
from bot.flows.state import State
from bot.indicators import INDICATORS
from bot.messages.shape import Shaped, shape
from bot.model import LANGUAGES, Message, Param, Reading, ReadingKind, Say, Term, _
from bot.text.language import Catalogs
from bot.text.render import Voice, join, speak
from tests.flows.scripts import Client, Reply

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
TODAY = date(2026, 3, 10)
CODE = "4K7PQ"


def carried(state: State) -> State:
    """The state as the database hands it to the next turn."""
    again = State.from_json(json.loads(json.dumps(state.to_json())))
    assert again == state
    return again


@dataclass
class Phone:
    client: Client
    flow: str
    channel: str
    language: str = ""
    name: str = ""
    #: Why staff query a figure, as they tell the client.
    reason: str = ""
    state: State = field(init=False)
    shown: Shaped | None = None
    turns: list[Step] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.language = self.client.language
        self.name = "" if self.flow == "registration" else self.client.name
        self.state = begin(FLOWS[self.flow])

    # --- the conversation --------------------------------------------------------------------------------------------

    def replay(self, replies: Sequence[Reply]) -> str:
        self.take("(begins)", Begin(NOW))
        for reply in replies:
            self.reply(reply)
        return "\n".join(self.lines).strip() + "\n"

    def reply(self, reply: Reply) -> None:
        match reply.text:
            case "@nudge":
                self.take("(a day without a word)", Nudged(NOW))
                return
            case "@close":
                self.take("(time is up)", Closed(NOW))
                return
        if reply.text.startswith("@"):
            self.take(f"> {reply.text}", Heard(NOW, media=reply.text[1:]))
            return
        label = self.label(reply.choice)
        if label is not None:
            self.take(f"> [{label}]", Heard(NOW, choice=reply.choice))
        else:
            self.take(f"> {reply.text}", Heard(NOW, reply.text))

    def label(self, choice: str | None) -> str | None:
        """What stands on the button of the last message that gives `choice`, where there is one."""
        buttons = (*self.shown.buttons, *self.shown.rows) if self.shown else ()
        return next((button.label for button in buttons if button.id == choice), None)

    def take(self, line: str, event: Event) -> None:
        turn = advance(FLOWS[self.flow], carried(self.state), event, self.context())
        self.state = carried(turn.state)
        self.turns.append(turn)
        self.lines += ["", line, *self.happened(turn), *self.heard(turn)]

    def context(self) -> Context:
        country = COUNTRIES[self.client.country]
        first_name = self.name.split()[0] if self.name else Term(_("friend"))
        params: dict[str, Param] = {
            "center": self.client.center,
            "currency": country.symbol,
            "first_name": first_name,
            "code": CODE,
            "idea": Term(_("IDEA")),
            "join": f"JOIN {self.client.country}",
            "counselor": Term(_("A counselor")),
            "about": "sales_month",
            "told": date(2026, 3, 3),
            "reason": self.reason,
        }
        return Context(
            language=self.language,
            country=country.code,
            currency=country.currency,
            today=TODAY,
            params=params,
            last=self.client.last if self.flow == "followup" else {},
            languages=LANGUAGES,
            spellings=Catalogs.load().spellings,
            on_record={
                name: Reading(ReadingKind.VALUE, value, currency=country.currency if INDICATORS[name].money else None)
                for name, value in self.client.last.items()
            },
        )

    # --- what is written down ----------------------------------------------------------------------------------------

    def heard(self, turn: Step) -> list[str]:
        """The one message of the turn as the phone shows it, in the language that the turn has set by then."""
        messages: list[Message] = []
        for effect in turn.effects:
            match effect:
                case Say():
                    country = COUNTRIES[self.client.country]
                    voice = Voice(self.language, country.code, country.zone)
                    messages.append(speak(effect, voice, Catalogs.load()))
                case SetLanguage():
                    self.language = effect.language
                case Profile(field="name"):
                    self.name = effect.value
        if not messages:
            return []
        self.shown = shaped = shape(join(messages), self.channel)
        lines = [f"< {line}" for line in shaped.text.split("\n")]
        if shaped.buttons:
            lines.append("< " + " ".join(f"[{button.label}]" for button in shaped.buttons))
        lines += [f"< [= {button.label}]" for button in shaped.rows]
        if self.channel == "sms":
            lines.append(f"  ({shaped.segments} SMS, {shaped.encoding})")
        return lines

    def happened(self, turn: Step) -> list[str]:
        told = [words for effect in turn.effects if (words := in_words(effect))]
        if turn.state.pending is not None:
            told.append(f"awaits a yes to {figure(turn.state.pending)}")
        return ["= " + "; ".join(told)] if told else []


def in_words(effect: Effect) -> str:
    """An effect as a few words of the transcript; what is said stands there itself."""
    match effect:
        case Say():
            return ""
        case Keep():
            return f"keep {effect.question} {figure(effect.reading)}"
        case Drop():
            return f"take back {effect.question}"
        case Consent():
            return f"{effect.kind} consent {'yes' if effect.granted else 'no'}"
        case Profile():
            return f"{effect.field} is {effect.value}"
        case SetLanguage():
            return f"speak {effect.language}"
        case Measure():
            kind = f" ({effect.kind})" if effect.kind else ""
            return f"measure {effect.indicator} {figure(effect.reading)}{kind}"
        case Attribute():
            return f"the center helped: {effect.answer}"
        case ChangeFigures():
            return "change the figures"
        case FigureReply():
            return f"reply on {effect.indicator} {figure(effect.reading)}"
        case HandOver():
            return f"hand over: {effect.reason}"
        case Aside():
            return f"aside {effect.command}"
        case Finish():
            return effect.result
        case _:
            return type(effect).__name__.lower()


def figure(reading: Reading) -> str:
    """A reading as it stands in a transcript: "15000 DOP a week, about"."""
    value = reading.value
    if value is None:
        return reading.outcome.value
    said = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
    if isinstance(value, Decimal):
        said = f"{value:f}"
    parts = [said, reading.currency or "", f"a {reading.period}" if reading.period else ""]
    return " ".join(part for part in parts if part) + (", about" if reading.approximate else "")

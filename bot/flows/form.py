"""What a form is: questions with their kind, wording and relevance, and what their answers mean.

A flow is data with one function. Whatever happens because of an answer is an effect, a value that the service carries
out in the transaction of the turn; nothing here reaches the database, a channel or the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bot.answers.commands import Command, recognise
from bot.indicators import Indicator, Period
from bot.model import Choice, Kind, Param, Reading, ReadingKind, Say

Answers = Mapping[str, Reading]


@dataclass(frozen=True, slots=True)
class Context:
    """What a conversation knows beside its own answers.

    `last`: the client's last kept figures by indicator. `params`: what the texts may name (center, first_name …).
    `spellings` gives a catalog text in every language; `today` is the client's local date. `profile_name` is how the
    person is called on the channel that they write on, where it tells. `on_record`: what is on record of the figures that
    the conversation is about, by indicator.
    """

    language: str
    country: str
    currency: str
    today: date
    params: Mapping[str, Param] = field(default_factory=dict)
    last: Mapping[str, Decimal] = field(default_factory=dict)
    languages: tuple[str, ...] = ("en",)
    spellings: Callable[[str], tuple[str, ...]] = lambda text: (text,)
    profile_name: str | None = None
    on_record: Mapping[str, Reading] = field(default_factory=dict)


# --- effects ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Keep:
    """An answer to keep, in the words it came in."""

    question: str
    reading: Reading
    raw: str


@dataclass(frozen=True, slots=True)
class Drop:
    """An answer that the client took back; its row stays, marked."""

    question: str


@dataclass(frozen=True, slots=True)
class Consent:
    """`kind` is service or survey; `version` names the wording agreed to."""

    kind: str
    granted: bool
    version: str


@dataclass(frozen=True, slots=True)
class Profile:
    """One field of the client's record."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Personal:
    """What the owner told of themselves: sex (f, m or x) or birth_year (four digits)."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class SetLanguage:
    language: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure for the outcomes: the reading of `question` counts for `indicator`."""

    indicator: str
    question: str
    reading: Reading
    #: Of financing: loan, grant or equity, where it was told.
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Attribute:
    """What the client wrote about the center's part in figures that staff noted: yes, partly or no."""

    answer: str


@dataclass(frozen=True, slots=True)
class ChangeFigures:
    """The figures that staff noted are not right: the client changes them."""


@dataclass(frozen=True, slots=True)
class FigureReply:
    """What the client answered to a query: the figure that is right."""

    indicator: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class OptOut:
    pass


@dataclass(frozen=True, slots=True)
class HandOver:
    """A person is wanted; `reason` is a short English phrase for the counselor."""

    reason: str


@dataclass(frozen=True, slots=True)
class Rsvp:
    """yes, no or maybe."""

    answer: str


@dataclass(frozen=True, slots=True)
class Feedback:
    rating: str


@dataclass(frozen=True, slots=True)
class Erase:
    """Everything held about the client goes, but the fact that they asked."""


@dataclass(frozen=True, slots=True)
class RegisterAnother:
    """Another business is registered on this phone."""

    #: Of the same person; else somebody else is to own it.
    of_who_speaks: bool


@dataclass(frozen=True, slots=True)
class SameBusiness:
    """The client and the other one of the conversation are one business."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A command that belongs to no flow (language, link, my data …), for `bot/service/commands.py`; the open question is asked again."""

    command: str
    text: str


@dataclass(frozen=True, slots=True)
class Reopen:
    """Ask this question again, then the review."""

    question: str


@dataclass(frozen=True, slots=True)
class Finish:
    """completed, partial, refused, stopped or replaced."""

    result: str


Effect = (
    Say
    | Keep
    | Drop
    | Consent
    | Profile
    | Personal
    | SetLanguage
    | Measure
    | Attribute
    | ChangeFigures
    | FigureReply
    | OptOut
    | HandOver
    | Rsvp
    | Feedback
    | Erase
    | RegisterAnother
    | SameBusiness
    | Aside
    | Reopen
    | Finish
)


# --- events ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Begin:
    at: datetime


@dataclass(frozen=True, slots=True)
class Heard:
    """A message."""

    at: datetime
    text: str = ""
    #: The id of a tapped button.
    choice: str | None = None
    media: str | None = None
    #: Whether the button belonged to an earlier question.
    stale: bool = False
    #: The command that the whole text is, recognised once; None for a button.
    command: Command | None = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "command", recognise(self.text) if self.choice is None else None)


@dataclass(frozen=True, slots=True)
class Nudged:
    at: datetime


@dataclass(frozen=True, slots=True)
class Resumed:
    """Another conversation came to its end; this one goes on."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Closed:
    """Time is up: what was given is kept as partial."""

    at: datetime


Event = Begin | Heard | Nudged | Resumed | Closed


# --- forms -----------------------------------------------------------------------------------------------------------


def always(answers: Answers, context: Context) -> bool:
    return True


def no_suggestion(context: Context) -> str | None:
    return None


def nothing(reading: Reading, answers: Answers, context: Context) -> tuple[Effect, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Question:
    """One prompt.

    `opening` is the wording when the question opens the conversation, `again` a shorter one for asking once more; `no_is_zero`: a plain
    no is an answer; `offered` gives choices that depend on the
    context; `leads` gives what is said before the question, line by line (the figures of a review); `required`
    questions cannot be skipped. `on_record`: what is on record of it is read back first, and asked for where it is wrong. A text may be `suggested` from what is known and is then asked for by `suggestion`, which
    names it as {suggested}. `place`: a location that is shared is an answer.
    """

    name: str
    kind: Kind
    text: str
    choices: tuple[Choice, ...] = ()
    indicator: Indicator | None = None
    opening: str = ""
    again: str = ""
    no_is_zero: bool = False
    required: bool = False
    place: bool = False
    on_record: bool = False
    suggestion: str = ""
    suggested: Callable[[Context], str | None] = no_suggestion
    relevant: Callable[[Answers, Context], bool] = always
    offered: Callable[[Answers, Context], tuple[Choice, ...]] | None = None
    leads: Callable[[Answers, Context], tuple[Say, ...]] | None = None
    then: Callable[[Reading, Answers, Context], tuple[Effect, ...]] = nothing

    def __post_init__(self) -> None:
        """Raises ValueError where an amount is asked for without its period: "600 a week" could not be read."""
        if self.kind is Kind.AMOUNT and (self.indicator is None or self.indicator.period is None):
            raise ValueError(f"question {self.name!r} asks for an amount and names no period")

    @property
    def period(self) -> Period | None:
        """The month or year that is asked for; None where another period is not converted."""
        return self.indicator.period if self.indicator is not None and self.indicator.of_a_period else None

    def options(self, answers: Answers, context: Context) -> tuple[Choice, ...]:
        return self.offered(answers, context) if self.offered else self.choices


def measured(indicator: Indicator, text: str, **more: Any) -> Question:
    """The question for an indicator; `more`: other fields of `Question`."""
    return Question(indicator.name, indicator.kind, text, indicator=indicator, **more)


@dataclass(frozen=True, slots=True)
class Flow:
    """A form. `finish` says what its answers mean; its second argument is False when time was up before the end.
    `optional`: its client may ignore it. Whatever is no answer to it is heard as if nothing were asked, and it gives way to
    any other conversation."""

    name: str
    version: int
    questions: tuple[Question, ...]
    finish: Callable[[Answers, bool, Context], tuple[Effect, ...]]
    nudge: str = ""
    optional: bool = False

    def question(self, name: str) -> Question:
        for question in self.questions:
            if question.name == name:
                return question
        raise KeyError(f"flow {self.name} has no question {name!r}")

    def following(self, answers: Answers, context: Context) -> Question | None:
        """The first question that still wants an answer."""
        for question in self.questions:
            if question.name not in answers and question.relevant(answers, context):
                return question
        return None


def chosen(answers: Answers, name: str) -> str | None:
    """The id picked for a choice question, if it was answered."""
    reading = answers.get(name)
    return reading.value if reading and isinstance(reading.value, str) else None


def said_yes(answers: Answers, name: str) -> bool:
    reading = answers.get(name)
    return bool(reading and reading.value is True)


def skipped() -> Reading:
    return Reading(ReadingKind.UNKNOWN, reason="skipped", hint="skipped")

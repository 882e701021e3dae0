"""A form filled in on one page: the engine run over replies that somebody types for a client, all of them at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.answers.commands import Command
from bot.answers.hints import sentence
from bot.flows.engine import SKIP, YES, Step, advance, begin
from bot.flows.form import Begin, Context, Flow, Heard, Question, Resumed
from bot.flows.state import State
from bot.model import Kind, Reading, Say

LONGEST_REPLY = 1000
"""Characters of a reply that are read."""


@dataclass(frozen=True, slots=True)
class Line:
    """One question on the page, with what was typed."""

    question: Question
    #: The prompt, with what can be picked.
    ask: Say
    typed: str
    #: What is kept; None where nothing was typed, or it could not be read.
    reading: Reading | None
    #: What must be agreed to before it is kept: the figure read back, and the words that agree to exactly this figure.
    read_back: Say | None = None
    agreement: str = ""
    agreed: bool = False
    #: Why the reply could not be read.
    problem: Say | None = None

    @property
    def open(self) -> bool:
        """Whether something is still to be typed or agreed to."""
        return self.problem is not None or (self.read_back is not None and not self.agreed)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page: its questions in their order, and the steps that the engine takes where all of them are clear."""

    lines: tuple[Line, ...]
    steps: tuple[Step, ...]
    #: Questions that these replies make pointless, in their order; what was typed for them is not kept.
    pointless: tuple[Line, ...] = ()

    @property
    def empty(self) -> bool:
        return not any(line.typed for line in self.lines)

    @property
    def complete(self) -> bool:
        return not self.empty and self.steps[-1].state.done and not any(line.open for line in self.lines)

    @property
    def as_read(self) -> str:
        """What all replies were read as, to tell whether somebody has seen just that."""
        return "; ".join(f"{line.question.name} {as_read(line.reading)}" for line in self.lines if line.reading)


def as_read(reading: Reading) -> str:
    """What a reply was read as, apart from the words it came in."""
    parts = (reading.outcome.value, reading.value, reading.currency, reading.period)
    return " ".join(str(part) for part in parts if part is not None)


def fill(flow: Flow, context: Context, at: datetime, replies: Mapping[str, str], agreed: Mapping[str, str]) -> Sheet:
    """Answer each question of the flow with the reply of its name; an empty one skips it, and the review at the end is
    agreed to. `agreed`: by question, the `agreement` of a figure that was read back.

    A question that has no clear reply yet is passed over, so that those after it are there to be answered too.
    """
    step = advance(flow, begin(flow), Begin(at), context)
    steps, lines = [step], dict[str, Line]()
    while not step.state.done and step.state.question is not None and step.state.question not in lines:
        state = step.state
        question = flow.question(step.state.question)
        if question.kind is Kind.REVIEW:
            step = advance(flow, state, Heard(at, choice=question.options(state.answers, context)[0].id), context)
            steps.append(step)
            continue
        typed = " ".join(replies.get(question.name, "")[:LONGEST_REPLY].split())
        line, taken = _answer(flow, state, question, typed, agreed.get(question.name, ""), at, context)
        lines[question.name] = line
        steps += taken
        step = steps[-1] = _asked_again(flow, steps[-1], replies, lines, context)
    for name in step.state.answers:
        question = flow.question(name)
        if name not in lines and question.kind is not Kind.REVIEW:
            lines[name] = Line(question, _prompt(flow, step.state, name, at, context), "", None)
    ordered = (lines[question.name] for question in flow.questions if question.name in lines)
    pointless = tuple(
        Line(
            question,
            _prompt(flow, step.state, question.name, at, context),
            replies.get(question.name, "").strip(),
            None,
        )
        for question in flow.questions
        if question.name not in lines and question.kind is not Kind.REVIEW and not question.required
    )
    return Sheet(tuple(_with_reading(line, step.state) for line in ordered), tuple(steps), pointless)


def _answer(
    flow: Flow, state: State, question: Question, typed: str, agreed: str, at: datetime, context: Context
) -> tuple[Line, list[Step]]:
    ask = _prompt(flow, state, question.name, at, context)
    passed = advance(flow, state, Heard(at, choice=SKIP.id), context)
    heard = Heard(at, typed)
    if not typed or heard.command is Command.SKIP:
        return Line(question, ask, typed, None), [passed]
    if heard.command is not None:
        return Line(question, ask, typed, None, problem=Say(sentence("command"))), [passed]
    step = advance(flow, state, heard, context)
    if step.state.pending is not None:
        agreement = as_read(step.state.pending)
        yes = advance(flow, step.state, Heard(at, choice=YES.id), context)
        read_back = next(effect for effect in reversed(step.effects) if isinstance(effect, Say))
        return Line(question, ask, typed, None, read_back, agreement, agreed == agreement), [step, yes]
    if question.name in step.state.answers:
        return Line(question, ask, typed, None), [step]
    problem = next((effect for effect in step.effects if isinstance(effect, Say)), Say(sentence("empty")))
    if problem.question is not None:
        problem = Say(sentence("not_listed" if ask.choices else "empty"))
    return Line(question, ask, typed, None, problem=problem), [passed]


def _asked_again(
    flow: Flow, step: Step, replies: Mapping[str, str], lines: Mapping[str, Line], context: Context
) -> Step:
    """A question that was answered along with another one is asked all the same where a reply to it was typed."""
    own = {name for name in step.state.answers if name not in lines and replies.get(name, "").strip()}
    answers = {name: reading for name, reading in step.state.answers.items() if name not in own}
    following = flow.following(answers, context)
    if not own or following is None:
        return step
    return replace(step, state=replace(step.state, answers=answers, question=following.name, done=False))


def _prompt(flow: Flow, state: State, name: str, at: datetime, context: Context) -> Say:
    asking = replace(state, question=name, pending=None, done=False)
    effects = advance(flow, asking, Resumed(at), context).effects
    return next(effect for effect in reversed(effects) if isinstance(effect, Say))


def _with_reading(line: Line, state: State) -> Line:
    """What came of it in the end; another question may have answered this one as well."""
    reading = state.answers.get(line.question.name)
    return line if line.problem is not None or reading is None else replace(line, reading=reading)

"""One turn of a conversation: a flow, a state and an event in; a state and effects out. Pure and total."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from bot.answers import read
from bot.answers.ask import Ask, Option
from bot.answers.commands import Command, language_named
from bot.answers.examples import example
from bot.answers.hints import sentence
from bot.answers.periods import convert
from bot.flows.form import (
    Aside,
    Begin,
    Closed,
    Context,
    Drop,
    Effect,
    Event,
    Finish,
    Flow,
    HandOver,
    Heard,
    Keep,
    Nudged,
    OptOut,
    Question,
    Reopen,
    Resumed,
    SetLanguage,
    skipped,
)
from bot.flows.state import State
from bot.model import Choice, Kind, Money, Month, Param, Reading, ReadingKind, Say, Term, _

YES = Choice("yes", _("Yes"))
NO = Choice("no", _("No"))
YES_NO = (YES, NO)
BY_WORD = tuple(replace(choice, quiet=True) for choice in YES_NO)
"""Yes and no where most will write something else: as buttons, and never as numbered lines."""
SKIP = Choice("skip", _("Skip"), quiet=True, word=_("SKIP"))
PERSON = Choice("person", _("Talk to a person"), quiet=True, word=_("PERSON"))

ASIDES = frozenset(
    {Command.LANGUAGE, Command.LINK, Command.CODE, Command.DATA, Command.ERASE, Command.FOLLOWUP, Command.START}
)
READ_BACK = (Kind.AMOUNT, Kind.COUNT, Kind.PERCENT, Kind.DATE, Kind.YEAR)
PERIOD_NAMES = {
    "day": _("a day"),
    "week": _("a week"),
    "fortnight": _("a fortnight"),
    "month": _("a month"),
    "quarter": _("a quarter"),
    "year": _("a year"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """What an event makes of a conversation."""

    #: The conversation afterwards.
    state: State
    #: What is to be carried out, in this order.
    effects: tuple[Effect, ...]


def begin(flow: Flow) -> State:
    """A conversation that has said nothing yet."""
    return State(flow.name, flow.version)


def advance(flow: Flow, state: State, event: Event, context: Context) -> Step:
    """What `event` makes of the conversation. A finished one answers nothing."""
    if state.done:
        return Step(state, ())
    match event:
        case Begin():
            return _next(flow, state, context, (), opening=True)
        case Nudged():
            return Step(state, (Say(flow.nudge, context.params), *_ask(flow, state, context)) if flow.nudge else ())
        case Resumed():
            return Step(state, _ask(flow, state, context))
        case Closed():
            meaning = flow.finish(state.answers, False, context)
            return Step(replace(state, done=True, pending=None, raw=""), (*meaning, Finish("partial")))
        case Heard():
            return _hear(flow, state, event, context)


# --- hearing ---------------------------------------------------------------------------------------------------------


def _hear(flow: Flow, state: State, heard: Heard, context: Context) -> Step:
    if state.question is None:
        return _next(flow, state, context, (), opening=True)
    if heard.stale:
        return Step(
            state, (Say(_("That question is already closed. Here's the open one:")), *_ask(flow, state, context))
        )
    question = flow.question(state.question)
    if heard.media == "location" and not question.place:
        return _again(flow, state, question, "media", context)
    command = heard.command
    if heard.choice == SKIP.id:
        command = Command.SKIP
    elif heard.choice == PERSON.id:
        command = Command.PERSON
    if command is not None:
        return _obey(flow, state, question, command, heard, context)
    if heard.choice is None and question.kind is not Kind.TEXT and question.name != "language":
        named = language_named(heard.text)
        if named in context.languages:
            return Step(state, (SetLanguage(named), *_ask(flow, state, context)))
    if heard.media is not None and not heard.text:
        return _again(flow, state, question, "media", context)
    if not heard.text.strip() and heard.choice is None:
        return _again(flow, state, question, "empty", context)
    if state.pending is not None:
        return _confirmed(flow, state, question, heard, context)
    reading = _read(question, state, heard, context)
    if not reading.answered:
        if reading.hint == "complaint":
            return Step(state, (HandOver("complaint"), Say(sentence("complaint")), *_ask(flow, state, context)))
        return _again(flow, state, question, reading.hint, context)
    if question.kind is Kind.COUNT and reading.period is not None:
        return _again(flow, state, question, "wrong_kind", context)
    if _wants_yes(question, reading):
        state = replace(state, pending=reading, raw=heard.text, asked=state.asked + 1, tries=0)
        return Step(state, _ask(flow, state, context))
    return _keep(flow, state, question, reading, heard.text, context)


def _wants_yes(question: Question, reading: Reading) -> bool:
    if reading.value is None or question.kind not in READ_BACK:
        return False
    return reading.confirm or _stated_period(question, reading) is not None


def _stated_period(question: Question, reading: Reading) -> str | None:
    """The period that the reply stated, where it is not the one that was asked for."""
    asked = question.period
    return reading.period if asked and reading.period and reading.period != asked else None


def _confirmed(flow: Flow, state: State, question: Question, heard: Heard, context: Context) -> Step:
    pending = state.pending
    assert pending is not None
    corrected = _read(question, replace(state, pending=None), heard, context)
    reply = None if _another_figure(heard, corrected, pending) else heard.choice or _yes_or_no(heard.text)
    if reply == YES.id:
        kept = replace(_as_asked(question, pending), confirm=False)
        return _keep(flow, state, question, kept, state.raw, context)
    if reply == NO.id:
        state = replace(state, pending=None, raw="", asked=state.asked + 1)
        return Step(state, (Say(_("All right, let's try again.")), *_ask(flow, state, context)))
    if corrected.answered:
        if _wants_yes(question, corrected):
            state = replace(state, pending=corrected, raw=heard.text, asked=state.asked + 1, tries=0)
            return Step(state, _ask(flow, state, context))
        return _keep(flow, state, question, corrected, heard.text, context)
    return _again(flow, state, question, corrected.hint, context)


def _another_figure(heard: Heard, corrected: Reading, pending: Reading) -> bool:
    """Whether the reply names a figure of its own: "yes, 3000" and "no, 3000" are neither a yes nor a no to 2600."""
    if heard.choice is not None or corrected.outcome is not ReadingKind.VALUE or corrected.value == pending.value:
        return False
    agreement = read(heard.text, Ask(Kind.YESNO))
    numbered = heard.text.strip(" .)") in ("1", "2")
    return not agreement.answered or agreement.reason.startswith("begins") or (_digit(heard.text) and not numbered)


def _as_asked(question: Question, reading: Reading) -> Reading:
    """A figure in the period that was asked for, in whole units; what the client agreed to when they said yes."""
    stated = _stated_period(question, reading)
    if stated is None or question.period is None or not isinstance(reading.value, Decimal):
        return reading
    converted = convert(reading.value, stated, question.period)
    return replace(reading, value=Decimal(round(converted)), period=None, approximate=True)


def _yes_or_no(text: str) -> str | None:
    reading = read(text, Ask(Kind.YESNO))
    return {True: YES.id, False: NO.id}[reading.value] if isinstance(reading.value, bool) else None


def _read(question: Question, state: State, heard: Heard, context: Context) -> Reading:
    options = question.options(state.answers, context)
    if heard.choice is not None:
        if any(choice.id == heard.choice for choice in options):
            return _picked(question, heard.choice)
        if heard.choice == NO.id and question.suggestion:
            return DECLINED
        if heard.choice == YES.id and (suggested := question.suggested(context)):
            return _taken(suggested)
        if question.kind is Kind.YESNO and heard.choice in (YES.id, NO.id):
            return Reading(ReadingKind.VALUE, heard.choice == YES.id)
        return Reading(ReadingKind.ASK_AGAIN, hint="not_listed", reason="a button that this question does not have")
    ask = _ask_of(question, state, options, context)
    if (suggested := question.suggested(context)) and (answer := plain_yes_or_no(heard.text)):
        return _taken(suggested) if answer == YES.id else DECLINED
    if question.kind is Kind.REVIEW:
        return _read_review(heard.text, ask)
    reading = read(heard.text, ask)
    if not reading.answered and {YES.id, NO.id} <= {choice.id for choice in options}:
        return _among_others(question, ask, heard.text) or reading
    if (
        options
        and question.kind is not Kind.CHOICE
        and reading.outcome not in (ReadingKind.UNKNOWN, ReadingKind.REFUSED)
    ):
        by_word = read(heard.text, replace(ask, kind=Kind.CHOICE))
        if by_word.answered and isinstance(by_word.value, str) and any(char.isalpha() for char in heard.text):
            return _picked(question, by_word.value)
    unsure = not reading.answered or (reading.outcome is ReadingKind.ZERO and reading.confirm)
    if question.no_is_zero and unsure and _yes_or_no(heard.text) == NO.id and not _digit(heard.text):
        currency = context.currency if question.kind is Kind.AMOUNT else None
        return Reading(ReadingKind.ZERO, Decimal(0), currency=currency, reason="a no")
    return reading


DECLINED = Reading(ReadingKind.ASK_AGAIN, hint="declined", reason="not what was suggested")


def _taken(suggested: str) -> Reading:
    return Reading(ReadingKind.VALUE, suggested, reason="suggested, and the reply was yes")


def plain_yes_or_no(text: str) -> str | None:
    """A yes or a no and nothing else, for a name may begin with one."""
    reading = read(text, Ask(Kind.YESNO))
    return _yes_or_no(text) if not reading.reason.startswith("begins") else None


def _among_others(question: Question, ask: Ask, text: str) -> Reading | None:
    """A yes or no in any words; "yes, partly" is the choice beside them that it names."""
    others = tuple(option for option in ask.options if option.id not in (YES.id, NO.id))
    named = read(text, replace(ask, options=others))
    if others and named.answered:
        return named
    answer = _yes_or_no(text)
    return _picked(question, answer) if answer else None


def _digit(text: str) -> bool:
    """Whether a figure was meant: "2" answers a yes-or-no question with no, but not this one."""
    return any(char.isdigit() for char in text)


def _read_review(text: str, ask: Ask) -> Reading:
    picked = read(text, replace(ask, kind=Kind.CHOICE))
    if picked.answered:
        return picked
    answer = _yes_or_no(text)
    if answer is None:
        return picked
    return Reading(ReadingKind.VALUE, ask.options[0 if answer == YES.id else 1].id)


def _picked(question: Question, choice: str) -> Reading:
    return Reading(ReadingKind.VALUE, choice, reason="picked")


def _ask_of(question: Question, state: State, options: tuple[Choice, ...], context: Context) -> Ask:
    named = tuple(
        Option(
            choice.id,
            (choice.label,)
            if choice.literal
            else (*context.spellings(choice.label), *(context.spellings(choice.word) if choice.word else ())),
        )
        for choice in options
    )
    return Ask(
        kind=question.kind,
        indicator=question.indicator,
        country=context.country,
        language=context.language,
        today=context.today,
        asked=state.month_asked_on,
        last=context.last.get(question.name),
        currency=context.currency,
        options=named,
    )


# --- commands --------------------------------------------------------------------------------------------------------


def _obey(flow: Flow, state: State, question: Question, command: Command, heard: Heard, context: Context) -> Step:
    match command:
        case Command.STOP:
            stopped = replace(state, done=True, pending=None, raw="")
            return Step(stopped, (*flow.finish(state.answers, False, context), Finish("stopped"), OptOut()))
        case Command.HELP:
            return Step(state, (Say(HELP, context.params), *_ask(flow, state, context)))
        case Command.BACK:
            return _back(flow, state, context)
        case Command.SKIP:
            if question.required:
                return Step(state, (Say(_("I need an answer here to go on.")), *_ask(flow, state, context)))
            return _keep(flow, state, question, skipped(), heard.text, context)
        case Command.PAUSE:
            return Step(
                state, (Say(_("No rush, your answers are saved. Write to me any time and we'll go on from here.")),)
            )
        case Command.PERSON:
            return Step(state, (Aside(command.value, heard.text),))
        case _:
            return Step(state, (Aside(command.value, heard.text), *_ask(flow, state, context)))


HELP = _(
    "You can write BACK, SKIP, LATER, LANGUAGE, PERSON (to reach a counselor) or STOP. Only our staff see your answers."
)


def _back(flow: Flow, state: State, context: Context) -> Step:
    if state.pending is not None:
        state = replace(state, pending=None, raw="", asked=state.asked + 1)
        return Step(state, _ask(flow, state, context))
    if not state.path:
        return Step(state, (Say(_("This is the first question.")), *_ask(flow, state, context)))
    last = state.path[-1]
    answers = {name: reading for name, reading in state.answers.items() if name != last}
    state = replace(
        state, answers=answers, path=state.path[:-1], question=last, tries=0, asked=state.asked + 1, pending=None
    )
    return Step(state, (Drop(last), *_ask(flow, state, context)))


# --- moving on -------------------------------------------------------------------------------------------------------


def _keep(flow: Flow, state: State, question: Question, reading: Reading, raw: str, context: Context) -> Step:
    answers = {**state.answers, question.name: reading}
    path = (*state.path, question.name)
    effects: list[Effect] = [Keep(question.name, reading, raw)]
    for sibling, number in reading.other.items():
        if not any(q.name == sibling and q.relevant(answers, context) for q in flow.questions):
            continue
        earlier = answers.get(sibling)
        if earlier is None or earlier.value != number:
            given = Reading(
                ReadingKind.VALUE if number else ReadingKind.ZERO, number, reason=f"said with {question.name}"
            )
            answers[sibling] = given
            effects += [Drop(sibling)] if earlier else []
            effects.append(Keep(sibling, given, raw))
    for effect in question.then(reading, answers, context):
        if isinstance(effect, Reopen):
            dropped = {effect.question} | {q.name for q in flow.questions if q.kind is Kind.REVIEW or q is question}
            answers = {name: kept for name, kept in answers.items() if name not in dropped}
            path = tuple(name for name in path if name not in dropped)
            effects.append(Drop(effect.question))
        else:
            effects.append(effect)
    over = any(isinstance(effect, Finish) for effect in effects)
    kept = replace(state, answers=answers, path=path, tries=0, pending=None, raw="", done=over)
    return Step(kept, tuple(effects)) if over else _next(flow, kept, context, tuple(effects))


def _next(flow: Flow, state: State, context: Context, effects: tuple[Effect, ...], *, opening: bool = False) -> Step:
    question = flow.following(state.answers, context)
    if question is None:
        meaning = flow.finish(state.answers, True, context)
        return Step(replace(state, question=None, done=True), (*effects, *meaning, Finish("completed")))
    asked_on = state.month_asked_on or (context.today if question.period == "month" else None)
    state = replace(state, question=question.name, tries=0, asked=state.asked + 1, month_asked_on=asked_on)
    if question.on_record:
        state = replace(state, pending=context.on_record.get(question.name))
    return Step(state, (*effects, *_ask(flow, state, context, opening=opening)))


# --- asking ----------------------------------------------------------------------------------------------------------


def _ask(flow: Flow, state: State, context: Context, *, opening: bool = False, again: bool = False) -> tuple[Say, ...]:
    """The open prompt in words: the question, or the reading that awaits a yes."""
    if state.question is None:
        return ()
    question = flow.question(state.question)
    leads = question.leads(state.answers, context) if question.leads else ()
    if state.pending is not None:
        first = state.asked <= 1
        return (*(leads if first else ()), _read_back(question, state, state.pending, context))
    if question.on_record:
        leads = ()
    params: dict[str, Param] = {**context.params, "month": _month(state, context)}
    text = question.text
    if opening and question.opening:
        text = question.opening
    elif again and question.again:
        text = question.again
    options = question.options(state.answers, context)
    if question.kind is Kind.YESNO and not options:
        options = YES_NO
    if not again and (suggested := question.suggested(context)):
        text, options, params["suggested"] = question.suggestion, BY_WORD, suggested
    return (*leads, Say(text, params, options, question.name))


def _month(state: State, context: Context) -> Month:
    """What "last month" stands for in this conversation."""
    return state.month or Month.before(context.today)


def _read_back(question: Question, state: State, reading: Reading, context: Context) -> Say:
    params: dict[str, Param] = {"value": _shown(question, reading, context)}
    text = _("{value}, is that right?")
    stated = _stated_period(question, reading)
    if stated is not None:
        converted = _as_asked(question, reading)
        params["stated"] = params["value"]
        params["period"] = Term(PERIOD_NAMES[stated])
        params["value"] = _shown(question, converted, context)
        text = (
            _("{stated} {period} makes about {value} a month. Is that right?")
            if question.period == "month"
            else _("{stated} {period} makes about {value} a year. Is that right?")
        )
    elif question.period == "month":
        params["month"] = _month(state, context)
        text = _("{value} for {month}, is that right?")
    return Say(text, params, YES_NO, question.name)


def _shown(question: Question, reading: Reading, context: Context) -> Param:
    value = reading.value
    if isinstance(value, bool | None):
        return Term(YES.label if value else NO.label)
    if isinstance(value, str):
        return value
    if question.kind is Kind.AMOUNT:
        return Money(value, reading.currency or context.currency)
    return value


def _again(flow: Flow, state: State, question: Question, hint: str, context: Context) -> Step:
    """Ask once more, never with the same words: what was unclear and an example, then skipping, then a person."""
    state = replace(state, tries=state.tries + 1)
    ask = _ask_of(question, state, question.options(state.answers, context), context)
    says: list[Effect] = [Say(sentence(hint), {"month": _month(state, context)})]
    asked = _ask(flow, state, context, again=True)
    if state.pending is None and question.kind in (Kind.AMOUNT, Kind.COUNT, Kind.PERCENT, Kind.DATE):
        says.append(Say(_("For example: {example}"), {"example": example(ask)}))
    extra: tuple[Choice, ...] = ()
    if state.tries == 2 and not question.required:
        says.append(Say(_("Or write SKIP to leave it out.")))
        extra = (SKIP,)
    elif state.tries > 2:
        says.append(Say(_("Write PERSON and a counselor will help you.")))
        extra = (PERSON,)
    last = asked[-1]
    return Step(state, (*says, *asked[:-1], replace(last, choices=(*last.choices, *extra))))

"""What we say first: the messages that begin a conversation or take one up again, and their WhatsApp templates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.flows.catalog import FLOWS
from bot.flows.engine import advance, begin
from bot.flows.form import Begin, Context, Flow, Nudged, Question
from bot.flows.state import State
from bot.flows.training import CANCELLED
from bot.messages.announcements import ANNOUNCEMENTS
from bot.messages.conversation_costs import AT, SPOKEN_IN, WE_BEGIN, sample_context
from bot.messages.templates import Template, fields
from bot.model import LANGUAGES, Message, Reading, ReadingKind, Say, Term
from bot.text.language import Catalogs
from bot.text.render import Voice, join, speak, written

ZONE = "America/St_Lucia"
NUDGED = ("registration", "followup")
BEFORE_CONSENT = ("language", "consent")
"""Nobody is reminded of a registration to which they have not agreed yet."""
SAME_FOR_ALL = ("idea",)
"""Fields that hold the same for everybody, a word of the catalog: part of a template's wording."""


@dataclass(frozen=True, slots=True)
class Proactive:
    """`about` says which message it is: followup, or "followup reminder: sales_month"."""

    about: str
    template: Template


def proactive(catalogs: Catalogs, languages: Sequence[str] = LANGUAGES) -> Iterator[Proactive]:
    """Every message that may have to go out as a template, in these languages. A reminder of a read-back has none of
    its own, for it holds as many figures as the client gave: it is announced, like whatever somebody wrote freely."""
    for language in languages:
        voice = Voice(language, SPOKEN_IN[language], ZONE)
        context = sample_context(language, voice.country, catalogs)
        for about, says in (*_said(context), *_told(context)):
            message = join([speak(say, voice, catalogs) for say in says])
            if template := template_of(says, message, voice, catalogs):
                yield Proactive(about, template)


@cache
def template_names() -> frozenset[str]:
    """What the messages that have a template of their own are called."""
    return frozenset(one.template.name for one in proactive(Catalogs.load()))


def template_of(says: Sequence[Say], message: Message, voice: Voice, catalogs: Catalogs) -> Template | None:
    """The template of `message`, which is what `says` became for one client. None where a field stands for two things,
    as in a list of figures."""
    samples: dict[str, str] = {}
    text, wording = [], []
    for say in says:
        english, here = say.text, catalogs.translate(say.text, voice.language)
        for field in fields(say.text):
            param = say.params[field]
            value = written(param, voice, catalogs)
            if field in SAME_FOR_ALL:
                assert isinstance(param, Term)
                english, here = english.replace(f"{{{field}}}", param.text), here.replace(f"{{{field}}}", value)
            elif samples.setdefault(field, value) != value:
                return None
        text.append(english)
        wording.append(here)
    return Template("\n".join(text), "\n".join(wording), voice.language, samples, message.buttons)


def _said(context: Context) -> Iterator[tuple[str, list[Say]]]:
    for name in WE_BEGIN:
        yield name, _says(FLOWS[name], begin(FLOWS[name]), Begin(AT), context)
    for name in NUDGED:
        flow = FLOWS[name]
        for question in flow.questions:
            if question.leads is None and question.name not in BEFORE_CONSENT:
                says = _says(flow, _at(flow, question), Nudged(AT), context)
                yield f"{name} reminder: {question.name}", says


def _told(context: Context) -> Iterator[tuple[str, list[Say]]]:
    """What belongs to no conversation."""
    yield "training cancelled", [Say(CANCELLED, context.params)]
    for name, text in ANNOUNCEMENTS.items():
        yield f"announcement: {name}", [Say(text, context.params)]


def _at(flow: Flow, asked: Question) -> State:
    """The conversation when it has come to this question."""
    answers = {question.name: Reading(ReadingKind.UNKNOWN) for question in flow.questions if question is not asked}
    return State(flow.name, flow.version, asked.name, answers=answers, asked=1)


def _says(flow: Flow, state: State, event: Begin | Nudged, context: Context) -> list[Say]:
    return [effect for effect in advance(flow, state, event, context).effects if isinstance(effect, Say)]

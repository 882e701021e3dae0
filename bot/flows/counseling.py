"""Counseling: a client asks for a person; what it is about goes to their counselor."""

from __future__ import annotations

from bot.flows.form import Answers, Context, Effect, Flow, HandOver, Question, chosen
from bot.model import Kind, Say, _


def _finish(answers: Answers, complete: bool, context: Context) -> tuple[Effect, ...]:
    handover = HandOver(f"asks for a counselor: {chosen(answers, 'topic') or 'no topic given'}")
    if not complete:
        return (handover,)
    return (handover, Say(_("Thank you. {counselor} has your message and will write to you here."), context.params))


COUNSELING = Flow(
    name="counseling",
    version=1,
    questions=(Question("topic", Kind.TEXT, _("Of course. In a few words, what is it about?")),),
    finish=_finish,
)

"""What a client may tell about themselves: asked once, after the registration, in a message of its own."""

from __future__ import annotations

from datetime import timedelta

from bot.flows.engine import Step
from bot.flows.form import Effect, Personal
from bot.service import conversations
from bot.service.turn import Closing, EffectHandler, FlowHooks, TurnContext
from storage import schema

OPEN = timedelta(days=1)
"""How long an answer is taken."""


def ask(turn: TurnContext) -> None:
    """Whoever is known already, as the owner of another business, is not asked."""
    person = turn.known_person()
    if person.sex is None and person.birth_year is None:
        turn.post()
        conversations.begin(turn, "personal")


def keep(turn: TurnContext, conversation: schema.Conversation, result: Step, effect: Effect) -> None:
    assert isinstance(effect, Personal)
    person = turn.known_person()
    if effect.field == "sex":
        person.sex = effect.value
    else:
        person.birth_year = int(effect.value)


def closes(turn: TurnContext, conversation: schema.Conversation) -> Closing:
    return conversations.closes_itself(conversation, turn.now + OPEN)


HOOKS = {"personal": FlowHooks(closes)}
EFFECTS: dict[type[object], EffectHandler] = {Personal: keep}

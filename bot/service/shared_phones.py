"""One phone for several businesses: a second registration on it, going from one to the other, and two that are one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.answers.fold import fold
from bot.flows.catalog import FLOWS
from bot.flows.engine import Step
from bot.flows.engine import begin as first_state
from bot.flows.form import Effect, RegisterAnother, SameBusiness
from bot.model import Param, Reading, ReadingKind, Say, _
from bot.service import conversations
from bot.service.timers import subject_number
from bot.service.turn import Closing, EffectHandler, FlowHooks, TurnContext, called
from storage import businesses, client_codes, increments, schema
from storage.addresses import release
from storage.clients import get_client, lock_client
from storage.conversations import open_conversations
from storage.persons import add_beside_owner, person_of, serve, served

NEW = _("NEW")
SWITCH = _("SWITCH")
OPEN = timedelta(days=1)
"""How long the questions of this module wait."""


def ask_whose(turn: TurnContext) -> None:
    conversations.begin(turn, "another")


def register_another(turn: TurnContext, conversation: schema.Conversation, result: Step, effect: Effect) -> None:
    """Begin a registration of another business on this phone: of who speaks, whose name is known then, or of somebody
    else."""
    assert isinstance(effect, RegisterAnother)
    conversations.close(turn, conversation, "completed")
    first, speaks = turn.client, turn.known_person()
    client = schema.Client(
        code=client_codes.new_client_code(turn.db, turn.center),
        center_id=turn.center.id,
        language=turn.language,
        created_at=turn.now,
    )
    if effect.of_who_speaks:
        client.name, client.person_id = speaks.name, speaks.id
    turn.db.add(client)
    turn.db.flush()
    serve(turn.db, turn.address, first, speaks)
    serve(turn.db, turn.address, client, person_of(turn.db, client, turn.now))
    turn.post()
    _mean(turn, client)
    state = first_state(FLOWS["registration"])
    if effect.of_who_speaks:
        known = {"language": turn.language, "name": turn.name}
        answers = {name: Reading(ReadingKind.VALUE, value) for name, value in known.items() if value}
        state = replace(state, answers=answers)
    conversations.begin(turn, "registration", state=state)


def switches(turn: TurnContext, text: str) -> bool:
    """Whether a message was the word that goes to the next business of this phone."""
    if not turn.shared:
        return False
    if fold(text).strip(" .!\"'") not in {fold(spelling) for spelling in turn.catalogs.spellings(SWITCH)}:
        return False
    theirs = served(turn.db, turn.address)
    following = next((client for client in theirs if client.id > turn.client.id), theirs[0])
    _mean(turn, following)
    turn.say(Say(_("Good, now it's about {business}."), {"business": called(turn.client)}))
    return True


def asked_for(turn: TurnContext, conversation_id: int) -> schema.Conversation | None:
    """The conversation of another business of this phone, which is meant from now on."""
    if not turn.shared:
        return None
    for client in served(turn.db, turn.address):
        for conversation in open_conversations(turn.db, client.id):
            if conversation.id == conversation_id:
                _mean(turn, client)
                return conversation
    return None


def go_back(turn: TurnContext) -> None:
    """Nothing is open any more: what is open about another business of this phone is asked again."""
    if not turn.shared or turn.open_conversations():
        return
    for client in served(turn.db, turn.address):
        waiting = (FLOWS[conversation.flow] for conversation in open_conversations(turn.db, client.id))
        if client.id != turn.client.id and any(not flow.optional for flow in waiting):
            turn.post()
            _mean(turn, client)
            conversations.resume(turn)
            return


def give_back(turn: TurnContext) -> None:
    """Leave a shared phone to the other business, after a no at registration."""
    if turn.shared:
        release(turn.db, turn.address, turn.client.id)


def _mean(turn: TurnContext, client: schema.Client) -> None:
    turn.move_to(lock_client(turn.db, client.id))
    turn.address.client_id = client.id
    if turn.inbox is not None:
        turn.inbox.client_id = client.id


def ask_whether_same(turn: TurnContext, former: schema.Client) -> None:
    """Two registered clients met on one phone."""
    if former.business_id is None or former.business_id != turn.client.business_id:
        conversations.begin(turn, "another.same", f"client:{former.id}")


def _both(turn: TurnContext, conversation: schema.Conversation) -> Mapping[str, Param]:
    return {"business": called(turn.client), "other": called(_other(turn, conversation))}


def _other(turn: TurnContext, conversation: schema.Conversation) -> schema.Client:
    return get_client(turn.db, subject_number(conversation))


def same_business(turn: TurnContext, conversation: schema.Conversation, result: Step, effect: Effect) -> None:
    """Both clients are one business from now on, and each of their owners speaks for both. Who bears one name is one
    person."""
    other = lock_client(turn.db, _other(turn, conversation).id)
    business = businesses.share_business(turn.db, turn.client, other, turn.now)
    one, two = (person_of(turn.db, client, turn.now) for client in (turn.client, other))
    if fold(one.name or "") == fold(two.name or ""):
        businesses.same_owner(turn.db, turn.client, other, turn.now)
        turn.person = None
    else:
        add_beside_owner(turn.db, turn.client, two, other, turn.now)
        add_beside_owner(turn.db, other, one, turn.client, turn.now)
        serve(turn.db, turn.address, turn.client, two)
        turn.person = two
    increments.rewrite_business(turn.db, business)


def closes(turn: TurnContext, conversation: schema.Conversation) -> Closing:
    return conversations.closes_itself(conversation, turn.now + OPEN)


HOOKS = {"another": FlowHooks(closes), "another.same": FlowHooks(closes, params=_both)}
EFFECTS: dict[type[object], EffectHandler] = {RegisterAnother: register_another, SameBusiness: same_business}

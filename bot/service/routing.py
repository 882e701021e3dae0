"""What a client's message means: the first of an ordered list that takes it.

STOP comes before everything, then whether the assistant may speak at all, then buttons, codes and centers, then the words
of a command, and only then the question that is open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from bot.answers.commands import Command, center_code, join_code, recognise
from bot.flows.catalog import FLOWS
from bot.flows.form import Heard
from bot.flows.state import State
from bot.model import Inbound, Kind, Say, _
from bot.service import (
    commands,
    conversations,
    link_phone,
    linking,
    privacy,
    share_phone,
    shared_phones,
    trainings,
    window_queue,
)
from bot.service.buttons import Tap
from bot.service.staff_notices import tell_staff
from bot.service.turn import TurnContext
from storage import client_codes, link_codes, optouts, schema
from storage.centers import center_with_code
from storage.conversations import conversation_with

LONGEST_NOTICE = 1000
"""Characters of a message that are passed on to a counselor's phone."""


@dataclass(frozen=True, slots=True)
class ClientMessage:
    """A message of a client, with what is known of it before anything is done."""

    row: schema.Inbox
    inbound: Inbound
    #: What was announced to the client, who can read it from now on.
    held_back: Sequence[schema.Outbox]
    #: What an open question hears of it; it knows the command.
    event: Heard

    @classmethod
    def of(cls, row: schema.Inbox, inbound: Inbound, held_back: Sequence[schema.Outbox]) -> ClientMessage:
        return cls(row, inbound, held_back, conversations.heard(row, inbound.choice))

    @property
    def command(self) -> Command | None:
        """The command that was written; a button is none."""
        return self.event.command

    @property
    def text(self) -> str:
        return self.row.text or ""

    @property
    def choice(self) -> str | None:
        return self.inbound.choice


class Handled(Enum):
    """What is left to do after a route has taken a message."""

    SILENTLY = "nothing is said"
    ANSWERED = "what was said is posted"
    CONVERSED = "what was under way is taken up again, then all is posted"


Route = Callable[[TurnContext, ClientMessage], Handled | None]


def route(turn: TurnContext, message: ClientMessage) -> None:
    """Let the first route that takes the message answer it."""
    handled = _first(ROUTES, turn, message)
    if handled is Handled.CONVERSED and message.command is not Command.PAUSE:
        conversations.resume(turn)
        shared_phones.go_back(turn)
    if handled is not Handled.SILENTLY:
        turn.post()


def _first(routes: Sequence[Route], turn: TurnContext, message: ClientMessage) -> Handled:
    for takes in routes:
        handled = takes(turn, message)
        if handled is not None:
            return handled
    raise AssertionError("the last route takes everything")


# --- whether the assistant may speak ---------------------------------------------------------------------------------


def stop(turn: TurnContext, message: ClientMessage) -> Handled | None:
    """STOP, or the provider says that it was. Where the provider answers itself, we do not."""
    if message.inbound.opt_out is not True and message.command is not Command.STOP:
        return None
    if turn.opted_out:
        return Handled.SILENTLY
    privacy.opt_out(turn)
    return Handled.ANSWERED if message.inbound.opt_out is None else Handled.SILENTLY


def opted_out(turn: TurnContext, message: ClientMessage) -> Handled | None:
    """After a STOP only a clear word goes on. What is held may be seen and erased by everybody all the same."""
    if not turn.opted_out or _comes_back(turn, message):
        return None
    if message.command in (Command.DATA, Command.ERASE) or turn.open_conversations():
        _first(MEANINGS, turn, message)
    else:
        turn.say(Say(_("You asked me not to write, so I don't. Write START if you want to go on.")))
    return Handled.ANSWERED


def _comes_back(turn: TurnContext, message: ClientMessage) -> bool:
    """Whether the message undoes an opt-out."""
    joins = join_code(message.text) == turn.center.code
    if message.command is not Command.START and message.inbound.opt_out is not False and not joins:
        return False
    optouts.start(turn.db, turn.client, turn.address, turn.person)
    if turn.client.status == "registered":
        turn.say(Say(_("Welcome back, {first_name}! I'll write to you again."), turn.params()))
    return True


def refused(turn: TurnContext, message: ClientMessage) -> Handled | None:
    """Somebody who said no at registration."""
    if turn.client.status != "refused":
        return None
    if message.command is Command.START or join_code(message.text) == turn.center.code:
        turn.client.status = "new"
        conversations.begin(turn, "registration")
    else:
        turn.say(
            Say(_("You said no last time, and I keep nothing. Write {join} if you want to sign up."), turn.params())
        )
    return Handled.ANSWERED


def announced(turn: TurnContext, message: ClientMessage) -> Handled | None:
    """What was announced follows now; a message that only answers the announcement says nothing else."""
    window_queue.deliver(turn.db, turn.address, message.held_back, turn.now)
    return Handled.SILENTLY if window_queue.only_opens(message.held_back, message.inbound, message.command) else None


def taken_over(turn: TurnContext, message: ClientMessage) -> Handled | None:
    """A counselor speaks with the client: the message goes to them."""
    if turn.taken_by is None:
        return None
    name = turn.name or turn.client.code
    words = message.text[:LONGEST_NOTICE] or f"[{message.inbound.media or 'tap'}]"
    tell_staff(turn.db, turn.taken_by, turn.center.id, f"{name} ({turn.client.code}): {words}", turn.now)
    return Handled.SILENTLY


def shared_phone(turn: TurnContext, message: ClientMessage) -> Handled | None:
    """The answer to the question for a phone number."""
    if turn.client.status == "registered" and share_phone.heard(turn, message.inbound):
        return Handled.ANSWERED
    return None


# --- what it means ---------------------------------------------------------------------------------------------------


def tapped(turn: TurnContext, message: ClientMessage) -> Handled | None:
    """A button counts for the prompt that it was shown with, however late it is tapped."""
    tap = Tap.of(message.choice) if message.choice else None
    if tap is None:
        return None
    conversation = conversation_with(turn.db, turn.client.id, tap.conversation)
    if conversation is None:
        conversation = shared_phones.asked_for(turn, tap.conversation)
    if conversation is None:
        turn.say(Say(_("That button is from another conversation.")))
        return Handled.CONVERSED
    message.row.conversation_id = conversation.id
    if conversation.status == "open":
        current = conversation.state.get("asked", 0) == tap.asked
        conversations.step(turn, conversation, conversations.heard(message.row, tap.choice, stale=not current))
    elif not _changes_rsvp(turn, message, conversation, tap):
        turn.say(Say(_("That question is already closed, thank you.")))
    return Handled.CONVERSED


def _changes_rsvp(turn: TurnContext, message: ClientMessage, conversation: schema.Conversation, tap: Tap) -> bool:
    """An RSVP may be changed with the old buttons until the training starts."""
    if not trainings.changeable(turn, conversation):
        return False
    again = conversations.begin(turn, trainings.FLOW, conversation.subject)
    turn.messages = []
    conversations.step(turn, again, conversations.heard(message.row, tap.choice))
    return True


def menu(turn: TurnContext, message: ClientMessage) -> Handled | None:
    """An entry of the menu that was shown when no question was open."""
    if message.choice not in commands.MENU_IDS:
        return None
    under_way = turn.open_conversations()
    if under_way and not FLOWS[under_way[0].flow].optional:
        conversations.step(turn, under_way[0], Heard(turn.now, message.choice))
    else:
        commands.command(turn, message.choice, "")
    return Handled.CONVERSED


def link_code(turn: TurnContext, message: ClientMessage) -> Handled | None:
    """Six digits that this address was asked to show."""
    code = linking.six_digits(message.text)
    if code is None or not link_codes.is_awaited(turn.db, turn.address.id, turn.now):
        return None
    link_phone.link(turn, f"LINK {code}")
    return Handled.CONVERSED


def join(turn: TurnContext, message: ClientMessage) -> Handled | None:
    """A center's code from somebody who has begun already, or who is registered."""
    code = center_code(message.text, message.choice)
    if code is None:
        return None
    if turn.client.status == "registered":
        commands.joins_again(turn, code)
        return Handled.CONVERSED
    center = center_with_code(turn.db, code)
    if center is None or center.id == turn.center.id:
        if not turn.open_conversations():
            conversations.begin(turn, "registration")
        return Handled.CONVERSED
    conversations.close_all(turn, "replaced")
    turn.client.center_id = center.id
    turn.client.code = client_codes.new_client_code(turn.db, center)
    turn.center = center
    conversations.begin(turn, "registration")
    return Handled.CONVERSED


def switch(turn: TurnContext, message: ClientMessage) -> Handled | None:
    """The word that goes to another business of the same phone, whatever is asked."""
    return Handled.CONVERSED if shared_phones.switches(turn, message.text) else None


def newcomer(turn: TurnContext, message: ClientMessage) -> Handled | None:
    """Somebody who is not registered and whom nothing is asked."""
    if turn.client.status != "new" or turn.open_conversations() or message.command in (Command.DATA, Command.ERASE):
        return None
    conversations.begin(turn, "registration")
    return Handled.CONVERSED


def command_word(turn: TurnContext, message: ClientMessage) -> Handled | None:
    """One of the words that our texts name, unless a question waits for free text."""
    under_way = turn.open_conversations()
    asked = FLOWS[under_way[0].flow].question(under_way[0].state["question"]) if under_way else None
    if asked is not None and asked.kind is Kind.TEXT:
        return None
    return Handled.CONVERSED if commands.by_word(turn, message.text) else None


def ignoring(turn: TurnContext, message: ClientMessage) -> Handled | None:
    """Something else than an answer to a question that may be ignored. A first reply with a figure is meant as an answer,
    however unclear."""
    under_way = turn.open_conversations()
    if not under_way or not FLOWS[under_way[0].flow].optional:
        return None
    tries = State.from_json(under_way[0].state).tries
    unclear = tries == 0 and any(character.isdigit() for character in message.text)
    result = conversations.preview(turn, under_way[0], message.event)
    if message.command in IN_PLACE and (unclear or conversations.understood(result, tries)):
        return None
    commands.idle(turn, message.text, message.command)
    return Handled.CONVERSED


def idle(turn: TurnContext, message: ClientMessage) -> Handled | None:
    """Nothing is asked: a command, a center, a language or small talk."""
    if turn.open_conversations():
        return None
    commands.idle(turn, message.text, message.command if message.choice is None else recognise(message.text))
    return Handled.CONVERSED


def conversation(turn: TurnContext, message: ClientMessage) -> Handled | None:
    """The answer to what was asked last; where that makes no sense of it, to what was asked before."""
    under_way = turn.open_conversations()
    result = conversations.preview(turn, under_way[0], message.event)
    if not conversations.understood(result, State.from_json(under_way[0].state).tries):
        for other in under_way[1:]:
            instead = conversations.preview(turn, other, message.event)
            if conversations.understood(instead, State.from_json(other.state).tries):
                message.row.conversation_id = other.id
                conversations.apply(turn, other, instead)
                return Handled.CONVERSED
    conversations.apply(turn, under_way[0], result)
    return Handled.CONVERSED


IN_PLACE = (None, Command.SKIP, Command.BACK)
"""The commands that concern the open question alone, beside an answer."""
MEANINGS: tuple[Route, ...] = (
    tapped,
    menu,
    link_code,
    join,
    switch,
    newcomer,
    command_word,
    ignoring,
    idle,
    conversation,
)
ROUTES: tuple[Route, ...] = (stop, opted_out, refused, announced, taken_over, shared_phone, *MEANINGS)

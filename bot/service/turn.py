"""The turn of one client in one transaction: who is spoken with, where and when, and what is said becomes one message."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.countries import COUNTRIES, SYMBOLS
from bot.flows.engine import Step
from bot.flows.form import Effect
from bot.flows.state import State
from bot.messages.announcements import QUESTION, announced
from bot.messages.first_messages import template_names, template_of
from bot.messages.templates import fields
from bot.model import Button, Message, Param, Reading, Say, Term, _
from bot.service.rules import Rules
from bot.text.language import Catalogs
from bot.text.render import Voice, join, speak, written
from storage import schema
from storage.centers import get_center
from storage.conversations import open_conversations
from storage.persons import person_of, speaking
from storage.staff import counselor_of
from storage.turns import Db

FIRST_NAME = 20
"""Characters of a first name that a text repeats."""
BUSINESS_NAME = 24
"""Characters of the name of a business that a text repeats."""


@dataclass(frozen=True, slots=True)
class KeyedIn:
    """That figures come from staff, who type in what a client told them."""

    #: phone, visit or paper.
    how: str
    #: The actor as in the audit log.
    by: str
    #: The member of staff; None where the command line does not know one.
    staff_id: int | None

    @property
    def claimed(self) -> bool:
        """Whether nothing in the client's own hand says so."""
        return self.how != "paper"


@dataclass
class TurnContext:
    """One client, locked in this transaction, and what one message or timer makes of them."""

    db: Db
    wiring: Wiring
    #: A locked row.
    client: schema.Client
    center: schema.Center
    #: Where the reply goes.
    address: schema.Address
    now: datetime
    #: The message that began the turn; None where a timer or a member of staff did.
    inbox: schema.Inbox | None = None
    #: Whether we begin: nobody is waiting for what is said.
    bulk: bool = False
    #: Who speaks for the client on this phone; None where nobody is known yet.
    person: schema.Person | None = None
    #: Whether the phone is of other clients, too: then what is said begins with the name of the business.
    shared: bool = False
    #: The client's own counselor, or the one who acts.
    counselor: schema.Staff | None = None
    #: The member of staff who speaks with the client at the moment, while the assistant is silent.
    taken_by: int | None = None
    #: What was said so far, in order.
    messages: list[tuple[Say, Message]] = field(default_factory=list)
    #: The conversation that asked the last question of this turn.
    speaking: schema.Conversation | None = None
    #: The open conversations as they were read; `open_conversations` reads them once.
    under_way: list[schema.Conversation] | None = None
    #: The follow-up that figures were given for, which closing it need not read again.
    survey: schema.Followup | None = None
    #: The name that came with the message.
    profile_name: str | None = None
    #: Where no message brings the answers, but staff type them in.
    keyed_in: KeyedIn | None = None

    @property
    def catalogs(self) -> Catalogs:
        return self.wiring.catalogs

    @property
    def rules(self) -> Rules:
        return self.wiring.rules

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.center.zone)

    @property
    def language(self) -> str:
        """That of who speaks."""
        return (self.person.language if self.person else None) or self.client.language

    @property
    def name(self) -> str | None:
        """That of who speaks."""
        return self.person.name if self.person else self.client.name

    @property
    def voice(self) -> Voice:
        return Voice(self.language, self.center.country, self.center.zone)

    def params(self) -> dict[str, Param]:
        """What any text may name."""
        name = (self.name or "").split()
        return {
            "center": self.center.name,
            "currency": symbol(self.center.currency, self.center.country),
            "first_name": name[0][:FIRST_NAME] if name else Term(_("friend")),
            "code": self.client.code,
            "idea": Term(_("IDEA")),
            "join": f"JOIN {self.center.code}",
            "counselor": self.counselor.name if self.counselor else Term(_("A counselor")),
        }

    @property
    def opted_out(self) -> bool:
        """Whether who speaks, or somebody on this phone, wrote STOP."""
        stopped = (self.client.opted_out_at, self.address.opted_out_at, self.person and self.person.opted_out_at)
        return any(at is not None for at in stopped)

    def known_person(self) -> schema.Person:
        """Who speaks; the new owner of a client of whom nobody is known yet."""
        if self.person is None:
            self.person = person_of(self.db, self.client, self.now)
        return self.person

    def open_conversations(self) -> list[schema.Conversation]:
        """What is under way, the one that asked last first."""
        if self.under_way is None:
            self.under_way = open_conversations(self.db, self.client.id)
        return [conversation for conversation in self.under_way if conversation.status == "open"]

    def move_to(self, client: schema.Client) -> None:
        """Go on as another client, whose phone this turned out to be."""
        self.client = client
        self.center = get_center(self.db, client.center_id)
        self.person, self.shared = speaking(self.db, client, self.address)
        self.counselor = counselor_of(self.db, client)
        self.speaking, self.under_way = None, None

    def say(self, say: Say, conversation: schema.Conversation | None = None, state: State | None = None) -> None:
        """Add to the reply. `conversation` and `state`: whose prompt it is, which its buttons then name."""
        message = speak(say, self.voice, self.catalogs)
        if conversation is not None and state is not None:
            tag = f"~{conversation.id}.{state.asked}"
            message = replace(message, buttons=tuple(Button(b.id + tag, b.label, b.quiet) for b in message.buttons))
            if say.question is not None:
                self.speaking = conversation
        self.messages.append((say, message))

    def post(self) -> schema.Outbox | None:
        """Everything that was said, as one message in the outbox."""
        if not self.messages:
            return None
        says = [say for say, _message in self.messages]
        message = join([message for _say, message in self.messages])
        self.messages = []
        named = self.shared and self.client.status != "erased" and bool(self.client.business_name)
        if self.shared and self.speaking is not None and self.client.status != "erased":
            self.address.client_id = self.client.id
        question = State.from_json(self.speaking.state).question if self.speaking else None
        row = schema.Outbox(
            address_id=self.address.id,
            client_id=None if self.client.status == "erased" else self.client.id,
            conversation_id=self.speaking.id if self.speaking else None,
            channel=self.address.channel,
            queue=self.address.queue,
            text=f"{called(self.client)}: {message.text}" if named else message.text,
            buttons=buttons_json(message.buttons),
            language=self.language,
            flow=self.speaking.flow.split(".")[0] if self.speaking else None,
            question=question,
            bulk=self.bulk,
            due_at=self.now,
            created_at=self.now,
        )
        if self.bulk:
            template = template_of(says, message, self.voice, self.catalogs)
            if not self.shared and template is not None and template.name in template_names():
                row.template, row.variables = template.name, template.variables
            else:
                values = {name: written(self.params()[name], self.voice, self.catalogs) for name in fields(QUESTION)}
                row.template, row.variables = announced(QUESTION, self.language, values)
        self.db.add(row)
        return row


def called(client: schema.Client) -> str:
    """What a business is called in a text."""
    return (client.business_name or client.name or client.code)[:BUSINESS_NAME]


EffectHandler = Callable[[TurnContext, schema.Conversation, Step, Effect], None]
Closing = tuple[str, str, datetime]
"""The timer that closes a conversation: its kind, its subject and when it is due."""


def no_params(turn: TurnContext, conversation: schema.Conversation) -> Mapping[str, Param]:
    return {}


def no_figures(turn: TurnContext, conversation: schema.Conversation) -> Mapping[str, Decimal]:
    return {}


def nothing_on_record(turn: TurnContext, conversation: schema.Conversation) -> Mapping[str, Reading]:
    return {}


def not_noted(turn: TurnContext, conversation: schema.Conversation) -> None:
    pass


def no_subjects(turn: TurnContext, conversation: schema.Conversation, result: str) -> Sequence[str]:
    return ()


def not_finished(turn: TurnContext, conversation: schema.Conversation, result: str) -> None:
    pass


@dataclass(frozen=True, slots=True)
class FlowHooks:
    """What the subject of a flow adds to its conversations."""

    #: By which timer a conversation that nobody finishes is closed. No flow is without.
    closes: Callable[[TurnContext, schema.Conversation], Closing]
    #: After the row was made, before the first prompt.
    begun: Callable[[TurnContext, schema.Conversation], None] = not_noted
    #: What its texts may name beside `TurnContext.params`.
    params: Callable[[TurnContext, schema.Conversation], Mapping[str, Param]] = no_params
    #: The client's last figures by indicator, against which new ones are held.
    last_figures: Callable[[TurnContext, schema.Conversation], Mapping[str, Decimal]] = no_figures
    #: What is on record of the figures that it is about, by indicator.
    on_record: Callable[[TurnContext, schema.Conversation], Mapping[str, Reading]] = nothing_on_record
    #: After it was closed, however; the subjects whose timers end with it.
    closed: Callable[[TurnContext, schema.Conversation, str], Sequence[str]] = no_subjects
    #: After the flow itself said that it is finished, and how.
    finished: Callable[[TurnContext, schema.Conversation, str], None] = not_finished


@dataclass(frozen=True, slots=True)
class Wiring:
    """What every turn shares; put together once by the assistant."""

    catalogs: Catalogs
    rules: Rules
    #: By the name of the flow.
    hooks: Mapping[str, FlowHooks]
    #: By the type of the effect.
    effects: Mapping[type[object], EffectHandler]


def buttons_json(buttons: Sequence[Button]) -> list[dict[str, object]]:
    return [{"id": button.id, "label": button.label, "quiet": button.quiet} for button in buttons]


def symbol(currency: str, country: str) -> Param:
    """The sign by which people of the country know the currency; "in G?" would tell nobody that gourdes are meant."""
    if currency == "HTG":
        return Term(_("gourdes"))
    known = COUNTRIES.get(country)
    return known.symbol_of(currency) if known else SYMBOLS.get(currency, currency)

"""One client, one transaction: what a flow decided is carried out here, and what was said becomes one message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session as Db

from bot.countries import COUNTRIES, SYMBOLS
from bot.flows.catalog import FLOWS
from bot.flows.engine import Turn, advance, begin
from bot.flows.form import (
    Aside,
    Begin,
    Closed,
    Consent,
    Context,
    Drop,
    Effect,
    Erase,
    Event,
    Feedback,
    Finish,
    HandOver,
    Heard,
    Keep,
    Measure,
    OptOut,
    Profile,
    Resumed,
    Rsvp,
    SetLanguage,
)
from bot.flows.state import State
from bot.messages.announcements import QUESTION, announced
from bot.messages.first_messages import template_names, template_of
from bot.messages.templates import fields
from bot.model import LANGUAGES, Button, Message, Param, Say, Term
from bot.service import commands, followups, handovers, linking, outcomes, privacy, share_phone, trainings
from bot.service.rules import Rules
from bot.text.language import Catalogs, _
from bot.text.render import Voice, join, speak, written
from scheduler.policy import quiet_hours
from storage import outbox, schema, timers

TOKEN = re.compile(r"(?P<choice>.*)~(?P<conversation>\d{1,18})\.(?P<asked>\d{1,9})\Z", re.DOTALL)
NUDGE_AFTER, CLOSE_AFTER = timedelta(days=1), timedelta(days=30)
"""An unfinished registration is asked for once, and kept this long."""
CLOSE_OTHERS = {
    "counseling": timedelta(hours=1),
    "preferences": timedelta(days=1),
    "preferences.erase": timedelta(days=1),
}
"""How long a question that nobody needs an answer to stays open; a person who was asked for comes all the same."""
FIRST_NAME = 20
"""Characters of a first name that a text repeats."""


@dataclass(frozen=True, slots=True)
class Tap:
    """A button as it came back: which conversation it belonged to, and which prompt of it."""

    choice: str
    conversation: int
    asked: int

    @classmethod
    def of(cls, payload: str) -> Tap | None:
        match = TOKEN.match(payload)
        if match is None:
            return None
        return cls(match["choice"], int(match["conversation"]), int(match["asked"]))


@dataclass
class TurnContext:
    """The client is a locked row of this transaction. `address` is where the reply goes; `taken_by` is the member of staff
    who speaks with the client at the moment, while the assistant is silent; `under_way` is what `open_conversations` has
    read, and `survey` the follow-up that figures were told for, which closing it need not read again. `profile_name` came
    with the message."""

    db: Db
    catalogs: Catalogs
    rules: Rules
    client: schema.Client
    center: schema.Center
    address: schema.Address
    now: datetime
    inbox: schema.Inbox | None = None
    bulk: bool = False
    counselor: schema.Staff | None = None
    taken_by: int | None = None
    messages: list[tuple[Say, Message]] = field(default_factory=list)
    speaking: schema.Conversation | None = None
    asides: list[Aside] = field(default_factory=list)
    under_way: list[schema.Conversation] | None = None
    survey: schema.Followup | None = None
    profile_name: str | None = None

    # --- context -----------------------------------------------------------------------------------------------------

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.center.zone)

    @property
    def voice(self) -> Voice:
        return Voice(self.client.language, self.center.country, self.center.zone)

    def params(self) -> dict[str, Param]:
        """What any text may name."""
        name = (self.client.name or "").split()
        return {
            "center": self.center.name,
            "currency": symbol(self.center.currency, self.center.country),
            "first_name": name[0][:FIRST_NAME] if name else Term(_("friend")),
            "code": self.client.code,
            "idea": Term(_("IDEA")),
            "join": f"JOIN {self.center.code}",
            "counselor": self.counselor.name if self.counselor else Term(_("A counselor")),
        }

    def context(self, conversation: schema.Conversation) -> Context:
        params = self.params()
        last: dict[str, Decimal] = {}
        if conversation.flow == "followup":
            last = outcomes.last_figures(self.db, self.client.id, self.center.currency)
        elif conversation.flow.startswith("training"):
            params |= self.training_params(conversation)
        return Context(
            language=self.client.language,
            country=self.center.country,
            currency=self.center.currency,
            today=self.now.astimezone(self.zone).date(),
            params=params,
            last=last,
            languages=LANGUAGES,
            spellings=self.catalogs.spellings,
            profile_name=self.profile_name,
        )

    def training_params(self, conversation: schema.Conversation) -> dict[str, Param]:
        enrollment, training = trainings.of_conversation(self.db, conversation, lock=True)
        params: dict[str, Param] = {"title": training.title, "when": training.starts_at, "place": training.place}
        if not trainings.has_seat(self.db, training, enrollment):
            params["full"] = 1
        return params

    # --- conversations -----------------------------------------------------------------------------------------------

    def open_conversations(self) -> list[schema.Conversation]:
        """What is under way, the one that asked last first."""
        if self.under_way is None:
            query = (
                select(schema.Conversation)
                .where(schema.Conversation.client_id == self.client.id, schema.Conversation.status == "open")
                .order_by(schema.Conversation.asked_at.desc(), schema.Conversation.id.desc())
            )
            self.under_way = list(self.db.scalars(query))
        return [conversation for conversation in self.under_way if conversation.status == "open"]

    def begin(self, flow: str, subject: str = "", state: State | None = None) -> schema.Conversation:
        """Start a conversation on top of what is under way; an earlier one about the same subject gives way. `state`:
        where it starts, if not at its beginning."""
        for earlier in self.open_conversations():
            if earlier.flow.split(".")[0] == flow.split(".", maxsplit=1)[0] and earlier.subject == subject:
                self.close(earlier, "replaced")
        form = FLOWS[flow]
        conversation = schema.Conversation(
            client_id=self.client.id,
            flow=flow,
            version=form.version,
            subject=subject,
            state=(state or begin(form)).to_json(),
            created_at=self.now,
            asked_at=self.now,
        )
        self.db.add(conversation)
        self.db.flush()
        assert self.under_way is not None
        self.under_way.insert(0, conversation)
        if flow == "registration":
            linking.forget_awaited(self.db, self.address, self.now)
            remembered = f"conversation:{conversation.id}"
            tomorrow = quiet_hours.next_allowed(self.now + NUDGE_AFTER, self.zone, self.rules.quiet_of(self.center))
            timers.plan(self.db, "registration.nudge", remembered, tomorrow, self.client.id)
            timers.plan(self.db, "registration.close", remembered, self.now + CLOSE_AFTER, self.client.id)
        elif flow in CLOSE_OTHERS:
            closing = self.now + CLOSE_OTHERS[flow]
            timers.plan(self.db, "conversation.close", f"conversation:{conversation.id}", closing, self.client.id)
        elif flow.startswith("training"):
            over = trainings.over(self.db, conversation, self.now)
            timers.plan(self.db, "training.over", f"conversation:{conversation.id}", over, self.client.id)
        self.step(conversation, Begin(self.now))
        return conversation

    def move_to(self, client: schema.Client) -> None:
        """Go on as another client, whose phone this turned out to be."""
        self.client = client
        self.center = self.db.get_one(schema.Center, client.center_id)
        self.counselor = self.db.get(schema.Staff, client.counselor_id) if client.counselor_id else None
        self.speaking, self.under_way = None, None

    def step(self, conversation: schema.Conversation, event: Event) -> None:
        """One event into one conversation, with all that follows from it."""
        self.apply(conversation, self.turn(conversation, event))

    def turn(self, conversation: schema.Conversation, event: Event) -> Turn:
        """What would follow; nothing is carried out."""
        state = State.from_json(conversation.state)
        return advance(FLOWS[conversation.flow], state, event, self.context(conversation))

    def apply(self, conversation: schema.Conversation, turn: Turn) -> None:
        if turn.state.asked != conversation.state.get("asked", 0) or not turn.state.done:
            conversation.asked_at = self.now
        conversation.state = turn.state.to_json()
        for effect in turn.effects:
            self.carry_out(conversation, turn, effect)
            if isinstance(effect, Aside):
                before = self.speaking
                self.aside(effect)
                if self.speaking is not before or conversation.status != "open":
                    return
        if turn.state.done and conversation.status == "open":
            self.close(conversation, "completed")

    def aside(self, effect: Aside) -> None:
        commands.command(self, effect.command, effect.text)

    def close(self, conversation: schema.Conversation, result: str) -> None:
        conversation.status, conversation.result, conversation.closed_at = "closed", result, self.now
        over = [f"conversation:{conversation.id}"]
        if conversation.flow == "followup" and followups.closed(self, conversation, result):
            over.append(conversation.subject)
        timers.cancel(self.db, *over, reason=f"{conversation.flow} {result}")

    def resume(self) -> None:
        """Go on with what was under way before, unless something still waits for an answer."""
        if self.speaking is not None and self.speaking.status == "open":
            return
        for conversation in self.open_conversations():
            self.step(conversation, Resumed(self.now))
            return

    def expire(self, conversation: schema.Conversation) -> None:
        """Time is up: keep what was given."""
        self.step(conversation, Closed(self.now))

    # --- effects -----------------------------------------------------------------------------------------------------

    def carry_out(self, conversation: schema.Conversation, turn: Turn, effect: Effect) -> None:
        match effect:
            case Say():
                self.say(effect, conversation, turn.state)
            case Keep():
                self.keep(conversation, effect)
            case Drop():
                self.take_back(conversation, effect.question)
            case Consent():
                self.consent(effect)
            case Profile():
                setattr(self.client, effect.field, written(effect.value, self.voice, self.catalogs)[:200])
            case SetLanguage():
                self.client.language = effect.language
            case Measure():
                self.measure(conversation, turn, effect)
            case OptOut():
                self.opt_out()
            case HandOver():
                self.hand_over(effect.reason)
            case Rsvp() | Feedback():
                trainings.answered(self, conversation, effect)
            case Erase():
                privacy.erase(self)
            case Finish():
                self.finish(conversation, effect.result)
            case _:
                pass

    def say(self, say: Say, conversation: schema.Conversation | None = None, state: State | None = None) -> None:
        message = speak(say, self.voice, self.catalogs)
        if conversation is not None and state is not None:
            tag = f"~{conversation.id}.{state.asked}"
            message = replace(message, buttons=tuple(Button(b.id + tag, b.label, b.quiet) for b in message.buttons))
            if say.question is not None:
                self.speaking = conversation
        self.messages.append((say, message))

    def keep(self, conversation: schema.Conversation, effect: Keep) -> None:
        reading = effect.reading
        text = reading.value
        self.db.add(
            schema.Answer(
                client_id=self.client.id,
                conversation_id=conversation.id,
                flow=conversation.flow,
                form_version=conversation.version,
                question=effect.question,
                outcome=reading.outcome.value,
                number=reading.value if isinstance(reading.value, Decimal) else None,
                text=str(text).lower() if isinstance(text, bool) else text if isinstance(text, str) else None,
                currency=reading.currency,
                raw=effect.raw or None,
                reading=reading.to_json(),
                channel=self.address.channel,
                inbox_id=self.inbox.id if self.inbox else None,
                at=self.now,
            )
        )

    def take_back(self, conversation: schema.Conversation, question: str) -> None:
        self.db.flush()
        self.db.execute(
            update(schema.Answer)
            .where(schema.Answer.conversation_id == conversation.id, schema.Answer.question == question)
            .values(taken_back=True)
        )

    def consent(self, effect: Consent) -> None:
        setattr(self.client, f"{effect.kind}_consent", effect.granted)
        self.db.add(
            schema.Consent(
                client_id=self.client.id,
                kind=effect.kind,
                granted=effect.granted,
                text_version=effect.version,
                language=self.client.language,
                channel=self.address.channel,
                inbox_id=self.inbox.id if self.inbox else None,
                at=self.now,
            )
        )

    def measure(self, conversation: schema.Conversation, turn: Turn, effect: Measure) -> None:
        """Every figure of the turn, when the first one comes."""
        told = [measure for measure in turn.effects if isinstance(measure, Measure)]
        if effect is told[0]:
            partial = "review" not in turn.state.answers
            self.survey = outcomes.record(self.db, self.client, conversation, told, partial=partial, now=self.now)

    def finish(self, conversation: schema.Conversation, result: str) -> None:
        self.close(conversation, result)
        if conversation.flow == "registration":
            if result == "completed":
                self.client.status, self.client.registered_at = "registered", self.now
                share_phone.ask(self)
            elif result == "refused":
                self.client.status = "refused"
                privacy.forget_words(self)
            elif not self.client.service_consent:
                privacy.forget_words(self)

    def opt_out(self) -> None:
        """Sticky, for the person: nothing goes out on any channel until a clear word brings it back. What is planned
        stays planned: whatever falls due meanwhile is dropped then, with its reason, and the rest still comes after a
        START."""
        if self.client.opted_out_at is None:
            self.client.opted_out_at = self.now
        for conversation in self.open_conversations():
            self.expire(conversation)
        outbox.withdraw(self.db, self.client.id, "client opted out")
        self.messages, self.speaking = [], None
        self.say(Say(_("All right, I won't write to you any more. If you change your mind, write START.")))

    def hand_over(self, reason: str) -> None:
        handovers.open_for(self, reason)

    # --- posting -----------------------------------------------------------------------------------------------------

    def post(self) -> schema.Outbox | None:
        """Everything that was said, as one message in the outbox."""
        if not self.messages:
            return None
        says = [say for say, _message in self.messages]
        message = join([message for _say, message in self.messages])
        self.messages = []
        question = State.from_json(self.speaking.state).question if self.speaking else None
        row = schema.Outbox(
            address_id=self.address.id,
            client_id=None if self.client.status == "erased" else self.client.id,
            conversation_id=self.speaking.id if self.speaking else None,
            channel=self.address.channel,
            queue=self.address.queue,
            text=message.text,
            buttons=buttons_json(message.buttons),
            language=self.client.language,
            flow=self.speaking.flow.split(".")[0] if self.speaking else None,
            question=question,
            bulk=self.bulk,
            due_at=self.now,
            created_at=self.now,
        )
        if self.bulk:
            template = template_of(says, message, self.voice, self.catalogs)
            if template is not None and template.name in template_names():
                row.template, row.variables = template.name, template.variables
            else:
                values = {name: written(self.params()[name], self.voice, self.catalogs) for name in fields(QUESTION)}
                row.template, row.variables = announced(QUESTION, self.client.language, values)
        self.db.add(row)
        return row


def buttons_json(buttons: Sequence[Button]) -> list[dict[str, object]]:
    return [{"id": button.id, "label": button.label, "quiet": button.quiet} for button in buttons]


def symbol(currency: str, country: str) -> Param:
    """The sign by which people of the country know the currency; "in G?" would tell nobody that gourdes are meant."""
    if currency == "HTG":
        return Term(_("gourdes"))
    known = COUNTRIES.get(country)
    return known.symbol_of(currency) if known else SYMBOLS.get(currency, currency)


def understood(turn: Turn, before: int) -> bool:
    """Whether a message made sense to the conversation: it kept something, read something back or obeyed."""
    if turn.state.pending is not None:
        return True
    return turn.state.tries <= before and any(not isinstance(effect, Say) for effect in turn.effects)


def heard(inbox: schema.Inbox, choice: str | None = None, *, stale: bool = False) -> Heard:
    return Heard(inbox.received_at, inbox.text or "", choice, inbox.media, stale)

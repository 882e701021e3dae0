"""Conversations: begun, advanced, closed and taken up again. Their subjects are known by their hooks alone."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from decimal import Decimal

from bot.flows.catalog import FLOWS
from bot.flows.engine import Step, advance
from bot.flows.engine import begin as first_state
from bot.flows.form import Aside, Begin, Closed, Context, Drop, Effect, Event, Finish, Heard, Keep, Nudged, Resumed
from bot.flows.state import State
from bot.model import LANGUAGES, Say
from bot.service.turn import Closing, EffectHandler, FlowHooks, TurnContext
from storage import schema, timers
from storage.conversations import open_conversations, take_back_answers
from storage.turns import Db


def subject_of(conversation: schema.Conversation) -> str:
    """Under which its own timers stand."""
    return f"conversation:{conversation.id}"


def hooks_of(turn: TurnContext, conversation: schema.Conversation) -> FlowHooks:
    return turn.wiring.hooks[conversation.flow]


def begin(
    turn: TurnContext,
    flow: str,
    subject: str = "",
    state: State | None = None,
    closes: Callable[[TurnContext, schema.Conversation], Closing] | None = None,
) -> schema.Conversation:
    """Start a conversation on top of what is under way; an earlier one about the same subject gives way, and one that may
    be ignored.

    `state`: where it starts, if not at its beginning. `closes`: by which timer it is closed, if not as its flow says.
    """
    for earlier in turn.open_conversations():
        same = family(earlier.flow) == family(flow) and earlier.subject == subject
        if same or FLOWS[earlier.flow].optional:
            close(turn, earlier, "replaced")
    form = FLOWS[flow]
    conversation = schema.Conversation(
        client_id=turn.client.id,
        flow=flow,
        version=form.version,
        subject=subject,
        state=(state or first_state(form)).to_json(),
        created_at=turn.now,
        asked_at=turn.now,
    )
    turn.db.add(conversation)
    turn.db.flush()
    assert turn.under_way is not None
    turn.under_way.insert(0, conversation)
    hooks = hooks_of(turn, conversation)
    hooks.begun(turn, conversation)
    kind, closing_subject, at = (closes or hooks.closes)(turn, conversation)
    timers.plan(turn.db, kind, closing_subject, at, turn.client.id)
    step(turn, conversation, Begin(turn.now))
    return conversation


def family(flow: str) -> str:
    """What the flows about one subject have in common: "training" of "training.feedback"."""
    return flow.partition(".")[0]


def step(turn: TurnContext, conversation: schema.Conversation, event: Event) -> None:
    """One event into one conversation, with all that follows from it."""
    apply(turn, conversation, preview(turn, conversation, event))


def preview(turn: TurnContext, conversation: schema.Conversation, event: Event) -> Step:
    """What would follow; nothing is carried out."""
    state = State.from_json(conversation.state)
    return advance(FLOWS[conversation.flow], state, event, context(turn, conversation))


def context(turn: TurnContext, conversation: schema.Conversation) -> Context:
    """What the flow may know of the client, the center and the day."""
    hooks = hooks_of(turn, conversation)
    return Context(
        language=turn.language,
        country=turn.center.country,
        currency=turn.center.currency,
        today=turn.now.astimezone(turn.zone).date(),
        params=turn.params() | dict(hooks.params(turn, conversation)),
        last=dict(hooks.last_figures(turn, conversation)),
        languages=LANGUAGES,
        spellings=turn.catalogs.spellings,
        profile_name=turn.profile_name,
        on_record=dict(hooks.on_record(turn, conversation)),
    )


def apply(turn: TurnContext, conversation: schema.Conversation, result: Step) -> None:
    """Save the new state and carry out the effects. A command that began or closed a conversation ends it."""
    if result.state.asked != conversation.state.get("asked", 0) or not result.state.done:
        conversation.asked_at = turn.now
    conversation.state = result.state.to_json()
    for effect in result.effects:
        before = turn.speaking
        _carry_out(turn, conversation, result, effect)
        if isinstance(effect, Aside) and (turn.speaking is not before or conversation.status != "open"):
            return
    if result.state.done and conversation.status == "open":
        close(turn, conversation, "completed")


def _carry_out(turn: TurnContext, conversation: schema.Conversation, result: Step, effect: Effect) -> None:
    match effect:
        case Say():
            turn.say(effect, conversation, result.state)
        case Keep():
            _keep(turn, conversation, effect)
        case Drop():
            take_back_answers(turn.db, conversation.id, effect.question)
        case Finish():
            close(turn, conversation, effect.result)
            hooks_of(turn, conversation).finished(turn, conversation, effect.result)
        case _:
            handler: EffectHandler | None = turn.wiring.effects.get(type(effect))
            if handler is not None:
                handler(turn, conversation, result, effect)


def _keep(turn: TurnContext, conversation: schema.Conversation, effect: Keep) -> None:
    """An answer, as it was written and as it was read."""
    reading = effect.reading
    text = reading.value
    turn.db.add(
        schema.Answer(
            client_id=turn.client.id,
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
            channel=turn.address.channel,
            inbox_id=turn.inbox.id if turn.inbox else None,
            keyed_by=turn.keyed_in.staff_id if turn.keyed_in else None,
            at=turn.now,
        )
    )


def understood(result: Step, tries_before: int) -> bool:
    """Whether a message made sense to the conversation: it kept something, read something back or obeyed."""
    if result.state.pending is not None:
        return True
    return result.state.tries <= tries_before and any(not isinstance(effect, Say) for effect in result.effects)


def close(turn: TurnContext, conversation: schema.Conversation, result: str) -> None:
    conversation.status, conversation.result, conversation.closed_at = "closed", result, turn.now
    also = hooks_of(turn, conversation).closed(turn, conversation, result)
    timers.cancel(turn.db, subject_of(conversation), *also, reason=f"{conversation.flow} {result}")


def close_all(turn: TurnContext, result: str) -> None:
    for conversation in turn.open_conversations():
        close(turn, conversation, result)


def call_off(db: Db, client_id: int, subjects: Collection[str], reason: str, now: datetime) -> None:
    """Staff have decided: nothing about these subjects is asked of the client any more, planned or open."""
    timers.cancel(db, *subjects, reason=reason)
    for conversation in open_conversations(db, client_id):
        if conversation.subject in subjects:
            conversation.status, conversation.result, conversation.closed_at = "closed", "replaced", now
            timers.cancel(db, subject_of(conversation), reason=reason)


def resume(turn: TurnContext) -> None:
    """Go on with what was under way before, unless something still waits for an answer. What may be ignored is not asked
    again."""
    if turn.speaking is not None and turn.speaking.status == "open":
        return
    for conversation in turn.open_conversations():
        if not FLOWS[conversation.flow].optional:
            step(turn, conversation, Resumed(turn.now))
            return


def expire(turn: TurnContext, conversation: schema.Conversation) -> None:
    """Time is up: keep what was given."""
    step(turn, conversation, Closed(turn.now))


def nudge(turn: TurnContext, conversation: schema.Conversation) -> None:
    """Ask once more."""
    step(turn, conversation, Nudged(turn.now))
    turn.post()


def closes_itself(conversation: schema.Conversation, at: datetime) -> Closing:
    """The closing of a conversation that concerns nothing but itself."""
    return "conversation.close", subject_of(conversation), at


def heard(inbox: schema.Inbox, choice: str | None = None, *, stale: bool = False) -> Heard:
    return Heard(inbox.received_at, inbox.text or "", choice, inbox.media, stale)

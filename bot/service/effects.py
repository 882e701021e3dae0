"""Effects that any flow may have: answers, consents, the profile and the language are written."""

from __future__ import annotations

from decimal import Decimal

from bot.flows.engine import Turn as Step
from bot.flows.form import Consent, Drop, Effect, Keep, Profile, SetLanguage
from bot.service.turn import EffectHandler, TurnContext
from bot.text.render import written
from storage import schema
from storage.conversations import take_back_answers


def keep(turn: TurnContext, conversation: schema.Conversation, result: Step, effect: Effect) -> None:
    """An answer, as it was written and as it was read."""
    assert isinstance(effect, Keep)
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
            at=turn.now,
        )
    )


def take_back(turn: TurnContext, conversation: schema.Conversation, result: Step, effect: Effect) -> None:
    assert isinstance(effect, Drop)
    take_back_answers(turn.db, conversation.id, effect.question)


def consent(turn: TurnContext, conversation: schema.Conversation, result: Step, effect: Effect) -> None:
    assert isinstance(effect, Consent)
    record_consent(turn, effect)


def record_consent(turn: TurnContext, given: Consent) -> None:
    """A consent given or withdrawn, with the wording, the language and the message that said so."""
    setattr(turn.client, f"{given.kind}_consent", given.granted)
    turn.db.add(
        schema.Consent(
            client_id=turn.client.id,
            kind=given.kind,
            granted=given.granted,
            text_version=given.version,
            language=turn.client.language,
            channel=turn.address.channel,
            inbox_id=turn.inbox.id if turn.inbox else None,
            at=turn.now,
        )
    )


def profile(turn: TurnContext, conversation: schema.Conversation, result: Step, effect: Effect) -> None:
    assert isinstance(effect, Profile)
    setattr(turn.client, effect.field, written(effect.value, turn.voice, turn.catalogs)[:200])


def set_language(turn: TurnContext, conversation: schema.Conversation, result: Step, effect: Effect) -> None:
    assert isinstance(effect, SetLanguage)
    turn.client.language = effect.language


EFFECTS: dict[type[object], EffectHandler] = {
    Keep: keep,
    Drop: take_back,
    Consent: consent,
    Profile: profile,
    SetLanguage: set_language,
}

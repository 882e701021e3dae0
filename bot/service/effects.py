"""Effects on the client that any flow may have: consents, the profile and the language."""

from __future__ import annotations

from bot.flows.engine import Step
from bot.flows.form import Consent, Effect, Profile, SetLanguage
from bot.service.turn import EffectHandler, TurnContext
from bot.text.render import written
from storage import schema


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
    Consent: consent,
    Profile: profile,
    SetLanguage: set_language,
}

"""Effects on the client that any flow may have: consents, the profile and the language."""

from __future__ import annotations

from bot.flows.engine import Step
from bot.flows.form import Consent, Effect, Profile, SetLanguage
from bot.service.turn import EffectHandler, TurnContext
from bot.text.render import written
from storage import persons, schema
from storage.persons import consents_of


def consent(turn: TurnContext, conversation: schema.Conversation, result: Step, effect: Effect) -> None:
    assert isinstance(effect, Consent)
    record_consent(turn, effect)


def record_consent(turn: TurnContext, given: Consent) -> None:
    """A consent of the person for the client, given or withdrawn, with the wording, the language and the message that
    said so."""
    person = turn.known_person()
    setattr(consents_of(turn.db, turn.client, person), f"{given.kind}_consent", given.granted)
    turn.db.add(
        schema.Consent(
            client_id=turn.client.id,
            person_id=person.id,
            kind=given.kind,
            granted=given.granted,
            text_version=given.version,
            language=turn.language,
            channel=turn.address.channel,
            inbox_id=turn.inbox.id if turn.inbox else None,
            at=turn.now,
        )
    )


def profile(turn: TurnContext, conversation: schema.Conversation, result: Step, effect: Effect) -> None:
    assert isinstance(effect, Profile)
    value = written(effect.value, turn.voice, turn.catalogs)[:200]
    if effect.field == "name":
        persons.rename(turn.db, turn.known_person(), value)
    else:
        setattr(turn.client, effect.field, value)


def set_language(turn: TurnContext, conversation: schema.Conversation, result: Step, effect: Effect) -> None:
    assert isinstance(effect, SetLanguage)
    persons.set_language(turn.db, turn.known_person(), effect.language)


EFFECTS: dict[type[object], EffectHandler] = {
    Consent: consent,
    Profile: profile,
    SetLanguage: set_language,
}

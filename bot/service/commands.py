"""What a client says when no question is open, and the commands that belong to no flow."""

from __future__ import annotations

from bot.answers.commands import Command, join_code, language_named
from bot.answers.fold import fold
from bot.flows.engine import Step
from bot.flows.form import Aside, Effect
from bot.model import LANGUAGES, Choice, Say, _
from bot.service import conversations, followups, link_phone, linking, privacy, share_phone, shared_phones, trainings
from bot.service.turn import EffectHandler, TurnContext
from storage import persons, schema
from storage.trainings import next_enrollment

TRAINING = _("TRAINING")
HELP = _(
    "You can write UPDATE (give figures), TRAINING (the next one), PERSON (a counselor), CODE (add a phone), MY DATA "
    "(see or erase it), LANGUAGE or STOP."
)
"""What can be done when no question is open; the engine has its own for when one is."""
NO_SURVEYS = _("NO SURVEYS")
SURVEYS = _("SURVEYS")
MENU = (
    Choice("followup", _("Give my figures"), quiet=True),
    Choice("person", _("Talk to a person"), quiet=True),
    Choice("help", _("Help"), quiet=True),
)
LONGEST_WORD = 40
MENU_IDS = frozenset(item.id for item in MENU)


def idle(turn: TurnContext, text: str, order: Command | None) -> None:
    """A message of a registered client to whom nothing is open; `order`: the command that it is."""
    if (code := join_code(text)) is not None:
        joins_again(turn, code)
        return
    if order is not None:
        command(turn, order.value, text)
        return
    if (named := language_named(text)) in LANGUAGES:
        persons.set_language(turn.db, turn.known_person(), str(named))
        turn.say(Say(_("Good, from now on in English.")))
        return
    turn.say(
        Say(
            _("Hi {first_name}! Write UPDATE to give your figures, PERSON to reach a counselor, or HELP."),
            turn.params(),
            MENU,
        )
    )


def by_word(turn: TurnContext, text: str) -> bool:
    """Whether the whole message was one of the words that our texts name beside the commands."""
    if len(text) > LONGEST_WORD or turn.client.status != "registered":
        return False
    said = fold(text).strip(" .!\"'")

    def means(word: str) -> bool:
        return said in {fold(spelling) for spelling in turn.catalogs.spellings(word)}

    if means(TRAINING):
        _training(turn)
    elif means(NO_SURVEYS):
        privacy.allow_surveys(turn, False)
    elif means(SURVEYS):
        privacy.allow_surveys(turn, True)
    elif means(shared_phones.NEW):
        shared_phones.ask_whose(turn)
    elif means(share_phone.NOT_NOW):
        share_phone.declined(turn)
    else:
        return False
    return True


def joins_again(turn: TurnContext, code: str) -> None:
    if code == turn.center.code:
        turn.say(
            Say(
                _(
                    "You're already registered with {center}. For another person or business write NEW, for all else HELP."
                ),
                turn.params(),
            )
        )
    else:
        turn.say(Say(_("You are registered with {center}. Write PERSON if you want to change centers."), turn.params()))


def command(turn: TurnContext, name: str, text: str) -> None:
    """Carry out a command that belongs to no flow."""
    registered = turn.client.status == "registered"
    match name:
        case Command.LANGUAGE:
            conversations.begin(turn, "preferences")
        case Command.LINK:
            link_phone.link(turn, text)
        case Command.HELP:
            turn.say(Say(HELP, turn.params()))
        case Command.STOP:
            privacy.opt_out(turn)
        case Command.DATA:
            privacy.show(turn)
        case Command.ERASE:
            conversations.begin(turn, "preferences.erase")
        case Command.PERSON if turn.client.service_consent:
            conversations.begin(turn, "counseling")
        case Command.PERSON:
            turn.say(
                Say(_("First I need your yes, so that I may keep what you write. Then PERSON brings a counselor."))
            )
        case _ if not registered:
            return
        case Command.CODE:
            _give_code(turn)
        case Command.FOLLOWUP:
            running = any(conversation.flow == "followup" for conversation in turn.open_conversations())
            if not running and not followups.reopen(turn):
                followups.start(turn, wave="asked", started_by="client")
        case Command.START:
            if not turn.open_conversations() and not turn.messages:
                turn.say(
                    Say(_("You're already registered with {center}. Write HELP to see what I can do."), turn.params())
                )
        case _:
            turn.say(Say(_("No question is open right now. Write HELP to see what I can do.")))


def _training(turn: TurnContext) -> None:
    enrollment = next_enrollment(turn.db, turn.client.id, turn.now)
    if enrollment is None:
        turn.say(Say(_("No training is planned for you now. I'll write when there is one.")))
    else:
        conversations.begin(turn, "training", trainings.subject_of(enrollment))


def _give_code(turn: TurnContext) -> None:
    code = linking.issue(turn.db, turn.now, turn.rules.code_valid, client_id=turn.client.id)
    if code is None:
        turn.say(Say(_("That's enough codes for now. Please try again in an hour.")))
        return
    turn.say(
        Say(_("Your code is {code}. Write LINK {code} from your other phone or app within 15 minutes."), {"code": code})
    )


def aside(turn: TurnContext, conversation: schema.Conversation, result: Step, effect: Effect) -> None:
    """A command in the middle of a conversation, which that does not know."""
    assert isinstance(effect, Aside)
    command(turn, effect.command, effect.text)


EFFECTS: dict[type[object], EffectHandler] = {Aside: aside}

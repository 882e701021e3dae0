"""What a client says when no question is open, and the commands that belong to no flow."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session as Db

from bot.answers.commands import Command, join_code, language_named, link_argument, recognise
from bot.answers.fold import fold
from bot.model import LANGUAGES, Choice, Say
from bot.service import followups, linking, privacy, share_phone, trainings
from bot.service.rules import Rules
from bot.service.staff_notices import message_from, put, spoken_to
from bot.text.language import Catalogs, _
from bot.text.render import Voice, speak
from storage import schema

if TYPE_CHECKING:
    from bot.service.turn import TurnContext

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


def idle(desk: TurnContext, text: str) -> None:
    """A message of a registered client to whom nothing is open."""
    if (code := join_code(text)) is not None:
        joins_again(desk, code)
        return
    order = recognise(text)
    if order is not None:
        command(desk, order.value, text)
        return
    if (named := language_named(text)) in LANGUAGES:
        desk.client.language = str(named)
        desk.say(Say(_("Good, from now on in English.")))
        return
    desk.say(
        Say(
            _("Hi {first_name}! Write UPDATE to give your figures, PERSON to reach a counselor, or HELP."),
            desk.params(),
            MENU,
        )
    )


def by_word(desk: TurnContext, text: str) -> bool:
    """Whether the whole message was one of the words that our texts name beside the commands."""
    if len(text) > LONGEST_WORD or desk.client.status != "registered":
        return False
    said = fold(text).strip(" .!\"'")

    def means(word: str) -> bool:
        return said in {fold(spelling) for spelling in desk.catalogs.spellings(word)}

    if means(TRAINING):
        _training(desk)
    elif means(NO_SURVEYS):
        privacy.allow_surveys(desk, False)
    elif means(SURVEYS):
        privacy.allow_surveys(desk, True)
    elif means(share_phone.NOT_NOW):
        share_phone.declined(desk)
    else:
        return False
    return True


def joins_again(desk: TurnContext, code: str) -> None:
    if code == desk.center.code:
        desk.say(Say(_("You're already registered with {center}. Write HELP to see what I can do."), desk.params()))
    else:
        desk.say(Say(_("You are registered with {center}. Write PERSON if you want to change centers."), desk.params()))


def command(desk: TurnContext, name: str, text: str) -> None:
    """Carry out a command that belongs to no flow."""
    registered = desk.client.status == "registered"
    match name:
        case Command.LANGUAGE:
            desk.begin("preferences")
        case Command.LINK:
            link(desk, text)
        case Command.HELP:
            desk.say(Say(HELP, desk.params()))
        case Command.STOP:
            desk.opt_out()
        case Command.DATA:
            privacy.show(desk)
        case Command.ERASE:
            desk.begin("preferences.erase")
        case Command.PERSON if desk.client.service_consent:
            desk.begin("counseling")
        case Command.PERSON:
            desk.say(
                Say(_("First I need your yes, so that I may keep what you write. Then PERSON brings a counselor."))
            )
        case _ if not registered:
            return
        case Command.CODE:
            _give_code(desk)
        case Command.FOLLOWUP:
            running = any(conversation.flow == "followup" for conversation in desk.open_conversations())
            if not running and not followups.reopen(desk):
                followups.start(desk, wave="asked", started_by="client")
        case Command.START:
            if not desk.open_conversations() and not desk.messages:
                desk.say(
                    Say(_("You're already registered with {center}. Write HELP to see what I can do."), desk.params())
                )
        case _:
            desk.say(Say(_("No question is open right now. Write HELP to see what I can do.")))


def _training(desk: TurnContext) -> None:
    enrollment = trainings.upcoming(desk.db, desk.client.id, desk.now)
    if enrollment is None:
        desk.say(Say(_("No training is planned for you now. I'll write when there is one.")))
    else:
        desk.begin("training", trainings.subject_of(enrollment))


def _give_code(desk: TurnContext) -> None:
    code = linking.issue(desk.db, desk.now, desk.rules.code_valid, client_id=desk.client.id)
    if code is None:
        desk.say(Say(_("That's enough codes for now. Please try again in an hour.")))
        return
    desk.say(
        Say(_("Your code is {code}. Write LINK {code} from your other phone or app within 15 minutes."), {"code": code})
    )


def link(desk: TurnContext, text: str) -> None:
    """LINK with six digits joins this address to the record they prove; with a client code it sends digits there."""
    argument = link_argument(text) or ""
    code = linking.six_digits(argument)
    if code is None:
        target = linking.by_code(desk.db, argument)
        if target is not None and target.id != desk.client.id:
            send_code(desk.db, desk.catalogs, desk.rules, target, desk.address, desk.now)
        desk.say(Say(CODE_SENT))
        return
    proof = linking.prove(desk.db, code, desk.address, desk.now)
    if proof.staff_id is not None:
        for conversation in desk.open_conversations():
            desk.close(conversation, "replaced")
        desk.address.client_id = None
        welcome_staff(desk.db, desk.address, proof.staff_id, desk.now)
        return
    if proof.client_id is None:
        desk.say(Say(WRONG_CODE))
        return
    client = desk.db.get_one(schema.Client, proof.client_id, with_for_update=True)
    linking.merge(desk.db, desk.address, client, desk.now)
    desk.move_to(client)
    desk.say(Say(LINKED, desk.params()))


def welcome_staff(db: Db, address: schema.Address, staff_id: int, now: datetime) -> None:
    """From here on, what this address writes is a counselor's."""
    address.staff_id = staff_id
    staff = db.get_one(schema.Staff, staff_id)
    put(db, address, f"Welcome, {staff.name}. Write /help to see what I can do for you.", "en", now)


LINKED = _("Done, {first_name}: you can write to me from here too.")
WRONG_CODE = _("That code is not right or too old. Write CODE on the phone you registered with for a new one.")
CODE_SENT = _("If that client code is right, I sent six digits to the phone it belongs to. Write them here.")


def send_code(
    db: Db, catalogs: Catalogs, rules: Rules, target: schema.Client, to_show: schema.Address, now: datetime
) -> bool:
    """Send a code to the address that `target` last wrote from; only `to_show` can use it."""
    addresses = spoken_to(linking.addresses_of(db, target.id), now)
    if not addresses or target.opted_out_at is not None:
        return False
    code = linking.issue(db, now, rules.code_valid, client_id=target.id, address_id=to_show.id)
    if code is None:
        return False
    center = db.get_one(schema.Center, target.center_id)
    say = Say(
        _("Your code is {code}. Type it on your other phone or app. If you didn't ask for it, don't share it."),
        {"code": code},
    )
    text = speak(say, Voice(target.language, center.country, center.zone), catalogs).text
    announce = message_from(db, target.center_id, target.language)
    put(db, addresses[0], text, target.language, now, client_id=target.id, announce=announce)
    return True

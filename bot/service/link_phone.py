"""A person proves in the chat that another phone is theirs, too: by a code sent to the one that is known."""

from __future__ import annotations

from datetime import datetime

from bot.answers.commands import link_argument
from bot.model import Say, _
from bot.service import conversations, linking, shared_phones
from bot.service.rules import Rules
from bot.service.staff_notices import message_from, put, spoken_to
from bot.service.turn import TurnContext
from bot.text.language import Catalogs
from bot.text.render import Voice, speak
from storage import optouts, schema
from storage.addresses import addresses_of, release
from storage.centers import get_center
from storage.clients import lock_client, registered_client
from storage.persons import served
from storage.staff import get_staff
from storage.turns import Db

LINKED = _("Done, {first_name}: you can write to me from here too.")
WRONG_CODE = _("That code is not right or too old. Write CODE on the phone you registered with for a new one.")
CODE_SENT = _("If that client code is right, I sent six digits to the phone it belongs to. Write them here.")


def link(turn: TurnContext, text: str) -> None:
    """LINK with six digits joins this address to the record they prove; with a client code it sends digits there."""
    argument = link_argument(text) or ""
    code = linking.six_digits(argument)
    if code is None:
        target = registered_client(turn.db, argument)
        if target is not None and target.id != turn.client.id:
            send_code(turn.db, turn.catalogs, turn.rules, target, turn.address, turn.now)
        turn.say(Say(CODE_SENT))
        return
    proof = linking.prove(turn.db, code, turn.address, turn.now)
    if proof.staff_id is not None:
        conversations.close_all(turn, "replaced")
        for client in served(turn.db, turn.address):
            release(turn.db, turn.address, client.id)
        turn.address.client_id = None
        welcome_staff(turn.db, turn.address, proof.staff_id, turn.now)
        return
    if proof.client_id is None:
        turn.say(Say(WRONG_CODE))
        return
    client = lock_client(turn.db, proof.client_id)
    former = linking.merge(turn.db, turn.address, client, turn.now)
    turn.move_to(client)
    turn.say(Say(LINKED, turn.params()))
    if former is not None:
        shared_phones.ask_whether_same(turn, former)


def welcome_staff(db: Db, address: schema.Address, staff_id: int, now: datetime) -> None:
    """From here on, what this address writes is a counselor's."""
    address.staff_id = staff_id
    staff = get_staff(db, staff_id)
    put(db, address, f"Welcome, {staff.name}. Write /help to see what I can do for you.", "en", now)


def send_code(
    db: Db, catalogs: Catalogs, rules: Rules, target: schema.Client, to_show: schema.Address, now: datetime
) -> bool:
    """Send a code to the address that `target` last wrote from; only `to_show` can use it."""
    known = addresses_of(db, target.id)
    stopped = optouts.opted_out(db, target, known)
    addresses = spoken_to([address for address in known if address.id not in stopped], now)
    if not addresses:
        return False
    code = linking.issue(db, now, rules.code_valid, client_id=target.id, address_id=to_show.id)
    if code is None:
        return False
    center = get_center(db, target.center_id)
    say = Say(
        _("Your code is {code}. Type it on your other phone or app. If you didn't ask for it, don't share it."),
        {"code": code},
    )
    text = speak(say, Voice(target.language, center.country, center.zone), catalogs).text
    announce = message_from(db, target.center_id, target.language)
    put(db, addresses[0], text, target.language, now, client_id=target.id, announce=announce)
    return True

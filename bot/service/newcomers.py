"""A message from an address that belongs to no client: a newcomer, somebody with a code, or a member of staff."""

from __future__ import annotations

from datetime import datetime

from bot.answers.commands import Command, center_code, link_argument, recognise
from bot.channels.registry import SPECS
from bot.model import LANGUAGES, Choice, Inbound, Say, _
from bot.service import conversations, link_phone, linking, privacy, window_queue
from bot.service.opening import open_turn
from bot.service.staff_chat import StaffChat
from bot.service.staff_notices import put
from bot.service.turn import Wiring, buttons_json
from bot.text.language import suggest
from bot.text.render import Voice, speak
from storage import client_codes, inbox, outbox, schema
from storage.addresses import same_number_of_a_client
from storage.centers import all_centers
from storage.clients import get_client, locked, registered_client
from storage.staff import get_staff
from storage.turns import Db


def receive(wiring: Wiring, db: Db, inbound: Inbound, address: schema.Address) -> int | None:
    """From an address that belongs to no client: a newcomer, or a member of staff."""
    held_back = window_queue.announced_to(db, address, inbound.at)
    row = inbox.accept(db, inbound, address)
    if row is None:
        return None
    if address.staff_id is not None:
        staff = get_staff(db, address.staff_id)
        window_queue.deliver(db, address, held_back, inbound.at)
        if staff.active and not window_queue.only_opens(held_back, inbound, recognise(inbound.text)):
            StaffChat(db, wiring, staff, address, inbound.at).hear(row.text or "")
    else:
        _stranger(wiring, db, address, row, inbound)
    return row.id


def _stranger(wiring: Wiring, db: Db, address: schema.Address, row: schema.Inbox, inbound: Inbound) -> None:
    text = row.text or ""
    if _links(wiring, db, address, row, text, inbound):
        return
    centers = all_centers(db)
    by_code = {center.code: center for center in centers}
    wanted = center_code(text, row.choice)
    said = text.replace(wanted, "") if wanted else text
    language = suggest(said, inbound.language_hint, LANGUAGES)
    if wanted is None and inbound.recipient:
        own = (center.code for center in centers if center.sender_of(inbound.channel) == inbound.recipient)
        wanted = next(own, None)
    if wanted is None and len(centers) == 1:
        wanted = centers[0].code
    if wanted is None or wanted not in by_code:
        if recognise(text) is Command.STOP or inbound.opt_out:
            outbox.withdraw_from(db, address.id, "opted out")
            return
        _which_center(wiring, db, address, language or "en", wanted, centers, inbound.at)
        return
    center = by_code[wanted]
    client = schema.Client(
        code=client_codes.new_client_code(db, center),
        center_id=center.id,
        language=language or center.language,
        created_at=inbound.at,
    )
    db.add(client)
    db.flush()
    address.client_id, row.client_id = client.id, client.id
    turn = open_turn(wiring, db, client, center, address, inbound.at, row)
    known = same_number_of_a_client(db, address)
    if known is not None and known.client_id is not None:
        target = get_client(db, known.client_id)
        if link_phone.send_code(db, wiring.catalogs, wiring.rules, target, address, inbound.at):
            turn.say(
                Say(
                    _(
                        "This number is registered already. I sent six digits there by {channel}: write them here, or NEW to sign up separately."
                    ),
                    {"channel": SPECS[known.channel].label},
                )
            )
            turn.post()
            return
    if recognise(text) is Command.STOP or inbound.opt_out:
        privacy.opt_out(turn)
    else:
        conversations.begin(turn, "registration")
    turn.post()


def _links(wiring: Wiring, db: Db, address: schema.Address, row: schema.Inbox, text: str, inbound: Inbound) -> bool:
    """Whether a stranger's message was about a code: their own phone's, or a counselor's."""
    argument = link_argument(text)
    code = linking.six_digits(text)
    if code is not None and _proves(wiring, db, address, row, code, inbound.at):
        return True
    if argument is None:
        return False
    answer = link_phone.WRONG_CODE
    if code is None:
        answer = link_phone.CODE_SENT
        target = registered_client(db, argument)
        if target is not None:
            link_phone.send_code(db, wiring.catalogs, wiring.rules, target, address, inbound.at)
    language = suggest("", inbound.language_hint, LANGUAGES) or "en"
    put(db, address, wiring.catalogs.translate(answer, language), language, inbound.at)
    return True


def _proves(wiring: Wiring, db: Db, address: schema.Address, row: schema.Inbox, code: str, now: datetime) -> bool:
    """A stranger shows a code: a counselor's own phone, or a client's second one."""
    proof = linking.prove(db, code, address, now)
    if proof.staff_id is not None:
        link_phone.welcome_staff(db, address, proof.staff_id, now)
        return True
    if proof.client_id is not None:
        client, center = locked(db, proof.client_id)
        linking.merge(db, address, client, now)
        row.client_id = client.id
        turn = open_turn(wiring, db, client, center, address, now, row)
        turn.say(Say(link_phone.LINKED, turn.params()))
        conversations.resume(turn)
        turn.post()
        return True
    return False


def _which_center(
    wiring: Wiring,
    db: Db,
    address: schema.Address,
    language: str,
    wanted: str | None,
    centers: list[schema.Center],
    now: datetime,
) -> None:
    params = {"wanted": (wanted or "")[:12], "example": f"JOIN {centers[0].code}" if centers else "JOIN LC"}
    text = _("Welcome! Which center do you belong to? Write JOIN and its code, e.g. {example}.")
    if wanted is not None:
        text = _("I don't know the center code {wanted}. Please check it with your center; it looks like {example}.")
    few = centers if len(centers) <= 8 else []
    choices = tuple(
        Choice(f"join:{center.code}", f"{center.code} {center.name}"[:24], literal=True, quiet=True) for center in few
    )
    voice = Voice(language, centers[0].country if centers else "", centers[0].zone if centers else "UTC")
    message = speak(Say(text, params, choices), voice, wiring.catalogs)
    row = put(db, address, message.text, language, now)
    row.buttons = buttons_json(message.buttons)

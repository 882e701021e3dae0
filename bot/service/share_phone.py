"""A client on Telegram shares their phone number, so that an SMS finds them where Telegram does not."""

from __future__ import annotations

from bot.channels.registry import SPECS
from bot.countries import one_number
from bot.messages.shape import SHARE_PHONE
from bot.model import Choice, Inbound, Say, _
from bot.service import link_phone
from bot.service.turn import TurnContext
from storage import schema
from storage.addresses import address_at, addresses_of, owned_elsewhere
from storage.clients import get_client

NOT_NOW = _("Not now")
CHOICES = (Choice(SHARE_PHONE, _("Share my number")), Choice("not_now", NOT_NOW))

IDS = frozenset(choice.id for choice in CHOICES)


def ask(turn: TurnContext) -> None:
    """Only Telegram has a button that tells a number; nobody is asked twice, nor who is known by a phone already."""
    if not SPECS[turn.address.channel].shows.contact_button or _phones(turn):
        return
    turn.say(Say(_("Shall I write by SMS when Telegram fails? Share your number with the button below."), {}, CHOICES))


def heard(turn: TurnContext, inbound: Inbound) -> bool:
    """Whether a message was the answer by a button. A simulated phone has no number to share."""
    if inbound.contact_phone is not None:
        shared(turn, inbound.contact_phone)
        return True
    if inbound.choice in IDS:
        declined(turn)
        return True
    return False


def shared(turn: TurnContext, phone: str) -> None:
    """The number becomes the client's. One that somebody is registered with has to be proven by a code first: a chat may
    outlive the number that it began with."""
    number = one_number(phone)
    known = owned_elsewhere(turn.db, number, turn.address)
    if known is None:
        _keep(turn, number)
    elif known.client_id is not None and known.client_id != turn.client.id:
        target = get_client(turn.db, known.client_id)
        link_phone.send_code(turn.db, turn.catalogs, turn.rules, target, turn.address, turn.now)
        turn.say(Say(_("That number is registered already. I sent six digits there: write them here.")))
        return
    turn.say(Say(_("Thank you! If I can't reach you here, I'll write by SMS.")))


def declined(turn: TurnContext) -> None:
    turn.say(Say(_("All right. Write CODE if you want to add a phone later.")))


def _keep(turn: TurnContext, number: str) -> None:
    """Behind the channels that the client wrote from."""
    address = address_at(turn.db, "sms", number, simulated=turn.address.simulated)
    if address is None:
        address = schema.Address(channel="sms", address=number, simulated=turn.address.simulated)
        address.sender = turn.center.sender_of("sms")
        turn.db.add(address)
    address.client_id, address.created_at = turn.client.id, turn.client.created_at


def _phones(turn: TurnContext) -> bool:
    return any(SPECS[address.channel].is_phone for address in addresses_of(turn.db, turn.client.id))

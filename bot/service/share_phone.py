"""A client on Telegram shares their phone number, so that an SMS finds them where Telegram does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.countries import one_number
from bot.messages.shape import SHARE_PHONE
from bot.model import Choice, Inbound, Say
from bot.service import commands, linking
from bot.text.language import _
from storage import schema

if TYPE_CHECKING:
    from bot.service.turn import TurnContext

NOT_NOW = _("Not now")
CHOICES = (Choice(SHARE_PHONE, _("Share my number")), Choice("not_now", NOT_NOW))

IDS = frozenset(choice.id for choice in CHOICES)


def ask(desk: TurnContext) -> None:
    """Only Telegram has a button that tells a number; nobody is asked twice, nor who is known by a phone already."""
    if desk.address.channel != "telegram" or _phones(desk):
        return
    desk.say(Say(_("Shall I write by SMS when Telegram fails? Share your number with the button below."), {}, CHOICES))


def heard(desk: TurnContext, inbound: Inbound) -> bool:
    """Whether a message was the answer by a button. A simulated phone has no number to share."""
    if inbound.contact_phone is not None:
        shared(desk, inbound.contact_phone)
        return True
    if inbound.choice in IDS:
        declined(desk)
        return True
    return False


def shared(desk: TurnContext, phone: str) -> None:
    """The number becomes the client's. One that somebody is registered with has to be proven by a code first: a chat may
    outlive the number that it began with."""
    number = one_number(phone)
    known = desk.db.scalars(
        select(schema.Address).where(
            schema.Address.address == number,
            schema.Address.channel != desk.address.channel,
            schema.Address.simulated == desk.address.simulated,
            schema.Address.client_id.is_not(None) | schema.Address.staff_id.is_not(None),
        )
    ).first()
    if known is None:
        _keep(desk, number)
    elif known.client_id is not None and known.client_id != desk.client.id:
        target = desk.db.get_one(schema.Client, known.client_id)
        commands.send_code(desk.db, desk.catalogs, desk.rules, target, desk.address, desk.now)
        desk.say(Say(_("That number is registered already. I sent six digits there: write them here.")))
        return
    desk.say(Say(_("Thank you! If I can't reach you here, I'll write by SMS.")))


def declined(desk: TurnContext) -> None:
    desk.say(Say(_("All right. Write CODE if you want to add a phone later.")))


def _keep(desk: TurnContext, number: str) -> None:
    """Behind the channels that the client wrote from."""
    mine = (
        schema.Address.channel == "sms",
        schema.Address.address == number,
        schema.Address.simulated == desk.address.simulated,
    )
    address = desk.db.scalar(select(schema.Address).where(*mine))
    if address is None:
        address = schema.Address(channel="sms", address=number, simulated=desk.address.simulated)
        address.sender = desk.center.sender_of("sms")
        desk.db.add(address)
    address.client_id, address.created_at = desk.client.id, desk.client.created_at


def _phones(desk: TurnContext) -> bool:
    return any(address.channel != "telegram" for address in linking.addresses_of(desk.db, desk.client.id))

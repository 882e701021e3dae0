"""How a message would be delivered: channel, price, and the fallback if a WhatsApp template is not approved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy.orm import Session as Db

from bot.channels.base import Channel, ChannelError
from bot.channels.registry import SPECS
from bot.channels.spec import window_open
from bot.cli.common import counted
from bot.cli.whatsapp import state_word
from bot.messages.first_messages import proactive
from bot.messages.prices import Prices, shown
from bot.messages.shape import shape
from bot.model import Message
from bot.text.language import Catalogs
from storage import outbox, schema
from storage.addresses import addresses_of


@dataclass(frozen=True, slots=True)
class Step:
    """One address of a client, as a message would use it."""

    channel: str
    cost: str = ""
    """In words, with the price if it is known."""
    template: str | None = None
    """The only template that may be sent there now; "" if the message has none, None if free text may be sent."""


@dataclass(frozen=True, slots=True)
class Route:
    """The channel that delivers a message."""

    by: str
    """The channel; "" if no channel delivers the message."""
    cost: str
    """In words, with the price if it is known."""
    detour: str = ""
    """Why a preferred channel is not used; "" if the first one is."""

    @property
    def summary(self) -> str:
        return "; ".join(filter(None, (self.detour, self.cost)))


def steps(
    db: Db, client_id: int, template: str | None, now: datetime, cost: Callable[[schema.Address], str] = lambda _: ""
) -> list[Step]:
    """A client's addresses in the order in which a message tries them. Calls no provider."""
    addresses = addresses_of(db, client_id)
    return steps_of(addresses, template, now, cost)


def steps_of(
    addresses: Sequence[schema.Address],
    template: str | None,
    now: datetime,
    cost: Callable[[schema.Address], str] = lambda _: "",
) -> list[Step]:
    """The same for addresses that are already loaded."""
    return [
        Step(
            address.channel,
            cost(address),
            None
            if address.simulated or window_open(SPECS[address.channel], address.last_inbound_at, now)
            else template or "",
        )
        for address in outbox.reachable(addresses)
    ]


@cache
def templates_of(about: str) -> Mapping[str, str]:
    """The name of a message's template in each language; `about` is one of `bot.messages.first_messages`."""
    return {one.template.language: one.template.name for one in proactive(Catalogs.load()) if one.about == about}


def route(channels: Mapping[str, Channel], tried: Sequence[Step]) -> Route:
    """The first step that would deliver the message. May call Twilio, so it must not run in a transaction."""
    obstacles: list[str] = []
    for step in tried:
        obstacle = _obstacle(channels.get(step.channel), step)
        if not obstacle:
            instead = [*obstacles, f"sent by {step.channel} instead"] if obstacles else []
            return Route(step.channel, step.cost, ", ".join(instead))
        obstacles.append(obstacle)
    return Route("", "", ", ".join([*obstacles, "no other channel; call the client"]))


def _obstacle(channel: Channel | None, step: Step) -> str:
    """Why WhatsApp would refuse the message; "" if it would accept it, or if that is unknown."""
    from bot.channels.twilio.channel import TwilioChannel  # its SDK loads slowly

    if step.template is None or not isinstance(channel, TwilioChannel):
        return ""
    if not step.template:
        return "the client has not written on WhatsApp for 24 hours and this message has no template"
    try:
        state = channel.templates.state(step.template)
    except ChannelError:
        return ""
    return "" if state and state.approved else f"its WhatsApp template is {state_word(state)} ({step.template})"


def cost_of(message: Message, address: schema.Address, center: schema.Center, prices: Prices, now: datetime) -> str:
    """What a message costs on an address, in words, with the price if it is known."""
    spec = SPECS[address.channel]
    if spec.price_unit is None:
        return "free"
    shaped = shape(message, address.channel, fold=center.fold_sms)
    is_open = window_open(spec, address.last_inbound_at, now)
    if spec.counts_segments:
        summary = f"{counted(shaped.segments, 'SMS segment')} ({shaped.encoding})"
    elif is_open:
        summary = f"1 {spec.label} message within the 24-hour window"
    else:
        summary = f"1 approved {spec.label} template (the 24-hour window is closed)"
    price = prices.of(address.channel, center.country, shaped.segments, templates=0 if is_open else 1)
    return ", ".join(filter(None, (summary, shown(price))))

"""How a message would go out: by which channel, at what price, and what stands in for a WhatsApp template that is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import select
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


@dataclass(frozen=True, slots=True)
class Step:
    """One address of a client. `template`: nothing else may be sent there now ("" when the message has none)."""

    channel: str
    cost: str = ""
    template: str | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """`by` is the channel that it takes, "" when there is none; `detour` says what is in the way of a better one."""

    by: str
    cost: str
    detour: str = ""

    @property
    def says(self) -> str:
        return "; ".join(filter(None, (self.detour, self.cost)))


def steps(
    db: Db, client_id: int, template: str | None, now: datetime, cost: Callable[[schema.Address], str] = lambda _: ""
) -> list[Step]:
    """The addresses of a client in the order in which a message tries them. Asks no provider."""
    known = db.scalars(select(schema.Address).where(schema.Address.client_id == client_id)).all()
    return steps_of(known, template, now, cost)


def steps_of(
    known: Sequence[schema.Address],
    template: str | None,
    now: datetime,
    cost: Callable[[schema.Address], str] = lambda _: "",
) -> list[Step]:
    """The same of addresses that are read already."""
    return [
        Step(
            address.channel,
            cost(address),
            None
            if address.simulated or window_open(SPECS[address.channel], address.last_inbound_at, now)
            else template or "",
        )
        for address in outbox.reachable(known)
    ]


@cache
def templates_of(about: str) -> Mapping[str, str]:
    """The name of a message's template in each language; `about` is one of `bot.messages.first_messages`."""
    return {one.template.language: one.template.name for one in proactive(Catalogs.load()) if one.about == about}


def route(channels: Mapping[str, Channel], tried: Sequence[Step]) -> Route:
    """The first step on which the message would arrive. May ask Twilio, so not within a transaction."""
    detours: list[str] = []
    for step in tried:
        wrong = _in_the_way(channels.get(step.channel), step)
        if not wrong:
            instead = [*detours, f"goes by {step.channel} instead"] if detours else []
            return Route(step.channel, step.cost, ", ".join(instead))
        detours.append(wrong)
    return Route("", "", ", ".join([*detours, "no other channel: please call them"]))


def _in_the_way(channel: Channel | None, step: Step) -> str:
    """Why WhatsApp would not take it; "" where it does, or where nobody can tell."""
    from bot.channels.twilio.channel import TwilioChannel  # its SDK takes long to load

    if step.template is None or not isinstance(channel, TwilioChannel):
        return ""
    if not step.template:
        return "WhatsApp is silent for 24 hours and this message has no template"
    try:
        state = channel.templates.state(step.template)
    except ChannelError:
        return ""
    return "" if state and state.approved else f"its WhatsApp template is {state_word(state)} ({step.template})"


def cost_of(message: Message, address: schema.Address, center: schema.Center, prices: Prices, now: datetime) -> str:
    """What a message costs on an address, in words, with the price where it is known."""
    spec = SPECS[address.channel]
    if spec.price_unit is None:
        return "free"
    shaped = shape(message, address.channel, fold=center.fold_sms)
    is_open = window_open(spec, address.last_inbound_at, now)
    if spec.counts_segments:
        says = f"{counted(shaped.segments, 'SMS segment')} ({shaped.encoding})"
    elif is_open:
        says = f"1 {spec.label} message within the 24-hour window"
    else:
        says = f"1 approved {spec.label} template (the 24-hour window is closed)"
    price = prices.of(address.channel, center.country, shaped.segments, templates=0 if is_open else 1)
    return ", ".join(filter(None, (says, shown(price))))

"""The record of a channel: what the rest of the program has to know of it. Data only; no provider's library is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.model import Delivery
from scheduler.policy.send_rates import Limits


@dataclass(frozen=True, slots=True)
class Route:
    """A webhook that the provider calls, and what it is answered after the commit."""

    path: str
    """Below the public address, with a leading slash."""
    status: int = 200
    body: str = ""
    media_type: str | None = None
    method: str = "POST"


@dataclass(frozen=True, slots=True)
class Picker:
    """Buttons or the rows of a list."""

    most: int
    """Choices in one message."""
    id_bytes: int
    """Length of a choice's id in UTF-8."""
    label: int | None = None
    """UTF-16 units of a label; None: no limit of the provider's."""
    distinct: bool = False
    """Two choices of the same label are refused."""


@dataclass(frozen=True, slots=True)
class Shows:
    """What one message can show."""

    text: int
    """UTF-16 units of one message; a longer text is split."""
    buttons: Picker | None = None
    rows: Picker | None = None
    """A list to pick from, used where the choices do not fit the buttons."""
    text_with_choices: int | None = None
    """UTF-16 units beside buttons or a list; None: a longer text is split above them."""
    contact_button: bool = False
    """Whether a button can ask the phone for its number."""


@dataclass(frozen=True, slots=True)
class ChannelSpec:
    """One way to reach a person."""

    name: str
    """As the database and the command line call it."""
    label: str
    """As people call it."""
    factory: str
    """`module:function` that makes the `Channel` of this spec and the settings; loaded when the channel is opened."""
    routes: tuple[Route, ...]
    """Two channels of one provider may share a route."""
    needs: tuple[tuple[str, ...], ...]
    """Fields of the settings: of each group at least one has to be set."""
    shows: Shows
    is_phone: bool
    """Whether an address is a phone number in E.164; otherwise it is an id of the provider's."""
    rates: Limits
    price_unit: Literal["segment", "message"] | None = None
    """What the provider charges for; None: it is free."""
    window: timedelta | None = None
    """How long after the last inbound message free text may be sent, and approved templates only afterwards; None: always."""
    initiates: bool = True
    """Whether we may write to somebody who has never written on this channel."""
    opt_out_is_stop: bool = False
    """Whether a refusal by opt-out means that the person wrote STOP, upon which the provider acted."""
    reports: tuple[Delivery, ...] = ()
    """The states that the provider reports of a message that arrives, in their order."""
    finds: bool = False
    """Whether the provider can be asked for a message whose outcome is unknown."""
    api: str = ""
    """The address of the provider's API."""
    api_setting: str = ""
    """The field of the settings that replaces `api`."""

    @property
    def counts_segments(self) -> bool:
        """Whether messages are SMS: written in GSM-7 or UCS-2, and counted by the segment."""
        return self.price_unit == "segment"


def window_open(spec: ChannelSpec, last_inbound_at: datetime | None, now: datetime) -> bool:
    """Whether free text may be sent now to an address that last wrote at `last_inbound_at`."""
    return spec.window is None or (last_inbound_at is not None and now - last_inbound_at < spec.window)

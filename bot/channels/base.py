"""What a channel is, and the one vocabulary in which channels say that something went wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import ClassVar, Protocol, runtime_checkable

from bot.model import Inbound, Outgoing, Status


@dataclass(frozen=True, slots=True)
class Request:
    """A provider's call to us, of no web framework. `url` is the whole address as we were called, with its query."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def header(self, name: str) -> str:
        """The header of that name in any case; "" where there is none."""
        return next((value for key, value in self.headers.items() if key.lower() == name.lower()), "")


class Channel(Protocol):
    """One way to reach a phone. Everything that it raises about a message is a `ChannelError`."""

    @property
    def name(self) -> str:
        """A name of the registry."""

    def verify(self, request: Request) -> None:
        """Raise `Forged` unless the provider sent this."""

    def parse(self, request: Request) -> list[Inbound | Status]:
        """What a verified request tells; nothing where it is of no concern. `Malformed` where it cannot be read."""

    async def acknowledge(self, inbound: Inbound) -> None:
        """Tell the sender's phone, after the commit, that a tap was taken. Never raises."""

    async def send(self, outgoing: Outgoing) -> str:
        """Hand one message to the provider and return the provider's id of it."""

    async def find(self, outgoing: Outgoing) -> str | None:
        """The provider's id of a message that may have been sent before; None: it was not, or nobody can tell.

        To be asked before a second `send` where the outcome of the first is unknown.
        """

    def explain(self, code: str) -> ChannelError:
        """The error that the provider's `code` in a status stands for; an unknown code may be tried again."""

    async def check(self) -> str:
        """By a harmless call: as whom the provider knows us."""

    async def faults(self, public_url: str | None) -> list[str]:
        """What keeps the provider from bringing us messages at `public_url`, and how to correct it; one line each."""

    async def close(self) -> None:
        """Let go of connections."""


@runtime_checkable
class Polled(Protocol):
    """A channel that can fetch its messages from the provider instead of being called."""

    @property
    def name(self) -> str:
        """A name of the registry."""

    async def poll(self, handle: Callable[[Inbound], Awaitable[None]], *, stop: asyncio.Event) -> None:
        """Hand over what comes in until `stop` is set. A message counts as taken only when `handle` has returned."""


@runtime_checkable
class Answering(Protocol):
    """A channel whose provider reads the answer to its call: a challenge to be echoed, messages to be fetched."""

    def answer(self, request: Request) -> str | None:
        """The body of the answer to a verified request, in the media type of its route; None: what the route says."""


class Forged(Exception):
    """A request that the provider did not sign."""


class Malformed(Exception):
    """A request that the provider signed and that cannot be read all the same."""


class ChannelError(Exception):
    """A message did not go out. `code` is the provider's own, `reason` says it in words to a counselor.

    `permanent`: the same message to the same address will never go through on this channel.
    """

    permanent: ClassVar[bool] = False

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{reason} ({code})")
        self.code = code
        self.reason = reason


class RetryLater(ChannelError):
    """The provider did not take it now; `after` is how long it wants us to wait, where it said so."""

    def __init__(self, code: str, reason: str, after: timedelta | None = None) -> None:
        super().__init__(code, reason)
        self.after = after


class UnknownOutcome(ChannelError):
    """It may have been sent: look before sending again."""


class OutsideWindow(ChannelError):
    """Only an approved template may be sent now."""

    permanent = True


class Unreachable(ChannelError):
    """Not to be reached at this address on this channel."""

    permanent = True


class OptedOut(ChannelError):
    """The recipient stopped us at the provider, or blocked us."""

    permanent = True


class Misconfigured(ChannelError):
    """Our own mistake, which somebody has to correct: nothing will go out before."""

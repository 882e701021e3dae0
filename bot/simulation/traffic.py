"""What actors may ask of the traffic between the program and the phones, whoever carries it."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from bot.model import Inbound, Outgoing, Status
from bot.simulation.phones import Phone, Prompt


class Traffic(Protocol):
    def says(
        self,
        phone: Phone,
        text: str,
        choice: str | None = None,
        *,
        after: timedelta = timedelta(0),
        stops: bool = False,
    ) -> None:
        """Somebody writes, or taps the button `choice`. `stops`: their provider takes it as a STOP (or START) too."""
        ...

    def calls_us(self, name: str, what: Inbound | Status, after: timedelta) -> None:
        """A provider's webhook call, repeated until it gets its 200."""
        ...

    def prompt(self, outgoing: Outgoing) -> Prompt:
        """A message as its reader sees it."""
        ...

    def arrives(self, prompt: Prompt) -> None:
        """A message reaches its phone."""
        ...

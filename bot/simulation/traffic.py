"""What actors may ask of the network between the program and the phones."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from bot.model import Inbound, Outgoing, Status
from bot.simulation.phones import Phone, Prompt


class Traffic(Protocol):
    def write(
        self,
        phone: Phone,
        text: str,
        choice: str | None = None,
        *,
        after: timedelta = timedelta(0),
        stops: bool = False,
    ) -> None:
        """Write a message from a phone, or tap the button `choice`. `stops`: the provider also acts on it as STOP or START."""
        ...

    def call_webhook(self, name: str, what: Inbound | Status, after: timedelta) -> None:
        """Call a webhook as a provider does: again and again until it answers 200."""
        ...

    def prompt(self, outgoing: Outgoing) -> Prompt:
        """A message as its recipient sees it."""
        ...

    def deliver(self, prompt: Prompt) -> None:
        """Deliver a message to its phone."""
        ...

"""What a phone shows: a message as its recipient sees it, and what it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.model import Button


@dataclass(frozen=True, slots=True)
class Phone:
    channel: str
    address: str


@dataclass(frozen=True, slots=True)
class Prompt:
    row: int
    """The message's id in the outbox."""
    phone: Phone
    text: str
    buttons: tuple[Button, ...]
    flow: str | None
    question: str | None
    about: str
    """The conversation's subject, or its flow if it has none."""
    bulk: bool
    """The assistant begins a conversation, or reminds."""
    client: int | None

    @property
    def choices(self) -> frozenset[str]:
        return frozenset(choice_of(button) for button in self.buttons)

    def shows(self, figure: str) -> bool:
        """Whether the last line, a read-back, shows this figure and no other."""
        return digits(self.text.splitlines()[-1]) == digits(figure)


def choice_of(button: Button) -> str:
    return button.id.partition("~")[0]


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)

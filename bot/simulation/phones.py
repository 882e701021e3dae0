"""What a phone shows: a message as its reader sees it, with what it was about."""

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
    """`row` is the message's number in the outbox; `about` names the conversation's subject, or its flow where it has none.
    `bulk`: the assistant began, or reminds."""

    row: int
    phone: Phone
    text: str
    buttons: tuple[Button, ...]
    flow: str | None
    question: str | None
    about: str
    bulk: bool
    client: int | None

    @property
    def choices(self) -> frozenset[str]:
        return frozenset(choice_of(button) for button in self.buttons)

    def shows(self, figure: str) -> bool:
        """Whether the last line names this figure and no other: a read-back."""
        return digits(self.text.splitlines()[-1]) == digits(figure)


def choice_of(button: Button) -> str:
    return button.id.partition("~")[0]


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)

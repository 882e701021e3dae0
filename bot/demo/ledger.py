"""What each made-up client meant, kept apart from the store, so that the two can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from bot.model import ReadingKind


@dataclass(frozen=True, slots=True)
class Meant:
    """The answer to one question as its client would defend it; `choice` where a choice was asked for."""

    outcome: ReadingKind
    value: Decimal | None = None
    choice: str | None = None

    @classmethod
    def figure(cls, value: Decimal) -> Meant:
        return cls(ReadingKind.VALUE if value else ReadingKind.ZERO, value)


@dataclass
class Ledger:
    """By conversation and question. What a conversation was never asked, or never answered, may stand here too."""

    meant: dict[int, dict[str, Meant]] = field(default_factory=dict)

    def of(self, conversation: int) -> Mapping[str, Meant]:
        return self.meant.get(conversation, {})

    def goes_on(self, conversation: int) -> None:
        """A survey that was cut short goes on in a new conversation, where it stood: what was meant is the same."""
        if conversation not in self.meant and self.meant:
            self.meant[conversation] = self.meant[max(self.meant)]

"""What each fictional client meant, kept apart from the database to compare the two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from bot.model import ReadingKind


@dataclass(frozen=True, slots=True)
class Meant:
    """The true answer to one question."""

    outcome: ReadingKind
    value: Decimal | None = None
    choice: str | None = None
    """The id of the choice, for a question that offers choices."""

    @classmethod
    def figure(cls, value: Decimal) -> Meant:
        return cls(ReadingKind.VALUE if value else ReadingKind.ZERO, value)


@dataclass
class Ledger:
    """True answers of all clients."""

    meant: dict[int, dict[str, Meant]] = field(default_factory=dict)
    """By conversation and question, including questions that were never asked or answered."""

    def of(self, conversation: int) -> Mapping[str, Meant]:
        return self.meant.get(conversation, {})

    def continue_in(self, conversation: int) -> None:
        """Keep the same answers for the new conversation in which an interrupted survey continues."""
        if conversation not in self.meant and self.meant:
            self.meant[conversation] = self.meant[max(self.meant)]

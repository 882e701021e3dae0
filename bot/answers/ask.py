"""What a reader knows beside the reply: the question, and whom it was put to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bot.model import Kind


@dataclass(frozen=True, slots=True)
class Option:
    """A choice with every spelling under which it may be named (its label in all languages, its short words)."""

    id: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """The question a reply answers.

    `name` is the question's (sales_month, employees_full …), which gives the asked period and plausible bounds;
    `country` is ISO 3166 alpha-2, `language` the client's (the reply may be in another), `today` their local date,
    `last` their last figure, `options` what could be picked, in the order shown (numbered from 1).
    """

    kind: Kind
    name: str = ""
    country: str = ""
    language: str = "en"
    today: date | None = None
    last: Decimal | None = None
    currency: str | None = None
    options: tuple[Option, ...] = field(default_factory=tuple)

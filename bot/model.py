"""The vocabulary: what comes in, what goes out, and what a reply was read as.

Frozen values of the standard library only, so that every layer can speak them. Times are aware and in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

LANGUAGES = ("en", "es", "fr", "pt", "ht", "nl")
SERVICE_AREA_NAMES = {
    "finance": "Business plan and financing",
    "technology": "Information technology",
    "standards": "Standards and packaging",
    "cooperatives": "Cooperatives and joint supply",
    "value_chains": "Value chains",
}
"""What a center advises on, by name, as people of the center read it."""
SERVICE_AREAS = tuple(SERVICE_AREA_NAMES)
SESSION_TYPES = ("in_person", "phone", "online", "visit")
LONGEST_SESSION = 24
"""Hours."""
LONGEST_NOTES = 5000
"""Characters of the notes on a session."""


# --- what comes in ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message from a phone. `provider_id` is unique per channel; `sender` is E.164 or a Telegram chat id.

    `choice` is the payload of a button or list row; `media` names what came without a text (photo, voice, location …).
    `opt_out` is set where the provider itself took the message as a STOP (True) or a START (False).
    """

    channel: str
    provider_id: str
    sender: str
    at: datetime
    text: str = ""
    choice: str | None = None
    media: str | None = None
    simulated: bool = False
    recipient: str | None = None
    profile_name: str | None = None
    language_hint: str | None = None
    contact_phone: str | None = None
    opt_out: bool | None = None


class Delivery(StrEnum):
    """What became of a message, as the provider tells it."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Status:
    """A provider's report on a message of ours. `code` is the provider's own error code, `reason` is in our words."""

    channel: str
    provider_id: str
    state: Delivery
    at: datetime
    code: str | None = None
    reason: str | None = None


# --- what a reply was read as ----------------------------------------------------------------------------------------


def _(text: str) -> str:
    """Mark `text` as a text of the catalogs."""
    return text


class Kind(StrEnum):
    """What a question asks for."""

    CHOICE = "choice"
    COUNT = "count"
    AMOUNT = "amount"
    PERCENT = "percent"
    YESNO = "yesno"
    DATE = "date"
    #: Of birth.
    YEAR = "year"
    TEXT = "text"
    REVIEW = "review"


class ReadingKind(StrEnum):
    VALUE = "value"
    ZERO = "zero"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    ASK_AGAIN = "ask_again"


_OUTCOMES = {outcome.value: outcome for outcome in ReadingKind}

Value = Decimal | bool | str
"""Decimal for counts (whole), amounts and percentages; bool for yes/no; str for texts, choice ids and dates, where a
date is as exact as it was given: YYYY, YYYY-MM or YYYY-MM-DD."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reply was understood as.

    `value` is None unless `outcome` is VALUE or ZERO (Decimal 0). `period` is the one the reply itself stated (day,
    week, fortnight, month, quarter, year) where it is not the one asked for. `confirm`: read it back before keeping it.
    `reason` says in English why; `hint` is a short code of what was not clear, by which the question is asked again.
    `other` is what the same reply says about a sibling question ("2 full 1 part").
    """

    outcome: ReadingKind
    value: Value | None = None
    currency: str | None = None
    period: str | None = None
    approximate: bool = False
    confirm: bool = False
    reason: str = ""
    hint: str = ""
    other: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def answered(self) -> bool:
        return self.outcome is not ReadingKind.ASK_AGAIN

    def to_json(self) -> dict[str, Any]:
        """Only what differs from the default, so that a state stays small."""
        out: dict[str, Any] = {"outcome": self.outcome.value}
        if self.value is not None:
            out["value"] = {"n": str(self.value)} if isinstance(self.value, Decimal) else self.value
        for name in ("currency", "period"):
            if (given := getattr(self, name)) is not None:
                out[name] = given
        for name in ("approximate", "confirm", "reason", "hint"):
            if given := getattr(self, name):
                out[name] = given
        if self.other:
            out["other"] = {name: str(number) for name, number in self.other.items()}
        return out

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Reading:
        value = data.get("value")
        if isinstance(value, dict):
            value = Decimal(value["n"])
        return cls(
            outcome=_OUTCOMES[data["outcome"]],
            value=value,
            currency=data.get("currency"),
            period=data.get("period"),
            approximate=data.get("approximate", False),
            confirm=data.get("confirm", False),
            reason=data.get("reason", ""),
            hint=data.get("hint", ""),
            other={name: Decimal(number) for name, number in data["other"].items()} if "other" in data else {},
        )


# --- what goes out ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Money:
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Term:
    """A text of the catalog used inside another one (a month, a service area, a unit)."""

    text: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year, by its name alone: "October"."""

    year: int
    #: 1 to 12.
    number: int

    @classmethod
    def before(cls, day: date) -> Month:
        """The month that "last month" stands for on `day`."""
        return cls(day.year, day.month - 1) if day.month > 1 else cls(day.year - 1, 12)

    def __str__(self) -> str:
        """As it is stored: 2026-10."""
        return f"{self.year:04d}-{self.number:02d}"


Param = str | int | Decimal | Money | Month | date | datetime | Term
"""What may stand in a text: formatted for the client's language, country and time zone when the text is rendered."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to pick. `label` is a text of the catalog, or used as it stands when `literal`.

    `quiet`: shown as a button where there are buttons, never as a numbered line (where the reply is a figure, "1" must
    stay a figure); `word` is then what can be typed instead, a text of the catalog too.
    """

    id: str
    label: str
    literal: bool = False
    quiet: bool = False
    word: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """One thing to tell a client: a text of the catalog (its English wording), what stands in it, what can be picked."""

    text: str
    params: Mapping[str, Param] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """A choice as a channel gets it: `id` is what comes back, `label` is in the client's language."""

    id: str
    label: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A text in the client's words, before a channel gives it its shape. This is what a row of the outbox holds."""

    text: str
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A row of the outbox on its way to a provider. `attempt` counts from 1. `window_open`: free-form text is allowed.

    `fold`: an SMS is written in GSM-7 where its words allow. `template` is the name of one of our WhatsApp templates, or the provider's own id of one."""

    id: int
    channel: str
    recipient: str
    message: Message
    language: str
    attempt: int = 1
    sender: str | None = None
    window_open: bool = True
    template: str | None = None
    variables: Mapping[str, str] = field(default_factory=dict)
    created_at: datetime | None = None
    fold: bool = True

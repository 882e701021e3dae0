"""The texts with what stands in them in life: names, money and dates of each language's own country."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from functools import cache

from bot.flows.catalog import FLOWS
from bot.flows.engine import PERIOD_NAMES, YES_NO
from bot.flows.followup import indicators
from bot.flows.form import Context, Question
from bot.messages import catalogs
from bot.messages.conversation_costs import MONEY, SPOKEN_IN
from bot.messages.shape import Shaped, shape
from bot.model import LANGUAGES, Choice, Kind, Money, Month, Param, Reading, ReadingKind, Say, Term
from bot.text.language import Catalogs
from bot.text.render import Voice, join, speak

CATALOGS = Catalogs.load()
OTHERS = tuple(language for language in LANGUAGES if language != "en")
NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
TYPICAL = {"XCD": 5200, "DOP": 105_000, "HTG": 250_000, "BRL": 8000, "SRD": 60_000}
"""What a small business sells in a month, so that a figure in a text is as long as they are in life."""


@cache
def texts() -> tuple[str, ...]:
    """Every text of the program; read from its files when the first test asks."""
    return tuple(str(message.id) for message in catalogs.extract() if message.id)


def voice(language: str) -> Voice:
    return Voice(language, SPOKEN_IN[language], "America/St_Lucia")


def params(language: str) -> dict[str, Param]:
    """What stands in the texts, as long as it is in life."""
    currency, symbol = MONEY[SPOKEN_IN[language]]
    amount = Money(Decimal(TYPICAL[currency]), currency)
    return {
        "center": "SBDC Saint Lucia",
        "first_name": "Marie-Ange",
        "currency": symbol,
        "title": "Pricing for profit",
        "sex": Term("Other / no answer"),
        "year": "1985",
        "when": NOW,
        "place": "SBDC, Castries",
        "code": "LC-7K3Q2",
        "idea": Term("IDEA"),
        "join": "JOIN LC",
        "wanted": "SLU",
        "other": "Jean's Garage",
        "channel": "WhatsApp",
        "counselor": "Rosa Pierre",
        "words": "Can you come to the center tomorrow at 3?",
        "value": amount,
        "stated": amount,
        "suggested": "Marie-Ange Jean Baptiste",
        "period": Term(PERIOD_NAMES["fortnight"]),
        "last": Decimal(TYPICAL[currency]),
        "example": "JOIN LC",
        "name": "Marie-Ange Joseph",
        "business": "Ti Kafé",
        "sales": amount,
        "full": Decimal(2),
        "part": Decimal(1),
        "month": Month(2026, 10),
        "kind": Term("Investment"),
        "told": NOW.date(),
        "figure": Term("Sales"),
        "reason": "It is twice what you told us before, in the summer.",
        "about": "sales_month",
    }


def context(language: str, last: dict[str, Decimal] | None = None) -> Context:
    country = SPOKEN_IN[language]
    currency = MONEY[country][0]
    return Context(language, country, currency, NOW.date(), params(language), last or {}, LANGUAGES, CATALOGS.spellings)


def sms(language: str, *says: Say) -> Shaped:
    return shape(join([speak(say, voice(language), CATALOGS) for say in says]), "sms")


def options(question: Question, language: str) -> tuple[Choice, ...]:
    """What the prompt offers; the question of what to change offers everything."""
    given = {one.name: Reading(ReadingKind.VALUE, "yes") for one in indicators()}
    offered = question.options(given, context(language))
    return offered or (YES_NO if question.kind is Kind.YESNO else ())


QUESTIONS = [(flow, question) for flow in FLOWS.values() for question in flow.questions]

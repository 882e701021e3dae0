"""Answers and figures in words for people of the center: English, in the center's money."""

from __future__ import annotations

from decimal import Decimal

from bot.flows.catalog import FLOWS
from bot.indicators import label_of
from bot.model import Money, Reading, ReadingKind
from bot.text.language import LANGUAGE_NAMES, Catalogs
from bot.text.render import Voice, written
from storage.schema import Answer, Center

QUESTIONS = {
    "language": "Language",
    "consent": "May we keep it?",
    "survey_consent": "May we ask again?",
    "name": "Name",
    "business_name": "Business",
    "sector": "What it does",
    "place": "Town or village",
    "review": "All right?",
    "change": "What to change",
    "rsvp": "Coming?",
    "rating": "How useful",
    "topic": "What it is about",
    "meaning": "No help, or wrong figures?",
}
NOT_GIVEN = {
    ReadingKind.UNKNOWN.value: "does not know",
    ReadingKind.REFUSED.value: "would rather not say",
    ReadingKind.ASK_AGAIN.value: "not understood",
}
FLOW_NAMES = {
    "registration": "Registration",
    "followup": "Follow-up",
    "training": "Training",
    "counseling": "Counseling",
    "preferences": "Preferences",
    "confirmation": "Confirmation",
    "query": "Query",
}


def question_name(question: str) -> str:
    return label_of(question) or QUESTIONS.get(question) or question.replace("_", " ").capitalize()


def flow_name(flow: str) -> str:
    base = flow.split(".", maxsplit=1)[0]
    return FLOW_NAMES.get(base, base.capitalize())


def figure(value: Decimal, currency: str | None, center: Center) -> str:
    """A figure as it is written at the center, with its money where it is an amount."""
    voice = Voice("en", center.country, center.zone)
    return written(Money(value, currency) if currency else value, voice, Catalogs.load())


def answer_in_words(answer: Answer, center: Center) -> str:
    """What a kept answer was understood as."""
    if answer.reading.get("hint") == "skipped":
        return "skipped"
    if answer.outcome in NOT_GIVEN:
        return NOT_GIVEN[answer.outcome]
    if answer.number is not None:
        return figure(answer.number, answer.currency, center)
    return choice_in_words(answer.flow, answer.question, answer.text or "")


def reading_in_words(reading: Reading, flow: str, question: str, center: Center) -> str:
    """What a reading that still awaits a yes was understood as."""
    if isinstance(reading.value, Decimal):
        return figure(reading.value, reading.currency, center)
    if isinstance(reading.value, bool):
        return "Yes" if reading.value else "No"
    return choice_in_words(flow, question, reading.value or "")


def choice_in_words(flow: str, question: str, value: str) -> str:
    """The label of a picked choice; a text that was typed as it stands."""
    if question == "language":
        return LANGUAGE_NAMES.get(value, value)
    if value in ("true", "false"):
        return "Yes" if value == "true" else "No"
    return choices_in_words(flow, question).get(value, value)


def choices_in_words(flow: str, question: str) -> dict[str, str]:
    """The choices of a question: what is kept and its label."""
    known = FLOWS.get(flow)
    asked = next((asked for asked in known.questions if asked.name == question), None) if known else None
    return {choice.id: choice.label for choice in asked.choices} if asked else {}


def wave_name(wave: str) -> str:
    """baseline, after 3 months, on request, on request (2)."""
    if wave == "asked":
        return "on request"
    if wave.startswith("asked "):
        return f"on request ({wave.removeprefix('asked ')})"
    if wave.endswith("m") and wave[:-1].isdigit():
        return f"after {wave[:-1]} month{'' if wave == '1m' else 's'}"
    return wave

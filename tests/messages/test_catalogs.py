"""Every word a client reads, in six languages: translated, fit for a phone, and short."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

import pytest

from bot.answers.hints import SENTENCES
from bot.channels.twilio.spec import WHATSAPP
from bot.flows.catalog import FLOWS
from bot.flows.engine import PERSON, SKIP, advance
from bot.flows.form import Begin, Nudged
from bot.flows.state import State
from bot.messages import catalogs
from bot.messages.conversation_costs import MONEY, SPOKEN_IN, costs
from bot.messages.first_messages import proactive
from bot.messages.shape import shape
from bot.messages.templates import faults
from bot.model import LANGUAGES, Kind, Reading, ReadingKind, Say
from bot.service.commands import MENU
from bot.text.render import speak
from tests.phrases import CATALOGS, NOW, OTHERS, QUESTIONS, TYPICAL, context, options, params, sms, texts, voice

SAME_IN = {
    "No": {"es"},
    "Services": {"fr"},
    "IDEA": {"es"},
    "TRAINING": {"nl"},
    "Man": {"nl"},
    "gourdes": {"es", "fr", "pt", "nl"},
    "{counselor}: {words}": {"es", "pt", "ht", "nl"},
}
"""Texts that read the same in English and in these languages; any other that does was forgotten."""

LONGER = {
    ("registration", "sector"): "eight sectors to choose from, after the reminder that comes before them",
}
"""Prompts that may take two segments when they are asked again after a day."""


def prompts(language: str) -> Iterator[tuple[str, Say]]:
    """Every wording of every question with its choices."""
    for flow, question in QUESTIONS:
        for text in filter(None, (question.opening, question.text, question.again)):
            yield f"{flow.name}.{question.name}", Say(text, params(language), options(question, language))


def review(language: str) -> tuple[Say, ...]:
    """The read-back of a usual follow-up: sales and one number of people have changed, nothing exported or borrowed."""
    currency = MONEY[SPOKEN_IN[language]][0]
    sales = Decimal(TYPICAL[currency])
    zero = Reading(ReadingKind.ZERO, Decimal(0), currency=currency)
    answers = {
        "sales_month": Reading(ReadingKind.VALUE, sales, currency=currency),
        "employees_full": Reading(ReadingKind.VALUE, Decimal(3)),
        "employees_part": Reading(ReadingKind.VALUE, Decimal(1)),
        "exports_month": zero,
        "financing": zero,
        "attribution": Reading(ReadingKind.VALUE, "partly"),
    }
    last = {
        "sales_month": sales * 9 / 10,
        "employees_full": Decimal(2),
        "employees_part": Decimal(1),
        "exports_month": Decimal(0),
    }
    asked = advance(FLOWS["followup"], State("followup", 1, answers=answers), Begin(NOW), context(language, last))
    return tuple(effect for effect in asked.effects if isinstance(effect, Say))


# --- translated ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_nothing_is_wrong_with_any_text() -> None:
    labels = {choice.label for _flow, question in QUESTIONS for choice in options(question, "en") if not choice.literal}
    assert catalogs.problems(labels | {choice.label for choice in (*MENU, SKIP, PERSON)}) == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated(language: str) -> None:
    untouched = {text for text in texts() if CATALOGS.translate(text, language) == text}
    assert untouched == {text for text, same in SAME_IN.items() if language in same}


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "English"),
        ("es", "español"),
        ("fr", "français"),
        ("pt", "português"),
        ("ht", "kreyòl"),
        ("nl", "Nederlands"),
    ],
)
def test_a_change_of_language_is_confirmed_by_its_own_name(language: str, name: str) -> None:
    assert f" {name}." in CATALOGS.translate("Good, from now on in English.", language)


# --- fit for a phone -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_one_sms_in_gsm_letters(language: str) -> None:
    shaped = {text: sms(language, Say(text, params(language))) for text in texts()}
    assert {text: one.text for text, one in shaped.items() if (one.segments, one.encoding) != (1, "GSM-7")} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_prompt_is_one_sms_with_its_choices(language: str) -> None:
    asked = [(name, sms(language, say)) for name, say in prompts(language)]
    asked.append(("followup.review", sms(language, *review(language))))
    assert {name: one.text for name, one in asked if one.segments != 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("flow", ["registration", "followup"])
def test_a_reminder_and_its_question_are_one_sms(flow: str, language: str) -> None:
    long = {}
    for question in FLOWS[flow].questions:
        if question.leads or question.name in ("language", "consent", "survey_consent"):
            continue  # nobody is reminded before they agreed; the read-back is measured above
        state = State(flow, 1, question.name, asked=1)
        says = advance(FLOWS[flow], state, Nudged(NOW), context(language)).effects
        one = sms(language, *(say for say in says if isinstance(say, Say)))
        if one.segments > 1 and (flow, question.name) not in LONGER:
            long[question.name] = one.text
    assert long == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figure_is_asked_for_again_in_one_sms(language: str) -> None:
    """What was unclear, an example and the question, for every way in which a figure can be unclear."""
    long = {}
    for (_flow, question), sentence in product(QUESTIONS, SENTENCES.values()):
        if question.kind in (Kind.AMOUNT, Kind.COUNT):
            example = Say("For example: {example}", {"example": "RD$105,000"})
            again = Say(question.again or question.text, params(language), options(question, language))
            one = sms(language, Say(sentence, params(language)), example, again)
            if one.segments > 1:
                long[question.name, sentence] = one.text
    assert long == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_conversations_are_short(language: str) -> None:
    messages = {
        cost.flow: cost.messages for cost in costs(CATALOGS) if (cost.language, cost.channel) == (language, "sms")
    }
    assert messages["registration"] - 1 <= 12
    assert messages["followup"] - 1 <= 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_choices_fit_whatsapp(language: str) -> None:
    quick, rows = WHATSAPP.shows.buttons, WHATSAPP.shows.rows
    assert quick is not None
    assert rows is not None
    wide = {}
    for name, say in prompts(language):
        shaped = shape(speak(say, voice(language), CATALOGS), "whatsapp")
        loud = say.choices
        if loud and len(shaped.buttons if len(loud) <= quick.most else shaped.rows) != len(loud):
            wide[name] = [CATALOGS.translate(choice.label, language) for choice in loud]
    assert wide == {}, f"{quick.label} characters on a button, {rows.label} in a list"


def test_whatever_we_say_first_can_be_a_whatsapp_template() -> None:
    refused = {(one.about, one.template.language): faults(one.template) for one in proactive(CATALOGS)}
    assert {which: wrong for which, wrong in refused.items() if wrong} == {}

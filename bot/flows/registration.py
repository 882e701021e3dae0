"""Registration: language, consent, who and what, and the baseline. Eleven prompts at most."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from bot.flows.form import (
    Answers,
    Consent,
    Context,
    Effect,
    Finish,
    Flow,
    Measure,
    Profile,
    Question,
    SetLanguage,
    chosen,
    measured,
)
from bot.indicators import EMPLOYEES_FULL, EMPLOYEES_PART, EXPORTS_MONTH, SALES_MONTH
from bot.model import Choice, Kind, Reading, ReadingKind, Say, _
from bot.text.language import LANGUAGE_NAMES

CONSENT_VERSION = "2026-11"
"""The wording of the two consent questions; a new wording is a new version."""

SECTORS = (
    Choice("food", _("Food and drink")),
    Choice("farming", _("Farming and fishing")),
    Choice("crafts", _("Crafts and fashion")),
    Choice("retail", _("Shop and trade")),
    Choice("tourism", _("Tourism")),
    Choice("beauty", _("Beauty and health")),
    Choice("services", _("Services")),
    Choice("other", _("Something else")),
)
Meaning = Callable[[Reading, Answers, Context], tuple[Effect, ...]]

FULL_NAME = re.compile(r"[^\W\d_][^\W\d_.'’-]*(?:[ .'’-]+[^\W\d_]+){1,5}\.?")
LONGEST_NAME = 40
IDEA = Choice("idea", _("Not open yet"), quiet=True, word=_("IDEA"))
BASELINE = (SALES_MONTH, EMPLOYEES_FULL, EMPLOYEES_PART, EXPORTS_MONTH)
OF_AN_IDEA = (SALES_MONTH, EMPLOYEES_FULL, EMPLOYEES_PART)
"""What one answer says of a business that is not open yet."""


def offered_languages(answers: Answers, context: Context) -> tuple[Choice, ...]:
    """The suggested language first, so that the right one is mostly "1"."""
    ordered = sorted(context.languages, key=lambda code: code != context.language)
    return tuple(Choice(code, LANGUAGE_NAMES[code], literal=True) for code in ordered)


def _speak(reading: Reading, answers: Answers, context: Context) -> tuple[Effect, ...]:
    return (SetLanguage(str(reading.value)),)


def _service_consent(reading: Reading, answers: Answers, context: Context) -> tuple[Effect, ...]:
    granted = reading.value is True
    consent = Consent("service", granted, CONSENT_VERSION)
    if granted:
        return (consent,)
    goodbye = Say(
        _("That's fine, and thank you for telling me. I keep nothing. If you change your mind, write {join}."),
        context.params,
    )
    return (consent, goodbye, Finish("refused"))


def _survey_consent(reading: Reading, answers: Answers, context: Context) -> tuple[Effect, ...]:
    return (Consent("survey", reading.value is True, CONSENT_VERSION),)


def _field(name: str) -> Meaning:
    def keep(reading: Reading, answers: Answers, context: Context) -> tuple[Effect, ...]:
        return (Profile(name, reading.value),) if isinstance(reading.value, str) else ()

    return keep


def _own_name(context: Context) -> str | None:
    """How the person is called on their channel, where that looks like a first name and a family name."""
    name = " ".join((context.profile_name or "").split())
    return name if " " in name and len(name) <= LONGEST_NAME and FULL_NAME.fullmatch(name) else None


def _stage(reading: Reading, answers: Answers, context: Context) -> tuple[Effect, ...]:
    return (Profile("stage", "idea" if reading.value == IDEA.id else "running"),)


def _running(answers: Answers, context: Context) -> bool:
    return chosen(answers, SALES_MONTH.name) != IDEA.id


def _finish(answers: Answers, complete: bool, context: Context) -> tuple[Effect, ...]:
    if not complete:
        return tuple(_baseline(answers, context))
    thanks = Say(
        _(
            "You're registered, {first_name}! Your client code is {code}. I'll write when there's a training or a short check-in. Write HELP any time."
        ),
        context.params,
    )
    return (*_baseline(answers, context), thanks)


def _baseline(answers: Answers, context: Context) -> list[Measure]:
    """What is not open yet sells nothing and employs nobody; that answer carries all three figures. Exports are not asked
    then, and what was not asked is no figure."""
    if chosen(answers, SALES_MONTH.name) == IDEA.id:
        nobody = Reading(ReadingKind.ZERO, Decimal(0), reason="not open yet")
        nothing = replace(nobody, currency=context.currency)
        return [Measure(one.name, SALES_MONTH.name, nothing if one.money else nobody) for one in OF_AN_IDEA]
    return [Measure(one.name, one.name, answers[one.name]) for one in BASELINE if one.name in answers]


REGISTRATION = Flow(
    name="registration",
    version=2,
    questions=(
        Question(
            "language",
            Kind.CHOICE,
            _("Which language do you prefer?"),
            opening=_("Welcome to {center}! Which language do you prefer?"),
            offered=offered_languages,
            required=True,
            then=_speak,
        ),
        Question(
            "consent",
            Kind.YESNO,
            _(
                "I'm Acompaña, {center}'s assistant. May we keep what you tell me, to support your business? Only our staff see it. STOP ends it."
            ),
            required=True,
            then=_service_consent,
        ),
        Question(
            "survey_consent",
            Kind.YESNO,
            _(
                "May I also ask how your business is doing, a few times a year? It's fine to say no: we help you all the same."
            ),
            required=True,
            then=_survey_consent,
        ),
        Question(
            "name",
            Kind.TEXT,
            _("Thank you! What's your full name?"),
            again=_("Your full name, please?"),
            suggestion=_("Thank you! Is {suggested} your full name? If not, write it here."),
            suggested=_own_name,
            required=True,
            then=_field("name"),
        ),
        Question(
            "business_name",
            Kind.TEXT,
            _("And the name of your business? If it has none yet, write what you plan."),
            then=_field("business_name"),
        ),
        Question("sector", Kind.CHOICE, _("What does it do?"), choices=SECTORS, then=_field("sector")),
        Question("place", Kind.TEXT, _("Which town or village is it in?"), place=True, then=_field("place")),
        measured(
            SALES_MONTH,
            _(
                "About how much did you sell in {month}, in {currency}? Your best guess is fine. Write {idea} if you aren't open yet."
            ),
            again=_("Your sales in {month}, in {currency}?"),
            choices=(IDEA,),
            then=_stage,
        ),
        measured(
            EMPLOYEES_FULL,
            _("How many people work for you full-time? Don't count yourself; 0 is fine."),
            again=_("How many full-time, not counting you?"),
            relevant=_running,
        ),
        measured(
            EMPLOYEES_PART,
            _("And how many part-time, not counting you?"),
            relevant=_running,
        ),
        measured(
            EXPORTS_MONTH,
            _("How much did you sell to other countries in {month}, in {currency}? 0 if none."),
            again=_("Sales to other countries in {month}, in {currency}?"),
            no_is_zero=True,
            relevant=_running,
        ),
    ),
    finish=_finish,
    nudge=_("Shall we finish signing you up?"),
)

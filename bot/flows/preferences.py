"""What a client may set about the conversation itself: its language, and whether anything is held at all."""

from __future__ import annotations

from bot.flows.form import Answers, Context, Effect, Erase, Flow, Question, SetLanguage, said_yes
from bot.flows.registration import offered_languages
from bot.model import Kind, Reading, Say, _


def _speak(reading: Reading, answers: Answers, context: Context) -> tuple[Effect, ...]:
    return (SetLanguage(reading.value),) if isinstance(reading.value, str) else ()


def _language_set(answers: Answers, complete: bool, context: Context) -> tuple[Effect, ...]:
    return (Say(_("Good, from now on in English.")),) if complete and "language" in answers else ()


LANGUAGE = Flow(
    name="preferences",
    version=1,
    questions=(
        Question("language", Kind.CHOICE, _("Which language do you prefer?"), offered=offered_languages, then=_speak),
    ),
    finish=_language_set,
)


def _erased(answers: Answers, complete: bool, context: Context) -> tuple[Effect, ...]:
    if complete and said_yes(answers, "erase"):
        return (Say(_("Done: your record is erased. Thank you for the time you gave us.")), Erase())
    return (Say(_("Good, nothing was erased.")),) if complete else ()


ERASURE = Flow(
    name="preferences.erase",
    version=1,
    questions=(
        Question(
            "erase",
            Kind.YESNO,
            _("Shall I erase your name, number, messages and figures for good? This can't be undone."),
            required=True,
        ),
    ),
    finish=_erased,
)

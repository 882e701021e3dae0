"""Two questions about the owner, asked once and never again: a client may skip them, or write about something else."""

from __future__ import annotations

from bot.flows.form import Answers, Context, Effect, Flow, Personal, Question
from bot.model import Choice, Kind, Reading, Say, _

SEXES = (
    Choice("f", _("Woman"), word=_("female")),
    Choice("m", _("Man"), word=_("male")),
    Choice("x", _("Other / no answer")),
)


def _about(reading: Reading, name: str) -> tuple[Effect, ...]:
    return (Personal(name, reading.value),) if isinstance(reading.value, str) else ()


def _sex(reading: Reading, answers: Answers, context: Context) -> tuple[Effect, ...]:
    return _about(reading, "sex")


def _birth_year(reading: Reading, answers: Answers, context: Context) -> tuple[Effect, ...]:
    return _about(reading, "birth_year")


def _thanks(answers: Answers, complete: bool, context: Context) -> tuple[Effect, ...]:
    return (Say(_("Thank you, that's all for now.")),) if complete else ()


PERSONAL = Flow(
    name="personal",
    version=1,
    optional=True,
    questions=(
        Question(
            "sex",
            Kind.CHOICE,
            _("One more thing, only if you like: it shows us whom we reach. Are you a woman or a man?"),
            again=_("A woman or a man? You can also write SKIP."),
            choices=SEXES,
            then=_sex,
        ),
        Question(
            "birth_year",
            Kind.YEAR,
            _("Thank you! And in which year were you born? For example 1985, or write SKIP."),
            again=_("The year you were born, for example 1985?"),
            then=_birth_year,
        ),
    ),
    finish=_thanks,
)

"""What staff noted from a talk, read back to the client, with the question that only the client can answer in writing: did
the center help? Who never answers is not asked again.
"""

from __future__ import annotations

from decimal import Decimal

from bot.flows.followup import ATTRIBUTIONS
from bot.flows.form import Answers, Attribute, ChangeFigures, Context, Effect, Flow, Question, chosen
from bot.indicators import (
    ATTRIBUTION,
    EMPLOYEES_FULL,
    EMPLOYEES_PART,
    EXPORTS_MONTH,
    FINANCING,
    SALES_MONTH,
    Indicator,
)
from bot.model import Choice, Kind, Money, Param, Reading, Say, _

MEANING = "meaning"
MEANINGS = (Choice("none", _("No difference")), Choice("wrong", _("Wrong figures")))
READ_BACK = (SALES_MONTH, EMPLOYEES_FULL, EMPLOYEES_PART, EXPORTS_MONTH, FINANCING)
ONLY_IF_ANY = (EXPORTS_MONTH, FINANCING)


def _noted(answers: Answers, context: Context) -> tuple[Say, ...]:
    """The figures that the talk gave."""
    lines = [Say(_("This is what {center} noted:"), context.params)]
    for indicator in READ_BACK:
        reading = context.on_record.get(indicator.name)
        if (
            reading is not None
            and isinstance(reading.value, Decimal)
            and (reading.value or indicator not in ONLY_IF_ANY)
        ):
            lines.append(Say(indicator.line, {"value": _shown(indicator, reading, reading.value, context)}))
    return tuple(lines)


def _shown(indicator: Indicator, reading: Reading, value: Decimal, context: Context) -> Param:
    return Money(value, reading.currency or context.currency) if indicator.money else value


def _said_no(answers: Answers, context: Context) -> bool:
    """A no may be one to the help, or one to the figures."""
    return chosen(answers, ATTRIBUTION.name) == "no"


def _finish(answers: Answers, complete: bool, context: Context) -> tuple[Effect, ...]:
    if not complete:
        return ()
    answer, meaning = chosen(answers, ATTRIBUTION.name), chosen(answers, MEANING)
    if meaning == "wrong":
        return (ChangeFigures(),)
    thanks = Say(_("Thank you, {first_name}! If a figure is not right, write PERSON."), context.params)
    if answer is None or (answer == "no" and meaning is None):
        return (thanks,)
    return (Attribute(answer), thanks)


CONFIRMATION = Flow(
    name="confirmation",
    version=1,
    optional=True,
    questions=(
        Question(
            ATTRIBUTION.name,
            Kind.CHOICE,
            _("Did the center's help contribute to these results?"),
            choices=ATTRIBUTIONS,
            leads=_noted,
        ),
        Question(
            MEANING,
            Kind.CHOICE,
            _("Just to be sure: did our help make no difference, or are the figures wrong?"),
            choices=MEANINGS,
            relevant=_said_no,
        ),
    ),
    finish=_finish,
)

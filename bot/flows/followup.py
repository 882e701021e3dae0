"""The follow-up survey: a question for each indicator, then a read-back; each prompt is one SMS segment."""

from __future__ import annotations

from decimal import Decimal

from bot.flows.form import Answers, Context, Effect, Flow, Measure, Question, Reopen, chosen, measured
from bot.indicators import ATTRIBUTION, EMPLOYEES_FULL, EMPLOYEES_PART, EXPORTS_MONTH, FINANCING, SALES_MONTH, Indicator
from bot.model import Choice, Kind, Money, Param, Reading, ReadingKind, Say, Term, _

ATTRIBUTIONS = (
    Choice("yes", _("Yes")),
    Choice("partly", _("Partly")),
    Choice("no", _("No")),
)
REVIEW = (Choice("right", _("Yes")), Choice("change", _("Change")))


def indicators() -> tuple[Indicator, ...]:
    """What the survey asks for, in its order."""
    return tuple(question.indicator for question in FOLLOWUP.questions if question.indicator is not None)


def _summary(answers: Answers, context: Context) -> tuple[Say, ...]:
    """Every figure, with the last one beside it where it changed."""
    lines = [Say(_("Please check:"))]
    for indicator in indicators():
        reading = answers.get(indicator.name)
        if reading is None:
            continue
        params: dict[str, Param] = {"value": _shown(indicator, reading, context)}
        last = context.last.get(indicator.name)
        if last is not None and indicator.compared and last != reading.value:
            params["last"] = last
            lines.append(Say(indicator.line_compared, params))
        else:
            lines.append(Say(indicator.line, params))
    return tuple(lines)


def _shown(indicator: Indicator, reading: Reading, context: Context) -> Param:
    value = reading.value
    if isinstance(value, Decimal):
        return Money(value, reading.currency or context.currency) if indicator.money else value
    if isinstance(value, str):
        return next((Term(choice.label) for choice in ATTRIBUTIONS if choice.id == value), value)
    return Term(_("not given"))


def _wants_change(answers: Answers, context: Context) -> bool:
    return chosen(answers, "review") == "change"


def _changeable(answers: Answers, context: Context) -> tuple[Choice, ...]:
    return tuple(Choice(one.name, one.title) for one in indicators() if one.name in answers)


def _reopen(reading: Reading, answers: Answers, context: Context) -> tuple[Effect, ...]:
    return (Reopen(str(reading.value)),) if reading.outcome is ReadingKind.VALUE else ()


def _finish(answers: Answers, complete: bool, context: Context) -> tuple[Effect, ...]:
    measures = tuple(Measure(one.name, one.name, answers[one.name]) for one in indicators() if one.name in answers)
    if not complete:
        return measures
    return (
        *measures,
        Say(_("Thank you, {first_name}! {center} has your figures now. We wish you a good month."), context.params),
    )


FOLLOWUP = Flow(
    name="followup",
    version=1,
    questions=(
        measured(
            SALES_MONTH,
            _("About how much did you sell last month, in {currency}? Your best guess is fine."),
            opening=_(
                "Hi {first_name}, {center} here with {questions} quick questions. About how much did you sell last month, in {currency}? Your best guess is fine."
            ),
            again=_("Your sales last month, in {currency}?"),
        ),
        measured(
            EMPLOYEES_FULL,
            _("How many people work for you full-time now? Don't count yourself."),
            again=_("How many full-time, not counting you?"),
        ),
        measured(EMPLOYEES_PART, _("And how many part-time, not counting you?")),
        measured(
            EXPORTS_MONTH,
            no_is_zero=True,
            text=_("Of last month's sales, how much went to customers abroad, in {currency}? 0 if none."),
            again=_("Sales to other countries last month, in {currency}?"),
        ),
        measured(
            FINANCING,
            no_is_zero=True,
            text=_(
                "Did the business get a loan, grant or investment since we last spoke? How much, in {currency}? 0 if none."
            ),
            again=_("Loan, grant or investment, in {currency}?"),
        ),
        measured(
            ATTRIBUTION,
            _("Did the center's help contribute to these results?"),
            choices=ATTRIBUTIONS,
        ),
        Question(
            "review",
            Kind.REVIEW,
            _("All correct?"),
            choices=REVIEW,
            leads=_summary,
            required=True,
        ),
        Question(
            "change",
            Kind.CHOICE,
            _("Which one shall we change?"),
            relevant=_wants_change,
            offered=_changeable,
            required=True,
            then=_reopen,
        ),
    ),
    finish=_finish,
    nudge=_("Hi {first_name}, shall we finish your check-in?"),
)

"""The follow-up survey: six questions and a read-back, seven prompts of one segment each."""

from __future__ import annotations

from decimal import Decimal

from bot.flows.form import Answers, Context, Effect, Flow, Measure, Question, Reopen, chosen
from bot.model import Choice, Kind, Money, Param, Reading, ReadingKind, Say, Term
from bot.text.language import _

FIGURES = ("sales_month", "employees_full", "employees_part", "exports_month", "financing")
MONEY = frozenset({"sales_month", "exports_month", "financing"})

NAMES = {
    "sales_month": _("Sales last month"),
    "employees_full": _("Full-time"),
    "employees_part": _("Part-time"),
    "exports_month": _("Exports"),
    "financing": _("Financing"),
    "attribution": _("The center helped"),
}
LINES = {
    "sales_month": (_("Sales {value}"), _("Sales {value} (was {last})")),
    "employees_full": (_("Full-time {value}"), _("Full-time {value} (was {last})")),
    "employees_part": (_("Part-time {value}"), _("Part-time {value} (was {last})")),
    "exports_month": (_("Exports {value}"), _("Exports {value} (was {last})")),
    "financing": (_("Financing {value}"), _("Financing {value} (was {last})")),
    "attribution": (_("Our help: {value}"), _("Our help: {value}")),
}
ATTRIBUTION = (
    Choice("yes", _("Yes")),
    Choice("partly", _("Partly")),
    Choice("no", _("No")),
)
REVIEW = (Choice("right", _("Yes")), Choice("change", _("Change")))


def _summary(answers: Answers, context: Context) -> tuple[Say, ...]:
    """Every figure, with the last one beside it where it changed."""
    lines = [Say(_("Please check:"))]
    for name, (plain, compared) in LINES.items():
        reading = answers.get(name)
        if reading is None:
            continue
        params: dict[str, Param] = {"value": _shown(name, reading, context)}
        last = context.last.get(name)
        if last is not None and name != "financing" and last != reading.value:
            params["last"] = last
            lines.append(Say(compared, params))
        else:
            lines.append(Say(plain, params))
    return tuple(lines)


def _shown(name: str, reading: Reading, context: Context) -> Param:
    value = reading.value
    if isinstance(value, Decimal):
        return Money(value, reading.currency or context.currency) if name in MONEY else value
    if isinstance(value, str):
        return next((Term(choice.label) for choice in ATTRIBUTION if choice.id == value), value)
    return Term(_("not given"))


def _wants_change(answers: Answers, context: Context) -> bool:
    return chosen(answers, "review") == "change"


def _changeable(answers: Answers, context: Context) -> tuple[Choice, ...]:
    return tuple(Choice(name, NAMES[name]) for name in LINES if name in answers)


def _reopen(reading: Reading, answers: Answers, context: Context) -> tuple[Effect, ...]:
    return (Reopen(str(reading.value)),) if reading.outcome is ReadingKind.VALUE else ()


def _finish(answers: Answers, complete: bool, context: Context) -> tuple[Effect, ...]:
    measures = tuple(Measure(name, name, answers[name]) for name in (*FIGURES, "attribution") if name in answers)
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
        Question(
            "sales_month",
            Kind.AMOUNT,
            _("About how much did you sell last month, in {currency}? Your best guess is fine."),
            opening=_(
                "Hi {first_name}, {center} here with 6 quick questions. About how much did you sell last month, in {currency}? Your best guess is fine."
            ),
            again=_("Your sales last month, in {currency}?"),
        ),
        Question(
            "employees_full",
            Kind.COUNT,
            _("How many people work for you full-time now? Don't count yourself."),
            again=_("How many full-time, not counting you?"),
        ),
        Question("employees_part", Kind.COUNT, _("And how many part-time, not counting you?")),
        Question(
            "exports_month",
            Kind.AMOUNT,
            no_is_zero=True,
            text=_("Of last month's sales, how much went to customers abroad, in {currency}? 0 if none."),
            again=_("Sales to other countries last month, in {currency}?"),
        ),
        Question(
            "financing",
            Kind.AMOUNT,
            no_is_zero=True,
            text=_(
                "Did the business get a loan, grant or investment since we last spoke? How much, in {currency}? 0 if none."
            ),
            again=_("Loan, grant or investment, in {currency}?"),
        ),
        Question(
            "attribution",
            Kind.CHOICE,
            _("Did the center's help contribute to these results?"),
            choices=ATTRIBUTION,
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

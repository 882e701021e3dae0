"""The follow-up survey: a question for each indicator, then a read-back; each prompt is one SMS segment.

Seven prompts, and one more each where money came in and where jobs may have been saved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from bot.flows.form import Answers, Context, Effect, Flow, Measure, Question, Reopen, chosen, measured
from bot.indicators import (
    ATTRIBUTION,
    EMPLOYEES_FULL,
    EMPLOYEES_PART,
    EXPORTS_MONTH,
    FINANCING,
    RETAINED,
    SALES_MONTH,
    Indicator,
)
from bot.model import Choice, Kind, Money, Param, Reading, ReadingKind, Say, Term, _

ATTRIBUTIONS = (
    Choice("yes", _("Yes")),
    Choice("partly", _("Partly")),
    Choice("no", _("No")),
)
FINANCING_KIND = "financing_kind"
KINDS = (Choice("loan", _("Loan")), Choice("grant", _("Grant")), Choice("equity", _("Investment")))
HEADS = (EMPLOYEES_FULL.name, EMPLOYEES_PART.name)
REVIEW = (Choice("right", _("Yes")), Choice("change", _("Change")))


def indicators() -> tuple[Indicator, ...]:
    """What the survey may ask for, in its order."""
    return tuple(question.indicator for question in FOLLOWUP.questions if question.indicator is not None)


def _summary(answers: Answers, context: Context) -> tuple[Say, ...]:
    """Every figure, with the last one beside it where it changed."""
    lines = [Say(_("Please check:"))]
    for indicator, reading in _told(answers, context):
        params: dict[str, Param] = {"value": _shown(indicator, reading, context)}
        last = context.last.get(indicator.name)
        if last is not None and indicator.compared and last != reading.value:
            params["last"] = last
            lines.append(Say(indicator.line_compared, params))
        elif indicator is FINANCING and (kind := _kind(answers, context)) is not None:
            label = next(choice.label for choice in KINDS if choice.id == kind)
            lines.append(Say(_("Financing {value} ({kind})"), {**params, "kind": Term(label)}))
        else:
            lines.append(Say(indicator.line, params))
    return tuple(lines)


def _told(answers: Answers, context: Context) -> Iterator[tuple[Indicator, Reading]]:
    """What was answered and still holds: a later answer may have made a question pointless that was asked before."""
    for question in FOLLOWUP.questions:
        reading = answers.get(question.name)
        if question.indicator is not None and reading is not None and question.relevant(answers, context):
            yield question.indicator, reading


def _money_came_in(answers: Answers, context: Context) -> bool:
    financing = answers.get(FINANCING.name)
    return financing is not None and isinstance(financing.value, Decimal) and financing.value > 0


def _kind(answers: Answers, context: Context) -> str | None:
    """loan, grant or equity, where money came in and it was told."""
    return chosen(answers, FINANCING_KIND) if _money_came_in(answers, context) else None


def _may_have_kept_jobs(answers: Answers, context: Context) -> bool:
    """Whether somebody works there, no more than when last told, and the client says that the center helped."""
    now, before = _heads({name: answers[name].value for name in HEADS if name in answers}), _heads(context.last)
    if now is None or before is None:
        return False
    return 0 < now <= before and chosen(answers, ATTRIBUTION.name) in ("yes", "partly")


def _heads(figures: Mapping[str, object]) -> Decimal | None:
    """Full-time and part-time people together; None unless both are known."""
    counts = [count for name in HEADS if isinstance(count := figures.get(name), Decimal)]
    return sum(counts, Decimal(0)) if len(counts) == len(HEADS) else None


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
    return tuple(Choice(one.name, one.title) for one, _reading in _told(answers, context))


def _reopen(reading: Reading, answers: Answers, context: Context) -> tuple[Effect, ...]:
    if reading.outcome is not ReadingKind.VALUE:
        return ()
    if reading.value == FINANCING.name and FINANCING_KIND in answers:
        return (Reopen(FINANCING.name), Reopen(FINANCING_KIND))
    return (Reopen(str(reading.value)),)


def _finish(answers: Answers, complete: bool, context: Context) -> tuple[Effect, ...]:
    measures = tuple(
        Measure(one.name, one.name, reading, _kind(answers, context) if one is FINANCING else None)
        for one, reading in _told(answers, context)
    )
    if not complete:
        return measures
    return (
        *measures,
        Say(_("Thank you, {first_name}! {center} has your figures now. We wish you a good month."), context.params),
    )


FOLLOWUP = Flow(
    name="followup",
    version=2,
    questions=(
        measured(
            SALES_MONTH,
            _("About how much did you sell in {month}, in {currency}? Your best guess is fine."),
            opening=_(
                "Hi {first_name}, {center} here with a few questions. About how much did you sell in {month}, in {currency}? Your best guess is fine."
            ),
            again=_("Your sales in {month}, in {currency}?"),
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
            text=_("Of your {month} sales, how much went to customers abroad, in {currency}? 0 if none."),
            again=_("Sales to other countries in {month}, in {currency}?"),
        ),
        measured(
            FINANCING,
            no_is_zero=True,
            text=_(
                "Did the business get a loan, grant or investment since we last spoke? How much, in {currency}? 0 if none."
            ),
            again=_("Loan, grant or investment, in {currency}?"),
        ),
        Question(
            FINANCING_KIND,
            Kind.CHOICE,
            _("Was that mostly a loan, a grant or an investment?"),
            choices=KINDS,
            relevant=_money_came_in,
        ),
        measured(
            ATTRIBUTION,
            _("Did the center's help contribute to these results?"),
            choices=ATTRIBUTIONS,
        ),
        measured(
            RETAINED,
            _("How many jobs in your business would have been lost without the center's help? 0 if none."),
            again=_("How many jobs would have been lost?"),
            no_is_zero=True,
            relevant=_may_have_kept_jobs,
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

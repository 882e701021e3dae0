"""A figure that staff doubt, read back to its client: is it right, and if not, which one is?"""

from __future__ import annotations

from bot.flows.form import Answers, Context, Effect, FigureReply, Flow, Question, measured
from bot.indicators import (
    EMPLOYEES_FULL,
    EMPLOYEES_PART,
    EXPORTS_MONTH,
    FINANCING,
    RETAINED,
    SALES_MONTH,
    Indicator,
)
from bot.model import Say, Term, _

ABOUT, TOLD, REASON = "about", "told", "reason"
"""Parameters: the name of the indicator, the day on which the figure was told, and why it is asked for, where staff say."""
NAMES = {SALES_MONTH.name: _("Sales")}
"""How the figure is called where its title names a month that has passed."""


def _opening(answers: Answers, context: Context) -> tuple[Say, ...]:
    about = next(question.indicator for question in QUERY.questions if question.name == context.params[ABOUT])
    assert about is not None
    params = {**context.params, "figure": Term(NAMES.get(about.name, about.title))}
    lines = [Say(_("Hi {first_name}, {center} is checking a figure that you told us on {told}: {figure}."), params)]
    if context.params.get(REASON):
        lines.append(Say(_("Why: {reason}"), params))
    return tuple(lines)


def _asked(indicator: Indicator, text: str, *, no_is_zero: bool = False) -> Question:
    """`text`: how the figure is asked for where the one on record is not right."""

    def relevant(answers: Answers, context: Context) -> bool:
        return context.params.get(ABOUT) == indicator.name

    return measured(indicator, text, relevant=relevant, leads=_opening, on_record=True, no_is_zero=no_is_zero)


def _finish(answers: Answers, complete: bool, context: Context) -> tuple[Effect, ...]:
    if not complete:
        return ()
    replies = tuple(FigureReply(name, reading) for name, reading in answers.items())
    return (*replies, Say(_("Thank you, {first_name}, that helps us."), context.params))


QUERY = Flow(
    name="query",
    version=1,
    questions=(
        _asked(SALES_MONTH, _("Your sales in {month}, in {currency}?")),
        _asked(EXPORTS_MONTH, _("Sales to other countries in {month}, in {currency}?"), no_is_zero=True),
        _asked(EMPLOYEES_FULL, _("How many full-time, not counting you?")),
        _asked(EMPLOYEES_PART, _("And how many part-time, not counting you?")),
        _asked(FINANCING, _("Loan, grant or investment, in {currency}?"), no_is_zero=True),
        _asked(RETAINED, _("How many jobs would have been lost?"), no_is_zero=True),
    ),
    finish=_finish,
)

"""What is asked where a phone is of more than one business: whose the new one is, and whether two are one."""

from __future__ import annotations

from bot.flows.form import Answers, Context, Effect, Flow, Question, RegisterAnother, SameBusiness, chosen, said_yes
from bot.model import Choice, Kind, Say, _

ANOTHER_PERSON = Choice("somebody_else", _("Another person"))
ANOTHER_BUSINESS = Choice("business", _("My other business"))


def _whose(answers: Answers, complete: bool, context: Context) -> tuple[Effect, ...]:
    if not complete:
        return ()
    named = _("All right. From now on I begin with the name of the business. Write SWITCH to go from one to the other.")
    return (Say(named), RegisterAnother(chosen(answers, "whose") == ANOTHER_BUSINESS.id))


ANOTHER = Flow(
    name="another",
    version=1,
    questions=(
        Question(
            "whose",
            Kind.CHOICE,
            _("Gladly. Who is the new sign-up for?"),
            choices=(ANOTHER_PERSON, ANOTHER_BUSINESS),
            required=True,
        ),
    ),
    finish=_whose,
)


def _same(answers: Answers, complete: bool, context: Context) -> tuple[Effect, ...]:
    if not complete:
        return ()
    if said_yes(answers, "same"):
        return (SameBusiness(), Say(_("Good, then their figures count as one from now on.")))
    return (Say(_("Good, they stay two. Write SWITCH to go from one to the other."), context.params),)


SAME_BUSINESS = Flow(
    name="another.same",
    version=1,
    questions=(
        Question(
            "same",
            Kind.YESNO,
            _("This phone is signed up twice: {business} and {other}. Are they the same business?"),
            required=True,
        ),
    ),
    finish=_same,
)

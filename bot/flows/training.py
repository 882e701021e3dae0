"""Training: the invitation with its RSVP, the reminders, and one question after."""

from __future__ import annotations

from bot.flows.form import Answers, Context, Effect, Feedback, Flow, Question, Rsvp, chosen
from bot.model import Choice, Kind, Reading, Say, _

CANCELLED = _("I'm sorry: the training {title} on {when} is cancelled. I'll write when there is another one.")
RSVP = (Choice("yes", _("I'm coming")), Choice("no", _("I can't come")))
RATINGS = (
    Choice("5", _("Very useful")),
    Choice("4", _("Useful")),
    Choice("3", _("So-so")),
    Choice("2", _("Not very useful")),
    Choice("1", _("Not useful")),
)


def _answered(reading: Reading, answers: Answers, context: Context) -> tuple[Effect, ...]:
    return (Rsvp(str(reading.value)),) if isinstance(reading.value, str) else ()


def _rated(reading: Reading, answers: Answers, context: Context) -> tuple[Effect, ...]:
    return (Feedback(str(reading.value)),) if isinstance(reading.value, str) else ()


def _thanks(answers: Answers, complete: bool, context: Context) -> tuple[Effect, ...]:
    return (Say(_("Thank you, that helps us make the next one better.")),) if complete and "rating" in answers else ()


def _seat(answers: Answers, complete: bool, context: Context) -> tuple[Effect, ...]:
    """What the answer leads to; `full` in the context says that the seats are gone."""
    if not complete:
        return ()
    if chosen(answers, "rsvp") == "no":
        return (Say(_("Thanks for telling me. I'll let you know about the next one.")),)
    if chosen(answers, "rsvp") is None:
        return (Say(_("All right. Write TRAINING when you know.")),)
    if context.params.get("full"):
        return (
            Say(
                _("{title} is full. You're on the waiting list, and I'll write at once if a seat opens."),
                context.params,
            ),
        )
    return (
        Say(
            _("You have a seat: {title}, {when}, {place}. I'll remind you. If you can't come, write TRAINING."),
            context.params,
        ),
    )


def _rsvp(name: str, text: str) -> Flow:
    return Flow(
        name=name,
        version=1,
        questions=(Question("rsvp", Kind.CHOICE, text, choices=RSVP, then=_answered),),
        finish=_seat,
        nudge=_("Can you let me know about the training?"),
    )


INVITATION = _rsvp(
    "training", _("Hi! {center} invites you to a training: {title}, on {when}, {place}. Are you coming?")
)
REMINDER = _rsvp(
    "training.reminder", _("A reminder of your training: {title}, on {when}, {place}. Are you still coming?")
)
PROMOTION = _rsvp("training.promotion", _("A seat opened up for you: {title}, on {when}, {place}. Are you coming?"))
FEEDBACK = Flow(
    name="training.feedback",
    version=1,
    questions=(
        Question(
            "rating", Kind.CHOICE, _("Thanks for coming to {title}! How useful was it?"), choices=RATINGS, then=_rated
        ),
    ),
    finish=_thanks,
)

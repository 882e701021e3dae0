"""What was not clear about a reply: a short code for each, and the sentence that names it to the client."""

from __future__ import annotations


def _(text: str) -> str:
    """Marks a text for the catalog."""
    return text


SENTENCES = {
    "empty": _("I could not find an answer in that."),
    "vague": _("I need a number for this one."),
    "range": _("That looks like a range. I need one figure."),
    "bound": _("That is a limit. I need one figure."),
    "two_figures": _("I see more than one figure. Which one is it?"),
    "phone": _("That looks like a phone number."),
    "date_in_text": _("That looks like a date."),
    "wrong_kind": _("That looks like the answer to another question."),
    "currency_here": _("That looks like money. I need a number of people."),
    "question": _("That sounds like a question."),
    "media": _("I cannot read pictures, voice or files here."),
    "link": _("I cannot open links."),
    "too_big": _("That figure is larger than I can keep."),
    "too_small": _("That looks too low. Please send the full amount."),
    "negative": _("A figure below zero does not fit here."),
    "fraction": _("I need a whole number."),
    "over_hundred": _("A percentage goes from 0 to 100."),
    "separator": _("I am not sure where the thousands end in that figure."),
    "multiplier": _("I am not sure how many zeros that figure has."),
    "arithmetic": _("Please send me the result as one figure."),
    "list": _("That looks like a list. I need the total."),
    "sides": _("I see a yes and a no."),
    "yes_or_no": _("I need a yes or a no."),
    "future": _("That date is still to come."),
    "date_unclear": _("I could not make out the date."),
    "no_year": _("Which year was that?"),
    "not_a_date": _("There is no such day."),
    "not_listed": _("That is not one of the choices."),
    "too_long": _("That is too long. Please shorten it."),
    "command": _("That looks like a command."),
    "complaint": _("I am sorry about that. I will tell your counselor."),
}
"""Hint code → one English sentence of at most 70 characters, to stand before the example."""


def sentence(hint: str) -> str:
    """The sentence (a text of the catalog) for a hint code; an unknown code gets the general one."""
    return SENTENCES.get(hint, SENTENCES["empty"])

"""What was not clear about a reply: a short code for each, and the sentence that names it to the client."""

from __future__ import annotations

from bot.model import _

SENTENCES = {
    "empty": _("Sorry, I didn't get that."),
    "vague": _("I need a number here. Your best guess is fine."),
    "range": _("That looks like a range. Please give one figure."),
    "bound": _("I need one figure, not 'more than' or 'less than'."),
    "two_figures": _("I see more than one figure. Which one is it?"),
    "phone": _("That looks like a phone number."),
    "date_in_text": _("That looks like a date."),
    "wrong_kind": _("That looks like the answer to another question."),
    "not_sales": _("I need your sales: what came in before costs."),
    "other_month": _("That looks like another month. I need the figure for {month}."),
    "currency_here": _("That looks like money. I need a number of people."),
    "currency": _("Which currency is that?"),
    "question": _("For questions, write PERSON and someone will help."),
    "media": _("I cannot read pictures, voice notes or files. Please type it."),
    "link": _("I cannot open links. Please type it."),
    "too_big": _("That figure is too big for me. Please check it."),
    "too_small": _("That looks too low. Please send the full amount."),
    "negative": _("A figure below zero does not fit here."),
    "fraction": _("I need a whole number."),
    "over_hundred": _("A percentage goes from 0 to 100."),
    "separator": _("I'm not sure how to read the dot or comma in that figure."),
    "multiplier": _("How many zeros is that? Please write them all."),
    "arithmetic": _("Please work it out and send me one figure."),
    "list": _("That looks like a list. I need the total."),
    "sides": _("I see a yes and a no. Which one is it?"),
    "yes_or_no": _("I need a yes or a no."),
    "future": _("That date hasn't come yet."),
    "date_unclear": _("I couldn't make out the date."),
    "no_year": _("Which year was that?"),
    "birth_year": _("I need a year of birth with four digits."),
    "not_a_date": _("There's no such day."),
    "not_listed": _("Please pick one of the choices."),
    "too_long": _("That's a bit long. Please make it shorter."),
    "command": _("That looks like a command, not an answer."),
    "declined": _("All right, let's try again."),
    "complaint": _("I'm sorry about that. I'll tell your counselor."),
}
"""Hint code → one English sentence of at most 70 characters, to stand before the example. {month} is the one asked about."""


def sentence(hint: str) -> str:
    """The sentence (a text of the catalog) for a hint code; an unknown code gets the general one."""
    return SENTENCES.get(hint, SENTENCES["empty"])

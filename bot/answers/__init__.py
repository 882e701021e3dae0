"""Reading a reply: what a client wrote, as what was asked for. Pure, deterministic, and no text raises."""

from __future__ import annotations

from functools import cache

from bot.answers.amount import read_amount
from bot.answers.ask import Ask, Option
from bot.answers.choice import read_choice
from bot.answers.count import read_count
from bot.answers.dates import read_date
from bot.answers.percent import read_percent
from bot.answers.text import read_text
from bot.answers.year import read_year
from bot.answers.yesno import read_yesno
from bot.model import LANGUAGES, Kind, Reading

__all__ = ["Ask", "Option", "prepare", "read"]

_READERS = {
    Kind.CHOICE: read_choice,
    Kind.COUNT: read_count,
    Kind.AMOUNT: read_amount,
    Kind.PERCENT: read_percent,
    Kind.YESNO: read_yesno,
    Kind.DATE: read_date,
    Kind.YEAR: read_year,
    Kind.TEXT: read_text,
}


@cache
def prepare() -> None:
    """Build the word tables of all languages now (about a quarter of a second), so that no first reply has to wait."""
    for language in LANGUAGES:
        for kind in _READERS:
            read("xyzzy 1 plugh", Ask(kind, language=language, country="LC"))


def read(text: str, ask: Ask) -> Reading:
    """What `text` says in answer to `ask`. REVIEW has no reader of its own and raises ValueError."""
    if ask.kind not in _READERS:
        raise ValueError(f"no reader for {ask.kind}")
    return _READERS[ask.kind](text, ask)

"""The menu of commands that a chat shows beside the keyboard, in each language."""

from __future__ import annotations

from bot.model import LANGUAGES, _
from bot.text.language import Catalogs

COMMANDS = (
    ("update", _("Give my figures")),
    ("person", _("Talk to a person")),
    ("language", _("Change the language")),
    ("code", _("Write from another phone or app too")),
    ("help", _("What I can do for you")),
    ("stop", _("No more messages")),
)
"""Commands are the same in every language, for Telegram allows nothing but a to z, digits and _ in them."""


def menus(catalogs: Catalogs) -> dict[str, list[tuple[str, str]]]:
    """Language → command and what it does."""
    return {
        language: [(command, catalogs.translate(about, language)) for command, about in COMMANDS]
        for language in LANGUAGES
    }

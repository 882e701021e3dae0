"""What is announced by a WhatsApp template, where the words themselves may not be sent before the person has answered."""

from __future__ import annotations

from collections.abc import Mapping

from bot.messages.templates import fields, template_name
from bot.model import LANGUAGES, _

COUNSELOR = _("Your counselor {counselor} has written to you. Answer OK to read it.")
QUESTION = _("Hello {first_name}, one answer for {center} is still missing. Answer OK to see the question.")
MESSAGE = _("There is a message for you from {center}. Answer OK to read it.")
ANNOUNCEMENTS: Mapping[str, str] = {"counselor": COUNSELOR, "question": QUESTION, "message": MESSAGE}
TEMPLATES = frozenset(template_name(text, language) for text in ANNOUNCEMENTS.values() for language in LANGUAGES)


def announced(text: str, language: str, values: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The template that announces something in that way, and what stands in its variables."""
    variables = {str(number): values[field] for number, field in enumerate(fields(text), start=1)}
    return template_name(text, language), variables

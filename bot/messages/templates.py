"""WhatsApp templates, by which alone a message goes out when a person has not written for 24 hours.

A template is one of our own texts in one language, with its fields numbered. Here is what it is called and what it holds;
the provider's side of it is the channel's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.messages.shape import numbered
from bot.model import Button

PREFIX = "acompana_"
SLUG = 18  # a name has 40 characters at most, which is what the outbox keeps of it
BODY = 1024  # characters of the text
BUTTONS, BUTTON_LABEL = 10, 20
_FIELD = re.compile(r"\{(\w+)\}")
_VARIABLE = re.compile(r"\{\{\d+\}\}")


@dataclass(frozen=True, slots=True)
class Template:
    """`text` is the text of the catalog, `wording` its translation; `samples` holds what stands in each of its fields: for
    a reviewer an example, in a message the client's own. Choices that are no buttons stand as numbered lines below."""

    text: str
    wording: str
    language: str
    samples: Mapping[str, str]
    buttons: tuple[Button, ...] = ()

    @property
    def name(self) -> str:
        """Another text or other buttons make another template, so that an approved one never changes its meaning."""
        return template_name(self.text, self.language, self.buttons)

    @property
    def body(self) -> str:
        numbers = {field: number for number, field in enumerate(fields(self.text), start=1)}
        text = self.wording if self.tappable else numbered(self.wording, self.buttons)
        return _FIELD.sub(lambda match: f"{{{{{numbers[match[1]]}}}}}", text)

    @property
    def tappable(self) -> tuple[Button, ...]:
        """The buttons that WhatsApp shows: all of them, or none where it takes no such many or no such long ones."""
        fit = len(self.buttons) <= BUTTONS and all(len(button.label) <= BUTTON_LABEL for button in self.buttons)
        return self.buttons if fit else ()

    @property
    def variables(self) -> dict[str, str]:
        """What `Outgoing.variables` holds: the fields, then the ids of the buttons, which belong to one conversation."""
        values = [*(self.samples[field] for field in fields(self.text)), *(button.id for button in self.tappable)]
        return {str(number): value for number, value in enumerate(values, start=1)}


def template_name(text: str, language: str, buttons: Sequence[Button] = ()) -> str:
    slug = re.sub(r"[^a-z]+", "_", _FIELD.sub("", text).lower()).strip("_")[:SLUG].strip("_")
    meant = "\n".join([text, *(button.label for button in buttons)])
    return f"{PREFIX}{slug}_{hashlib.sha256(meant.encode()).hexdigest()[:8]}_{language}"


def fields(text: str) -> tuple[str, ...]:
    """The fields of a text in the order in which a template numbers them, in whatever language it is."""
    return tuple(dict.fromkeys(_FIELD.findall(text)))


def faults(template: Template) -> list[str]:
    """What WhatsApp would refuse, so that nothing is submitted in vain."""
    body = template.body
    found = []
    if _VARIABLE.match(body):
        found.append("starts with a variable")
    if re.search(_VARIABLE.pattern + r"\W*$", body):
        found.append("ends with a variable, or with one and a sign after it")
    if re.search(_VARIABLE.pattern + r"\s*" + _VARIABLE.pattern, body):
        found.append("has two variables side by side")
    words = sum(not _VARIABLE.search(word) for word in body.split())
    numbers = len(set(_VARIABLE.findall(body)))
    if words < 2 * numbers + 1:
        found.append(f"has {words} words for {numbers} variables; WhatsApp wants {2 * numbers + 1}")
    if len(body) > BODY:
        found.append(f"has {len(body)} characters; WhatsApp takes {BODY}")
    if missing := [field for field in fields(template.text) if not template.samples.get(field)]:
        found.append(f"has no sample for {', '.join(missing)}")
    return found

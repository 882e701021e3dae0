"""WhatsApp templates, by which alone a message goes out when a person has not written for 24 hours.

They are made from our own texts through Twilio's Content API, one for each language, and approved by WhatsApp.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import requests
from twilio.base.exceptions import TwilioException
from twilio.rest import Client
from twilio.rest.content.v1.content import ContentList
from twilio.rest.content.v1.content.approval_create import ApprovalCreateList

from bot.channels.twilio_errors import translated
from bot.channels.twilio_http import HttpClient
from bot.model import Button
from bot.shape import QUICK_REPLY_LABEL, WHATSAPP_BODY

PREFIX = "acompana_"
LANGUAGE_CODES = {"pt": "pt_BR", "ht": "fr"}
"""WhatsApp's code where it is not ours. It knows no Haitian Creole; such a template is submitted as French."""

BUTTONS = 10
_FIELD = re.compile(r"\{(\w+)\}")
_VARIABLE = re.compile(r"\{\{\d+\}\}")


@dataclass(frozen=True, slots=True)
class Template:
    """`text` is the text of the catalog, `wording` its translation; `samples` shows a reviewer each of its fields."""

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
        return _FIELD.sub(lambda match: f"{{{{{numbers[match[1]]}}}}}", self.wording)


@dataclass(frozen=True, slots=True)
class TemplateState:
    """`status` is WhatsApp's word: unsubmitted, received, pending, approved, rejected, paused or disabled."""

    name: str
    sid: str
    status: str
    reason: str = ""


def template_name(text: str, language: str, buttons: Sequence[Button] = ()) -> str:
    slug = re.sub(r"[^a-z]+", "_", _FIELD.sub("", text).lower()).strip("_")[:24].strip("_")
    meant = "\n".join([text, *(button.label for button in buttons)])
    return f"{PREFIX}{slug}_{hashlib.sha256(meant.encode()).hexdigest()[:8]}_{language}"


def fields(text: str) -> tuple[str, ...]:
    """The fields of a text in the order in which a template numbers them, in whatever language it is."""
    return tuple(dict.fromkeys(_FIELD.findall(text)))


def variables(text: str, written: Mapping[str, str], buttons: Sequence[Button] = ()) -> dict[str, str]:
    """What `Outgoing.variables` holds for a template of `text`: its params as they are written for the client, then
    the ids of its buttons, which belong to one conversation."""
    values = [*(written[field] for field in fields(text)), *(button.id for button in buttons)]
    return {str(number): value for number, value in enumerate(values, start=1)}


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
    if len(body) > WHATSAPP_BODY:
        found.append(f"has {len(body)} characters; WhatsApp takes {WHATSAPP_BODY}")
    if missing := [field for field in fields(template.text) if not template.samples.get(field)]:
        found.append(f"has no sample for {', '.join(missing)}")
    if len(template.buttons) > BUTTONS:
        found.append(f"has {len(template.buttons)} buttons; WhatsApp takes {BUTTONS}")
    found.extend(
        f"has a button of more than {QUICK_REPLY_LABEL} characters: {button.label}"
        for button in template.buttons
        if len(button.label) > QUICK_REPLY_LABEL
    )
    return found


class TwilioTemplates:
    """The templates of one account. Every call may raise a `ChannelError`."""

    def __init__(self, *, account_sid: str, auth_token: str, api_url: str | None = None, timeout: float = 15.0) -> None:
        self._http = HttpClient(api_url or "", timeout)
        self._content = Client(account_sid, auth_token, http_client=self._http).content.v1

    def states(self) -> dict[str, TemplateState]:
        """Every template of ours that the account holds, by name."""
        with _speaking():
            held = [
                content
                for content in self._content.content_and_approvals.stream(page_size=500)
                if content.friendly_name and content.friendly_name.startswith(PREFIX)
            ]
        return {content.friendly_name: _state(content) for content in held}

    def create(self, template: Template) -> str:
        """The ContentSid of a template that the account does not hold yet. ValueError where WhatsApp would refuse it."""
        if wrong := faults(template):
            raise ValueError(f"{template.name}: {'; '.join(wrong)}")
        samples = variables(template.text, template.samples, template.buttons)
        types: dict[str, object] = {"twilio/text": {"body": template.body}}
        if template.buttons:
            first = len(fields(template.text)) + 1
            actions = [
                {"type": "QUICK_REPLY", "title": button.label, "id": f"{{{{{number}}}}}"}
                for number, button in enumerate(template.buttons, start=first)
            ]
            types = {"twilio/quick-reply": {"body": template.body, "actions": actions}}
        language = LANGUAGE_CODES.get(template.language, template.language)
        request = ContentList.ContentCreateRequest(
            {"friendly_name": template.name, "language": language, "variables": samples, "types": types}
        )
        with _speaking():
            return str(self._content.contents.create(request).sid)

    def submit(self, name: str, sid: str) -> None:
        """Hand a template to WhatsApp for approval, as a message about something that the person takes part in."""
        request = ApprovalCreateList.ContentApprovalRequest({"name": name, "category": "UTILITY"})
        with _speaking():
            self._content.contents(sid).approval_create.create(request)

    def close(self) -> None:
        if self._http.session:
            self._http.session.close()


def _state(content: object) -> TemplateState:
    approval = getattr(content, "approval_requests", None) or {}
    return TemplateState(
        name=str(getattr(content, "friendly_name", "")),
        sid=str(getattr(content, "sid", "")),
        status=str(approval.get("status") or "unsubmitted"),
        reason=str(approval.get("rejection_reason") or ""),
    )


@contextmanager
def _speaking() -> Iterator[None]:
    try:
        yield
    except (TwilioException, requests.RequestException) as error:
        raise translated(error, looking=True) from error

"""WhatsApp templates at Twilio: created from our own through its Content API, and approved by WhatsApp."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import requests
from twilio.base.exceptions import TwilioException
from twilio.rest import Client
from twilio.rest.content.v1.content import ContentList
from twilio.rest.content.v1.content.approval_create import ApprovalCreateList

from bot.channels.twilio.errors import translated
from bot.channels.twilio.http import HttpClient
from bot.messages.templates import PREFIX, Template, faults, fields

LANGUAGE_CODES = {"pt": "pt_BR", "ht": "fr"}
"""WhatsApp's code where it is not ours. It knows no Haitian Creole; such a template is submitted as French."""

FRESH, UNSURE = timedelta(minutes=10), timedelta(minutes=1)
"""How long what Twilio told of the templates is believed, and how long of one that could not be sent then."""


@dataclass(frozen=True, slots=True)
class TemplateState:
    """`status` is WhatsApp's word: unsubmitted, received, pending, approved, rejected, paused or disabled."""

    name: str
    sid: str
    status: str
    reason: str = ""

    @property
    def approved(self) -> bool:
        return self.status == "approved"


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
        types: dict[str, object] = {"twilio/text": {"body": template.body}}
        if template.tappable:
            first = len(fields(template.text)) + 1
            actions = [
                {"type": "QUICK_REPLY", "title": button.label, "id": f"{{{{{number}}}}}"}
                for number, button in enumerate(template.tappable, start=first)
            ]
            types = {"twilio/quick-reply": {"body": template.body, "actions": actions}}
        language = LANGUAGE_CODES.get(template.language, template.language)
        request = ContentList.ContentCreateRequest(
            {"friendly_name": template.name, "language": language, "variables": template.variables, "types": types}
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


class Approved:
    """Which templates may be sent, as Twilio told it not long ago. Threads share it."""

    def __init__(self, templates: TwilioTemplates, clock: Callable[[], float] = time.monotonic) -> None:
        self._templates, self._clock = templates, clock
        self._states: dict[str, TemplateState] = {}
        self._asked: float | None = None
        self._lock = threading.Lock()

    def state(self, name: str) -> TemplateState | None:
        """None: the account holds no such template. Raises a `ChannelError`."""
        with self._lock:
            held = self._states.get(name)
            believed = FRESH if held and held.approved else UNSURE
            if self._asked is None or self._clock() - self._asked >= believed.total_seconds():
                self._states, self._asked = self._templates.states(), self._clock()
            return self._states.get(name)

    def sid(self, name: str) -> str | None:
        """The ContentSid of a template that WhatsApp has approved."""
        held = self.state(name)
        return held.sid if held and held.approved else None

    def close(self) -> None:
        self._templates.close()


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

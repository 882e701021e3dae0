"""SMS and WhatsApp by Twilio: one provider, two channels."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import deque
from datetime import UTC, timedelta

import requests
from twilio.base.exceptions import TwilioException
from twilio.rest import Client

from bot.channels.base import (
    ChannelError,
    Misconfigured,
    OutsideWindow,
    Request,
)
from bot.channels.spec import ChannelSpec
from bot.channels.twilio.codes import error_for
from bot.channels.twilio.content import Contents
from bot.channels.twilio.errors import translated
from bot.channels.twilio.http import HttpClient
from bot.channels.twilio.setup import faults
from bot.channels.twilio.spec import STATUS, TEXT
from bot.channels.twilio.templates import Approved, TwilioTemplates
from bot.channels.twilio.webhook import WHATSAPP, parsed, signed_by
from bot.config.settings import Settings
from bot.messages.shape import numbered, shape, split
from bot.messages.templates import PREFIX
from bot.model import Inbound, Outgoing, Status

log = logging.getLogger(__name__)

SEARCHED = 50  # messages to a number that are looked through for one whose outcome is unknown
CLOCK_SKEW = timedelta(minutes=2)


def open_channel(spec: ChannelSpec, settings: Settings) -> TwilioChannel:
    assert settings.twilio_account_sid is not None
    assert settings.twilio_auth_token is not None
    is_sms = spec.counts_segments
    return TwilioChannel(
        spec.name,
        account_sid=settings.twilio_account_sid,
        auth_token=settings.twilio_auth_token.get_secret_value(),
        sender=settings.twilio_sms_from if is_sms else settings.twilio_whatsapp_from,
        messaging_service_sid=settings.twilio_messaging_service_sid if is_sms else None,
        shared_key=settings.twilio_shared_key.get_secret_value() if settings.twilio_shared_key else None,
        public_url=settings.public_url,
        api_url=settings.twilio_api_url,
    )


class TwilioChannel:
    """`name` is "sms" or "whatsapp". `sender` is an E.164 number of ours; a messaging service stands in for it.

    `api_url` replaces https://api.twilio.com. `public_url` is where Twilio calls us: signatures are over it, and
    statuses are asked for below it. `shared_key` is the secret of a key that webhooks are signed with instead of the token.
    """

    def __init__(
        self,
        name: str,
        *,
        account_sid: str,
        auth_token: str,
        sender: str | None = None,
        messaging_service_sid: str | None = None,
        shared_key: str | None = None,
        public_url: str | None = None,
        api_url: str | None = None,
        timeout: float = 15.0,
    ) -> None:
        self._name = name
        self._token, self._shared_key = auth_token, shared_key
        self._sender = (sender or "").removeprefix(WHATSAPP)
        self._service = messaging_service_sid
        self._public_url = public_url
        self._http = HttpClient(api_url or "", timeout)
        self._client = Client(account_sid, auth_token, http_client=self._http)
        self._contents = Contents(self._client)
        self.templates = Approved(
            TwilioTemplates(account_sid=account_sid, auth_token=auth_token, api_url=api_url, timeout=timeout)
        )
        self._ours: deque[str] = deque(maxlen=1000)

    @property
    def name(self) -> str:
        return self._name

    def verify(self, request: Request) -> None:
        signed_by(self._token, self._shared_key, self._public_url, request)

    def parse(self, request: Request) -> list[Inbound | Status]:
        return parsed(request)

    async def acknowledge(self, inbound: Inbound) -> None:
        return None

    def explain(self, code: str) -> ChannelError:
        return error_for(code)

    async def send(self, outgoing: Outgoing) -> str:
        """Who does not know what became of an attempt before asks `find` first."""
        return await asyncio.to_thread(self._send, outgoing)

    async def find(self, outgoing: Outgoing) -> str | None:
        """By the latest messages to that number: one of the same words, made since `outgoing` was queued."""
        return await asyncio.to_thread(self._find, outgoing, self._bodies(outgoing)[-1])

    async def check(self) -> str:
        return await asyncio.to_thread(self._check)

    async def faults(self, public_url: str | None) -> list[str]:
        if not public_url:
            return []
        return await asyncio.to_thread(faults, self._client, self._name, self._sender, self._service, public_url)

    async def faults_of(self, sender: str, public_url: str) -> list[str]:
        """The same of another number of ours."""
        return await asyncio.to_thread(faults, self._client, self._name, sender, None, public_url)

    async def close(self) -> None:
        self.templates.close()
        if self._http.session:
            self._http.session.close()

    # --- in a worker thread, for the SDK is synchronous ---------------------------------------------------------------

    def _send(self, outgoing: Outgoing) -> str:
        if self._name == "whatsapp" and not outgoing.window_open:
            return self._send_once(outgoing, self._template(outgoing))
        content = self._content(outgoing)
        if content:
            return self._send_once(outgoing, content)
        *first, last = self._bodies(outgoing)
        for body in first:
            if outgoing.attempt == 1 or self._find(outgoing, body) is None:
                self._send_once(outgoing, {"body": body})
        return self._send_once(outgoing, {"body": last})

    def _send_once(self, outgoing: Outgoing, what: dict[str, str]) -> str:
        try:
            message = self._client.messages.create(**self._addresses(outgoing), **what)
        except (TwilioException, requests.RequestException) as error:
            raise translated(error) from error
        if message.error_code:
            raise error_for(str(message.error_code))
        self._ours.append(str(message.sid))
        return str(message.sid)

    def _addresses(self, outgoing: Outgoing) -> dict[str, str]:
        prefix = WHATSAPP if self._name == "whatsapp" else ""
        addresses = {"to": prefix + outgoing.recipient}
        if self._public_url:
            addresses["status_callback"] = self._public_url.rstrip("/") + STATUS.path
        if outgoing.sender or (self._sender and not self._service):
            addresses["from_"] = prefix + (outgoing.sender or self._sender)
        elif self._service:
            addresses["messaging_service_sid"] = self._service
        else:
            raise Misconfigured("no sender", f"no number is set to send {self._name} from")
        return addresses

    def _template(self, outgoing: Outgoing) -> dict[str, str]:
        """Variables on one line and never empty: WhatsApp refuses a template otherwise."""
        if not outgoing.template:
            raise OutsideWindow(
                "no template", "more than 24 hours since the last WhatsApp message, and no template for it"
            )
        named = outgoing.template.startswith(PREFIX)
        sid = self.templates.sid(outgoing.template) if named else outgoing.template
        if sid is None:
            raise OutsideWindow(
                "template", "more than 24 hours since the last WhatsApp message, and its template is not approved"
            )
        variables = {name: " ".join(value.split()) or "-" for name, value in outgoing.variables.items()}
        return {"content_sid": sid, "content_variables": json.dumps(variables, ensure_ascii=False)}

    def _content(self, outgoing: Outgoing) -> dict[str, str] | None:
        """Buttons or a list, where the text allows and the account can; numbered lines carry the choices otherwise."""
        shaped = shape(outgoing.message, self._name)
        if not (shaped.buttons or shaped.rows):
            return None
        try:
            content = self._contents.sid_and_variables(shaped, outgoing.language)
        except (TwilioException, requests.RequestException) as error:
            log.warning("no WhatsApp buttons, the choices go as numbered lines: %s", type(error).__name__)
            return None
        return {"content_sid": content[0], "content_variables": content[1]} if content else None

    def _bodies(self, outgoing: Outgoing) -> list[str]:
        shaped = shape(outgoing.message, self._name, fold=outgoing.fold)
        text = shaped.text
        if shaped.buttons or shaped.rows:
            text = numbered(text, shaped.buttons or shaped.rows)
        return split(text, TEXT)

    def _find(self, outgoing: Outgoing, body: str) -> str | None:
        to = (WHATSAPP if self._name == "whatsapp" else "") + outgoing.recipient
        try:
            recent = self._client.messages.list(to=to, limit=SEARCHED)
        except (TwilioException, requests.RequestException) as error:
            raise translated(error, looking=True) from error
        for message in reversed(recent):
            made = message.date_created
            if made is not None and made.tzinfo is None:
                made = made.replace(tzinfo=UTC)
            late_enough = not (made and outgoing.created_at) or made >= outgoing.created_at - CLOCK_SKEW
            taken = not message.error_code and str(message.status) not in ("failed", "undelivered", "canceled")
            if (
                late_enough
                and taken
                and message.sid not in self._ours
                and _same_words(str(message.body), body, outgoing)
            ):
                self._ours.append(str(message.sid))
                return str(message.sid)
        return None

    def _check(self) -> str:
        try:
            account = self._client.api.accounts(self._client.account_sid).fetch()
        except (TwilioException, requests.RequestException) as error:
            raise translated(error, looking=True) from error
        return f"{account.friendly_name} ({account.status})"


def _same_words(sent: str, body: str, outgoing: Outgoing) -> bool:
    """A template comes back filled in. One that announces something holds other words than the message, but always some
    of the client's own, by which it is known."""
    if sent.strip() in (body.strip(), outgoing.message.text.strip()):
        return True
    unseen = {button.id for button in outgoing.message.buttons}
    values = [" ".join(value.split()) for value in outgoing.variables.values() if value not in unseen]
    return not outgoing.window_open and any(values) and all(value in sent for value in values)

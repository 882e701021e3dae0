"""The clients' phones, and the providers' webhooks: signed, and repeated until one is accepted."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from benchmarks.chaos.providers import AcceptedMessage
from benchmarks.chaos.wire import post
from benchmarks.load import SURVEY

PUBLIC_URL = "https://chaos.example.org"
ACCOUNT, TOKEN = "AC" + "0" * 32, "0123456789abcdef0123456789abcdef"
BOT = "123456:TEST"
AT_ONCE = 48
"""Webhooks under way at the same time."""
TWICE = 0.05
"""The fraction of webhooks sent twice, to both web processes at the same moment."""
FORM = "application/x-www-form-urlencoded; charset=UTF-8"


@dataclass
class Phones:
    ports: Sequence[int]
    secret: str
    answering: float
    """The fraction of clients who answer, from 0 to 1."""
    rng: Random
    senders: dict[str, str] = field(default_factory=dict)
    """The phone of each message from a client, by the provider's id."""
    accepted: set[str] = field(default_factory=set)
    """Ids of the messages that got their 200."""
    received: Counter[str] = field(default_factory=Counter)
    """Different messages that arrived, by phone."""
    replied: Counter[str] = field(default_factory=Counter)
    """Replies written, by phone."""
    answers: Counter[int] = field(default_factory=Counter)
    """Webhook calls by the status of their answer; 0 if there was none."""
    last_accepted: float = 0.0
    """When a webhook was last accepted, on the monotonic clock."""
    longest_gap: float = 0.0
    """The longest time without an accepted webhook, in seconds."""
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)
    _silent: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._validator = RequestValidator(TOKEN)
        self._free = asyncio.Semaphore(AT_ONCE)
        self._updates = 0

    @property
    def waiting(self) -> int:
        """Webhooks that are not accepted yet or are about to be called."""
        return len(self._under_way)

    def arrived(self, message: AcceptedMessage) -> None:
        """The client answers a question once, however often it arrives; the provider reports it as delivered."""
        if message.channel != "telegram":
            self._start(self._report(message))
        if message.again:
            return
        self.received[message.to] += 1
        silent = self._silent.setdefault(message.to, self.rng.random() >= self.answering)
        place = self.received[message.to] - 1
        if not silent and place < len(SURVEY):
            self.replied[message.to] += 1
            self._start(self._reply(message, SURVEY[place]))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    # --- webhooks ----------------------------------------------------------------------------------------------------

    async def _reply(self, message: AcceptedMessage, text: str) -> None:
        await asyncio.sleep(self.rng.uniform(0.3, 3))
        if message.channel == "telegram":
            self._updates += 1
            provider_id, (path, headers, body) = str(self._updates), self._update(self._updates, message, text)
        else:
            provider_id = f"SM9{len(self.senders):031x}"
            fields = {"MessageSid": provider_id, "AccountSid": ACCOUNT, "From": message.to, "To": message.sender}
            path, headers, body = self._signed("inbound", {**fields, "Body": text, "NumMedia": "0"})
        self.senders[provider_id] = message.to
        await self._bring(path, headers, body)
        self.accepted.add(provider_id)

    async def _report(self, message: AcceptedMessage) -> None:
        await asyncio.sleep(self.rng.uniform(0, 2))
        fields = {"MessageSid": message.id, "MessageStatus": "delivered", "From": message.sender, "To": message.to}
        await self._bring(*self._signed("status", {**fields, "AccountSid": ACCOUNT}))

    def _signed(self, path: str, fields: dict[str, str]) -> tuple[str, dict[str, str], bytes]:
        path = f"/webhooks/twilio/{path}"
        signature = self._validator.compute_signature(PUBLIC_URL + path, fields)
        return path, {"X-Twilio-Signature": signature, "Content-Type": FORM}, urlencode(fields).encode()

    def _update(self, number: int, message: AcceptedMessage, text: str) -> tuple[str, dict[str, str], bytes]:
        chat = int(message.to)
        person = {"id": chat, "is_bot": False, "first_name": "Ana", "language_code": "en"}
        fields = {"message_id": number, "date": int(time.time()), "chat": {"id": chat, "type": "private"}, "text": text}
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret, "Content-Type": "application/json"}
        body = json.dumps({"update_id": number, "message": {**fields, "from": person}}).encode()
        return "/webhooks/telegram", headers, body

    async def _bring(self, path: str, headers: dict[str, str], body: bytes) -> None:
        """Call until one web process accepts it; sometimes call both at once."""
        place = self.rng.randrange(len(self.ports))
        twice = self.rng.random() < TWICE
        while True:
            async with self._free:
                ports = [self.ports[(place + more) % len(self.ports)] for more in range(1 + twice)]
                answers = await asyncio.gather(*(post(port, path, headers, body) for port in ports))
            self.answers.update(answers)
            if any(200 <= status < 300 for status in answers):
                break
            place += 1
            await asyncio.sleep(self.rng.uniform(0.5, 1.5))
        now = time.monotonic()
        self.longest_gap = max(self.longest_gap, now - (self.last_accepted or now))
        self.last_accepted = now

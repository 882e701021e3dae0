"""The clients' phones, and the providers' webhooks that bring what they say: signed, and again until it was taken."""

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

from benchmarks.chaos.providers import Taken
from benchmarks.chaos.wire import post
from benchmarks.load import SURVEY

PUBLIC_URL = "https://chaos.example.org"
ACCOUNT, TOKEN = "AC" + "0" * 32, "0123456789abcdef0123456789abcdef"
BOT = "123456:TEST"
AT_ONCE = 48
"""Webhooks under way at the same time."""
TWICE = 0.05
"""The part of all webhooks that come twice, to both web processes at the same moment."""
FORM = "application/x-www-form-urlencoded; charset=UTF-8"


@dataclass
class Phones:
    """`said` maps the provider's id of each message of a client's to the phone; `taken` are those that got their 200;
    `heard` counts by phone the different messages that arrived."""

    ports: Sequence[int]
    secret: str
    answering: float
    rng: Random
    said: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    heard: Counter[str] = field(default_factory=Counter)
    replied: Counter[str] = field(default_factory=Counter)
    answers: Counter[int] = field(default_factory=Counter)
    last_taken: float = 0.0
    longest_gap: float = 0.0
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)
    _silent: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._validator = RequestValidator(TOKEN)
        self._free = asyncio.Semaphore(AT_ONCE)
        self._updates = 0

    @property
    def waiting(self) -> int:
        """Webhooks that are not taken yet, with those that will be written in a moment."""
        return len(self._under_way)

    def arrived(self, message: Taken) -> None:
        """Somebody reads it and answers its question once, however often it came; the provider reports it as delivered."""
        if message.channel != "telegram":
            self._start(self._report(message))
        if message.again:
            return
        self.heard[message.to] += 1
        silent = self._silent.setdefault(message.to, self.rng.random() >= self.answering)
        place = self.heard[message.to] - 1
        if not silent and place < len(SURVEY):
            self.replied[message.to] += 1
            self._start(self._reply(message, SURVEY[place]))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    # --- what the providers bring --------------------------------------------------------------------------------------

    async def _reply(self, message: Taken, text: str) -> None:
        await asyncio.sleep(self.rng.uniform(0.3, 3))
        if message.channel == "telegram":
            self._updates += 1
            provider_id, (path, headers, body) = str(self._updates), self._update(self._updates, message, text)
        else:
            provider_id = f"SM9{len(self.said):031x}"
            fields = {"MessageSid": provider_id, "AccountSid": ACCOUNT, "From": message.to, "To": message.sender}
            path, headers, body = self._signed("inbound", {**fields, "Body": text, "NumMedia": "0"})
        self.said[provider_id] = message.to
        await self._bring(path, headers, body)
        self.taken.add(provider_id)

    async def _report(self, message: Taken) -> None:
        await asyncio.sleep(self.rng.uniform(0, 2))
        fields = {"MessageSid": message.id, "MessageStatus": "delivered", "From": message.sender, "To": message.to}
        await self._bring(*self._signed("status", {**fields, "AccountSid": ACCOUNT}))

    def _signed(self, path: str, fields: dict[str, str]) -> tuple[str, dict[str, str], bytes]:
        path = f"/webhooks/twilio/{path}"
        signature = self._validator.compute_signature(PUBLIC_URL + path, fields)
        return path, {"X-Twilio-Signature": signature, "Content-Type": FORM}, urlencode(fields).encode()

    def _update(self, number: int, message: Taken, text: str) -> tuple[str, dict[str, str], bytes]:
        chat = int(message.to)
        person = {"id": chat, "is_bot": False, "first_name": "Ana", "language_code": "en"}
        told = {"message_id": number, "date": int(time.time()), "chat": {"id": chat, "type": "private"}, "text": text}
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret, "Content-Type": "application/json"}
        body = json.dumps({"update_id": number, "message": {**told, "from": person}}).encode()
        return "/webhooks/telegram", headers, body

    async def _bring(self, path: str, headers: dict[str, str], body: bytes) -> None:
        """Until one of the web processes has taken it; now and then to both at once."""
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
        self.longest_gap = max(self.longest_gap, now - (self.last_taken or now))
        self.last_taken = now

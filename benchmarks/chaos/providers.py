"""Servers that stand in for Twilio and Telegram: they keep all that they take, and fail the way the real ones do."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from random import Random
from typing import Any

from benchmarks.chaos.wire import Answer, Call

FAULTS = {"429": 0.02, "500": 0.01, "no answer after acceptance": 0.01}
VARIABLE = re.compile(r"\{\{(\w+)\}\}")


@dataclass(frozen=True, slots=True)
class AcceptedMessage:
    """A message that a provider accepted."""

    id: str
    channel: str
    to: str
    body: str
    sender: str
    at: float
    created_at: datetime
    again: bool
    """The same text was sent to the same phone before."""


@dataclass
class Providers:
    arrived: Callable[[AcceptedMessage], None]
    """Called for each accepted message."""
    rng: Random
    accepted: list[AcceptedMessage] = field(default_factory=list)
    """In order of arrival."""
    faults: Counter[str] = field(default_factory=Counter)
    unanswered: set[str] = field(default_factory=set)
    """Ids of accepted messages whose sender got no answer."""
    _by_phone: defaultdict[str, list[AcceptedMessage]] = field(default_factory=lambda: defaultdict(list))
    _contents: dict[str, dict[str, Any]] = field(default_factory=dict)

    async def answer(self, call: Call) -> Answer:
        if call.path.startswith("/bot"):
            return await self._telegram(call)
        if call.path.startswith("/content/"):
            return self._content(call)
        if call.path.endswith("/Messages.json"):
            return await self._twilio(call) if call.method == "POST" else self._listed(call)
        return 404, {"code": 20404, "message": "not found"}

    # --- Twilio ------------------------------------------------------------------------------------------------------

    async def _twilio(self, call: Call) -> Answer:
        fault = self._fault()
        if fault == "429":
            return 429, {"code": 20429, "message": "too many requests", "status": 429}
        if fault == "500":
            return 500, {"code": 20500, "message": "internal error", "status": 500}
        channel = "whatsapp" if call.form["To"].startswith("whatsapp:") else "sms"
        message = self._take(channel, call.form["To"], self._words(call), call.form.get("From", ""))
        if fault is not None:
            self.unanswered.add(message.id)
            await asyncio.sleep(1)
            return None
        return 201, _resource(message)

    def _words(self, call: Call) -> str:
        if "ContentSid" not in call.form:
            return call.form["Body"]
        (content, *_rest) = self._contents[call.form["ContentSid"]]["types"].values()
        variables = json.loads(call.form.get("ContentVariables", "{}"))
        return VARIABLE.sub(lambda match: str(variables[match[1]]), content["body"])

    def _listed(self, call: Call) -> Answer:
        size = int(call.query.get("PageSize", 50))
        newest = self._by_phone[call.query["To"]][::-1][:size]
        page = {"page": 0, "page_size": size, "start": 0, "end": len(newest), "uri": "", "next_page_uri": None}
        return 200, {"messages": [_resource(message) for message in newest], **page}

    def _content(self, call: Call) -> Answer:
        if call.method == "POST":
            sid = f"HX{len(self._contents):032x}"
            self._contents[sid] = {**json.loads(call.body), "sid": sid}
            return 201, self._contents[sid]
        meta = {"key": "contents", "page": 0, "page_size": 500, "url": "", "next_page_url": None}
        return 200, {"contents": list(self._contents.values()), "meta": meta}

    # --- Telegram ----------------------------------------------------------------------------------------------------

    async def _telegram(self, call: Call) -> Answer:
        if not call.path.endswith("/sendMessage"):
            return 200, {"ok": True, "result": True}
        fault = self._fault()
        if fault == "429":
            wait = {"retry_after": 11}
            return 429, {"ok": False, "error_code": 429, "description": "Too Many Requests", "parameters": wait}
        if fault == "500":
            return 500, {"ok": False, "error_code": 500, "description": "Internal Server Error"}
        message = self._take("telegram", call.form["chat_id"], call.form["text"], "")
        if fault is not None:
            self.unanswered.add(message.id)
            await asyncio.sleep(1)
            return None
        chat = {"id": int(message.to), "type": "private"}
        number = int(message.id.partition(":")[2])
        return 200, {"ok": True, "result": {"message_id": number, "date": int(message.at), "chat": chat, "text": "-"}}

    # --- both --------------------------------------------------------------------------------------------------------

    def _fault(self) -> str | None:
        chance = self.rng.random()
        for fault, share in FAULTS.items():
            if chance < share:
                self.faults[fault] += 1
                return fault
            chance -= share
        return None

    def _take(self, channel: str, to: str, body: str, sender: str) -> AcceptedMessage:
        number = len(self.accepted) + 1
        sid = f"{to}:{number}" if channel == "telegram" else f"SM{number:032x}"
        before = self._by_phone[to]
        again = any(body == earlier.body for earlier in before)
        message = AcceptedMessage(sid, channel, to, body, sender, time.time(), datetime.now(UTC), again)
        self.accepted.append(message)
        before.append(message)
        self.arrived(message)
        return message


def _resource(message: AcceptedMessage) -> dict[str, Any]:
    made = format_datetime(message.created_at)
    return {
        "sid": message.id,
        "account_sid": "AC" + "0" * 32,
        "to": message.to,
        "from": message.sender,
        "body": message.body,
        "status": "sent",
        "error_code": None,
        "error_message": None,
        "date_created": made,
        "date_updated": made,
        "date_sent": made,
        "num_segments": "1",
        "num_media": "0",
        "direction": "outbound-api",
    }

"""Providers that fail in every known way. What they accept is recorded, to compare it with the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.channels.base import (
    ChannelError,
    Misconfigured,
    OptedOut,
    OutsideWindow,
    RetryLater,
    UnknownOutcome,
    Unreachable,
)
from bot.channels.registry import SPECS
from bot.channels.simulator import SimulatorChannel
from bot.channels.twilio.codes import error_for
from bot.model import Delivery, Outgoing, Status
from bot.simulation.databases import Crash
from bot.simulation.invariants import Checker
from bot.simulation.kernel import Kernel
from bot.simulation.ledger import SendRecord
from bot.simulation.traffic import Traffic

FAULTS: dict[str, tuple[float, Callable[[], ChannelError]]] = {
    "has too many requests": (0.02, lambda: RetryLater("429", "too many requests", timedelta(seconds=40))),
    "gives no answer": (0.01, lambda: UnknownOutcome("timeout", "no answer in time")),
    "breaks down": (0.01, lambda: UnknownOutcome("500", "the provider failed")),
    "refuses the connection": (0.005, lambda: RetryLater("connect", "no connection")),
    "has a full queue": (0.005, lambda: error_for("30001")),
    "is at the cap of the day": (0.001, lambda: error_for("63038")),
    "is set up wrongly": (0.002, lambda: Misconfigured("20003", "the token is not accepted")),
}
TIMEOUT_CHANCE = 0.012
CRASH_CHANCE = 0.004
UNDELIVERED_CHANCES = {"30003": 0.004, "30008": 0.004, "30005": 0.001, "30007": 0.001}


class Provider(SimulatorChannel):
    def __init__(self, name: str, kernel: Kernel, traffic: Traffic, checker: Checker) -> None:
        super().__init__(name)
        self.kernel, self.fate, self.traffic, self.checker = kernel, kernel.fate, traffic, checker
        self.calls: Counter[str] = Counter()
        """Send calls per recipient, and look-ups."""
        self.records: dict[int, SendRecord] = {}
        """What became of each outbox row at this provider."""
        self.blocked: set[str] = set()
        """Addresses that block the assistant."""
        self.dead: set[str] = set()
        """Addresses that no longer exist."""
        self.stopped: set[str] = set()
        """Addresses whose STOP the provider itself enforces."""
        self.down_until: datetime | None = None
        """The end of the last outage."""

    @property
    def can_look_up(self) -> bool:
        return SPECS[self.name].finds

    async def send(self, outgoing: Outgoing) -> str:
        phone = outgoing.recipient
        self.calls[phone] += 1
        call = f"{self.name} to {phone}, call {self.calls[phone]}"
        self._check_refusal(outgoing, call)
        provider_id = self._accept(outgoing, call)
        if self.fate.happens(f"{call}: takes it and does not answer", TIMEOUT_CHANCE):
            raise UnknownOutcome("timeout", "no answer in time")
        if self.fate.happens(f"{call}: takes it and the sender dies", CRASH_CHANCE):
            raise Crash(call)
        return provider_id

    def _check_refusal(self, outgoing: Outgoing, call: str) -> None:
        phone, now = outgoing.recipient, self.kernel.now
        if self.down_until is not None and now < self.down_until:
            raise RetryLater("503", "the provider is down")
        for fault, (chance, error) in FAULTS.items():
            if self.fate.happens(f"{call}: {fault}", chance):
                raise error()
        if phone in self.dead:
            raise Unreachable("30005" if self.can_look_up else "deactivated", "the phone is no more")
        if phone in self.blocked:
            raise Unreachable("63032", "blocked") if self.can_look_up else OptedOut("blocked", "blocked by the user")
        if phone in self.stopped:
            raise OptedOut("21610", "the person has sent STOP to this number")
        if not outgoing.window_open and outgoing.template is None:
            raise OutsideWindow("63016", "more than 24 hours since the last message")

    def _accept(self, outgoing: Outgoing, call: str) -> str:
        record = self.records.setdefault(outgoing.id, SendRecord())
        prompt = self.traffic.prompt(outgoing)
        self.checker.on_send(prompt, outgoing, record, can_look_up=self.can_look_up)
        record.accepted += 1
        provider_id = f"{self.name}-{outgoing.id}-{record.accepted}"
        record.provider_ids.append(provider_id)
        if self.can_look_up:
            for code, chance in UNDELIVERED_CHANCES.items():
                if self.fate.happens(f"{call}: undelivered by {code}", chance):
                    record.returned += 1
                    self._report(provider_id, Delivery.FAILED, f"{call}: {code}", code)
                    return provider_id
        for state in SPECS[self.name].reports:
            if not self.fate.happens(f"{call}: {state} is never told", 0.05):
                self._report(provider_id, Delivery(state), f"{call}: {state}")
        self.traffic.deliver(prompt)
        return provider_id

    def _report(self, provider_id: str, state: Delivery, name: str, code: str | None = None) -> None:
        """Status webhooks in any order, some of them twice."""
        status = Status(self.name, provider_id, state, self.kernel.now, code)
        self.traffic.call_webhook(name, status, self.fate.seconds(f"{name} after", 0.1, 20))
        if self.fate.happens(f"{name} is told twice", 0.05):
            self.traffic.call_webhook(f"{name} again", status, self.fate.seconds(f"{name} again after", 0.1, 600))

    async def find(self, outgoing: Outgoing) -> str | None:
        self.calls["looked up"] += 1
        if self.down_until is not None and self.kernel.now < self.down_until:
            raise RetryLater("503", "the provider is down")
        if self.fate.happens(f"{self.name} fails look-up {self.calls['looked up']}", 0.02):
            raise UnknownOutcome("timeout", "no answer in time")
        record = self.records.get(outgoing.id)
        if not self.can_look_up or record is None or record.accepted == record.returned:
            return None
        return record.provider_ids[-1]

    def explain(self, code: str) -> ChannelError:
        return error_for(code)

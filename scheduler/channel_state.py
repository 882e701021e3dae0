"""The state of sending on one channel: messages in flight, rates and circuit breaker. A provider that is slow or down
delays no other channel."""

from __future__ import annotations

from datetime import datetime

import structlog

from bot.channels.registry import SPECS
from bot.config.metrics import CIRCUIT
from bot.messages.shape import shape
from bot.model import Button, Message
from scheduler.policy.circuit_breaker import CircuitBreaker
from scheduler.policy.send_rates import Limits, SendRate
from storage.registers import Folding
from storage.schema import Outbox

IN_FLIGHT = 16
"""Messages of one channel that are in flight at the same time. No more are leased, so that each is sent within its lease."""

log = structlog.get_logger(__name__)


class ChannelState:
    """The messages of the channel `name` to real phones; None: all others, which no provider limits."""

    def __init__(self, name: str | None, limits: Limits) -> None:
        self.name = name
        self.pace = SendRate(limits)
        self.circuit = CircuitBreaker()
        self.in_flight: set[int] = set()
        if name is not None:
            CIRCUIT.labels(name).set(0)

    def room(self, now: datetime) -> int:
        """How many messages may be begun now."""
        free = IN_FLIGHT - len(self.in_flight)
        return self.pace.room(now, self.circuit.room(now, len(self.in_flight), free))

    def admit(self, row: Outbox, now: datetime, folding: Folding) -> bool:
        """Whether this message may go now; it is then counted as under way."""
        segments = 1
        if SPECS[row.channel].counts_segments:
            segments = shape(message_of(row), row.channel, fold=folding.of(row.client_id)).segments
        sender = row.address.sender or ""
        if self.name is not None and not self.pace.admit(sender, row.address.address, segments, now, bulk=row.bulk):
            return False
        self.in_flight.add(row.id)
        return True

    def failed(self, now: datetime) -> None:
        if self.name is not None and self.circuit.failed(now):
            CIRCUIT.labels(self.name).set(1)
            log.error("circuit.opened", channel=self.name, failures=self.circuit.failures)

    def worked(self) -> None:
        if self.name is not None and self.circuit.worked():
            CIRCUIT.labels(self.name).set(0)
            log.warning("circuit.closed", channel=self.name)


def message_of(row: Outbox) -> Message:
    return Message(row.text or "", tuple(Button(b["id"], b["label"], b["quiet"]) for b in row.buttons))

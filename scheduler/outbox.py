"""Sending: lease a message, hand it to its channel, record what the provider said. Nothing is sent in a transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import perf_counter

import structlog
from anyio import to_thread
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.channels.base import (
    Channel,
    ChannelError,
    Misconfigured,
    OptedOut,
    RetryLater,
    UnknownOutcome,
    Unreachable,
)
from bot.metrics import SEND, SENT
from bot.model import Button, Message, Outgoing
from bot.service.notices import tell_staff
from scheduler import policy
from storage import outbox
from storage.engine import Store
from storage.schema import Address, Client, Outbox

LEASE = timedelta(minutes=1)
BATCH = 100
WHATSAPP_WINDOW = timedelta(hours=24)

log = structlog.get_logger(__name__)


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Sendable:
    """A leased row as it leaves the transaction. `look_up`: it may have been sent before."""

    outgoing: Outgoing
    simulated: bool
    look_up: bool


class Sender:
    """Sends what the outbox holds. `channels` by name; `simulated` ones stand in for phones that are not real."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        simulated: Mapping[str, Channel],
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.store, self.channels, self.simulated, self.now = store, channels, simulated, now

    async def send_due(self, limit: int = BATCH, address_id: int | None = None) -> int:
        """Claim and send once; how many messages were handled."""
        claimed = await to_thread.run_sync(self._claim, limit, address_id)
        await asyncio.gather(*(self._send(sendable) for sendable in claimed))
        return len(claimed)

    async def drain(self, address_id: int | None = None) -> int:
        """Send until nothing is due any more; how many messages were handled."""
        total = 0
        while handled := await self.send_due(address_id=address_id):
            total += handled
        return total

    # --- in a transaction --------------------------------------------------------------------------------------------

    def _claim(self, limit: int, address_id: int | None) -> list[Sendable]:
        now = self.now()
        with self.store.write() as db:
            rows = outbox.claim(db, now, LEASE, limit, address_id)
            stopped = self._stopped(db, rows)
            found = []
            for row in rows:
                if row.client_id in stopped and row.bulk:
                    row.status, row.reason = "dropped", "client opted out"
                    continue
                found.append(Sendable(as_outgoing(row, now), row.address.simulated, row.status == "unknown"))
            return found

    def _stopped(self, db: Session, rows: list[Outbox]) -> set[int]:
        clients = {row.client_id for row in rows if row.client_id is not None and row.bulk}
        if not clients:
            return set()
        return set(db.scalars(select(Client.id).where(Client.id.in_(clients), Client.opted_out_at.is_not(None))))

    def _record(self, row_id: int, provider_id: str) -> None:
        with self.store.write() as db:
            row = db.get_one(Outbox, row_id, with_for_update=True)
            row.status, row.provider_id, row.sent_at, row.lease_until = "sent", provider_id, self.now(), None

    def _fail(self, row_id: int, error: ChannelError) -> None:
        now = self.now()
        with self.store.write() as db:
            row = db.get_one(Outbox, row_id, with_for_update=True)
            row.code, row.reason, row.lease_until = error.code[:40], error.reason[:200], None
            after = error.after if isinstance(error, RetryLater) else None
            decision = policy.retry(row.attempts, trouble(error), now, row.created_at, after)
            if isinstance(decision, policy.Retry):
                unknown = isinstance(error, UnknownOutcome)
                row.status, row.due_at = ("unknown" if unknown else "queued"), decision.at
                row.lease_until = decision.at if unknown else None
                return
            if not error.permanent:
                row.reason = decision.reason[:200]
            row.status = "failed"
            self._elsewhere(db, row, error, now)

    def _elsewhere(self, db: Session, row: Outbox, error: ChannelError, now: datetime) -> None:
        """After a failure for good: the client's next channel, and at the end the counselor, with the reason."""
        address = db.get_one(Address, row.address_id)
        if isinstance(error, Unreachable | OptedOut):
            address.unreachable_at, address.unreachable_reason = now, error.reason[:200]
        if row.client_id is None:
            return
        client = db.get_one(Client, row.client_id)
        if isinstance(error, OptedOut) and client.opted_out_at is None and address.channel == "sms":
            client.opted_out_at = now
            return
        others = db.scalars(select(Address).where(Address.client_id == client.id, Address.id != address.id)).all()
        for other in outbox.reachable(others)[:1]:
            db.add(
                Outbox(
                    address_id=other.id,
                    client_id=row.client_id,
                    conversation_id=row.conversation_id,
                    channel=other.channel,
                    text=row.text,
                    buttons=row.buttons,
                    language=row.language,
                    flow=row.flow,
                    question=row.question,
                    bulk=row.bulk,
                    due_at=now,
                    created_at=now,
                )
            )
            return
        name = client.name or client.code
        tell_staff(
            db,
            client.counselor_id,
            client.center_id,
            f"{name} ({client.code}) could not be reached by {row.channel}: {error.reason}. Please call.",
            now,
        )

    # --- outside of any transaction ----------------------------------------------------------------------------------

    async def _send(self, sendable: Sendable) -> None:
        outgoing = sendable.outgoing
        channel = (self.simulated if sendable.simulated else self.channels).get(outgoing.channel)
        started = perf_counter()
        try:
            if channel is None:
                raise Misconfigured("no_channel", f"{outgoing.channel} is not set up here")
            provider_id = await channel.find(outgoing) if sendable.look_up else None
            if provider_id is None:
                provider_id = await channel.send(outgoing)
        except ChannelError as error:
            log.warning(
                "send.failed", outbox=outgoing.id, channel=outgoing.channel, code=error.code, kind=type(error).__name__
            )
            await to_thread.run_sync(self._fail, outgoing.id, error)
            return
        except Exception as error:
            SENT.labels(outgoing.channel, "broken").inc()
            log.error("send.broken", outbox=outgoing.id, channel=outgoing.channel, error=type(error).__name__)
            broken = UnknownOutcome("error", f"an error of our own ({type(error).__name__})")
            await to_thread.run_sync(self._fail, outgoing.id, broken)
            return
        SENT.labels(outgoing.channel, "sent").inc()
        SEND.labels(outgoing.channel).observe(perf_counter() - started)
        await to_thread.run_sync(self._record, outgoing.id, provider_id)


def as_outgoing(row: Outbox, now: datetime) -> Outgoing:
    """What a channel needs of a row; the window is derived from the last inbound message."""
    heard = row.address.last_inbound_at
    return Outgoing(
        id=row.id,
        channel=row.channel,
        recipient=row.address.address,
        message=message_of(row),
        language=row.language,
        attempt=row.attempts,
        sender=row.address.sender,
        window_open=row.channel != "whatsapp" or (heard is not None and now - heard < WHATSAPP_WINDOW),
        template=row.template,
        variables={name: str(value) for name, value in row.variables.items()},
        created_at=row.created_at,
    )


def message_of(row: Outbox) -> Message:
    return Message(row.text or "", tuple(Button(b["id"], b["label"], b["quiet"]) for b in row.buttons))


def trouble(error: ChannelError) -> policy.Trouble:
    """What an error means for trying again."""
    if error.permanent:
        return policy.Trouble.PERMANENT
    if isinstance(error, UnknownOutcome):
        return policy.Trouble.UNKNOWN
    if isinstance(error, Misconfigured):
        return policy.Trouble.MISCONFIGURED
    return policy.Trouble.LATER

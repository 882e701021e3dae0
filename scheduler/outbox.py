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

from bot.channels.base import Channel, ChannelError, Misconfigured, UnknownOutcome
from bot.metrics import SEND, SENT
from bot.model import Button, Message, Outgoing, Status
from bot.service import ladder
from storage import outbox
from storage.engine import Store
from storage.schema import Client, Outbox

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

    def _record(self, sendable: Sendable, provider_id: str) -> None:
        outgoing = sendable.outgoing
        with self.store.write() as db:
            early = outbox.early_reports(db, outgoing.channel, provider_id)
            row = outbox.hold(db, outgoing.id) if early else db.get_one(Outbox, outgoing.id, with_for_update=True)
            if row.status not in outbox.IN_HAND:
                return
            row.status, row.provider_id, row.sent_at, row.lease_until = "sent", provider_id, self.now(), None
            for status in sorted(early, key=lambda status: outbox.RANK[status.state.value]):
                ladder.reported(db, row, status, self._explained(sendable, status))

    def _explained(self, sendable: Sendable, status: Status) -> ChannelError | None:
        channel = self._channel(sendable)
        return channel.explain(status.code) if channel is not None and status.code else None

    def _fail(self, sendable: Sendable, error: ChannelError) -> None:
        with self.store.write() as db:
            row = outbox.hold(db, sendable.outgoing.id)
            if row.status in outbox.IN_HAND and row.attempts == sendable.outgoing.attempt:
                ladder.not_sent(db, row, error, self.now())

    # --- outside of any transaction ----------------------------------------------------------------------------------

    def _channel(self, sendable: Sendable) -> Channel | None:
        return (self.simulated if sendable.simulated else self.channels).get(sendable.outgoing.channel)

    async def _send(self, sendable: Sendable) -> None:
        outgoing = sendable.outgoing
        channel = self._channel(sendable)
        started = perf_counter()
        try:
            if channel is None:
                raise Misconfigured("no_channel", f"{outgoing.channel} is not set up here")
            provider_id = await found(channel, outgoing) if sendable.look_up else None
            if provider_id is None:
                provider_id = await channel.send(outgoing)
        except ChannelError as error:
            log.warning(
                "send.failed", outbox=outgoing.id, channel=outgoing.channel, code=error.code, kind=type(error).__name__
            )
            await to_thread.run_sync(self._fail, sendable, error)
            return
        except Exception as error:
            SENT.labels(outgoing.channel, "broken").inc()
            log.error("send.broken", outbox=outgoing.id, channel=outgoing.channel, error=type(error).__name__)
            broken = UnknownOutcome("error", f"an error of our own ({type(error).__name__})")
            await to_thread.run_sync(self._fail, sendable, broken)
            return
        SENT.labels(outgoing.channel, "sent").inc()
        SEND.labels(outgoing.channel).observe(perf_counter() - started)
        await to_thread.run_sync(self._record, sendable, provider_id)


async def found(channel: Channel, outgoing: Outgoing) -> str | None:
    """What `find` tells. Where it fails, the outcome is as unknown as before: nothing may be sent again on that ground."""
    try:
        return await channel.find(outgoing)
    except ChannelError as error:
        raise UnknownOutcome(error.code, error.reason) from error


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

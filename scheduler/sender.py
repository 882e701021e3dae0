"""Sending: lease a message, hand it to its channel, record what the provider said. Nothing is sent in a transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Lock
from time import perf_counter

import structlog
from anyio import to_thread
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.channels.base import Channel, ChannelError, Misconfigured, RetryLater, UnknownOutcome
from bot.channels.registry import SPECS
from bot.channels.spec import window_open
from bot.config.metrics import SEND, SENT
from bot.model import Outgoing, Status
from bot.service import fallback
from bot.service.rules import Rules
from bot.service.send_window import untimely
from scheduler.channel_state import ChannelState, message_of
from scheduler.policy.send_rates import Limits
from storage import optouts, outbox
from storage.engine import Database
from storage.registers import Folding
from storage.schema import Outbox
from storage.trouble import UNAVAILABLE

LEASE = timedelta(seconds=90)
PATIENCE = timedelta(seconds=60)
"""How long one message may take; what has not come back then has an unknown outcome. Shorter than the lease."""
RECORD_WAITS = (0.2, 1.0, 2.0, 5.0, 10.0, 20.0)
"""Seconds before recording again what went out, when the database cannot be used: long enough for a fail-over."""
RATES = {name: spec.rates for name, spec in SPECS.items()}

log = structlog.get_logger(__name__)

__all__ = ["Sender", "message_of", "utc_now"]


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Sendable:
    """A leased row as it leaves the transaction. `look_up`: it may have been sent before."""

    outgoing: Outgoing
    simulated: bool
    look_up: bool
    state: ChannelState


class Sender:
    """Sends what the outbox holds. `channels` by name; `simulated` ones stand in for phones that are not real. `limits`
    are those of the channels' providers, kept to within this process; `rules` say when nothing is begun."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        simulated: Mapping[str, Channel],
        now: Callable[[], datetime] = utc_now,
        limits: Mapping[str, Limits] = RATES,
        rules: Rules = Rules(),
    ) -> None:
        self.database, self.channels, self.simulated, self.now = database, channels, simulated, now
        self.states = [
            ChannelState(None, Limits()),
            *(ChannelState(name, limits.get(name, Limits())) for name in channels),
        ]
        self.rules = rules
        self._claiming = Lock()
        self._stopping = False

    # --- the loop ----------------------------------------------------------------------------------------------------

    async def send_due(self, address_id: int | None = None) -> int:
        """Claim and send once; how many messages were handled."""
        claimed = await to_thread.run_sync(self.claim, address_id)
        await asyncio.gather(*(self._send(sendable) for sendable in claimed))
        return len(claimed)

    async def drain(self, address_id: int | None = None) -> int:
        """Send until nothing may go out any more; how many messages were handled."""
        total = 0
        while handled := await self.send_due(address_id):
            total += handled
        return total

    async def keep_sending(self, wake: asyncio.Event) -> None:
        """Send what may go, and look again whenever a message is out or `wake` is set; until `stop`. What is under way
        then is recorded first."""
        under_way: set[asyncio.Task[None]] = set()
        while not self._stopping:
            wake.clear()
            try:
                claimed = await to_thread.run_sync(self.claim)
            except Exception as error:  # database down, or one bad row: the other messages must not wait for ever
                log.error("outbox.not_claimed", error=type(getattr(error, "orig", error)).__name__)
                claimed = []
            under_way |= {asyncio.create_task(self._send(sendable)) for sendable in claimed}
            woken = asyncio.create_task(wake.wait())
            await asyncio.wait({woken, *under_way}, return_when=asyncio.FIRST_COMPLETED)
            woken.cancel()
            under_way = {task for task in under_way if not task.done()}
        await asyncio.gather(*under_way, return_exceptions=True)

    def stop(self) -> None:
        self._stopping = True

    # --- in a transaction --------------------------------------------------------------------------------------------

    def claim(self, address_id: int | None = None) -> list[Sendable]:
        """Lease what may be handed over now."""
        now = self.now()
        apart = [state.name for state in self.states if state.name]
        claimed: list[Sendable] = []
        with self._claiming, self.database.write() as db:
            folding, seen = Folding(db), outbox.look(db, now)
            for state in self.states[:1] if address_id is not None else self.states:
                if address_id is not None:
                    part = outbox.Part(address_id=address_id)
                elif state.name is None:
                    part = outbox.Part(apart=apart)
                else:
                    part = outbox.Part(channel=state.name, busy=state.pace.busy(now))
                if room := state.room(now):
                    admit = partial(state.admit, now=now, folding=folding)
                    rows = outbox.claim(db, now, LEASE, room, part, admit, seen)
                    claimed += self._kept(db, rows, state, now, folding)
        return claimed

    def _kept(
        self, db: Session, rows: list[Outbox], state: ChannelState, now: datetime, folding: Folding
    ) -> list[Sendable]:
        """Without what is for somebody who does not want it any more or not now, and what was erased."""
        stopped = optouts.opted_out_messages(db, rows) if rows else {}
        unfit = untimely(db, rows, self.rules, now)
        kept = []
        for row in rows:
            if not outbox.wanted(row, stopped.get(row.id)):
                row.status, row.reason, row.lease_until = "dropped", fallback.unwanted(row), None
                state.in_flight.discard(row.id)
            elif row.id in unfit.over:
                row.status, row.reason, row.lease_until = "dropped", "its question is no longer open", None
                state.in_flight.discard(row.id)
            elif row.id in unfit.later:  # as if it was never tried, so that no reply has to wait for it
                row.status, row.due_at, row.attempts, row.lease_until = "queued", unfit.later[row.id], 0, None
                state.in_flight.discard(row.id)
            else:
                kept.append(
                    Sendable(
                        as_outgoing(row, now, not SPECS[row.channel].counts_segments or folding.of(row.client_id)),
                        row.address.simulated,
                        row.status == "unknown",
                        state,
                    )
                )
        return kept

    def settle(self, sendable: Sendable, result: str | ChannelError) -> None:
        """Record what the provider said."""
        if isinstance(result, ChannelError):
            self._fail(sendable, result)
        else:
            self._record(sendable, result)

    def _record(self, sendable: Sendable, provider_id: str) -> None:
        outgoing = sendable.outgoing
        with self.database.write() as db:
            early = outbox.early_reports(db, outgoing.channel, provider_id)
            row = outbox.hold(db, outgoing.id) if early else db.get_one(Outbox, outgoing.id, with_for_update=True)
            if row.status not in (*outbox.IN_HAND, "dropped") or row.provider_id is not None:
                return
            if row.status == "dropped":
                row.reason = None
            row.status, row.provider_id, row.sent_at, row.lease_until = "sent", provider_id, self.now(), None
            for status in sorted(early, key=lambda status: outbox.RANK[status.state.value]):
                fallback.reported(db, row, status, self._explained(sendable, status))

    def _explained(self, sendable: Sendable, status: Status) -> ChannelError | None:
        channel = self._channel(sendable)
        return channel.explain(status.code) if channel is not None and status.code else None

    def _fail(self, sendable: Sendable, error: ChannelError) -> None:
        with self.database.write() as db:
            row = outbox.hold(db, sendable.outgoing.id)
            if row.status in outbox.IN_HAND and row.attempts == sendable.outgoing.attempt:
                fallback.not_sent(db, row, error, self.now())

    # --- outside of any transaction ----------------------------------------------------------------------------------

    def _channel(self, sendable: Sendable) -> Channel | None:
        return (self.simulated if sendable.simulated else self.channels).get(sendable.outgoing.channel)

    async def _send(self, sendable: Sendable) -> None:
        """One message, and what became of it. When the database stays away, the lease runs out and it is looked up."""
        outgoing, state = sendable.outgoing, sendable.state
        try:
            await recorded(self.settle, sendable, await self.hand_over(sendable))
        except Exception as error:
            log.error("outbox.not_recorded", outbox=outgoing.id, error=type(getattr(error, "orig", error)).__name__)
        finally:
            state.in_flight.discard(outgoing.id)

    async def hand_over(self, sendable: Sendable) -> str | ChannelError:
        """The provider's id of the message, or why there is none."""
        outgoing = sendable.outgoing
        started = perf_counter()
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                provider_id = await self._pass_on(sendable)
        except ChannelError as error:
            failure = error
            log.warning(
                "send.failed", outbox=outgoing.id, channel=outgoing.channel, code=error.code, kind=type(error).__name__
            )
        except TimeoutError:
            failure = UnknownOutcome("timeout", "the provider did not answer in time")
            log.warning("send.timeout", outbox=outgoing.id, channel=outgoing.channel)
        except Exception as error:
            failure = UnknownOutcome("error", f"internal error ({type(error).__name__})")
            log.error("send.broken", outbox=outgoing.id, channel=outgoing.channel, error=type(error).__name__)
        else:
            SENT.labels(outgoing.channel, "sent").inc()
            SEND.labels(outgoing.channel, "sent").observe(perf_counter() - started)
            sendable.state.worked()
            return provider_id
        SENT.labels(outgoing.channel, type(failure).__name__).inc()
        SEND.labels(outgoing.channel, type(failure).__name__).observe(perf_counter() - started)
        if isinstance(failure, RetryLater | UnknownOutcome | Misconfigured):
            sendable.state.failed(self.now())
        else:
            sendable.state.worked()
        return failure

    async def _pass_on(self, sendable: Sendable) -> str:
        channel = self._channel(sendable)
        if channel is None:
            raise Misconfigured("no_channel", f"{sendable.outgoing.channel} is not set up here")
        before = await self._found(channel, sendable.outgoing) if sendable.look_up else None
        return before if before is not None else await channel.send(sendable.outgoing)

    async def _found(self, channel: Channel, outgoing: Outgoing) -> str | None:
        """What the channel finds and no other message is known by: two of the same words may have gone to one phone, and
        another process sent the first."""
        seen: set[str] = set()
        while (candidate := await found(channel, outgoing)) is not None and candidate not in seen:
            if not await to_thread.run_sync(self._is_of_another, outgoing, candidate):
                return candidate
            seen.add(candidate)
        return None

    def _is_of_another(self, outgoing: Outgoing, provider_id: str) -> bool:
        mine = (Outbox.channel == outgoing.channel, Outbox.provider_id == provider_id, Outbox.id != outgoing.id)
        with self.database.read() as db:
            return db.scalar(select(Outbox.id).where(*mine).limit(1)) is not None


async def recorded(
    work: Callable[[Sendable, str | ChannelError], None], sendable: Sendable, result: str | ChannelError
) -> None:
    for wait in RECORD_WAITS:
        try:
            return await to_thread.run_sync(work, sendable, result)
        except UNAVAILABLE:
            await asyncio.sleep(wait)
    return await to_thread.run_sync(work, sendable, result)


async def found(channel: Channel, outgoing: Outgoing) -> str | None:
    """What `find` tells. Where it fails, the outcome is as unknown as before: nothing may be sent again on that ground."""
    try:
        return await channel.find(outgoing)
    except ChannelError as error:
        raise UnknownOutcome(error.code, error.reason) from error


def as_outgoing(row: Outbox, now: datetime, fold: bool = True) -> Outgoing:
    """What a channel needs of a row; the window is derived from the last inbound message."""
    return Outgoing(
        id=row.id,
        channel=row.channel,
        recipient=row.address.address,
        message=message_of(row),
        language=row.language,
        attempt=row.attempts,
        sender=row.address.sender,
        window_open=window_open(SPECS[row.channel], row.address.last_inbound_at, now),
        template=row.template,
        variables={name: str(value) for name, value in row.variables.items()},
        created_at=row.created_at,
        fold=fold,
    )

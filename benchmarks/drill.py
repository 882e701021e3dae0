"""A drill: a follow-up with every client on three channels while the providers fail in every way they know, and the sender
is killed between sending and recording. Afterwards every message must have arrived once and in order.

The service, the timers and the sender are the real ones; the clock is virtual; only the providers are scripted.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import logging
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter

import structlog
from sqlalchemy import func, select

from bot.channels.base import ChannelError, RetryLater, UnknownOutcome
from bot.channels.registry import CHANNELS
from bot.channels.simulator import SimulatorChannel
from bot.channels.twilio.codes import error_for
from bot.model import Delivery, Inbound, Outgoing, Status
from bot.service.assistant import Assistant
from bot.service.rules import Rules
from bot.text.language import Catalogs
from scheduler.firing import fire_due
from scheduler.sender import Sender
from storage import timers
from storage.engine import Database
from storage.migrate import upgrade
from storage.schema import Address, Answer, Center, Client, Followup, Inbox, Outbox

START = datetime(2026, 1, 5, 14, tzinfo=UTC)
CLIENTS = 2000
SECOND = timedelta(seconds=1)
REPLIES = {
    "sales_month": "5200",
    "employees_full": "3",
    "employees_part": "1",
    "exports_month": "0",
    "financing": "none",
    "attribution": "1",
    "review": "1",
}
CLIENTS_PER_NUMBER = 50
"""By SMS each number of ours takes one segment a second, so a network has several."""
OUTAGES = {"sms": 300, "whatsapp": 480, "telegram": 60}
"""Seconds after the start at which a provider is down, for two minutes."""
OUTAGE = timedelta(minutes=2)
FAULTS = {
    "429": 0.03,
    "500": 0.02,
    "time-out after acceptance": 0.03,
    "sender killed after acceptance": 0.003,
    "taken, then undelivered": 0.01,
}
STATES = {"sms": ("sent", "delivered"), "whatsapp": ("sent", "delivered", "read"), "telegram": ()}


class Killed(BaseException):
    """The process ends right after the provider took the message."""


@dataclass(order=True, slots=True)
class Event:
    """A webhook call on its way to us."""

    at: datetime
    number: int
    what: Inbound | Status = field(compare=False)


@dataclass
class Drill:
    database: Database
    rng: Random
    step: timedelta = SECOND
    now: datetime = START
    assistant: Assistant = field(default_factory=lambda: Assistant(Catalogs.load(), Rules()))
    coming: list[Event] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=itertools.count)
    faults: Counter[str] = field(default_factory=Counter)
    written: set[str] = field(default_factory=set)
    answered: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.providers = {name: Provider(name, self) for name in CHANNELS}
        self.sender = self.new_sender()

    def new_sender(self) -> Sender:
        return Sender(self.database, self.providers, {}, lambda: self.now)

    # --- the run -----------------------------------------------------------------------------------------------------

    def populate(self, clients: int) -> None:
        """Registered clients, a third on each channel, all due for their follow-up now."""
        with self.database.write() as db:
            center = Center(
                code="LC",
                name="SBDC",
                country="LC",
                currency="XCD",
                zone="America/St_Lucia",
                language="en",
                cadence=[3],
                settings={},
                created_at=START,
            )
            db.add(center)
            db.flush()
            for number in range(clients):
                client = Client(
                    code=f"LC-{number:05d}",
                    center_id=center.id,
                    name=f"Client {number}",
                    language="en",
                    status="registered",
                    service_consent=True,
                    survey_consent=True,
                    created_at=START,
                )
                db.add(client)
                db.flush()
                channel = CHANNELS[number % len(CHANNELS)]
                address = Address(
                    channel=channel,
                    address=f"+1758{number:07d}" if channel != "telegram" else str(number + 1000),
                    client_id=client.id,
                    sender=None if channel == "telegram" else f"+1869{number // CLIENTS_PER_NUMBER:07d}",
                    last_inbound_at=START - timedelta(hours=2),
                    created_at=START,
                )
                followup = Followup(client_id=client.id, wave="3m", due_on=date(2026, 1, 5), created_at=START)
                db.add_all([address, followup])
                db.flush()
                timers.plan(db, "followup.invite", f"followup:{followup.id}", START, client.id)

    async def run(self) -> None:
        while True:
            while fire_due(self.database, self.assistant, lambda: self.now):
                pass
            await self._send()
            while self.coming and self.coming[0].at <= self.now:
                self._take_in(heapq.heappop(self.coming).what)
            following = self._next()
            if following is None:
                return
            self.now = max(following, self.now + self.step)

    async def _send(self) -> None:
        try:
            await self.sender.drain()
        except Killed:
            others = asyncio.all_tasks() - {asyncio.current_task()}
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)
            self.sender = self.new_sender()

    def _take_in(self, what: Inbound | Status) -> None:
        with self.database.write() as db:
            if isinstance(what, Status):
                error = self.providers[what.channel].explain(what.code) if what.code else None
                self.assistant.report(db, what, error)
            else:
                self.assistant.receive(db, what)

    def _next(self) -> datetime | None:
        """When something happens next; None when nothing is left to do."""
        with self.database.read() as db:
            queued = db.scalar(select(func.min(Outbox.due_at)).where(Outbox.status == "queued"))
            lost = db.scalar(select(func.min(Outbox.lease_until)).where(Outbox.status.in_(("leased", "unknown"))))
        coming = self.coming[0].at if self.coming else None
        return min((at for at in (queued, lost, coming) if at is not None), default=None)

    # --- the phones --------------------------------------------------------------------------------------------------

    def soon(self, what: Inbound | Status, within: float) -> None:
        """A webhook call: it comes twice, at any two moments from now."""
        for _ in range(2):
            at = self.now + self.rng.uniform(0.1, within) * SECOND
            heapq.heappush(self.coming, Event(at, next(self.numbers), what))

    def arrives(self, outgoing: Outgoing) -> None:
        """The client reads the message and answers its question, once; some ask for help at the same time."""
        with self.database.read() as db:
            question = db.scalar(select(Outbox.question).where(Outbox.id == outgoing.id))
        if question is None or (outgoing.recipient, question) in self.answered:
            return
        self.answered.add((outgoing.recipient, question))
        texts = ["help", REPLIES[question]] if self.rng.random() < 0.2 else [REPLIES[question]]
        after = self.rng.uniform(5, 60)
        for place, text in enumerate(texts):
            provider_id = f"in-{next(self.numbers)}"
            self.written.add(provider_id)
            at = self.now + (after + 20 * place) * SECOND
            inbound = Inbound(outgoing.channel, provider_id, outgoing.recipient, at, text, recipient=outgoing.sender)
            for repeated in (0.0, self.rng.uniform(0.1, 15)):
                heapq.heappush(self.coming, Event(at + repeated * SECOND, next(self.numbers), inbound))


class Provider(SimulatorChannel):
    """A provider with the faults of the drill. It keeps every message that it took: its id, the row and the recipient."""

    def __init__(self, name: str, drill: Drill) -> None:
        super().__init__(name)
        self.drill = drill
        self.can_tell = name != "telegram"
        self.taken: list[tuple[str, int, str]] = []
        self.ids: dict[int, str] = {}
        self.given = itertools.count(1)
        self.undelivered: set[int] = set()
        self.unanswered: set[int] = set()

    async def send(self, outgoing: Outgoing) -> str:
        drill = self.drill
        down = START + OUTAGES[self.name] * SECOND
        if down <= drill.now < down + OUTAGE:
            drill.faults["provider down"] += 1
            raise RetryLater("503", "the provider is down")
        fault = self._fault()
        if fault is not None:
            drill.faults[fault] += 1
        if fault == "429":
            raise RetryLater("429", "too many requests", timedelta(seconds=drill.rng.randint(1, 60)))
        if fault == "500":
            raise UnknownOutcome("500", "the provider failed")
        provider_id = self._take(outgoing, undelivered=fault == "taken, then undelivered")
        if fault == "time-out after acceptance":
            self.unanswered.add(outgoing.id)
            raise UnknownOutcome("no answer", "no answer in time")
        if fault == "sender killed after acceptance":
            raise Killed
        return provider_id

    def _fault(self) -> str | None:
        chance = self.drill.rng.random()
        for fault, share in FAULTS.items():
            if fault == "taken, then undelivered" and not self.can_tell:
                continue
            if chance < share:
                return fault
            chance -= share
        return None

    def _take(self, outgoing: Outgoing, *, undelivered: bool) -> str:
        provider_id = f"{self.name}-{next(self.given)}"
        if undelivered and outgoing.id not in self.undelivered:
            self.undelivered.add(outgoing.id)
            failed = Status(self.name, provider_id, Delivery.FAILED, self.drill.now, "30008")
            self.drill.soon(failed, 20)
            return provider_id
        self.taken.append((provider_id, outgoing.id, outgoing.recipient))
        self.ids[outgoing.id] = provider_id
        for state in STATES[self.name]:
            self.drill.soon(Status(self.name, provider_id, Delivery(state), self.drill.now), 20)
        self.drill.arrives(outgoing)
        return provider_id

    async def find(self, outgoing: Outgoing) -> str | None:
        return self.ids.get(outgoing.id) if self.can_tell else None

    def explain(self, code: str) -> ChannelError:
        return error_for(code)


# --- the figures -----------------------------------------------------------------------------------------------------


@dataclass
class Result:
    """`doubled` counts messages that arrived twice, by channel, and `after_timeout` those of them whose first sending was not
    answered; the others were under way when a sender was killed. `lost` did not arrive. `overtaken` arrived after a newer
    message to the same client; `given_back` likewise, but since the network failed to deliver what it had taken, after
    the newer one had gone out."""

    messages: int
    received: int
    written: int
    completed: int
    doubled: dict[str, int]
    after_timeout: dict[str, int]
    lost: int
    overtaken: int
    given_back: int
    double_answers: int
    unsettled: Counter[str]
    lasted: timedelta


def examined(drill: Drill) -> Result:
    with drill.database.read() as db:
        rows = {
            row: (channel, status)
            for row, channel, status in db.execute(select(Outbox.id, Outbox.channel, Outbox.status))
        }
        received = db.scalar(select(func.count(Inbox.id))) or 0
        completed = db.scalar(select(func.count()).where(Followup.status == "completed")) or 0
        doubles = (
            select(func.count())
            .where(Answer.replaces_id.is_(None), Answer.taken_back.is_(False))
            .group_by(Answer.conversation_id, Answer.question)
            .having(func.count() > 1)
        )
        double_answers = len(db.execute(doubles).all())
    arrivals: Counter[int] = Counter()
    doubled: Counter[str] = Counter(dict.fromkeys(CHANNELS, 0))
    after_timeout: Counter[str] = Counter(dict.fromkeys(CHANNELS, 0))
    overtaken = given_back = 0
    for name, provider in drill.providers.items():
        newest: dict[str, int] = {}
        for _provider_id, row, to in provider.taken:
            arrivals[row] += 1
            again = arrivals[row] > 1
            doubled[name] += again
            after_timeout[name] += again and row in provider.unanswered
            late = not again and row < newest.get(to, 0)
            overtaken += late and row not in provider.undelivered
            given_back += late and row in provider.undelivered
            newest[to] = max(row, newest.get(to, 0))
    return Result(
        messages=len(rows),
        received=received,
        written=len(drill.written),
        completed=completed,
        doubled=dict(doubled),
        after_timeout=dict(after_timeout),
        lost=sum(arrivals[row] == 0 for row in rows),
        overtaken=overtaken,
        given_back=given_back,
        double_answers=double_answers,
        unsettled=Counter(status for channel, status in rows.values() if status != settled(channel)),
        lasted=drill.now - START,
    )


def settled(channel: str) -> str:
    """The status at the end of a message that went well, by what the provider tells."""
    return STATES[channel][-1] if STATES[channel] else "sent"


def perform(url: str, clients: int, seed: int = 1, step: timedelta = SECOND) -> tuple[Drill, Result]:
    """`step`: how far the clock moves at least from one look at what is due to the next."""
    drill = Drill(Database.open(url), Random(seed), step)
    try:
        drill.populate(clients)
        asyncio.run(drill.run())
        return drill, examined(drill)
    finally:
        drill.database.close()


@contextmanager
def quiet() -> Iterator[None]:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    yield
    structlog.reset_defaults()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, quiet():
        url = f"sqlite:///{Path(folder) / 'drill.sqlite3'}"
        upgrade(url)
        started = perf_counter()
        drill, result = perform(url, CLIENTS)
        took = perf_counter() - started
    print(f"{CLIENTS} clients on {len(CHANNELS)} channels, SQLite, {os.cpu_count()} cores: {took:.0f} s of work")
    print(f"  for {result.lasted} of the virtual clock; {result.messages} messages out, {result.received} in")
    for fault, count in sorted(drill.faults.items()):
        print(f"  {fault}: {count}")
    print(f"  each webhook twice, statuses in any order; messages taken in: {result.received} of {result.written}")
    print(f"  lost: {result.lost}; not settled: {dict(result.unsettled)}; answers doubled: {result.double_answers}")
    print(f"  overtaken: {result.overtaken}; given back by the network after a newer one had gone: {result.given_back}")
    print(f"  doubled: {result.doubled}; of these after a time-out: {result.after_timeout}")
    print(f"  follow-ups completed: {result.completed} of {CLIENTS}")

"""The world: a heap of what happens next, several processes that share the work, and a clock that jumps."""

from __future__ import annotations

import heapq
import json
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy.orm import Session

from bot.model import CHANNELS, Button, Inbound, Outgoing, Status
from bot.service.assistant import Assistant
from bot.service.rules import Rules
from bot.simulation.fate import Fate
from bot.simulation.invariants import Watch
from bot.simulation.people import Person
from bot.simulation.phones import Phone, Prompt
from bot.simulation.processes import Process
from bot.simulation.providers import Provider
from bot.simulation.staff import Counselor
from bot.simulation.stores import fresh
from bot.text.language import Catalogs
from storage.schema import Timer

STARTS = ((2026, 1, 5), (2026, 9, 14), (2027, 6, 1))
"""Days on which a world begins; the last one's year has a leap day."""
FIRST_LOOK, LONGEST_LOOK = timedelta(seconds=1), timedelta(minutes=10)
"""How soon a worker looks again where something is due and nothing may go."""
NEVER = datetime.max.replace(tzinfo=UTC)
PROMPT = """
SELECT o.text, o.buttons, o.flow, o.question, o.bulk, o.client_id, coalesce(nullif(c.subject, ''), c.flow, '')
FROM outbox o LEFT JOIN conversations c ON c.id = o.conversation_id WHERE o.id = ?"""
NEXT_TIMER = """
SELECT min(coalesce((SELECT min(due_at) FROM timers WHERE status = 'pending'), '9999'),
           coalesce((SELECT min(lease_until) FROM timers WHERE status = 'leased'), '9999'))"""
NEXT_MESSAGE = """
SELECT min(coalesce((SELECT min(due_at) FROM outbox WHERE status = 'queued'), '9999'),
           coalesce((SELECT min(lease_until) FROM outbox WHERE status IN ('leased', 'unknown')), '9999'))"""
Action = Callable[[], "Awaitable[None] | None"]


@dataclass(frozen=True, slots=True)
class Plan:
    """Which world: what of it does not happen (`spared`), and whether everything is checked after every step (`closely`)
    instead of every week."""

    seed: int
    clients: int = 50
    days: int = 365
    spared: frozenset[str] = frozenset()
    closely: bool = False


class Watched(Assistant):
    """The service, with its own errors noticed at once: a timer that fails would be tried again in silence."""

    def __init__(self, world: World) -> None:
        super().__init__(Catalogs.load(), Rules())
        self.world = world

    def fire(self, db: Session, timer: Timer, now: datetime) -> None:
        try:
            super().fire(db, timer, now)
        except Exception as error:
            self.world.fail(f"timer {timer.kind} of {timer.subject}: {type(error).__name__}: {error}")
            raise


class World:
    """`broken` is the first thing that was found wrong, `trace` tells every step; `rested` is when the workers last stood
    still for days."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.fate = plan, Fate(plan.seed, plan.spared)
        self.now = self.began = datetime(*self.fate.pick("the first day", STARTS), 12, tzinfo=UTC)
        self.until = self.now + timedelta(days=plan.days)
        self.engine, self.look = fresh()
        self.rested = NEVER
        self.counts: Counter[str] = Counter()
        self.trace: list[tuple[datetime, str]] = []
        self.broken: str | None = None
        self.assistant = Watched(self)
        self.providers = {name: Provider(name, self) for name in CHANNELS}
        self.people: dict[Phone, Person] = {}
        self.counselors: dict[Phone, Counselor] = {}
        self.watch = Watch(self)
        self.webs = [Process(self, f"web {number}") for number in (1, 2)]
        self.workers = [Process(self, f"worker {number}") for number in (1, 2)]
        self._heap: list[tuple[datetime, int, str, Action]] = []
        self._number = 0
        self._written: Counter[Phone] = Counter()
        self._look_at: datetime | None = None
        self._pause = FIRST_LOOK

    # --- the clock ---------------------------------------------------------------------------------------------------

    def at(self, when: datetime, name: str, action: Action) -> None:
        self._number += 1
        heapq.heappush(self._heap, (when.astimezone(UTC), self._number, name, action))

    def later(self, after: timedelta, name: str, action: Action) -> None:
        self.at(self.now + after, name, action)

    def fail(self, what: str) -> None:
        if self.broken is None:
            self.broken = what
            self.tell(f"WRONG: {what}")

    def tell(self, what: str) -> None:
        self.trace.append((self.now, what))

    def hurry(self) -> None:
        """Something was committed: the next look is not put off any longer."""
        self._look_at, self._pause = None, FIRST_LOOK

    async def run(self, on_day: Callable[[int], None] = lambda day: None) -> None:
        """Until the time is up or something is found wrong."""
        day = 0
        while self.broken is None:
            due = self._due()
            looking = due <= self._heap[0][0] if self._heap else due < NEVER
            when = due if looking else self._heap[0][0] if self._heap else NEVER
            if when > self.until:
                break
            self.now = max(self.now, when)
            if looking:
                self._works()
            else:
                _when, _number, name, action = heapq.heappop(self._heap)
                if name:
                    self.tell(name)
                if (result := action()) is not None:
                    await result
            if self.plan.closely:
                self.watch.sweep()
            if (passed := (self.now - self.began).days) > day:
                day = passed
                on_day(day)

    # --- workers -----------------------------------------------------------------------------------------------------

    def _due(self) -> datetime:
        """When a worker finds something to do."""
        if self.workers[0].database.down or not any(worker.alive for worker in self.workers):
            return NEVER
        first = min(self._first(NEXT_TIMER), self._first(NEXT_MESSAGE))
        return first if self._look_at is None else max(first, self._look_at)

    def _first(self, query: str) -> datetime:
        (found,) = self.look.execute(query).fetchone()
        return NEVER if found == "9999" else datetime.fromisoformat(found).replace(tzinfo=UTC)

    def _works(self) -> None:
        """One of the workers looks: it fires what is due and leases what may be sent."""
        self.counts["looks"] += 1
        occasion = f"the look of {self.now:%d %b %H:%M:%S.%f}"
        worker = self.fate.pick(f"{occasion} by", [worker for worker in self.workers if worker.alive])
        done = 0
        if self._first(NEXT_TIMER) <= self.now:
            done += worker.fires(occasion)
        if worker.alive and self._first(NEXT_MESSAGE) <= self.now:
            done += worker.leases(occasion)
        if not done:
            self._pause = min(2 * self._pause, LONGEST_LOOK)
        self._look_at = self.now + (timedelta(milliseconds=50) if done else self._pause)

    # --- traffic -----------------------------------------------------------------------------------------------------

    def prompt(self, outgoing: Outgoing) -> Prompt:
        text, buttons, flow, question, bulk, client, about = self.look.execute(PROMPT, (outgoing.id,)).fetchone()
        shown = tuple(Button(one["id"], one["label"], one["quiet"]) for one in json.loads(buttons))
        phone = Phone(outgoing.channel, outgoing.recipient)
        return Prompt(outgoing.id, phone, text or "", shown, flow, question, about, bool(bulk), client)

    def arrives(self, prompt: Prompt) -> None:
        """A message reaches its phone."""
        reader = self.people.get(prompt.phone) or self.counselors.get(prompt.phone)
        self.counts["delivered"] += 1
        if reader is not None:
            self.later(timedelta(seconds=2), "", partial(reader.hears, prompt))

    def says(
        self,
        phone: Phone,
        text: str,
        choice: str | None = None,
        *,
        after: timedelta = timedelta(0),
        stops: bool = False,
    ) -> None:
        """Somebody writes. `stops`: their provider takes it as a STOP (or START) too."""
        self.counts["written"] += 1
        self._written[phone] += 1
        number = self._written[phone]
        provider = self.providers[phone.channel]
        opt_out: bool | None = None
        if stops and provider.can_tell:
            opt_out = text != "START"
            (provider.stopped.add if opt_out else provider.stopped.discard)(phone.address)
        inbound = Inbound(
            phone.channel, f"{phone.address}-{number}", phone.address, self.now, text, choice, opt_out=opt_out
        )
        name = f"{phone.channel} {phone.address} writes {choice or text!r}"
        self.calls_us(f"{name} ({number})", inbound, after)
        if self.fate.befalls(f"{name} ({number}) comes twice", 0.03):
            again = self.fate.seconds(f"{name} ({number}) again after", 0.1, 40)
            self.calls_us(f"{name} ({number}), again", inbound, after + again)

    def calls_us(self, name: str, what: Inbound | Status, after: timedelta) -> None:
        """A webhook call, repeated until it gets its 200."""
        self.later(after, name, partial(self._called, name, what, 1))

    def _called(self, name: str, what: Inbound | Status, attempt: int) -> None:
        occasion = f"{name}, try {attempt}"
        alive = [web for web in self.webs if web.alive]
        web = self.fate.pick(f"{occasion} goes to", alive) if alive else None
        taken = web is not None and web.commits(occasion, partial(self._takes, what))
        self.watch.called(what)
        if not taken:
            wait = timedelta(seconds=min(5 * 2**attempt, 3600))
            self.later(wait, f"{name}, once more", partial(self._called, name, what, attempt + 1))

    def _takes(self, what: Inbound | Status, db: Session) -> None:
        if isinstance(what, Inbound):
            self.assistant.receive(db, replace(what, at=self.now))
        else:
            error = self.providers[what.channel].explain(what.code) if what.code else None
            self.assistant.report(db, replace(what, at=self.now), error)

    def office(self, name: str, work: Callable[[Session], object]) -> None:
        """Somebody at a desk does something in the console, and does it again when the page broke."""
        alive = [web for web in self.webs if web.alive]
        if not alive or not alive[0].commits(name, work):
            self.later(timedelta(minutes=3), f"{name}, once more", lambda: self.office(f"{name}, once more", work))

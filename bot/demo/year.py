"""The year itself: a clock that jumps from one thing that happens to the next, through the real service."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.countries import COUNTRIES
from bot.demo.counselor import Counselor
from bot.demo.person import Person, Reply
from bot.demo.phones import Phone, Prompt, deliver, waiting
from bot.model import Inbound
from bot.service.assistant import Assistant
from scheduler.firing import fire_due
from storage.engine import Database
from storage.schema import Timer

TICK = timedelta(minutes=5)
"""What happens within this time shares a transaction: with no one else on the store, fewer commits cost nothing."""
AWAKE = (time(7), time(21, 30))

NEXT_TIMER = select(func.min(Timer.due_at)).where(Timer.status == "pending")
Action = Callable[[Session, datetime], None]


@dataclass
class Year:
    """`now` is the virtual clock. `actions` is a heap of what is still to happen before `until`."""

    database: Database
    assistant: Assistant
    now: datetime
    until: datetime
    rng: Random
    people: dict[Phone, Person] = field(default_factory=dict)
    counselors: dict[Phone, Counselor] = field(default_factory=dict)
    messages: int = 0
    reading: dict[Phone, Prompt] = field(default_factory=dict)
    actions: list[tuple[datetime, int, Action]] = field(default_factory=list)
    _count: int = 0

    def at(self, when: datetime, action: Action) -> None:
        """Have something happen; what lies after the end never does."""
        if when <= self.until:
            self._count += 1
            heapq.heappush(self.actions, (when, self._count, action))

    def run(self, on_day: Callable[[datetime], None]) -> None:
        """Let the clock run to `until`; `on_day` hears of the time now and then."""
        with self.database.write() as db:
            timer = self._next_timer(db)
        while (
            upcoming := min([self.until, *([timer] if timer else []), *(a[0] for a in self.actions[:1])])
        ) < self.until:
            self.now = max(self.now, upcoming)
            on_day(self.now)
            if timer is not None and timer <= self.now:
                fire_due(self.database, self.assistant, lambda: self.now)
                end = self.now
            else:
                end = min(self.now + TICK, timer or self.until, self.until)
            timer = self._happen(end)
        self.now = self.until

    def _happen(self, end: datetime) -> datetime | None:
        """Send what waits, then do what is to be done until `end`; when the next timer is due."""
        with self.database.write() as db:
            self._deliver_all(db)
            while self.actions and self.actions[0][0] <= end:
                when, _number, action = heapq.heappop(self.actions)
                self.now = max(self.now, when)
                action(db, self.now)
                self._deliver(db)
            self._deliver_all(db)
            return self._next_timer(db)

    def _next_timer(self, db: Session) -> datetime | None:
        return db.scalar(NEXT_TIMER)

    def _deliver_all(self, db: Session) -> None:
        while self._deliver(db):
            pass

    def _deliver(self, db: Session) -> bool:
        """Send at most one message to each phone; whether there was any."""
        db.flush()
        if not waiting(db, self.now):
            return False
        for prompt in deliver(db, self.now, self.rng):
            self._read(prompt)
        return True

    def _read(self, prompt: Prompt) -> None:
        self.reading[prompt.phone] = prompt
        if (counselor := self.counselors.get(prompt.phone)) is not None:
            for after, text in counselor.reply(prompt):
                self.at(awake(self.now, counselor.place.country) + after, self._counselor_says(counselor, text))
        elif (person := self.people.get(prompt.phone)) is not None and (reply := person.reply(prompt)) is not None:
            when = awake(self.now + reply.after, person.place.country)
            self.at(when, self._answers(prompt, reply))

    def _answers(self, prompt: Prompt, reply: Reply) -> Action:
        def act(db: Session, now: datetime) -> None:
            if reply.phone is not None or self.reading.get(prompt.phone) is prompt:
                self.receive(db, reply.phone or prompt.phone, reply.text, now, reply.choice, reply.media)

        return act

    # --- what people write -------------------------------------------------------------------------------------------

    def receive(
        self,
        db: Session,
        phone: Phone,
        text: str,
        now: datetime,
        choice: str | None = None,
        media: str | None = None,
    ) -> None:
        self.messages += 1
        person = self.people.get(phone)
        inbound = Inbound(
            channel=phone.channel,
            provider_id=f"demo-{self.messages}",
            sender=phone.address,
            at=now,
            text=text,
            choice=choice,
            media=media,
            simulated=True,
            profile_name=person.name if person and phone.channel != "sms" else None,
            language_hint=person.language if person and phone.channel == "telegram" else None,
        )
        self.assistant.receive(db, inbound)

    def writes(self, person: Person, text: Callable[[Person], str], phone: int = 0) -> Action:
        """The client writes of their own accord."""

        def act(db: Session, now: datetime) -> None:
            self.receive(db, person.phones[phone], text(person), now)

        return act

    def _counselor_says(self, counselor: Counselor, text: str) -> Action:
        def act(db: Session, now: datetime) -> None:
            self.receive(db, counselor.phone, text, now)
            if text.startswith("/done"):
                counselor.has = None

        return act


def awake(at: datetime, country: str) -> datetime:
    """`at`, or the next morning where people sleep."""
    zone = ZoneInfo(COUNTRIES[country].zone)
    local = at.astimezone(zone)
    first, last = AWAKE
    if first <= local.time() <= last:
        return at
    day = local.date() if local.time() < first else local.date() + timedelta(days=1)
    morning = datetime.combine(day, first, zone).astimezone(UTC)
    return morning + timedelta(seconds=at.timestamp() % 5400)

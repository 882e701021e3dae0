"""Runs the year: a clock that jumps from event to event, through the real service."""

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
from bot.demo.phones import Phone, Prompt, anything_due, deliver
from bot.model import Inbound
from bot.service.assistant import Assistant
from scheduler.firing import fire_due
from storage.engine import Database
from storage.schema import Timer

TICK = timedelta(minutes=5)
"""Events within this time share a transaction: nobody else uses the database, so fewer commits are safe."""
AWAKE = (time(7), time(21, 30))

NEXT_TIMER = select(func.min(Timer.due_at)).where(Timer.status == "pending")
Action = Callable[[Session, datetime], None]


@dataclass
class Year:
    database: Database
    assistant: Assistant
    now: datetime
    """The virtual clock."""
    until: datetime
    rng: Random
    people: dict[Phone, Person] = field(default_factory=dict)
    counselors: dict[Phone, Counselor] = field(default_factory=dict)
    messages: int = 0
    newest: dict[Phone, Prompt] = field(default_factory=dict)
    """The latest message on each phone."""
    actions: list[tuple[datetime, int, Action]] = field(default_factory=list)
    """A heap of pending actions, each with its time and number."""
    _count: int = 0

    def at(self, when: datetime, action: Action) -> None:
        """Schedule an action; one after the end of the year is dropped."""
        if when <= self.until:
            self._count += 1
            heapq.heappush(self.actions, (when, self._count, action))

    def run(self, on_day: Callable[[datetime], None]) -> None:
        """Run the clock to `until`. `on_day` receives the time at every step."""
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
            timer = self._run_actions(end)
        self.now = self.until

    def _run_actions(self, end: datetime) -> datetime | None:
        """Send due messages, run the actions until `end`, and return when the next timer is due."""
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
        """Send at most one message to each phone; False if none was due."""
        db.flush()
        if not anything_due(db, self.now):
            return False
        for prompt in deliver(db, self.now, self.rng):
            self._read(prompt)
        return True

    def _read(self, prompt: Prompt) -> None:
        self.newest[prompt.phone] = prompt
        if (counselor := self.counselors.get(prompt.phone)) is not None:
            for after, text in counselor.reply(prompt):
                self.at(awake(self.now, counselor.place.country) + after, self._counselor_message(counselor, text))
        elif (person := self.people.get(prompt.phone)) is not None and (reply := person.reply(prompt)) is not None:
            when = awake(self.now + reply.after, person.place.country)
            self.at(when, self._answer(prompt, reply))

    def _answer(self, prompt: Prompt, reply: Reply) -> Action:
        def act(db: Session, now: datetime) -> None:
            if reply.phone is not None or self.newest.get(prompt.phone) is prompt:
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

    def message(self, person: Person, text: Callable[[Person], str], phone: int = 0) -> Action:
        """The action of a client who writes unasked."""

        def act(db: Session, now: datetime) -> None:
            self.receive(db, person.phones[phone], text(person), now)

        return act

    def _counselor_message(self, counselor: Counselor, text: str) -> Action:
        def act(db: Session, now: datetime) -> None:
            self.receive(db, counselor.phone, text, now)
            if text.startswith("/done"):
                counselor.client_code = None

        return act


def awake(at: datetime, country: str) -> datetime:
    """`at`, or the next morning if it is night there."""
    zone = ZoneInfo(COUNTRIES[country].zone)
    local = at.astimezone(zone)
    first, last = AWAKE
    if first <= local.time() <= last:
        return at
    day = local.date() if local.time() < first else local.date() + timedelta(days=1)
    morning = datetime.combine(day, first, zone).astimezone(UTC)
    return morning + timedelta(seconds=at.timestamp() % 5400)

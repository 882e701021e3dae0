"""Builds the demo: schedules sign-ups and trainings, then runs the year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import event, func, select

from bot.demo.evidence import add_profiles, review_the_year
from bot.demo.ledger import Ledger
from bot.demo.people import invent
from bot.demo.person import Person
from bot.demo.places import PLACES
from bot.demo.plan import DAY, Schedule, office_hour
from bot.demo.year import Year, awake
from bot.model import SERVICE_AREAS
from bot.service.assistant import Assistant
from storage.engine import Database
from storage.schema import Client, Enrollment, Followup, Inbox, Outbox, OutcomeRow, Training

LENGTH = timedelta(days=400)
"""A year, and the first weeks of the second: the first clients are asked what a year brought."""
TRAININGS = 4
"""Trainings per center, evenly over the year; the last one is announced and still to come."""
NOTICE = timedelta(days=16)


@dataclass(frozen=True, slots=True)
class Summary:
    """What the database holds after the year. The counters are by status."""

    clients: Counter[str]
    followups: Counter[str]
    enrollments: Counter[str]
    trainings: int
    outcomes: int
    received: int
    sent: int
    typos: int
    """Figures that clients mistyped."""
    misread: int
    """Figures shown wrong to clients, who corrected them."""
    stuck: tuple[tuple[str, str], ...]
    """Questions that no client could answer, with the text of each prompt."""
    ledger: Ledger = field(repr=False)


def build(
    database: Database,
    assistant: Assistant,
    *,
    until: datetime,
    seed: int = 7,
    clients: int = 200,
    progress: Callable[[int, int], None] | None = None,
) -> Summary:
    """Fill an empty, migrated database with the time (LENGTH) that ends at `until`. `progress` receives days done and days in all.

    The same seed gives the same year, except for the codes that the service draws itself. On SQLite nothing is synced to
    disk meanwhile: if the machine crashes, delete the file and start again.
    """
    start = until - LENGTH
    rng = Random(seed)
    ledger = Ledger()
    year = Year(database, assistant, start, until, rng)
    schedule = Schedule(year, Random(seed + 1))
    people = [invent(number, start, seed, assistant.catalogs, ledger) for number in range(clients)]
    days = 0

    def on_day(now: datetime) -> None:
        nonlocal days
        if progress is not None and (now - start).days > days:
            days = (now - start).days
            progress(days, LENGTH.days)

    with unsynced(database):
        with database.write() as db:
            schedule.set_up_network(db, start)
        _schedule(schedule, people, start, until, rng)
        year.run(on_day)
        with database.write() as db:
            add_profiles(db, Random(seed + 2))
            review_the_year(db, until, Random(seed + 3))
        if progress is not None:
            progress(LENGTH.days, LENGTH.days)
    return _summary(database, people, ledger)


def _schedule(schedule: Schedule, people: list[Person], start: datetime, until: datetime, rng: Random) -> None:
    """Most clients sign up in the first months, some until the very end."""
    for person in people:
        joins = start + (LENGTH - DAY) * rng.random() ** 1.9 + DAY / 2
        schedule.enroll(person, awake(joins, person.place.country))
    for position, place in enumerate(PLACES):
        for number in range(TRAININGS):
            area = SERVICE_AREAS[(number + position) % len(SERVICE_AREAS)]
            before_the_end = (TRAININGS - 1 - number) * LENGTH / (TRAININGS + 0.5) + DAY * (3 + 2 * position)
            at = office_hour(until - before_the_end, place, rng)
            starts = office_hour(at + NOTICE, place, rng)
            schedule.year.at(at, schedule.announce(place, area, starts))
        for number in range(8):
            at = office_hour(start + DAY * (120 + 30 * number + position), place, rng)
            schedule.year.at(at, schedule.ask_again(place))
            if number % 2:
                schedule.year.at(at + DAY * 12, schedule.call(place))
    for minutes, person in zip((25, 70, 150), people, strict=False):
        when = until - timedelta(minutes=minutes)
        schedule.year.at(when, schedule.year.message(person, lambda p: p.speech.person))


def _summary(database: Database, people: list[Person], ledger: Ledger) -> Summary:
    with database.read() as db:

        def by_status(table: Any) -> Counter[str]:
            return Counter(dict(db.execute(select(table.status, func.count()).group_by(table.status)).all()))

        def count(table: Any) -> int:
            return db.scalar(select(func.count()).select_from(table)) or 0

        return Summary(
            clients=by_status(Client),
            followups=by_status(Followup),
            enrollments=by_status(Enrollment),
            trainings=count(Training),
            outcomes=count(OutcomeRow),
            received=count(Inbox),
            sent=count(Outbox),
            typos=sum(person.typos for person in people),
            misread=sum(person.corrections for person in people),
            stuck=tuple(stuck for person in people for stuck in person.stuck),
            ledger=ledger,
        )


@contextmanager
def unsynced(database: Database) -> Iterator[None]:
    """Let SQLite write without waiting for the disk; afterwards every connection waits again."""
    if database.engine.dialect.name != "sqlite":
        yield
        return

    def relax(connection: Any, record: Any) -> None:
        connection.execute("PRAGMA synchronous=OFF")

    database.engine.dispose()
    event.listen(database.engine, "connect", relax)
    try:
        yield
    finally:
        event.remove(database.engine, "connect", relax)
        database.engine.dispose()

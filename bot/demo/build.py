"""Building the demo: who signs up when, what is announced when, and then the year runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import event, func, select

from bot.demo.ledger import Ledger
from bot.demo.people import invent
from bot.demo.person import Person
from bot.demo.places import PLACES
from bot.demo.plan import DAY, Diary, office_hour
from bot.demo.year import Year, awake
from bot.model import SERVICE_AREAS
from bot.service.assistant import Assistant
from storage.engine import Database
from storage.schema import Client, Enrollment, Followup, Inbox, Outbox, OutcomeRow, Training

LENGTH = timedelta(days=365)
TRAININGS = 4
"""A center's trainings: evenly over the year, the last one announced and still to come."""
NOTICE = timedelta(days=16)


@dataclass(frozen=True, slots=True)
class Summary:
    """What there is after the year. The counters go by status; `stuck` names prompts that no client could answer, with
    the text of each; `misread` counts figures that a client saw shown wrongly and put right, `slips` those that they
    had mistyped themselves."""

    clients: Counter[str]
    followups: Counter[str]
    enrollments: Counter[str]
    trainings: int
    outcomes: int
    received: int
    sent: int
    slips: int
    misread: int
    stuck: tuple[tuple[str, str], ...]
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
    """Fill an empty, migrated store with a year that ends at `until`. `progress` hears days done and days in all.

    The same seed gives the same year, but for the codes that the service draws itself. On SQLite nothing is synced to
    the disk meanwhile: when the machine goes down half-way, throw the file away and begin again.
    """
    start = until - LENGTH
    rng = Random(seed)
    ledger = Ledger()
    year = Year(database, assistant, start, until, rng)
    diary = Diary(year, Random(seed + 1))
    people = [invent(number, start, seed, assistant.catalogs, ledger) for number in range(clients)]
    days = 0

    def on_day(now: datetime) -> None:
        nonlocal days
        if progress is not None and (now - start).days > days:
            days = (now - start).days
            progress(days, LENGTH.days)

    with unsynced(database):
        with database.write() as db:
            diary.found(db, start)
        _schedule(diary, people, start, until, rng)
        year.run(on_day)
        if progress is not None:
            progress(LENGTH.days, LENGTH.days)
    return _summary(database, people, ledger)


def _schedule(diary: Diary, people: list[Person], start: datetime, until: datetime, rng: Random) -> None:
    """Most sign up in the first months, some until the very end."""
    for person in people:
        joins = start + (LENGTH - DAY) * rng.random() ** 1.9 + DAY / 2
        diary.enroll(person, awake(joins, person.place.country))
    for position, place in enumerate(PLACES):
        for number in range(TRAININGS):
            area = SERVICE_AREAS[(number + position) % len(SERVICE_AREAS)]
            before_the_end = (TRAININGS - 1 - number) * LENGTH / (TRAININGS + 0.5) + DAY * (3 + 2 * position)
            at = office_hour(until - before_the_end, place, rng)
            starts = office_hour(at + NOTICE, place, rng)
            diary.year.at(at, diary.announce(place, area, starts))
        for number in range(8):
            at = office_hour(start + DAY * (120 + 30 * number + position), place, rng)
            diary.year.at(at, diary.ask_the_silent(place))
    for minutes, person in zip((25, 70, 150), people, strict=False):
        when = until - timedelta(minutes=minutes)
        diary.year.at(when, diary.year.writes(person, lambda p: p.speech.person))


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
            slips=sum(person.slips for person in people),
            misread=sum(person.caught for person in people),
            stuck=tuple(stuck for person in people for stuck in person.stuck),
            ledger=ledger,
        )


@contextmanager
def unsynced(database: Database) -> Iterator[None]:
    """SQLite writes without waiting for the disk inside of this; afterwards every connection waits again."""
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

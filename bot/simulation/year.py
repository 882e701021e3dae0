"""The events of a year: people join, are counseled and invited; processes, providers and the database fail."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from bot.channels.registry import CHANNELS, SPECS
from bot.demo.wording import SPEECH
from bot.service import followup_plan, trainings
from bot.simulation.kernel import NEVER
from bot.simulation.people import START, Person
from bot.simulation.phones import Phone
from bot.simulation.places import PLACES, Place
from bot.simulation.staff import Counselor
from bot.simulation.world import World
from storage import registers
from storage.schema import Address, Center, Client, Enrollment, Staff, Training
from storage.trainings import clients_to_invite

DAY = timedelta(days=1)
CADENCES = ((3, 6, 12), (1, 3, 6))


def populate(world: World) -> None:
    """Add centers, counselors and clients, and schedule everything that will happen to them."""
    with world.webs[0].database.quietly() as db:
        for number, place in enumerate(PLACES):
            world.counselors |= _open_center(db, world, place, number)
    for number in range(world.plan.clients):
        if world.kernel.fate.happens(f"client {number}", 1):
            _plan_client(world, _add_person(world, number))
    for place in PLACES:
        for number in range(2):
            _plan_training(world, place, number)
    _plan_failures(world)


def _open_center(db: Db, world: World, place: Place, number: int) -> dict[Phone, Counselor]:
    kernel = world.kernel
    center = registers.add_center(
        db,
        place.code,
        f"SBDC {place.code}",
        place.country,
        at=kernel.now,
        zone=place.zone,
        cadence=CADENCES[number % 2],
    )
    staff = registers.add_staff(db, center, f"Counselor {place.code}", "counselor", at=kernel.now)
    phone = Phone("telegram", str(900 + number))
    db.add(Address(channel=phone.channel, address=phone.address, staff_id=staff.id, created_at=kernel.now))
    return {phone: Counselor(staff.id, kernel, world.network, phone)}


def _add_person(world: World, number: int) -> Person:
    fate, name = world.kernel.fate, f"client {number}"
    place = PLACES[number % len(PLACES)]
    channel = fate.pick(f"{name} channel", CHANNELS)
    other = fate.pick(f"{name} other channel", [one for one in CHANNELS if one != channel])
    numbers = {one: f"{place.phones}{number:04d}" if SPECS[one].is_phone else str(100_000 + number) for one in CHANNELS}
    phones = (Phone(channel, numbers[channel]), Phone(other, numbers[other]))
    language = fate.pick(f"{name} language", place.languages)
    person = Person(number, world.kernel, world.network, world.assistant.catalogs, place, language, phones)
    world.people |= dict.fromkeys(phones, person)
    return person


def at_work(at: datetime, place: Place) -> datetime:
    """A time on the same local day during office hours."""
    local = at.astimezone(place.clock)
    return datetime.combine(local.date(), time(9 + local.hour % 8, local.minute, local.second), place.clock)


# --- a client's year -------------------------------------------------------------------------------------------------


def _plan_client(world: World, person: Person) -> None:
    kernel = world.kernel
    fate, name, phone = kernel.fate, person.name, person.phones[0]
    speech, length = SPEECH[person.language], world.plan.days
    joins = kernel.began + fate.days(f"{name} joins on", 0, length * 0.3)

    def some_day(what: str, first: float) -> datetime:
        return at_work(joins + fate.days(f"{name} {what} on", first, max(length * 0.9, first + 1)), person.place)

    def message(what: str, text: str, chance: float, first: float = 15, *, stops: bool = False) -> datetime | None:
        if not fate.happens(f"{name} {what}", chance):
            return None
        when = some_day(what, first)
        kernel.at(when, f"{name} {what}", partial(_write, world, person, text, stops=stops))
        return when

    kernel.at(
        at_work(joins, person.place),
        f"{name} joins",
        partial(world.network.write, phone, f"{speech.join} {person.place.code}"),
    )
    for number, chance in ((1, 0.9), (2, 0.3)):
        if fate.happens(f"{name} has session {number}", chance):
            day = at_work(joins + fate.days(f"{name} session {number} on", 2, 60), person.place)
            kernel.at(day, f"{name} is counseled", partial(_log_session, world, person, number))
    message("gives figures unasked", speech.update, 0.08)
    message("asks for a person", speech.person, 0.1)
    message("chats", speech.chatter[-1], 0.1, 3)
    message("asks about the training", "TRAINING", 0.08)
    message("wants no surveys any more", "NO SURVEYS", 0.03)
    stop_at = message("stops", speech.stop, 0.12, 1, stops=fate.number(f"{name} stops hard") < 0.4)
    if stop_at is not None and fate.happens(f"{name} comes back", 0.6):
        back = stop_at + fate.days(f"{name} comes back after", 0, 60)
        kernel.at(back, f"{name} comes back", partial(_write, world, person, START, stops=True))
    if (erase_at := message("erases", speech.erase, 0.03, 30)) is not None:
        kernel.at(erase_at - timedelta(seconds=1), "", partial(setattr, person, "erasing", True))
    if (link_at := message("wants another phone", speech.code, 0.15)) is not None:
        kernel.at(link_at - timedelta(seconds=1), "", partial(setattr, person, "linking", True))
    provider = world.providers[phone.channel]
    if fate.happens(f"{name} blocks us", 0.05):
        kernel.at(some_day("blocks us", 20), f"{name} blocks us", partial(provider.blocked.add, phone.address))
    if fate.happens(f"{name} loses the phone", 0.04):
        kernel.at(some_day("loses the phone", 20), f"{name} loses the phone", partial(provider.dead.add, phone.address))
    if fate.happens(f"{name} is asked by the counselor", 0.1):
        when = some_day("is asked by the counselor", 40)
        kernel.at(when, f"{name} is asked by the counselor", partial(_request_followup, world, person))


def _write(world: World, person: Person, text: str, *, stops: bool) -> None:
    """Clients who lost their phone or blocked the assistant, and those who have not joined, write nothing."""
    phone = person.phones[1] if person.linked else person.phones[0]
    provider = world.providers[phone.channel]
    if person.client is not None and phone.address not in provider.dead and phone.address not in provider.blocked:
        world.network.write(phone, text, stops=stops)


def _log_session(world: World, person: Person, number: int) -> None:
    kernel = world.kernel

    def work(db: Db) -> None:
        client = db.get(Client, person.client) if person.client is not None else None
        if client is None or client.status != "registered":
            return
        center = db.get_one(Center, client.center_id)
        followup_plan.add_session(
            db,
            client,
            center,
            day=kernel.now.astimezone(person.place.clock).date(),
            type="in_person",
            area="finance",
            hours=Decimal(1),
            notes="",
            counselor=db.scalars(select(Staff).where(Staff.center_id == center.id)).first(),
            rules=world.assistant.rules,
            now=kernel.now,
        )

    world.network.use_console(f"{person.name} has session {number}", work)


def _request_followup(world: World, person: Person) -> None:
    code = world.connection.execute("SELECT code FROM clients WHERE id = ?", (person.client,)).fetchone()
    counselor = next(
        one for one in world.counselors.values() if one.phone.address == str(900 + PLACES.index(person.place))
    )
    if code is not None:
        world.network.write(counselor.phone, f"/followup {code[0]}")


# --- trainings -------------------------------------------------------------------------------------------------------


def _plan_training(world: World, place: Place, number: int) -> None:
    kernel = world.kernel
    fate, name = kernel.fate, f"training {number} of {place.code}"
    if not fate.happens(name, 0.8):
        return
    at = at_work(kernel.began + fate.days(f"{name} on", world.plan.days * 0.1, world.plan.days * 0.9), place)
    starts = at_work(at + fate.days(f"{name} starts after", 2, 20), place)

    def announce(db: Db) -> None:
        center = db.scalars(select(Center).where(Center.code == place.code)).one()
        if db.scalar(select(Training.id).where(Training.title == name)) is not None:
            return
        training = registers.add_training(
            db, center, name, starts, hours=Decimal(2), place="Hall", capacity=4, area="finance", at=kernel.now
        )
        trainings.invite(
            db,
            training,
            center,
            clients_to_invite(db, training),
            world.assistant.rules,
            kernel.now,
            timedelta(hours=3),
        )

    def cancel(db: Db) -> None:
        training = db.scalars(select(Training).where(Training.title == name)).one()
        trainings.cancel(db, training, db.get_one(Center, training.center_id), world.assistant.rules, kernel.now)

    def tick_off(db: Db) -> None:
        training = db.scalars(select(Training).where(Training.title == name)).one()
        center = db.get_one(Center, training.center_id)
        coming = select(Enrollment).where(Enrollment.training_id == training.id, Enrollment.status == "yes")
        for enrollment in db.scalars(coming):
            came = enrollment.client_id % 4 > 0
            trainings.attend(db, enrollment, training, center, came=came, rules=world.assistant.rules, now=kernel.now)

    kernel.at(at, f"{name} is announced", partial(world.network.use_console, f"announcing {name}", announce))
    if fate.happens(f"{name} is cancelled", 0.25):
        when = at + (starts - at) * fate.between(f"{name} is cancelled on", 0.05, 0.95)
        kernel.at(when, f"{name} is cancelled", partial(world.network.use_console, f"cancelling {name}", cancel))
    else:
        kernel.at(
            at_work(starts + DAY, place),
            f"{name} is over",
            partial(world.network.use_console, f"attendance of {name}", tick_off),
        )


# --- what breaks -----------------------------------------------------------------------------------------------------


def _plan_failures(world: World) -> None:
    kernel = world.kernel
    fate, length = kernel.fate, world.plan.days

    def occasions(what: str, most: int) -> list[tuple[str, datetime]]:
        """About half of `most` per year, with their times."""
        names = [f"{what} ({number})" for number in range(most * length // 365)]
        return [(name, kernel.began + fate.days(f"{name} on", 0, length)) for name in names if fate.happens(name, 0.5)]

    for channel, provider in world.providers.items():
        for name, when in occasions(f"{channel} is down", 10):
            end = when + fate.seconds(f"{name} for", 60, 8 * 3600)
            kernel.at(when, name, partial(setattr, provider, "down_until", end))
    for process in (*world.webs, *world.workers):
        for name, when in occasions(f"{process.name} is killed", 24):
            kernel.at(when, name, partial(process.die, "killed"))
    # The name is an old one; another one would change what every seed does.
    for name, when in occasions("the database is down", 10):
        kernel.at(when, name, partial(_set_database_down, world, down=True))
        kernel.at(
            when + fate.seconds(f"{name} for", 5, 1800),
            "the database is back",
            partial(_set_database_down, world, down=False),
        )
    for name, when in occasions("no worker runs for days", 2):
        kernel.at(when, name, partial(_stop_workers, world, fate.days(f"{name} for", 2, 8)))


def _set_database_down(world: World, *, down: bool) -> None:
    for process in (*world.webs, *world.workers):
        process.database.down = down
    world.kernel.hurry()


def _stop_workers(world: World, away: timedelta) -> None:
    kernel = world.kernel
    world.checker.idle_since = kernel.now - 2 * DAY
    for worker in world.workers:
        worker.die("nobody starts it", away)
    kernel.at(kernel.now + away + 2 * DAY, "", partial(setattr, world.checker, "idle_since", NEVER))

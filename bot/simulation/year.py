"""What happens in a year beside the chat: people join, are counseled and invited; processes, providers and stores fail."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from bot.demo.wording import SPEECH
from bot.model import CHANNELS
from bot.service import followups, trainings
from bot.simulation.kernel import NEVER
from bot.simulation.people import START, Person
from bot.simulation.phones import Phone
from bot.simulation.places import PLACES, Place
from bot.simulation.staff import Counselor
from bot.simulation.world import World
from storage import registers
from storage.schema import Address, Center, Client, Enrollment, Staff, Training

DAY = timedelta(days=1)
CADENCES = ((3, 6, 12), (1, 3, 6))


def populate(world: World) -> None:
    """Centers, counselors and clients, and everything that will happen to them."""
    with world.webs[0].database.quietly() as db:
        for number, place in enumerate(PLACES):
            world.counselors |= _found(db, world, place, number)
    for number in range(world.plan.clients):
        if world.kernel.fate.befalls(f"client {number}", 1):
            _life(world, _person(world, number))
    for place in PLACES:
        for number in range(2):
            _training(world, place, number)
    _accidents(world)


def _found(db: Db, world: World, place: Place, number: int) -> dict[Phone, Counselor]:
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


def _person(world: World, number: int) -> Person:
    fate, name = world.kernel.fate, f"client {number}"
    place = PLACES[number % len(PLACES)]
    channel = fate.pick(f"{name} channel", CHANNELS)
    other = fate.pick(f"{name} other channel", [one for one in CHANNELS if one != channel])
    numbers = {one: str(100_000 + number) if one == "telegram" else f"{place.phones}{number:04d}" for one in CHANNELS}
    phones = (Phone(channel, numbers[channel]), Phone(other, numbers[other]))
    language = fate.pick(f"{name} language", place.languages)
    person = Person(number, world.kernel, world.network, world.assistant.catalogs, place, language, phones)
    world.people |= dict.fromkeys(phones, person)
    return person


def at_work(at: datetime, place: Place) -> datetime:
    """A time of the same local day when offices are open and people awake."""
    local = at.astimezone(place.clock)
    return datetime.combine(local.date(), time(9 + local.hour % 8, local.minute, local.second), place.clock)


# --- a client's year -------------------------------------------------------------------------------------------------


def _life(world: World, person: Person) -> None:
    kernel = world.kernel
    fate, name, phone = kernel.fate, person.name, person.phones[0]
    speech, length = SPEECH[person.language], world.plan.days
    joins = kernel.began + fate.days(f"{name} joins on", 0, length * 0.3)

    def some_day(what: str, first: float) -> datetime:
        return at_work(joins + fate.days(f"{name} {what} on", first, max(length * 0.9, first + 1)), person.place)

    def writes(what: str, text: str, chance: float, first: float = 15, *, stops: bool = False) -> datetime | None:
        if not fate.befalls(f"{name} {what}", chance):
            return None
        when = some_day(what, first)
        kernel.at(when, f"{name} {what}", partial(_writes, world, person, text, stops=stops))
        return when

    kernel.at(
        at_work(joins, person.place),
        f"{name} joins",
        partial(world.network.says, phone, f"{speech.join} {person.place.code}"),
    )
    for number, chance in ((1, 0.9), (2, 0.3)):
        if fate.befalls(f"{name} has session {number}", chance):
            day = at_work(joins + fate.days(f"{name} session {number} on", 2, 60), person.place)
            kernel.at(day, f"{name} is counseled", partial(_session, world, person, number))
    writes("gives figures unasked", speech.update, 0.08)
    writes("asks for a person", speech.person, 0.1)
    writes("chats", speech.chatter[-1], 0.1, 3)
    writes("asks about the training", "TRAINING", 0.08)
    writes("wants no surveys any more", "NO SURVEYS", 0.03)
    gone = writes("stops", speech.stop, 0.12, 1, stops=fate.number(f"{name} stops hard") < 0.4)
    if gone is not None and fate.befalls(f"{name} comes back", 0.6):
        back = gone + fate.days(f"{name} comes back after", 0, 60)
        kernel.at(back, f"{name} comes back", partial(_writes, world, person, START, stops=True))
    if (erases := writes("erases", speech.erase, 0.03, 30)) is not None:
        kernel.at(erases - timedelta(seconds=1), "", partial(setattr, person, "erasing", True))
    if (links := writes("wants another phone", speech.code, 0.15)) is not None:
        kernel.at(links - timedelta(seconds=1), "", partial(setattr, person, "linking", True))
    provider = world.providers[phone.channel]
    if fate.befalls(f"{name} blocks us", 0.05):
        kernel.at(some_day("blocks us", 20), f"{name} blocks us", partial(provider.blocked.add, phone.address))
    if fate.befalls(f"{name} loses the phone", 0.04):
        kernel.at(some_day("loses the phone", 20), f"{name} loses the phone", partial(provider.dead.add, phone.address))
    if fate.befalls(f"{name} is asked by the counselor", 0.1):
        when = some_day("is asked by the counselor", 40)
        kernel.at(when, f"{name} is asked by the counselor", partial(_asked, world, person))


def _writes(world: World, person: Person, text: str, *, stops: bool) -> None:
    """Who is gone writes no more, and who has not joined has nothing to write."""
    phone = person.phones[1] if person.linked else person.phones[0]
    provider = world.providers[phone.channel]
    if person.client is not None and phone.address not in provider.dead and phone.address not in provider.blocked:
        world.network.says(phone, text, stops=stops)


def _session(world: World, person: Person, number: int) -> None:
    kernel = world.kernel

    def work(db: Db) -> None:
        client = db.get(Client, person.client) if person.client is not None else None
        if client is None or client.status != "registered":
            return
        center = db.get_one(Center, client.center_id)
        followups.log_session(
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

    world.network.office(f"{person.name} has session {number}", work)


def _asked(world: World, person: Person) -> None:
    code = world.look.execute("SELECT code FROM clients WHERE id = ?", (person.client,)).fetchone()
    counselor = next(
        one for one in world.counselors.values() if one.phone.address == str(900 + PLACES.index(person.place))
    )
    if code is not None:
        world.network.says(counselor.phone, f"/followup {code[0]}")


# --- trainings -------------------------------------------------------------------------------------------------------


def _training(world: World, place: Place, number: int) -> None:
    kernel = world.kernel
    fate, name = kernel.fate, f"training {number} of {place.code}"
    if not fate.befalls(name, 0.8):
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
            trainings.audience(db, training),
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

    kernel.at(at, f"{name} is announced", partial(world.network.office, f"announcing {name}", announce))
    if fate.befalls(f"{name} is cancelled", 0.25):
        when = at + (starts - at) * fate.between(f"{name} is cancelled on", 0.05, 0.95)
        kernel.at(when, f"{name} is cancelled", partial(world.network.office, f"cancelling {name}", cancel))
    else:
        kernel.at(
            at_work(starts + DAY, place),
            f"{name} is over",
            partial(world.network.office, f"attendance of {name}", tick_off),
        )


# --- what breaks -----------------------------------------------------------------------------------------------------


def _accidents(world: World) -> None:
    kernel = world.kernel
    fate, length = kernel.fate, world.plan.days

    def some_times(what: str, most: int) -> list[tuple[str, datetime]]:
        """About half of `most` a year."""
        names = [f"{what} ({number})" for number in range(most * length // 365)]
        return [(name, kernel.began + fate.days(f"{name} on", 0, length)) for name in names if fate.befalls(name, 0.5)]

    for channel, provider in world.providers.items():
        for name, when in some_times(f"{channel} is down", 10):
            end = when + fate.seconds(f"{name} for", 60, 8 * 3600)
            kernel.at(when, name, partial(setattr, provider, "down_until", end))
    for process in (*world.webs, *world.workers):
        for name, when in some_times(f"{process.name} is killed", 24):
            kernel.at(when, name, partial(process.dies, "killed"))
    for name, when in some_times("the store is down", 10):
        kernel.at(when, name, partial(_store, world, down=True))
        kernel.at(when + fate.seconds(f"{name} for", 5, 1800), "the store is back", partial(_store, world, down=False))
    for name, when in some_times("no worker runs for days", 2):
        kernel.at(when, name, partial(_no_worker, world, fate.days(f"{name} for", 2, 8)))


def _store(world: World, *, down: bool) -> None:
    for process in (*world.webs, *world.workers):
        process.database.down = down
    world.kernel.hurry()


def _no_worker(world: World, away: timedelta) -> None:
    kernel = world.kernel
    world.watch.rested = kernel.now - 2 * DAY
    for worker in world.workers:
        worker.dies("nobody starts it", away)
    kernel.at(kernel.now + away + 2 * DAY, "", partial(setattr, world.watch, "rested", NEVER))

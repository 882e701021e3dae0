"""The schedule of the year: sign-ups, counseling sessions, trainings, and what clients write unasked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.countries import COUNTRIES
from bot.demo.counselor import Counselor
from bot.demo.keyed import key_in
from bot.demo.people import email_name
from bot.demo.person import Person
from bot.demo.phones import Phone
from bot.demo.places import PLACES, RATES, Place
from bot.demo.wording import SPEECH
from bot.demo.year import Action, Year, awake
from bot.model import SERVICE_AREAS, SESSION_TYPES
from bot.outcomes.decimals import CENT
from bot.service import followup_plan, linking, trainings
from storage import exchange_rates, registers
from storage.schema import Address, Center, Client, Enrollment, Followup, Staff, Training
from storage.trainings import clients_to_invite, next_enrollment

CODE_VALID = timedelta(days=1)
DAY = timedelta(days=1)
NOTES = (
    "Went through last month's books; agreed to keep a daily sales sheet.",
    "Price list reviewed, costs per unit worked out.",
    "Loan documents prepared, quotation still missing.",
    "Label checked against the standard; nutrition facts to be added.",
    "Visited the workshop, plan for the layout.",
    "",
)


NETWORK_COORDINATOR = "Inés Baptiste"
"""Sees every center; the person who starts the demo logs in to the console as her."""


@dataclass
class Schedule:
    year: Year
    rng: Random
    centers: dict[str, int] = field(default_factory=dict)
    counselors: dict[str, list[Counselor]] = field(default_factory=dict)

    # --- the network -------------------------------------------------------------------------------------------------

    def set_up_network(self, db: Session, now: datetime) -> None:
        """Add centers, staff and rates as the command line does; counselors then link their phones."""
        registers.add_staff(db, None, NETWORK_COORDINATOR, "coordinator", "ines.baptiste@network.example", at=now)
        for place in PLACES:
            center = registers.add_center(db, place.code, place.name, place.country, at=now, language=place.language)
            self.centers[place.code] = center.id
            self._staff(db, center, place, place.coordinator, "coordinator", now)
            self.counselors[place.code] = [self._counselor(db, center, place, name, now) for name in place.counselors]
        span = (self.year.until - now) / 12
        for currency, (then, today) in RATES.items():
            for month in range(13):
                rate = Decimal(then) + (Decimal(today) - Decimal(then)) * month / 12
                day = (now + span * month).date()
                exchange_rates.set_rate(db, currency, day, rate.quantize(CENT), "made up for the demo")

    def _staff(self, db: Session, center: Center, place: Place, name: str, role: str, now: datetime) -> Staff:
        email = f"{email_name(name)}@{place.code.lower()}.example"
        return registers.add_staff(db, center, name, role, email, at=now)

    def _counselor(self, db: Session, center: Center, place: Place, name: str, now: datetime) -> Counselor:
        staff = self._staff(db, center, place, name, "counselor", now)
        phone = Phone(self.rng.choice(("telegram", "whatsapp")), str(8_000_000_000 + staff.id))
        if phone.channel == "whatsapp":
            phone = Phone("whatsapp", f"{place.phones[0]}{10**place.digits - staff.id}")
        counselor = Counselor(staff.id, name, place, phone, Random(f"staff:{name}"), self.rng.uniform(0.7, 0.95))
        self.year.counselors[phone] = counselor
        code = linking.issue(db, now, CODE_VALID, staff_id=staff.id)
        db.flush()
        assert code is not None
        self.year.receive(db, phone, code, now)
        return counselor

    # --- clients -----------------------------------------------------------------------------------------------------

    def enroll(self, person: Person, at: datetime) -> None:
        """Schedule a client's sign-up at `at`, and everything else they do in the year."""
        year, rng = self.year, person.rng
        for phone in person.phones:
            year.people[phone] = person
        year.at(at, year.message(person, self._first_message))
        if rng.random() < 0.25:
            year.at(at - timedelta(minutes=1), year.message(person, lambda p: rng.choice(p.speech.hello)))
        counselor = rng.choice(self.counselors[person.place.code])
        if rng.random() < 0.88:
            day = at + DAY * rng.uniform(2, 16)
            for _session in range(rng.choice((1, 1, 2, 2, 3))):
                year.at(office_hour(day, person.place, rng), self._log_session(person, counselor))
                day += DAY * rng.uniform(14, 50)
        self._plan_other_messages(person, at)

    def _first_message(self, person: Person) -> str:
        if person.phones[0].channel == "telegram" and person.chance(0.6):
            return f"/start {person.place.code}"
        return f"{person.speech.join} {person.place.code}"

    def _plan_other_messages(self, person: Person, at: datetime) -> None:
        year, rng = self.year, person.rng

        def some_day(earliest: float, latest: float) -> datetime:
            return awake(at + DAY * rng.uniform(earliest, latest), person.place.country)

        if rng.random() < 0.1:
            year.at(some_day(3, 200), self._link_phone(person))
        if rng.random() < 0.12:
            year.at(some_day(20, 300), year.message(person, lambda p: p.speech.person))
        if rng.random() < 0.08:
            year.at(some_day(60, 300), year.message(person, lambda p: p.speech.update))
        if rng.random() < 0.15:
            year.at(some_day(5, 300), year.message(person, lambda p: rng.choice(p.speech.chatter)))
        if rng.random() < 0.015:
            year.at(some_day(100, 330), year.message(person, lambda p: p.speech.erase))
        if rng.random() < 0.07:
            stop_at = some_day(10, 300)
            year.at(stop_at, year.message(person, lambda p: p.speech.stop))
            if rng.random() < 0.4:
                year.at(stop_at + DAY * rng.randint(2, 40), year.message(person, lambda p: p.speech.start))

    def _link_phone(self, person: Person) -> Action:
        def act(db: Session, now: datetime) -> None:
            if self._client(db, person) is not None:
                person.linking = True
                if person.phones[1].channel != "telegram" and person.phones[0].channel != "telegram":
                    self.year.receive(db, person.phones[1], self._first_message(person), now)
                else:
                    self.year.receive(db, person.phones[0], person.speech.code, now)

        return act

    def _client(self, db: Session, person: Person) -> Client | None:
        """The client's record, once they are registered."""
        phone = person.phones[0]
        return db.scalar(
            select(Client)
            .join(Address, Address.client_id == Client.id)
            .where(
                Address.channel == phone.channel,
                Address.address == phone.address,
                Address.simulated.is_(True),
                Client.status == "registered",
            )
        )

    def _log_session(self, person: Person, counselor: Counselor) -> Action:
        def act(db: Session, now: datetime) -> None:
            client = self._client(db, person)
            if client is None:
                return
            followup_plan.add_session(
                db,
                client,
                db.get_one(Center, client.center_id),
                day=local_day(now, person.place),
                type=person.rng.choices(SESSION_TYPES, (5, 2, 2, 2))[0],
                area=person.rng.choice(SERVICE_AREAS),
                hours=Decimal(person.rng.choice(("0.5", "1", "1", "1.5", "2"))),
                notes=person.rng.choice(NOTES),
                counselor=db.get_one(Staff, counselor.staff_id),
                rules=self.year.assistant.rules,
                now=now,
            )

        return act

    # --- counselors ask once more ------------------------------------------------------------------------------------

    def ask_again(self, place: Place) -> Action:
        """A counselor restarts the survey of a client who did not answer the last one."""

        def act(db: Session, now: datetime) -> None:
            code = db.scalar(
                select(Client.code)
                .join(Followup, Followup.client_id == Client.id)
                .where(
                    Client.center_id == self.centers[place.code],
                    Client.status == "registered",
                    Client.opted_out_at.is_(None),
                    Followup.status.in_(("unanswered", "partial")),
                )
                .order_by(Followup.closed_at.desc())
                .limit(1)
            )
            if code is not None:
                counselor = self.rng.choice(self.counselors[place.code])
                self.year.receive(db, counselor.phone, f"/followup {code}", now)

        return act

    def call(self, place: Place) -> Action:
        """A counselor calls a client who did not answer, and keys in what they tell."""

        def act(db: Session, now: datetime) -> None:
            counselor = self.rng.choice(self.counselors[place.code])
            key_in(db, self.year, self.centers[place.code], counselor.staff_id, self.rng, now)

        return act

    # --- trainings ---------------------------------------------------------------------------------------------------

    def announce(self, place: Place, area: str, starts_at: datetime) -> Action:
        """Add a training, spread its invitations over a day, and record attendance on the morning after."""

        def act(db: Session, now: datetime) -> None:
            center = db.get_one(Center, self.centers[place.code])
            training = registers.add_training(
                db,
                center,
                SPEECH[place.language].trainings[area],
                starts_at,
                hours=Decimal(self.rng.choice(("2", "3", "4"))),
                place=self.rng.choice(place.towns[:4]),
                capacity=self.rng.choice((6, 8, 10, 12)),
                area=area,
                at=now,
            )
            audience = clients_to_invite(db, training)
            invited = [client for client in audience if self.rng.random() < 0.7]
            trainings.invite(db, training, center, invited, self.year.assistant.rules, now, timedelta(hours=9))
            for person in self.rng.sample(list(self.year.people.values()), k=max(1, len(invited) // 15)):
                if person.place is place:
                    when = starts_at - DAY * self.rng.uniform(1, 4)
                    self.year.at(awake(when, place.country), self._cancel_seat(person))
            self.year.at(starts_at + timedelta(hours=20), self._record_attendance(training.id))

        return act

    def _cancel_seat(self, person: Person) -> Action:
        def act(db: Session, now: datetime) -> None:
            client = self._client(db, person)
            enrollment = next_enrollment(db, client.id, now) if client else None
            if enrollment is not None and enrollment.status == "yes":
                person.cancels = True
                self.year.receive(db, person.phones[0], "TRAINING", now)

        return act

    def _record_attendance(self, training_id: int) -> Action:
        def act(db: Session, now: datetime) -> None:
            training = db.get_one(Training, training_id)
            center = db.get_one(Center, training.center_id)
            seated = select(Enrollment).where(Enrollment.training_id == training_id, Enrollment.status == "yes")
            for enrollment in db.scalars(seated.order_by(Enrollment.id)):
                attended = self.rng.random() < 0.84
                trainings.attend(
                    db, enrollment, training, center, came=attended, rules=self.year.assistant.rules, now=now
                )

        return act


def local_day(at: datetime, place: Place) -> date:
    return at.astimezone(ZoneInfo(COUNTRIES[place.country].zone)).date()


def office_hour(at: datetime, place: Place, rng: Random) -> datetime:
    """A time during office hours on that day, or on the next Monday."""
    zone = ZoneInfo(COUNTRIES[place.country].zone)
    day = at.astimezone(zone).date()
    day += timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else timedelta(0)
    clock = time(rng.randint(8, 15), rng.choice((0, 15, 30, 45)))
    return datetime.combine(day, clock, zone).astimezone(ZoneInfo("UTC"))

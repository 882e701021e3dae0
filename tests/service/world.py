"""A center with its phones on a frozen clock: lines go in, what comes back is read as the client would see it."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.model import Inbound
from bot.service import followup_plan, trainings
from bot.service.assistant import Assistant
from bot.service.rules import Rules
from bot.text.language import Catalogs
from scheduler.firing import fire_due
from storage import registers, schema
from storage.engine import Database
from storage.trainings import clients_to_invite

START = datetime(2026, 1, 5, 15, 0, tzinfo=UTC)
ANA = "+17585550101"
REGISTRATION = ["hello", "1", "1", "1", "Ana Charles", "Ana's Bakery", "1", "Castries", "4500", "2", "1", "0"]

on_both = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
"""For what asks something of the database that the engines may do differently."""


DONE: dict[tuple[object, ...], tuple[sqlite3.Connection, datetime, int, int]] = {}
"""What was done once in this run: the database after it, with the world's clock and counters."""


@dataclass
class World:
    database: Database
    now: datetime = START
    assistant: Assistant = field(default_factory=lambda: Assistant(Catalogs.load(), Rules()))
    sent: int = 0
    number: int = 0

    @classmethod
    def open(cls, url: str, centers: Sequence[str] = ("LC",)) -> World:
        world = cls(Database.open(url))
        with world.database.write() as db:
            for code in centers:
                db.add(CENTERS[code]())
        return world

    # --- phones ------------------------------------------------------------------------------------------------------

    def say(self, text: str = "", *, who: str = ANA, channel: str = "sms", **more: Any) -> str:
        """Send one message a minute later; everything that was queued for that phone since, as one text."""
        self.now += timedelta(minutes=1)
        self.number += 1
        inbound = Inbound(channel, more.pop("id", f"m{self.number}"), who, self.now, text, simulated=True, **more)
        with self.database.write() as db:
            self.assistant.receive(db, inbound)
        return self.heard(who, channel)

    def talk(self, *lines: str, who: str = ANA, channel: str = "sms") -> str:
        """Several messages; what came back on the last one."""
        replies = [self.say(line, who=who, channel=channel) for line in lines]
        return replies[-1]

    def register(self, who: str = ANA, channel: str = "sms", *, join: str = "hello", name: str = "Ana Charles") -> str:
        lines = [join, *REGISTRATION[1:4], name, *REGISTRATION[5:]]
        if self.number == 0:
            self.once(lambda: self.talk(*lines, who=who, channel=channel), who, channel, *lines)
        else:
            self.talk(*lines, who=who, channel=channel)
        return self.client(who).code

    def once(self, work: Callable[[], object], *key: object) -> None:
        """Let `work`, which `key` tells from any other, change the database. On SQLite it is done once in a run on a
        database with this content, and what came of it is copied from then on."""
        if self.database.engine.dialect.name != "sqlite":
            work()
            return
        before = (self._content(), self.now, *key)
        if before in DONE:
            kept, self.now, self.number, self.sent = DONE[before]
            self._copy(kept, back=True)
            return
        work()
        kept = sqlite3.connect(":memory:", check_same_thread=False)
        self._copy(kept)
        DONE[before] = (kept, self.now, self.number, self.sent)

    def _content(self) -> bytes:
        connection = self.database.engine.raw_connection()
        own = connection.driver_connection
        assert isinstance(own, sqlite3.Connection)
        digest = hashlib.sha256(own.serialize()).digest()
        connection.close()
        return digest

    def _copy(self, kept: sqlite3.Connection, *, back: bool = False) -> None:
        """Copy the whole database to `kept`, or back from there."""
        connection = self.database.engine.raw_connection()
        own = connection.driver_connection
        assert isinstance(own, sqlite3.Connection)
        source, target = (kept, own) if back else (own, kept)
        source.backup(target)
        connection.close()

    def rows(self, who: str = ANA, channel: str = "sms") -> list[schema.Outbox]:
        """What was queued for a phone since the last look."""
        return [row for row, address, its_channel in self._new() if (address, its_channel) == (who, channel)]

    def heard(self, who: str = ANA, channel: str = "sms") -> str:
        """What was queued for a phone since the last look, as one text; this is a look."""
        new = self._new()
        self.sent = max((row.id for row, *_ in new), default=self.sent)
        return "\n".join(row.text or "" for row, *whose in new if whose == [who, channel])

    def _new(self) -> list[tuple[schema.Outbox, str, str]]:
        """What was queued for anybody since the last look, with address and channel."""
        query = (
            select(schema.Outbox, schema.Address.address, schema.Address.channel)
            .join(schema.Address)
            .where(schema.Outbox.id > self.sent)
            .order_by(schema.Outbox.id)
        )
        with self.database.read() as db:
            return [(row, address, channel) for row, address, channel in db.execute(query)]

    def last(self, who: str = ANA, channel: str = "sms") -> str:
        """The last message queued for a phone."""
        with self.database.read() as db:
            query = select(schema.Outbox.text).join(schema.Address)
            mine = query.where(schema.Address.address == who, schema.Address.channel == channel)
            return db.scalars(mine.order_by(schema.Outbox.id.desc()).limit(1)).one() or ""

    def buttons(self, who: str = ANA, channel: str = "sms") -> dict[str, str]:
        """The buttons of the last message to a phone: id as it comes back, by the choice's own id."""
        with self.database.read() as db:
            row = db.scalars(
                select(schema.Outbox)
                .join(schema.Address)
                .where(schema.Address.address == who, schema.Address.channel == channel)
                .order_by(schema.Outbox.id.desc())
                .limit(1)
            ).one()
        return {button["id"].split("~")[0]: button["id"] for button in row.buttons}

    def add_staff(self, address: str = "900", name: str = "Rosa Pierre") -> int:
        """A counselor of the first center, on Telegram."""
        with self.database.write() as db:
            center = db.scalars(select(schema.Center).order_by(schema.Center.id)).first()
            staff = schema.Staff(center_id=center.id if center else None, name=name, role="counselor", created_at=START)
            db.add(staff)
            db.flush()
            db.add(
                schema.Address(channel="telegram", address=address, simulated=True, staff_id=staff.id, created_at=START)
            )
            return staff.id

    def add_training(self, *, capacity: int = 5, days: float = 10) -> schema.Training:
        """A training of the first center, to which everybody who is registered is invited."""
        with self.database.write() as db:
            center = db.scalars(select(schema.Center).order_by(schema.Center.id)).first()
            assert center is not None
            training = registers.add_training(
                db,
                center,
                "Books",
                self.now + timedelta(days=days),
                hours=Decimal(2),
                place="Castries",
                capacity=capacity,
                area="finance",
                at=self.now,
            )
            trainings.invite(db, training, center, clients_to_invite(db, training), self.assistant.rules, self.now)
            return training

    def enrolled(self) -> dict[str, str]:
        """How each client stands to the trainings: phone → status."""
        with self.database.read() as db:
            query = (
                select(schema.Address.address, schema.Enrollment.status)
                .join(schema.Enrollment, schema.Enrollment.client_id == schema.Address.client_id)
                .order_by(schema.Address.id)
            )
            return {row.address: row.status for row in db.execute(query)}

    # --- time --------------------------------------------------------------------------------------------------------

    def wait(self, **span: float) -> None:
        """Let time pass from one due timer to the next, firing each at its time."""
        until = self.now + timedelta(**span)
        while (due := self._next_due()) is not None and due <= until:
            self.now = max(self.now, due)
            fire_due(self.database, self.assistant, lambda: self.now)
        self.now = until

    def _next_due(self) -> datetime | None:
        with self.database.read() as db:
            return db.scalar(select(func.min(schema.Timer.due_at)).where(schema.Timer.status == "pending"))

    def due(self, kind: str) -> datetime:
        """When the pending timer of a kind is due."""
        at: datetime = self.all(schema.Timer, kind=kind, status="pending")[0].due_at
        return at

    # --- what is in the database ----------------------------------------------------------------------------------------

    def client(self, who: str = ANA) -> schema.Client:
        with self.database.read() as db:
            return db.scalars(
                select(schema.Client).join(schema.Address).where(schema.Address.address == who).limit(1)
            ).one()

    def all(self, table: type[Any], **where: Any) -> list[Any]:
        with self.database.read() as db:
            return list(db.scalars(select(table).filter_by(**where).order_by(table.id)))

    def figures(self, wave: str) -> dict[str, tuple[str, Decimal | None]]:
        """The outcomes of a wave: indicator → outcome and value."""
        return {row.indicator: (row.outcome, row.value) for row in self.all(schema.OutcomeRow, wave=wave)}

    def followups(self) -> dict[str, str]:
        return {followup.wave: followup.status for followup in self.all(schema.Followup)}

    def log_session(self, day: date = date(2026, 1, 5)) -> None:
        with self.database.write() as db:
            client = db.scalars(select(schema.Client)).first()
            assert client is not None
            center = db.get_one(schema.Center, client.center_id)
            followup_plan.add_session(
                db,
                client,
                center,
                day=day,
                type="in_person",
                area="finance",
                hours=Decimal("1.5"),
                notes="",
                counselor=None,
                rules=self.assistant.rules,
                now=self.now,
            )


def _center(code: str, name: str, country: str, currency: str, zone: str, language: str) -> schema.Center:
    return schema.Center(
        code=code,
        name=name,
        country=country,
        currency=currency,
        zone=zone,
        language=language,
        cadence=[3, 6, 12],
        settings={},
        created_at=START,
    )


CENTERS = {
    "LC": lambda: _center("LC", "SBDC Saint Lucia", "LC", "XCD", "America/St_Lucia", "en"),
    "DO": lambda: _center("DO", "SBDC Santo Domingo", "DO", "DOP", "America/Santo_Domingo", "es"),
    "HT": lambda: _center("HT", "SBDC Haïti", "HT", "HTG", "America/Port-au-Prince", "ht"),
}

"""A center whose clients have real phones at scripted providers, on a clock that a test moves."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.channels.registry import CHANNELS
from bot.model import Delivery, Status
from bot.service.assistant import Assistant
from bot.service.rules import Rules
from bot.text.language import Catalogs
from scheduler.policy.send_rates import Limits
from scheduler.sender import Sender
from storage.engine import Database
from storage.schema import Address, Center, Client, Outbox, Staff
from tests.scheduler.provider import Killed, Provider

START = datetime(2026, 1, 5, 15, tzinfo=UTC)


@dataclass
class Post:
    database: Database
    now: datetime = START
    providers: dict[str, Provider] = field(default_factory=lambda: {name: Provider(name) for name in CHANNELS})
    limits: Mapping[str, Limits] = field(default_factory=dict)
    assistant: Assistant = field(default_factory=lambda: Assistant(Catalogs.load(), Rules()))

    def __post_init__(self) -> None:
        self.sender = self.another_sender()
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
            self.center_id = center.id
            counselor = Staff(center_id=center.id, name="Rosa", role="counselor", created_at=START)
            db.add(counselor)
            db.flush()
            db.add(Address(channel="telegram", address="900", staff_id=counselor.id, created_at=START))

    @property
    def sms(self) -> Provider:
        return self.providers["sms"]

    def another_sender(self) -> Sender:
        return Sender(self.database, self.providers, {}, lambda: self.now, self.limits)

    # --- people and messages -----------------------------------------------------------------------------------------

    def client(self, *channels: str) -> list[int]:
        """A registered client; the ids of their addresses, of which the first one named answered last."""
        with self.database.write() as db:
            number = len(db.scalars(select(Client.id)).all()) + 1
            client = Client(
                code=f"LC-{number}",
                center_id=self.center_id,
                language="en",
                name=f"Client {number}",
                status="registered",
                service_consent=True,
                survey_consent=True,
                created_at=START,
            )
            db.add(client)
            db.flush()
            made = [
                Address(
                    channel=channel,
                    address=f"{number}" if channel == "telegram" else f"+1758555{number:04d}",
                    client_id=client.id,
                    last_inbound_at=START - timedelta(hours=1, minutes=place),
                    created_at=START,
                )
                for place, channel in enumerate(channels or ("sms",))
            ]
            db.add_all(made)
            db.flush()
            return [address.id for address in made]

    def queue(self, address_id: int, *texts: str, bulk: bool = False, due: timedelta = timedelta(0)) -> list[int]:
        with self.database.write() as db:
            address = db.get_one(Address, address_id)
            rows = [
                Outbox(
                    address_id=address_id,
                    client_id=address.client_id,
                    channel=address.channel,
                    text=text,
                    buttons=[],
                    language="en",
                    bulk=bulk,
                    due_at=self.now + due,
                    created_at=self.now,
                )
                for text in texts
            ]
            for row in rows:
                db.add(row)
                db.flush()
            return [row.id for row in rows]

    # --- time --------------------------------------------------------------------------------------------------------

    def send(self, **later: float) -> int:
        """Let time pass, then send what is due; how many tries that were."""
        self.now += timedelta(**later)
        return asyncio.run(self.sender.drain())

    def send_and_die(self) -> None:
        """The process is killed while it sends; another one starts."""
        with suppress(Killed):
            asyncio.run(self.sender.send_due())
        self.sender = self.another_sender()

    def report(self, provider_id: str, *states: str, code: str | None = None, channel: str = "sms") -> list[bool]:
        """The provider's word on a message of ours, as the webhook passes it on."""
        told = []
        for state in states:
            status = Status(channel, provider_id, Delivery(state), self.now, code)
            error = self.providers[channel].explain(code) if code else None
            with self.database.write() as db:
                told.append(self.assistant.report(db, status, error))
        return told

    # --- what is in the database ----------------------------------------------------------------------------------------

    def row(self, row_id: int) -> Outbox:
        with self.database.read() as db:
            return db.get_one(Outbox, row_id)

    def rows(self, channel: str) -> Sequence[Outbox]:
        with self.database.read() as db:
            return db.scalars(select(Outbox).where(Outbox.channel == channel).order_by(Outbox.id)).all()

    def address(self, address_id: int) -> Address:
        with self.database.read() as db:
            return db.get_one(Address, address_id)

    def person(self, address_id: int) -> Client:
        with self.database.read() as db:
            return db.scalars(select(Client).join(Address).where(Address.id == address_id)).one()

    def counselor_hears(self) -> list[str]:
        return [taken.text for taken in self.providers["telegram"].taken if taken.to == "900"]

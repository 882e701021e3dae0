"""A phone in the terminal: a simulated address that writes line by line and sees what comes back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime
from secrets import token_hex

from sqlalchemy import select

from bot.app import App
from bot.messages.shape import Shaped, shape
from bot.model import Inbound
from scheduler.sender import message_of, utc_now
from storage.schema import Address, Outbox

MEDIA = ("photo", "voice", "video", "document", "location")


class TerminalPhone:
    """`#2` taps the second button of the last message, `@photo` sends a picture; everything else is a text."""

    def __init__(self, app: App, channel: str, address: str) -> None:
        self.app, self.channel, self.address = app, channel, address
        self.buttons: list[tuple[str, str]] = []
        self._seen = self._last_id()

    def type(self, line: str, now: datetime | None = None) -> list[Shaped]:
        """Send one line; what came back, and whatever else has come since the last time."""
        text, choice, media = line, None, None
        if line.startswith("#") and line[1:].isdigit() and 0 < int(line[1:]) <= len(self.buttons):
            choice, text = self.buttons[int(line[1:]) - 1]
        elif line.startswith("@") and line[1:] in MEDIA:
            text, media = "", line[1:]
        inbound = Inbound(
            self.channel,
            f"terminal-{token_hex(8)}",
            self.address,
            now or utc_now(),
            text,
            choice=choice,
            media=media,
            simulated=True,
        )
        with self.app.database.write() as db:
            self.app.assistant.receive(db, inbound)
        return list(self.read())

    def read(self) -> Iterator[Shaped]:
        """Messages that have arrived since the last look."""
        address_id = self._address_id()
        if address_id is None:
            return
        asyncio.run(self.app.sender.drain(address_id))
        with self.app.database.read() as db:
            rows = db.scalars(
                select(Outbox)
                .where(Outbox.address_id == address_id, Outbox.id > self._seen, Outbox.sent_at.is_not(None))
                .order_by(Outbox.id)
            ).all()
        for row in rows:
            self._seen = row.id
            message = message_of(row)
            shaped = shape(message, self.channel)
            shown = shaped.buttons or shaped.rows
            self.buttons = [(button.id, button.label) for button in shown]
            yield shaped

    def _address_id(self) -> int | None:
        with self.app.database.read() as db:
            return db.scalar(
                select(Address.id).where(
                    Address.channel == self.channel, Address.address == self.address, Address.simulated.is_(True)
                )
            )

    def _last_id(self) -> int:
        address_id = self._address_id()
        if address_id is None:
            return 0
        with self.app.database.read() as db:
            query = select(Outbox.id).where(Outbox.address_id == address_id, Outbox.sent_at.is_not(None))
            return db.scalar(query.order_by(Outbox.id.desc()).limit(1)) or 0

"""acompana chat: a phone in the terminal."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from datetime import datetime
from secrets import token_hex
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from sqlalchemy import select

from bot.channels.registry import CHANNELS
from bot.cli.common import Problem, opened_app
from bot.cli.groups import EVERY_DAY, app
from bot.messages.shape import Shaped, shape
from bot.model import Inbound
from scheduler.sender import message_of, utc_now
from storage.schema import Address, Outbox

if TYPE_CHECKING:
    from bot.app import App


MEDIA = ("photo", "voice", "video", "document", "location")


@app.command(rich_help_panel=EVERY_DAY)
def chat(
    address: Annotated[str, typer.Option("--as", help="Phone number (or Telegram id) to write from.")] = "+17585550100",
    channel: Annotated[str, typer.Option(help="sms, whatsapp or telegram; decides how messages are shown.")] = "sms",
) -> None:
    """Chat with the assistant in the terminal, as a client would. Input may come from a pipe.

    #2 taps the second button, @photo (or @voice …) sends media without text, Ctrl-D ends the chat.
    """
    if channel not in CHANNELS:
        raise Problem(f"--channel {channel}: choose one of {', '.join(CHANNELS)}")
    phone = TerminalPhone(opened_app(), channel, address)
    screen = Console(highlight=False, soft_wrap=True)
    live = sys.stdin.isatty()
    if live:
        screen.print(
            f"[dim]{channel} from {address}. Write JOIN and a center's code to start; @{', @'.join(MEDIA)}; Ctrl-D ends.[/dim]"
        )
    for line in _lines(screen, phone, live):
        if not live:
            screen.print(f"> {line}", markup=False)
        for shaped in phone.type(line):
            show(screen, shaped)


def _lines(screen: Console, phone: TerminalPhone, live: bool) -> Iterator[str]:
    for shaped in phone.read():
        show(screen, shaped)
    if not live:
        for line in sys.stdin:
            yield line.rstrip("\n")
        return
    while True:
        try:
            yield screen.input("[bold green]> [/bold green]")
        except (EOFError, KeyboardInterrupt):
            screen.print()
            return
        for shaped in phone.read():
            show(screen, shaped)


def show(screen: Console, shaped: Shaped) -> None:
    """Print a message as the phone shows it: the text, and each button with the number that taps it."""
    for line in shaped.text.split("\n"):
        screen.print(f"  {line}", markup=False)
    for number, button in enumerate(shaped.buttons or shaped.rows, 1):
        screen.print(f"  [#{number} {button.label}]", markup=False)


class TerminalPhone:
    """A simulated phone. `#2` taps the second button of the last message, `@photo` sends a photo; all else is text."""

    def __init__(self, app: App, channel: str, address: str) -> None:
        self.app, self.channel, self.address = app, channel, address
        self.buttons: list[tuple[str, str]] = []
        self._seen = self._last_id()

    def type(self, line: str, now: datetime | None = None) -> list[Shaped]:
        """Send one line. Returns all messages that arrived since the last call."""
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
        """Messages that arrived since the last call."""
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

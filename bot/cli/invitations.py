"""acompana center links: how clients come in, as addresses to share and as QR codes for the wall."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated
from urllib.parse import quote

import segno
import typer

from bot.channels.base import ChannelError
from bot.channels.telegram.channel import TelegramChannel, deep_link
from bot.cli.commands import center
from bot.cli.edge import show_table, tell
from bot.cli.program import opened_app
from bot.config.settings import Settings
from storage import registers


@center.command("links")
def links(
    code: Annotated[str, typer.Argument(help="The center's code, like LC.", metavar="CODE")],
    qr: Annotated[Path | None, typer.Option(help="Also write a QR code of each into this folder, as SVG.")] = None,
    bot: Annotated[str | None, typer.Option(help="The Telegram bot's name; asked of Telegram when left out.")] = None,
) -> None:
    """Show the addresses by which clients join the center, for a message, a web page or a flyer."""
    program = opened_app()
    with program.database.read() as db:
        home = registers.find_center(db, code)
        own = {channel: home.sender_of(channel) for channel in ("sms", "whatsapp")}
    telegram = program.channels.get("telegram")
    if bot is None and isinstance(telegram, TelegramChannel):
        bot = asyncio.run(_bot_name(telegram))
    found = addresses(program.settings, home.code, bot, own)
    if not found:
        tell(f"No channel is set up yet. By word of mouth it is always: JOIN {home.code}")
        raise typer.Exit(1)
    show_table(("channel", "address"), found)
    if qr is not None:
        qr.mkdir(parents=True, exist_ok=True)
        for channel, address in found:
            file = qr / f"join-{home.code.lower()}-{channel}.svg"
            segno.make(address, error="m").save(str(file), scale=8, border=4)
            tell(f"wrote {file}")


def addresses(
    settings: Settings, code: str, bot: str | None, own: Mapping[str, str | None] = MappingProxyType({})
) -> list[tuple[str, str]]:
    """Channel and address for each channel that is set up: opening it writes JOIN and the code. `own`: numbers of the
    center that stand in for those of the network."""
    join = quote(f"JOIN {code}")
    found = []
    if whatsapp := own.get("whatsapp") or settings.twilio_whatsapp_from:
        found.append(("whatsapp", f"https://wa.me/{whatsapp.lstrip('+')}?text={join}"))
    if sms := own.get("sms") or settings.twilio_sms_from:
        found.append(("sms", f"sms:{sms}?body={join}"))
    if bot:
        found.append(("telegram", deep_link(bot.lstrip("@"), code)))
    return found


async def _bot_name(telegram: TelegramChannel) -> str | None:
    try:
        return await telegram.check()
    except ChannelError as error:
        tell(f"Telegram does not tell the bot's name: {error.reason}. Name it with --bot")
        return None
    finally:
        await telegram.close()

"""acompana center: centers, their settings, and the addresses clients use to join."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from types import MappingProxyType
from typing import Annotated
from urllib.parse import quote

import segno
import typer

from bot.channels.base import ChannelError
from bot.channels.telegram.channel import TelegramChannel, deep_link
from bot.cli.common import actor, now, opened_app, opened_database, show_table, tell, writing
from bot.cli.groups import center
from bot.config.parsers import hours, phone, phone_or_short_code
from bot.config.settings import Settings
from storage import audit, registers
from storage.checks import RegisterError
from storage.schema import Center
from storage.senders import set_sender


@center.command("add")
def add_center(
    code: Annotated[
        str,
        typer.Argument(
            help="2 to 10 letters or digits, a letter first. Clients write it to join: JOIN LC", metavar="CODE"
        ),
    ],
    name: Annotated[str, typer.Argument(help="Name shown to clients.", metavar="NAME")],
    country: Annotated[str, typer.Option(help="Two-letter country code, e.g. LC for Saint Lucia.", metavar="COUNTRY")],
    currency: Annotated[str | None, typer.Option(help="Default: the country's.", metavar="XCD")] = None,
    zone: Annotated[
        str | None, typer.Option(help="Time zone. Default: the capital's.", metavar="America/St_Lucia")
    ] = None,
    language: Annotated[str | None, typer.Option(help="en, es, fr, pt, ht or nl. Default: the country's.")] = None,
    cadence: Annotated[
        str, typer.Option(help="Months after a session at which follow-ups are due, or none.", metavar="3,6,12")
    ] = "3,6,12",
) -> None:
    """Add a center. Currency, time zone and language default to the country's."""
    with writing() as db:
        row = registers.add_center(
            db,
            code,
            name,
            country,
            at=now(),
            currency=currency,
            zone=zone,
            language=language,
            cadence=_months(cadence),
        )
        audit.record(db, actor(), "center.add", row.code, at=now())
        facts = f"{row.currency}, {row.zone}, {row.language}"
    typer.echo(f"Added {row.code}, {row.name} ({facts}). Clients join by writing: JOIN {row.code}")


def _months(text: str) -> list[int]:
    if text.strip().lower() in ("none", ""):
        return []
    try:
        return [int(month) for month in text.split(",")]
    except ValueError:
        raise RegisterError("cadence", f"{text!r} is not a list of months; write it like 3,6,12") from None


@center.command("set")
def set_center(
    code: Annotated[str, typer.Argument(help="Center code, e.g. LC.", metavar="CODE")],
    fold_sms: Annotated[
        bool | None,
        typer.Option(
            "--fold-sms/--no-fold-sms",
            help="Remove accents from SMS (á → a). With accents, an SMS may take two or three segments instead of one.",
        ),
    ] = None,
    cadence: Annotated[
        str | None,
        typer.Option(
            help="Months after a session at which follow-ups are due, or none. Applies to sessions logged from now on.",
            metavar="3,6,12",
        ),
    ] = None,
    quiet_hours: Annotated[
        str | None,
        typer.Option(
            help="Hours in which no conversation is started, in the center's time zone; off, or default for the network's.",
            metavar="20:00-08:00",
        ),
    ] = None,
    second_review: Annotated[
        bool | None,
        typer.Option(
            "--second-review/--one-review",
            help="Count a figure as verified only after two members of staff have verified it.",
        ),
    ] = None,
    sms_from: Annotated[
        str | None,
        typer.Option(help="The center's own SMS number, or default for the network's.", metavar="+17585550100"),
    ] = None,
    whatsapp_from: Annotated[
        str | None,
        typer.Option(help="The center's own WhatsApp sender, or default for the network's.", metavar="+17585550100"),
    ] = None,
) -> None:
    """Change a center's settings; without options, show them.

    Anyone who writes to a center's own number joins that center. At Twilio, the number uses the same webhook as the
    others.
    """
    with writing() as db:
        home = registers.find_center(db, code)
        registers.set_center(
            home,
            fold_sms=fold_sms,
            cadence=None if cadence is None else _months(cadence),
            quiet_hours=None if quiet_hours is None else _quiet(quiet_hours),
            second_review=second_review,
        )
        for channel, number in (("sms", sms_from), ("whatsapp", whatsapp_from)):
            if number is not None:
                set_sender(db, home, channel, _sender(channel, number))
        if (fold_sms, cadence, quiet_hours, second_review, sms_from, whatsapp_from) != (None,) * 6:
            senders = {channel: home.sender_of(channel) for channel in ("sms", "whatsapp")}
            chosen = {"fold_sms": home.fold_sms, "cadence": home.cadence, "quiet_hours": _hours(home)}
            chosen |= {"second_review": home.second_review, **senders}
            audit.record(db, actor(), "center.set", home.code, at=now(), **chosen)
        accents = "without accents" if home.fold_sms else "with accents"
        typer.echo(
            f"{home.code}, {home.name}. SMS: {accents}. Follow-ups after a session: {_after(home.cadence)}. "
            f"Quiet hours: {_hours(home)}.{' Two reviews verify a figure.' if home.second_review else ''}"
        )
        for channel, name in (("sms", "SMS number"), ("whatsapp", "WhatsApp sender")):
            if own := home.sender_of(channel):
                typer.echo(f"{name}: {own}")


def _sender(channel: str, text: str) -> str | None:
    if text.strip().lower() == "default":
        return None
    try:
        return (phone_or_short_code if channel == "sms" else phone)(text.strip())
    except ValueError as error:
        raise RegisterError(f"{channel} sender", str(error)) from None


def _quiet(text: str) -> tuple[time, time] | tuple[()]:
    if text.strip().lower() == "default":
        return ()
    try:
        return hours(text.strip())
    except ValueError as error:
        raise RegisterError("quiet hours", str(error)) from None


def _hours(home: Center) -> str:
    own = home.quiet_hours
    if own is None:
        return "network default"
    return "none" if own[0] == own[1] else f"{own[0]:%H:%M}-{own[1]:%H:%M}"


@center.command("list")
def list_centers() -> None:
    """List centers."""
    with opened_database() as database, database.read() as db:
        columns = ("code", "name", "country", "currency", "zone", "language", "follow-ups after")
        show_table(
            columns,
            (
                (row.code, row.name, row.country, row.currency, row.zone, row.language, _after(row.cadence))
                for row in registers.list_centers(db)
            ),
        )


def _after(cadence: list[int]) -> str:
    return ",".join(map(str, cadence)) + " months" if cadence else "none"


@center.command("links")
def links(
    code: Annotated[str, typer.Argument(help="Center code, e.g. LC.", metavar="CODE")],
    qr: Annotated[
        Path | None, typer.Option(help="Also write a QR code for each address to this folder, as SVG.")
    ] = None,
    bot: Annotated[str | None, typer.Option(help="Name of the Telegram bot. Default: ask Telegram.")] = None,
) -> None:
    """Show the addresses clients use to join the center, for messages, web pages and flyers."""
    program = opened_app()
    with program.database.read() as db:
        home = registers.find_center(db, code)
        own = {channel: home.sender_of(channel) for channel in ("sms", "whatsapp")}
    telegram = program.channels.get("telegram")
    if bot is None and isinstance(telegram, TelegramChannel):
        bot = asyncio.run(_bot_name(telegram))
    rows = addresses(program.settings, home.code, bot, own)
    if not rows:
        tell(f"No channel is set up yet. On every channel, clients join by writing: JOIN {home.code}")
        raise typer.Exit(1)
    show_table(("channel", "address"), rows)
    if qr is not None:
        qr.mkdir(parents=True, exist_ok=True)
        for channel, address in rows:
            file = qr / f"join-{home.code.lower()}-{channel}.svg"
            segno.make(address, error="m").save(str(file), scale=8, border=4)
            tell(f"Wrote {file}")


def addresses(
    settings: Settings, code: str, bot: str | None, own: Mapping[str, str | None] = MappingProxyType({})
) -> list[tuple[str, str]]:
    """Channel and address for each channel that is set up. Opening an address writes JOIN and the code. `own`: the
    center's own numbers, which replace the network's."""
    join = quote(f"JOIN {code}")
    rows = []
    if whatsapp := own.get("whatsapp") or settings.twilio_whatsapp_from:
        rows.append(("whatsapp", f"https://wa.me/{whatsapp.lstrip('+')}?text={join}"))
    if sms := own.get("sms") or settings.twilio_sms_from:
        rows.append(("sms", f"sms:{sms}?body={join}"))
    if bot:
        rows.append(("telegram", deep_link(bot.lstrip("@"), code)))
    return rows


async def _bot_name(telegram: TelegramChannel) -> str | None:
    try:
        return await telegram.check()
    except ChannelError as error:
        tell(f"Telegram did not return the bot's name: {error.reason}. Give it with --bot")
        return None
    finally:
        await telegram.close()

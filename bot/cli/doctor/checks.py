"""The checks of `acompana doctor`, one finding per line."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from bot.channels.base import Channel, ChannelError
from bot.channels.registry import SPECS, configured, open_channels
from bot.channels.spec import ChannelSpec
from bot.cli.common import counted, now, settings
from bot.cli.doctor import public_url
from bot.cli.texts import button_labels
from bot.config.settings import PREFIX, Settings, SettingsError
from bot.messages.catalogs import problems
from storage.engine import Database
from storage.health import SCARCE, DatabaseProblem, check, probe, room, shown
from storage.migrate import latest
from storage.schema import Center

MARKS = {True: "✓", False: "✗", None: "–"}
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check."""

    ok: bool | None
    """None for a remark that is neither good nor bad."""
    about: str
    text: str
    """What was found and, for a problem, how to fix it."""


def examine(*, online: bool) -> Iterator[Finding]:
    """Yield each finding as soon as it is made. Calls providers only if `online`."""
    try:
        chosen = settings()
    except SettingsError as error:
        for problem in error.problems:
            yield Finding(False, "settings", problem)
        yield from _texts()
        return
    yield Finding(True, "settings", "valid")
    yield _secret_key(chosen)
    yield from _database(chosen.database_url)
    yield from _texts()
    yield from _address(chosen, online)
    if online:
        yield from _clock(chosen)
    yield from _channels(chosen, online)
    yield _simulator(chosen)


def _secret_key(chosen: Settings) -> Finding:
    if chosen.secret_key_is_temporary:
        return Finding(None, "secret key", "not set; logins end when the program stops. Set ACOMPANA_SECRET_KEY")
    return Finding(True, "secret key", "set")


def _database(url: str) -> Iterator[Finding]:
    try:
        check(url)
        yield Finding(True, "database", f"{shown(url)} is at {latest()}")
        probe(url)
        yield Finding(True, "database", "writable")
    except DatabaseProblem as error:
        yield Finding(False, "database", str(error))
        return
    free = room(url)
    if free is not None:
        space = f"{free // MEGABYTE} MB free on its disk"
        yield Finding(free >= SCARCE, "database", space if free >= SCARCE else f"{space}; free some space")
    database = Database.open(url)
    try:
        with database.read() as db:
            centers = db.scalar(select(func.count(Center.id))) or 0
    finally:
        database.close()
    yield (
        Finding(True, "centers", str(centers))
        if centers
        else Finding(None, "centers", "none yet; add one: acompana center add")
    )


def _texts() -> Iterator[Finding]:
    wrong = problems(button_labels())
    if wrong:
        yield Finding(False, "texts", f"{counted(len(wrong), 'problem')}; see: acompana texts check")
    else:
        yield Finding(True, "texts", "complete in every language")


def _address(chosen: Settings, online: bool) -> Iterator[Finding]:
    about, url = "public address", chosen.public_url
    if not url:
        yield Finding(None, about, "not set; Telegram is polled, Twilio needs ACOMPANA_PUBLIC_URL")
        return
    wrong = public_url.address_faults(url, public_url.ask(url.rstrip("/") + public_url.HEALTH)) if online else []
    yield from (Finding(False, about, line) for line in wrong)
    if not wrong:
        yield Finding(True, about, f"{url} answers" if online else url)


def _clock(chosen: Settings) -> Iterator[Finding]:
    """Compared with the first provider that is set up and answers."""
    specs = [SPECS[name] for name in configured(chosen)]
    for base in dict.fromkeys(getattr(chosen, spec.api_setting) or spec.api for spec in specs if spec.api):
        there = public_url.ask(base).date
        if there is not None:
            wrong = public_url.clock_fault(there, now())
            yield Finding(not wrong, "clock", wrong or "matches the provider's")
            return


def _channels(chosen: Settings, online: bool) -> Iterator[Finding]:
    ready = configured(chosen)
    for name, spec in SPECS.items():
        if name not in ready:
            yield Finding(None, name, f"not set up; set {_names(spec)}")
        elif not online:
            yield Finding(True, name, "set up; check it with: acompana doctor --online")
    if online:
        centers = _centers(chosen.database_url)
        for name, channel in open_channels(chosen).items():
            own = {center.code: sender for center in centers if (sender := center.sender_of(name))}
            yield from asyncio.run(_provider_findings(name, channel, chosen.public_url, own))


def _names(spec: ChannelSpec) -> str:
    """The settings that a channel needs: "ACOMPANA_TWILIO_ACCOUNT_SID, _AUTH_TOKEN and _SMS_FROM"."""
    fields = [group[0] for group in spec.needs]
    provider = fields[0].partition("_")[0]
    *first, last = (f"{PREFIX}{fields[0]}".upper(), *(field.removeprefix(provider).upper() for field in fields[1:]))
    return f"{', '.join(first)} and {last}" if first else last


def _centers(url: str) -> list[Center]:
    """All centers; none if the database cannot be read, which is a finding of its own."""
    try:
        check(url)
    except DatabaseProblem:
        return []
    database = Database.open(url)
    try:
        with database.read() as db:
            return list(db.scalars(select(Center).order_by(Center.code)))
    finally:
        database.close()


async def _provider_findings(
    name: str, channel: Channel, public_url: str | None, own: Mapping[str, str]
) -> list[Finding]:
    """The account at the provider, and whether its webhooks lead here. `own`: the centers' own senders."""
    from bot.channels.twilio.channel import TwilioChannel

    try:
        account = Finding(True, name, await channel.check())
        wrong = await channel.faults(public_url)
        if public_url and isinstance(channel, TwilioChannel):
            for code, sender in own.items():
                wrong += [f"{code}: {line}" for line in await channel.faults_of(sender, public_url)]
        return [account, *(Finding(False, name, line) for line in wrong)]
    except ChannelError as error:
        return [Finding(False, name, f"{error.reason} ({error.code})")]
    finally:
        await channel.close()


def _simulator(chosen: Settings) -> Finding:
    if not chosen.simulator:
        return Finding(True, "simulator", "off")
    if chosen.public_url or configured(chosen):
        return Finding(None, "simulator", "on, alongside real providers; ACOMPANA_SIMULATOR=0 turns it off")
    return Finding(True, "simulator", "on")

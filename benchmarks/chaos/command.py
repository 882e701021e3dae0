"""python -m benchmarks chaos: kill processes, restart and lose PostgreSQL under load, and count what came of it."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

from pydantic import SecretStr
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy import func, select

from benchmarks.chaos import campaign, verdict
from benchmarks.chaos.cluster import Cluster, Incomplete, start
from benchmarks.chaos.havoc import Havoc
from benchmarks.chaos.phones import ACCOUNT, BOT, PUBLIC_URL, TOKEN, Phones
from benchmarks.chaos.processes import Fleet
from benchmarks.chaos.providers import AcceptedMessage, Providers
from benchmarks.chaos.wire import serve
from bot.config.settings import Settings
from storage.engine import Database
from storage.migrate import upgrade
from storage.schema import Outbox, Timer
from storage.trouble import UNAVAILABLE

KEY = "a-key-that-stays-the-same-everywhere"
EVERY = 15.0
"""Seconds from line to line where nobody watches a terminal."""


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks chaos", description=__doc__)
    parser.add_argument("--campaign", type=int, default=10_000, help="clients who are invited (10000)")
    parser.add_argument(
        "--answering", type=float, default=0.2, help="the part of them that answers all questions (0.2)"
    )
    parser.add_argument("--kill-every", type=float, default=5, help="seconds from kill to kill (5)")
    parser.add_argument("--minutes", type=float, default=30, help="give up after so many (30)")
    parser.add_argument("--web", type=int, default=2, help="web processes (2)")
    parser.add_argument("--work", type=int, default=2, help="work processes (2)")
    parser.add_argument("--seed", type=int, default=1, help="another number gives other kills and faults")
    parser.add_argument("--keep", type=Path, help="keep the logs of the processes in this folder")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] = ()) -> int:
    """0 when all promises were kept, else 1."""
    options = parsed(arguments)
    screen = Console()
    try:
        cluster = start()
    except Incomplete as missing:
        screen.print(f"[bold red]NOT RUN: {missing}[/bold red]")
        return 1
    try:
        with tempfile.TemporaryDirectory(prefix="acompana-chaos-") as folder:
            where = options.keep or Path(folder)
            where.mkdir(parents=True, exist_ok=True)
            upgrade(cluster.url)
            return asyncio.run(Chaos(options, cluster, where, screen).run())
    except asyncio.CancelledError:
        screen.print("[bold red]Stopped without a result.[/bold red]")
        return 1
    finally:
        cluster.close()


class Chaos:
    def __init__(self, options: argparse.Namespace, cluster: Cluster, folder: Path, screen: Console) -> None:
        self.options, self.cluster, self.folder, self.screen = options, cluster, folder, screen
        self.database = Database.open(cluster.url)
        self.rng = Random(options.seed)
        self.invited: set[str] = set()
        self.providers = Providers(self._arrived, Random(options.seed + 1))

    def _arrived(self, message: AcceptedMessage) -> None:
        self.invited.add(message.to)
        self.phones.arrived(message)

    async def run(self) -> int:
        with self.database.write() as db:
            campaign.populate(db, self.options.campaign)
        server, port = await serve(self.providers.answer)
        settings = {
            "DATABASE_URL": self.cluster.url,
            "PUBLIC_URL": PUBLIC_URL,
            "SECRET_KEY": KEY,
            "TELEGRAM_TOKEN": BOT,
            "TELEGRAM_API_URL": f"http://127.0.0.1:{port}",
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_SMS_FROM": "+18690000000",
            "TWILIO_WHATSAPP_FROM": "+18690000000",
            "TWILIO_API_URL": f"http://127.0.0.1:{port}",
            "QUIET_HOURS": "off",
            "LOG_FORMAT": "json",
            "LOG_LEVEL": "WARNING",
        }
        fleet = Fleet.of(self.options.web, self.options.work, settings, self.folder)
        secret = Settings(secret_key=SecretStr(KEY)).telegram_webhook_secret
        self.phones = Phones(fleet.ports, secret, self.options.answering, self.rng)
        self.havoc = Havoc(fleet, self.cluster, self.phones, self.options.kill_every, self._progress, self.rng)
        began = time.monotonic()
        this = asyncio.current_task()
        assert this is not None
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, this.cancel)
        fleet.start()
        try:
            await fleet.ready()
            in_time = await self._watched(began)
        finally:
            await fleet.close()
            server.close()
        return self._tell(fleet, time.monotonic() - began, in_time)

    def _progress(self) -> float:
        return len(self.invited) / int(self.options.campaign)

    async def _watched(self, began: float) -> bool:
        """Until all is through; False where the time was not enough."""
        watching = asyncio.create_task(self._show(began))
        try:
            async with asyncio.timeout(60 * self.options.minutes):
                await self.havoc.rage()
                await self._settled()
        except TimeoutError:
            return False
        finally:
            watching.cancel()
        return True

    async def _settled(self) -> None:
        """Until nothing is on its way any more, twice in a row."""
        quiet = 0
        while quiet < 2:
            await asyncio.sleep(1)
            busy = self.phones.waiting or await asyncio.to_thread(self._left)
            quiet = 0 if busy else quiet + 1

    def _left(self) -> int:
        """Messages that still wait to be sent or recorded, and timers of the campaign; 1 while nobody can tell."""
        try:
            with self.database.read() as db:
                messages = select(func.count()).where(Outbox.status.in_(("queued", "leased", "unknown")))
                due = select(func.count()).where(Timer.kind == "followup.invite", Timer.status != "fired")
                return (db.scalar(messages) or 0) + (db.scalar(due) or 0)
        except UNAVAILABLE:
            return 1

    # --- output ------------------------------------------------------------------------------------------------------

    async def _show(self, began: float) -> None:
        live = self.screen.is_terminal
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self.screen, disable=not live) as bars:
            invitations = bars.add_task("invitations arrived", total=self.options.campaign)
            replies = bars.add_task("replies taken", total=None)
            printed, next_line = 0, time.monotonic() + EVERY
            while True:
                bars.update(invitations, completed=len(self.invited))
                bars.update(
                    replies, completed=len(self.phones.accepted), description=f"replies taken, {self.havoc.kills} kills"
                )
                for event in self.havoc.events[printed:]:
                    self.screen.print(f"{event.at:5.0f} s  {event.what}; {event.outage:.1f} s without a webhook taken")
                printed = len(self.havoc.events)
                if not live and time.monotonic() > next_line:
                    next_line += EVERY
                    self.screen.print(
                        f"{time.monotonic() - began:5.0f} s  {len(self.invited):,} invitations arrived,"
                        f" {len(self.phones.accepted):,} replies taken, {self.havoc.kills} kills"
                    )
                await asyncio.sleep(0.2)

    def _tell(self, fleet: Fleet, took: float, in_time: bool) -> int:
        with self.database.read() as db:
            findings = verdict.judged(db, self.providers, self.phones, self.options.campaign, self.havoc.kills)
        answers, faults, keepers = self.phones.answers, self.providers.faults, fleet.keepers
        say = self.screen.print
        say(f"\n{self.options.campaign:,} clients, {len(keepers)} processes, {os.cpu_count()} cores: {took:.0f} s")
        say(f"  {self.havoc.kills} kills: " + ", ".join(f"{keeper.name} {keeper.ends['killed']}" for keeper in keepers))
        for event in self.havoc.events:
            say(f"  {event.what}: {event.outage:.1f} s without a webhook taken")
        summary = ", ".join(f"{status or 'no answer'} {count:,}" for status, count in sorted(answers.items()))
        say(f"  {answers.total():,} webhooks brought: {summary}")
        say("  provider faults: " + ", ".join(f"{fault} {count:,}" for fault, count in sorted(faults.items())))
        for finding in findings:
            mark = " " if finding.wrong is None else "[red]✗[/red]" if finding.wrong else "[green]✓[/green]"
            say(f"  {mark} {finding.what}: {finding.figure}", highlight=False)
        broken = sum(bool(finding.wrong) for finding in findings)
        if not in_time:
            say(f"[red]Not through after {self.options.minutes:g} minutes.[/red]")
        say(
            "[green]Nothing was lost.[/green]"
            if in_time and not broken
            else f"[red]{broken} promises were broken.[/red]"
        )
        return 1 if broken or not in_time else 0

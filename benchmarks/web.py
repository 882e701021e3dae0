"""Turns from webhook to 200, beside a bare handler on the same server that checks the same signature and commits one row.

Two web processes of each on one database, PostgreSQL and SQLite, both flushing every commit to the disk. They take turns in
short slices, so that whatever else the machine does meets both alike.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import func, select

from benchmarks import load
from benchmarks.survey import invited, statements_per_answer
from benchmarks.turns import database_urls
from storage.engine import Database
from storage.migrate import upgrade
from storage.schema import Inbox

PROCESSES, CONNECTIONS = 2, 16
PHONES = 2500
SLICES, SECONDS = 7, 2.0
STEADY_SECONDS = 4.0
START_SECONDS = 60
APP, BARE = ("bot.cli", "serve", "--port"), ("benchmarks.bare",)


@dataclass(frozen=True, slots=True)
class Servers:
    """Web processes of one program and the ports they listen on."""

    ports: list[int]
    processes: list[subprocess.Popen[bytes]]

    def cpu_seconds(self) -> float:
        """What the processes have used of the processors since their start."""
        stats = [Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split() for process in self.processes]
        return sum(int(stat[11]) + int(stat[12]) for stat in stats) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(url: str, program: tuple[str, ...]) -> Iterator[Servers]:
    """Processes of `python -m program PORT` on the database."""
    settings = {
        "ACOMPANA_DATABASE_URL": url,
        "ACOMPANA_PUBLIC_URL": load.PUBLIC_URL,
        "ACOMPANA_SECRET_KEY": "b" * 43,
        "ACOMPANA_TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "ACOMPANA_TWILIO_AUTH_TOKEN": load.TOKEN,
        "ACOMPANA_TWILIO_SMS_FROM": load.OUR_NUMBER,
        "ACOMPANA_LOG_LEVEL": "WARNING",
    }
    ports = [_free_port() for _ in range(PROCESSES)]
    running = [
        subprocess.Popen([sys.executable, "-m", *program, str(port)], env=os.environ | settings, stderr=subprocess.PIPE)
        for port in ports
    ]
    try:
        for port, process in zip(ports, running, strict=True):
            _wait_for(port, process)
        yield Servers(ports, running)
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.communicate(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > until:
                stderr = process.communicate()[1].decode(errors="replace") if process.poll() is not None else ""
                raise RuntimeError(f"no server at port {port}: {stderr.strip()}") from None
            time.sleep(0.1)
        else:
            return


async def compare(app: Servers, bare: Servers, phones: load.Phones, others: load.Phones) -> None:
    contenders = {
        "app": (await load.callers(app.ports, CONNECTIONS), phones),
        "bare": (await load.callers(bare.ports, CONNECTIONS), others),
    }
    for lines, who in contenders.values():
        await load.as_fast_as_it_goes(lines, who, SECONDS)
    rates: dict[str, list[float]] = {name: [] for name in contenders}
    cpu, sent = (app.cpu_seconds(), bare.cpu_seconds()), (phones.sent, others.sent)
    for _ in range(SLICES):
        for name, (lines, who) in contenders.items():
            rates[name].append(await load.as_fast_as_it_goes(lines, who, SECONDS))
    most = {name: median(samples) for name, samples in rates.items()}
    ratio = median(ours / theirs for ours, theirs in zip(rates["app"], rates["bare"], strict=True))
    print(f"  {most['app']:,.0f} turns a second; bare handler {most['bare']:,.0f} a second; ratio {ratio:.2f}")
    used = [
        1000 * (servers.cpu_seconds() - before) / (who.sent - earlier)
        for servers, before, who, earlier in zip((app, bare), cpu, (phones, others), sent, strict=True)
    ]
    print(f"  of the processors a turn takes {used[0]:.2f} ms in the web process, the bare handler {used[1]:.2f} ms")
    took: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(SLICES):
        for name, (lines, who) in contenders.items():
            took[name] += await load.at_a_rate(lines, who, most[name] / 2, STEADY_SECONDS, number)
    for name, times in took.items():
        middle, late = median(times), quantiles(times, n=100)[98]
        print(
            f"  {name} at half of that rate: median {1000 * middle:.1f} ms, p99 {1000 * late:.1f} ms, {late / middle:.1f} times the median"
        )
    for lines, _who in contenders.values():
        for line in lines:
            line.hang_up()


def main() -> None:
    with database_urls(durable=True) as urls:
        for name, url in urls.items():
            upgrade(url)
            database = Database.open(url)
            print(f"{name}: {PROCESSES} processes, {CONNECTIONS} connections, {PHONES} phones")
            print(f"  statements of each answer to the follow-up: {statements_per_answer(database)}")
            invited(database, PHONES, datetime.now(UTC))
            phones, others = load.Phones(PHONES), load.Phones(PHONES * 4, first=PHONES)
            with ExitStack() as stack:
                app, bare = (stack.enter_context(serving(url, program)) for program in (APP, BARE))
                asyncio.run(compare(app, bare, phones, others))
            with database.read() as db:
                kept = db.scalar(select(func.count(Inbox.id)))
            print(f"  {phones.sent:,} messages accepted, {kept:,} in the inbox")
            database.close()

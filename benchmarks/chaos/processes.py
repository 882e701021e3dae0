"""The program's own processes, each started again whenever it ends, as a service manager does."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.chaos.wire import post

PAUSE = 0.3
"""Seconds from an end to the next start."""
STARTS_WITHIN = 60.0
STOPS_WITHIN = 45.0


@dataclass
class Keeper:
    """One process with a name. `ends` counts how it ended."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    log: Path
    ends: Counter[str] = field(default_factory=Counter)
    process: asyncio.subprocess.Process | None = None
    _closing: bool = False

    async def keep(self) -> None:
        while not self._closing:
            with self.log.open("ab") as log:
                self.process = await asyncio.create_subprocess_exec(
                    sys.executable, "-m", "bot.cli", *self.command, env=self.environment, stdout=log, stderr=log
                )
            code = await self.process.wait()
            self.ends["killed" if code == -signal.SIGKILL else "stopped" if code == 0 else "failed"] += 1
            self.process = None
            await asyncio.sleep(PAUSE)

    def kill(self) -> bool:
        """As a power cut would; False while it is down anyway."""
        return self._send(signal.SIGKILL)

    async def stop(self) -> None:
        """As an operator does: it may finish what it has in hand. `keep` then starts it again."""
        process = self.process
        if self._send(signal.SIGTERM) and process is not None:
            async with asyncio.timeout(STOPS_WITHIN):
                await process.wait()

    async def close(self) -> None:
        self._closing = True
        with suppress(TimeoutError):
            await self.stop()
        self.kill()

    def _send(self, what: signal.Signals) -> bool:
        if self.process is None or self.process.returncode is not None:
            return False
        self.process.send_signal(what)
        return True


@dataclass
class Fleet:
    keepers: list[Keeper]
    ports: list[int]
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    @classmethod
    def of(cls, web: int, work: int, settings: Mapping[str, str], folder: Path) -> Fleet:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("ACOMPANA_")}
        environment = inherited | {f"ACOMPANA_{name}": value for name, value in settings.items()}
        ports = [_free_port() for _ in range(web)]
        commands: dict[str, tuple[str, ...]] = {
            f"web {number}": ("serve", "--port", str(port)) for number, port in enumerate(ports, 1)
        }
        commands |= {f"work {number}": ("work",) for number in range(1, work + 1)}
        keepers = [
            Keeper(name, command, environment, folder / f"{name.replace(' ', '-')}.log")
            for name, command in commands.items()
        ]
        return cls(keepers, ports)

    def start(self) -> None:
        self._tasks = [asyncio.create_task(keeper.keep()) for keeper in self.keepers]

    async def ready(self) -> None:
        """Until all web processes listen. TimeoutError where one does not."""
        async with asyncio.timeout(STARTS_WITHIN):
            for port in self.ports:
                while await post(port, "/healthz", {}, b"") == 0:
                    await asyncio.sleep(0.1)

    async def roll(self) -> None:
        """One process after the other, as when a new version is brought in."""
        for keeper in self.keepers:
            await keeper.stop()
            await asyncio.sleep(2 * PAUSE)
            await self.ready()

    async def close(self) -> None:
        await asyncio.gather(*(keeper.close() for keeper in self.keepers))
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

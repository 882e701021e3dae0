"""The installed program as an operator runs it: commands, one process that is started and killed, and what it logged."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.e2e.processes import free_port

ACOMPANA = Path(sys.prefix) / "bin" / "acompana"
STARTS_WITHIN = 30.0  # seconds


@dataclass
class Program:
    """`settings` are the environment without its ACOMPANA_; every process runs in `folder` and logs to one file there."""

    folder: Path
    settings: dict[str, str]
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        path = self.folder / "log"
        return path.read_text("utf-8") if path.exists() else ""

    def do(self, *command: str) -> str:
        """Run `acompana command`, which must succeed; what it wrote."""
        done = subprocess.run(
            [str(ACOMPANA), *command],
            cwd=self.folder,
            env=self._environment(),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, f"acompana {' '.join(command)}: {done.stdout}{done.stderr}"
        return done.stdout

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            command = [str(ACOMPANA), "run", "--port", str(self.port)]
            self.process = subprocess.Popen(
                command, cwd=self.folder, env=self._environment(), stdout=log, stderr=subprocess.STDOUT
            )
        end = time.monotonic() + STARTS_WITHIN
        while not self._ready():
            assert self.process.poll() is None, f"the program stopped at once:\n{self.log}"
            assert time.monotonic() < end, f"the program is not ready after {STARTS_WITHIN} s:\n{self.log}"
            time.sleep(0.05)

    def kill(self) -> None:
        """As a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def outcomes(self) -> dict[str, dict[str, str]]:
        """The export of outcomes, by indicator."""
        self.do("export", "outcomes", "--format", "csv", "--out", "outcomes.csv")
        with (self.folder / "outcomes.csv").open(encoding="utf-8", newline="") as file:
            rows = {row["indicator"]: row for row in csv.DictReader(file)}
        (self.folder / "outcomes.csv").unlink()
        return rows

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(20)
            self.process = None

    def _ready(self) -> bool:
        try:
            return httpx.get(self.url + "/readyz", timeout=5, trust_env=False).status_code == 200
        except httpx.TransportError:
            return False

    def _environment(self) -> dict[str, str]:
        inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return {**inherited, **{f"ACOMPANA_{name}": value for name, value in self.settings.items()}}


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[Program]:
    """A migrated program with the center HT, before its start; whatever was started has ended afterwards."""
    program = Program(folder, {"SECRET_KEY": "a-key-that-stays-the-same", **settings})
    program.do("migrate")
    program.do("center", "add", "HT", "SBDC Ayiti", "--country", "HT")
    try:
        yield program
    finally:
        program.kill()

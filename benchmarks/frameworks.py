"""The seven-question survey, every answer durable, beside two frameworks for chat bots, in slices by turns.

Each contender is a process of its own that gets its messages in memory, one after the other: no web server, no sending.
Ours does in a turn what they leave out: it tells repeated messages, reads the reply, translates, queues its answer.
aiogram needs another pydantic than we do, so `uv` gives it an environment of its own.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import IO

from benchmarks.rivals.slices import PHONES_IN_A_SLICE, SLICES, SURVEY

OPEN = (300, 3000)
"""Surveys that are open while some of their phones answer: those of a small center, and of a network."""
APART = (
    "uv",
    "run",
    "--quiet",
    "--isolated",
    "--no-project",
    "--with",
    "aiogram==3.31.0",
    "--with",
    "aiosqlite==0.22.1",
)
CONTENDERS = {
    "Acompaña": (sys.executable, "-m", "benchmarks.rivals.ours"),
    "python-telegram-bot": (sys.executable, "-m", "benchmarks.rivals.telegram_bot"),
    "aiogram": (
        str(Path(sys.executable).parent / APART[0]),
        *APART[1:],
        "python",
        "-m",
        "benchmarks.rivals.aiogram_bot",
    ),
}


def main() -> None:
    for phones in OPEN:
        print(f"{phones:,} open surveys")
        compare(phones)


def compare(phones: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        running = {name: started(name, [*command, folder, str(phones)]) for name, command in CONTENDERS.items()}
        ready = {name: process for name, process in running.items() if process is not None}
        rates: dict[str, list[float]] = {name: [] for name in ready}
        for _slice in range(SLICES):
            for name, process in ready.items():
                seconds = float(asked(process, "go\n"))
                rates[name].append(PHONES_IN_A_SLICE * len(SURVEY) / seconds)
        for process in ready.values():
            process.terminate()
            process.communicate()
        ours = rates["Acompaña"]
        for name, theirs in rates.items():
            ratio = median(one / other for one, other in zip(ours, theirs, strict=True))
            print(f"  {name}: {median(theirs):,.0f} answers a second; we are {ratio:.2f} times as fast")


def started(name: str, command: list[str]) -> subprocess.Popen[str] | None:
    """The contender with all surveys open; None, with a message, if it is not installed."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    if _out(process).readline().strip() == "ready":
        return process
    process.communicate()
    print(f"{name} is NOT measured: it could not be started")
    return None


def asked(process: subprocess.Popen[str], line: str) -> str:
    assert process.stdin is not None
    process.stdin.write(line)
    process.stdin.flush()
    return _out(process).readline()


def _out(process: subprocess.Popen[str]) -> IO[str]:
    assert process.stdout is not None
    return process.stdout

"""Measurements. python -m benchmarks runs all that shows speed, at sizes that take minutes; python -m benchmarks NAME runs
one at its full size, and NAME --help tells what can be changed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from benchmarks import (
    drill,
    engine,
    export,
    frameworks,
    message,
    planning,
    reading,
    report,
    segments,
    timers,
    turns,
    web,
)
from benchmarks.chaos import command

PLAIN: dict[str, Callable[[], object]] = {
    "engine": engine.main,
    "turns": turns.main,
    "segments": segments.main,
    "web": web.main,
    "frameworks": frameworks.main,
    "drill": drill.main,
}
WITH_OPTIONS: dict[str, Callable[[Sequence[str]], int]] = {
    "message": message.main,
    "timers": timers.main,
    "planning": planning.main,
    "export": export.main,
    "report": report.main,
    "reading": reading.main,
    "chaos": command.main,
}
SIZES: dict[str, Sequence[str]] = {
    "timers": ("--rows", "1000000", "--sent", "100000"),
    "planning": ("--followups", "100000", "--due", "5000"),
    "export": ("--rows", "500000"),
    "report": ("--clients", "10000", "--figures", "500000"),
}
"""Of a run of all."""
PROOFS = ("drill", "chaos")
"""These show that nothing is lost, not how fast it goes; they run when they are named."""


def run(names: Sequence[str]) -> int:
    if names and names[0] in WITH_OPTIONS:
        return WITH_OPTIONS[names[0]](names[1:])
    every = [*PLAIN, *WITH_OPTIONS]
    if unknown := [name for name in names if name not in PLAIN]:
        sys.exit(f"no benchmark {', '.join(unknown)}; there are {', '.join(every)}")
    for name in names or [name for name in every if name not in PROOFS]:
        print(f"\n== {name} {' '.join(SIZES.get(name, ()))}".rstrip(), flush=True)
        if name in PLAIN:
            PLAIN[name]()
        elif failed := WITH_OPTIONS[name](SIZES.get(name, ())):
            return failed
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))

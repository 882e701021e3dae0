"""All measurements in one run: python -m benchmarks [name …]"""

from __future__ import annotations

import sys

from benchmarks import drill, engine, export, frameworks, message, planning, segments, timers, turns, web
from benchmarks.chaos import command

ALL = {"engine": engine.main, "turns": turns.main, "segments": segments.main}

ON_REQUEST = {"drill": drill.main, "web": web.main, "frameworks": frameworks.main}
"""What takes minutes runs only when it is named."""


WITH_OPTIONS = {
    "chaos": command.main,
    "timers": timers.main,
    "export": export.main,
    "planning": planning.main,
    "message": message.main,
}
"""What takes options of its own: python -m benchmarks chaos --help"""


def run(names: list[str]) -> None:
    if names and names[0] in WITH_OPTIONS:
        sys.exit(WITH_OPTIONS[names[0]](names[1:]))
    known = {**ALL, **ON_REQUEST}
    unknown = [name for name in names if name not in known]
    if unknown:
        sys.exit(f"no benchmark {', '.join(unknown)}; there are {', '.join([*known, *WITH_OPTIONS])}")
    for name in names or ALL:
        print(f"\n== {name}")
        known[name]()


if __name__ == "__main__":
    run(sys.argv[1:])

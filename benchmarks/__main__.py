"""All measurements in one run: python -m benchmarks [name …]"""

from __future__ import annotations

import sys

from benchmarks import engine, segments, turns

ALL = {"engine": engine.main, "turns": turns.main, "segments": segments.main}


def run(names: list[str]) -> None:
    unknown = [name for name in names if name not in ALL]
    if unknown:
        sys.exit(f"no benchmark {', '.join(unknown)}; there are {', '.join(ALL)}")
    for name in names or ALL:
        print(f"\n== {name}")
        ALL[name]()


if __name__ == "__main__":
    run(sys.argv[1:])

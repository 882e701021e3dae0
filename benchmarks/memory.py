"""How much memory a piece of work takes at most, as the system sees it."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

STATUS, RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


class Peak:
    """`mib`: by how many MiB the process grew at most while the context lasted (on Linux; elsewhere 0)."""

    mib = 0.0

    def __enter__(self) -> Peak:
        if RESET.exists():
            RESET.write_text("5")
        self._before = _kib("VmRSS")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.mib = max(0, _kib("VmHWM") - self._before) / 1024


def _kib(name: str) -> int:
    if not STATUS.exists():
        return 0
    return next(int(line.split()[1]) for line in STATUS.read_text().splitlines() if line.startswith(f"{name}:"))

"""A location that was shared, in words."""

from __future__ import annotations

LONGEST = 120
"""Characters of what a location is called; more is no town or village."""


def place(latitude: float | str, longitude: float | str, *names: str | None) -> str:
    """What it is called, else its degrees to about a hundred meters; "" where neither can be read."""
    called = ", ".join(dict.fromkeys(" ".join(name.split()) for name in names if name and name.strip()))
    if called and len(called) <= LONGEST:
        return called
    try:
        return f"{float(latitude):.3f}, {float(longitude):.3f}"
    except ValueError:
        return ""

"""What people write into the fields of a form. Raises Refused with a sentence that says how to mend it."""

from __future__ import annotations

from web.console.context import Refused


def whole(given: str, what: str) -> int:
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        raise Refused(f"{what}: write a whole number.")
    return int(given)

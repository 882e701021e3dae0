"""A button as it comes back: which conversation it belonged to, and which prompt of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

TOKEN = re.compile(r"(?P<choice>.*)~(?P<conversation>\d{1,18})\.(?P<asked>\d{1,9})\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Tap:
    choice: str
    #: The conversation's id.
    conversation: int
    #: How many prompts it had shown by then.
    asked: int

    @classmethod
    def of(cls, payload: str) -> Tap | None:
        """None for a button that belongs to no conversation."""
        match = TOKEN.match(payload)
        if match is None:
            return None
        return cls(match["choice"], int(match["conversation"]), int(match["asked"]))

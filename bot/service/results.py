"""What a use case hands back to the console, the command line or the staff chat that called it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """It was done, and stands in the audit log."""

    #: What the caller shows of it.
    result: T


@dataclass(frozen=True, slots=True)
class Refused:
    """It was not done, and nothing was changed."""

    #: Why, in English for staff, without the subject: "wrote STOP on 2026-01-05".
    reason: str
    #: The name of the argument that is wrong; "" where it is none of them.
    field: str = ""
    #: One problem per line, where there are several.
    details: tuple[str, ...] = ()

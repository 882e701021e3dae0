"""What a use case hands back to the console, the command line or the staff chat that called it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from storage.imports.csv_table import Problem

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


def broken(problems: Sequence[Problem], good: int) -> Refused:
    """The refusal of a table with broken rows, each of them in its details."""
    lines = len({problem.line for problem in problems})
    rows = f"{lines} row{' is' if lines == 1 else 's are'} broken"
    reason = f"{rows}, {good} {'is' if good == 1 else 'are'} good"
    return Refused(reason, details=tuple(map(str, problems)))

"""Where a conversation stands: small, JSON, and good for weeks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.model import Month, Reading


@dataclass(frozen=True, slots=True)
class State:
    """`asked` counts the prompts that differ (a button carries it, so that an old one is told from a current one);
    `tries` counts replies to the current prompt that were not understood; `pending` is a reading that was read back
    and awaits a yes, `raw` the words it came in; `path` holds the answered questions in order, for going back.
    `month_asked_on` is the client's local day on which a question about a month was first put: what "last month" means
    in the whole conversation, however late the replies come."""

    flow: str
    version: int
    question: str | None = None
    answers: Mapping[str, Reading] = field(default_factory=dict)
    path: tuple[str, ...] = ()
    tries: int = 0
    asked: int = 0
    pending: Reading | None = None
    raw: str = ""
    done: bool = False
    month_asked_on: date | None = None

    @property
    def month(self) -> Month | None:
        """The month that the conversation asks about; None where it has asked about none."""
        return Month.before(self.month_asked_on) if self.month_asked_on is not None else None

    def to_json(self) -> dict[str, Any]:
        out: dict[str, Any] = {"flow": self.flow, "version": self.version}
        if self.question is not None:
            out["question"] = self.question
        if self.answers:
            out["answers"] = {name: reading.to_json() for name, reading in self.answers.items()}
        if self.path:
            out["path"] = list(self.path)
        if self.tries:
            out["tries"] = self.tries
        if self.asked:
            out["asked"] = self.asked
        if self.pending is not None:
            out["pending"] = self.pending.to_json()
            out["raw"] = self.raw
        if self.done:
            out["done"] = True
        if self.month_asked_on is not None:
            out["month_asked_on"] = self.month_asked_on.isoformat()
        return out

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> State:
        pending, month_asked_on = data.get("pending"), data.get("month_asked_on")
        return cls(
            flow=data["flow"],
            version=data["version"],
            question=data.get("question"),
            answers={name: Reading.from_json(reading) for name, reading in data.get("answers", {}).items()},
            path=tuple(data.get("path", ())),
            tries=data.get("tries", 0),
            asked=data.get("asked", 0),
            pending=Reading.from_json(pending) if pending else None,
            raw=data.get("raw", ""),
            done=data.get("done", False),
            month_asked_on=date.fromisoformat(month_asked_on) if month_asked_on else None,
        )

"""Labelled replies and how a reading of one is judged.

A file of tests/data/replies holds blocks. `== COUNTRY QUESTION` opens one; each line after it is `reply => label`,
where a label is what a careful clerk would write down, then ` / ` and what else is fair:

    4500 XCD                     a figure, with the currency that must come with it
    600 per week (2400 2700)     the figure as stated, its period, and between what a conversion must lie
    zero  unknown  refused  ?    no figure: nothing, does not know, would not say, to be asked again
    yes  no  2019-05             the other kinds of value

A quarter of the rows, picked by a checksum of their text, and the files of the folder `late`, which were written after
the readers, are held out: `held_out`.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "data" / "replies"
TODAY = "2025-03-14"


class Verdict(StrEnum):
    RIGHT = "right"
    RIGHT_ASKED = "right, read back or asked again"
    NEEDLESS = "needlessly asked again"
    WRONG_ASKED = "wrong, but read back"
    WRONG_SILENT = "silently wrong"


@dataclass(frozen=True, slots=True)
class Label:
    outcome: str
    value: Decimal | bool | str | None = None
    currency: str = ""
    period: str = ""
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Labelled:
    text: str
    language: str
    country: str
    ask: str
    labels: tuple[Label, ...]
    late: bool = False

    @property
    def held_out(self) -> bool:
        return self.late or zlib.crc32(self.text.encode()) % 4 == 0

    @property
    def answerable(self) -> bool:
        return self.labels[0].outcome in ("value", "zero")

    def row(self) -> dict[str, str]:
        return {"text": self.text, "ask": self.ask, "lang": self.language, "country": self.country, "today": TODAY}


def replies() -> list[Labelled]:
    return [row for path in sorted(FOLDER.rglob("*.txt")) for row in _read(path)]


def _read(path: Path) -> list[Labelled]:
    rows: list[Labelled] = []
    country = ask = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            _, country, ask = line.split()
        elif " => " in line:
            text, labels = line.rsplit(" => ", 1)
            rows.append(
                Labelled(
                    text,
                    path.stem,
                    country,
                    ask,
                    tuple(_label(part, ask) for part in labels.split(" / ")),
                    path.parent != FOLDER,
                )
            )
    return rows


def _label(written: str, ask: str) -> Label:
    if written == "?":
        return Label("ask_again")
    if written in ("zero", "unknown", "refused"):
        return Label(written, Decimal(0) if written == "zero" else None)
    if ask == "yesno":
        return Label("value", written == "yes")
    if ask == "date":
        return Label("value", written)
    number, *rest = written.split()
    if rest[:1] == ["per"]:
        low, high = (Decimal(bound.strip("()")) for bound in rest[2:4])
        return Label("value", Decimal(number), rest[4] if len(rest) > 4 else "", rest[1], low, high)
    return Label("value", Decimal(number), rest[0] if rest else "")


def judge(row: Labelled, read: dict[str, Any]) -> Verdict:
    """What became of a labelled reply, given the row that `acompana read --jsonl` answers."""
    outcome, asked = read["outcome"], bool(read["confirm"])
    if outcome == "command":
        outcome = "ask_again"
    fair = any(_fits(label, outcome, read) for label in row.labels)
    if outcome in ("value", "zero"):
        if fair:
            return Verdict.RIGHT_ASKED if asked else Verdict.RIGHT
        return Verdict.WRONG_ASKED if asked else Verdict.WRONG_SILENT
    if not fair:
        return Verdict.NEEDLESS
    return Verdict.RIGHT_ASKED if outcome == "ask_again" else Verdict.RIGHT


def _fits(label: Label, outcome: str, read: dict[str, Any]) -> bool:
    if label.outcome not in ("value", "zero"):
        return outcome == label.outcome
    if outcome not in ("value", "zero"):
        return False
    value = read["value"]
    if isinstance(label.value, bool) or isinstance(value, bool):
        return value is label.value
    if isinstance(label.value, str) or isinstance(value, str):
        return bool(value == label.value)
    if label.currency and read["currency"] != label.currency:
        return False
    number = Decimal(str(value))
    if label.period:
        return (number == label.value and read["period"] == label.period) or (
            label.low <= number <= label.high and read["period"] is None
        )
    return number == label.value and read["period"] is None

"""One row of `acompana read --jsonl`: a reply and its question in, what it was read as out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from bot.answers import read
from bot.answers.ask import Ask
from bot.answers.commands import Command, recognise
from bot.indicators import INDICATORS
from bot.model import Kind, Reading

KINDS = {kind.value: kind for kind in (Kind.COUNT, Kind.AMOUNT, Kind.PERCENT, Kind.YESNO, Kind.DATE)}
NAMED = {name: indicator for name, indicator in INDICATORS.items() if indicator.kind.value in KINDS}
ASKS = (*KINDS, *NAMED)
"""What `ask` may say: a kind, or the name of a built-in indicator."""

_NEVER_AN_ANSWER = frozenset(Command) - {Command.PAUSE, Command.SKIP, Command.BACK, Command.FOLLOWUP, Command.PERSON}


def read_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """How the row's `text` is read; its `id`, if any, is handed back. A bad row raises ValueError naming the field.

    Row: `text` and `ask` (one of ASKS) are required; `lang` (default "en"), `country` (ISO alpha-2), `today`
    (YYYY-MM-DD), `asked` (the day of the question, where it is not `today`), `last` (the client's last figure) and `id` are
    not. Result: outcome (value, zero, unknown, refused,
    ask_again or command), value (a number, a bool or a string), currency, period, approximate, confirm, reason.
    """
    text = _string(row, "text", required=True)
    name = _string(row, "ask", required=True)
    if name not in ASKS:
        raise ValueError(f"ask: {name!r} is not one of {', '.join(sorted(ASKS))}")
    ask = Ask(
        kind=NAMED[name].kind if name in NAMED else KINDS[name],
        indicator=NAMED.get(name),
        country=_string(row, "country").upper(),
        language=_string(row, "lang") or "en",
        today=_date(row, "today"),
        asked=_date(row, "asked"),
        last=_last(row),
    )
    reading = read(text, ask)
    command = recognise(text)
    taken = command is not None and (command in _NEVER_AN_ANSWER or not reading.answered)
    answer = _command(str(command)) if taken else _answer(reading)
    return {"id": row["id"], **answer} if "id" in row else answer


def _answer(reading: Reading) -> dict[str, Any]:
    value = reading.value
    if isinstance(value, Decimal):
        value_out: Any = int(value) if value == value.to_integral_value() else float(value)
    else:
        value_out = value
    return {
        "outcome": reading.outcome.value,
        "value": value_out,
        "currency": reading.currency,
        "period": reading.period,
        "approximate": reading.approximate,
        "confirm": reading.confirm,
        "reason": reading.reason,
    }


def _command(name: str) -> dict[str, Any]:
    empty = {"value": None, "currency": None, "period": None, "approximate": False, "confirm": False}
    return {"outcome": "command", **empty, "reason": f"the command {name.upper()}"}


def _string(row: Mapping[str, Any], name: str, *, required: bool = False) -> str:
    given = row.get(name)
    if given is None and not required:
        return ""
    if not isinstance(given, str):
        raise ValueError(f"{name}: {'is missing' if given is None else 'must be a string'}")
    return given


def _date(row: Mapping[str, Any], name: str) -> date | None:
    given = _string(row, name)
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise ValueError(f"{name}: {given!r} is not a date like 2026-03-14") from None


def _last(row: Mapping[str, Any]) -> Decimal | None:
    given = row.get("last")
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        raise ValueError("last: must be a number")
    try:
        last = Decimal(str(given))
    except ArithmeticError:
        raise ValueError(f"last: {given!r} is not a number") from None
    if not last.is_finite():
        raise ValueError(f"last: {given!r} is not a number")
    return last

"""How a value is written in a table: ISO dates, dot decimals, and nothing that a spreadsheet would calculate."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

from storage.exports.table import Cell

FORMULA = frozenset("=+-@")
_UNSEEN = r"[^\S\t\r\n]|[\u200b-\u200f\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]"
_PLAIN = re.compile(r"[A-Za-z0-9][ -:<-~]*")
"""What needs no second look: it begins with a letter or a digit, and nothing in it begins another cell."""
_CELL_START = re.compile(rf"(^|[;\t\r\n])((?:{_UNSEEN})*)(?=(.))")


def written(cell: Cell) -> str:
    """`cell` as CSV holds it."""
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case Decimal():
            return f"{cell:f}"
        case datetime():
            return f"{cell.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        case date():
            return cell.isoformat()
        case str():
            return harmless(cell)
        case _:
            return str(cell)


def harmless(text: str) -> str:
    """`text` with an apostrophe before whatever a spreadsheet would take for a formula: at its start, and where a
    spreadsheet that separates by semicolons, or reads line by line, would begin a new cell. Whitespace, invisible
    characters and the full-width forms of = + - @ are seen through."""
    if _PLAIN.fullmatch(text):
        return text
    guarded = _CELL_START.sub(_guarded, text)
    return f"'{guarded}" if text[:1] in ("\t", "\r") else guarded


def _guarded(match: re.Match[str]) -> str:
    before, space, first = match.groups()
    return f"{before}'{space}" if unicodedata.normalize("NFKC", first)[0] in FORMULA else match[0]

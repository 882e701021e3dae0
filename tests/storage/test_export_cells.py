"""How values are written into the cells of an export."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from storage.exports.cells import harmless, written
from storage.exports.xlsx_file import XlsxFile


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Decimal("-4500.50"), "-4500.50"),
        (Decimal("1E+6"), "1000000"),
        (-3, "-3"),
        (True, "yes"),
        (None, ""),
        (date(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 3, 1, 12, 0, 5, 99, tzinfo=UTC), "2026-03-01T12:00:05Z"),
        ("-5", "'-5"),
        ("Pan & Co", "Pan & Co"),
    ],
)
def test_how_a_value_is_written(cell: Any, text: str) -> None:
    assert written(cell) == text


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+1758", "'+1758"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "'  =1"),
        ("\u00a0=1", "'\u00a0=1"),
        ("\ufeff\u200b=1", "'\ufeff\u200b=1"),
        ("\x00=1", "'\x00=1"),
        ("＝1", "'＝1"),
        ("﹢1", "'﹢1"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\t=x", "'\t'=x"),
        ("a;=1", "a;'=1"),
        ("a; ;=1", "a; ;'=1"),
        ("a\n=1", "a\n'=1"),
        ("a\r\n =1", "a\r\n' =1"),
        ("\n=1", "\n'=1"),
        ("a = 1 + 2", "a = 1 + 2"),
        ("a-b@c", "a-b@c"),
        ("", ""),
        ("   ", "   "),
    ],
)
def test_no_text_is_taken_for_a_formula(text: str, safe: str) -> None:
    assert harmless(text) == safe
    assert harmless(safe) == safe


def test_a_full_sheet_is_followed_by_another_one() -> None:
    out = io.BytesIO()
    book = XlsxFile(out, "answers", ["n"], rows=3)
    for number in range(5):
        book.write([number])
    book.write([Decimal("12345678901234567.25")])
    book.close()
    with zipfile.ZipFile(out) as parts:
        assert sorted(re.findall(rb'sheet name="([^"]+)"', parts.read("xl/workbook.xml"))) == [
            b"answers",
            b"answers 2",
            b"answers 3",
        ]
        assert b"12345678901234567.25" in parts.read("xl/worksheets/sheet3.xml")

"""acompana read: replies as JSON, one by one."""

from __future__ import annotations

import json

import pytest

from bot.answers.rows import read_row
from tests.cli import Shell


def test_a_reply_is_read_as_json(sh: Shell) -> None:
    answer = json.loads(sh.ok("read --ask sales_month --country LC --lang en 'EC$4,500'"))
    assert (answer["outcome"], answer["value"], answer["currency"]) == ("value", 4500, "XCD")
    assert json.loads(sh.ok("read --ask count -5"))["outcome"] == "ask_again"
    assert json.loads(sh.ok("read --ask date --today 2026-03-14 yesterday"))["value"] == "2026-03-13"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("read", "TEXT: is missing"),
        ("read 12", "--ask: is missing"),
        ("read --ask sales 12", "--ask: 'sales' is not one of amount,"),
        ("read --ask count --today soon 12", "--today: 'soon' is not a date like 2026-03-14"),
        ("read --jsonl 12", "TEXT: comes from standard input"),
    ],
)
def test_what_cannot_be_read(sh: Shell, line: str, told: str) -> None:
    said = sh(line)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(told)


def test_rows_are_read_one_by_one_and_broken_ones_named(sh: Shell) -> None:
    rows = [
        b'{"id": 1, "text": "3", "ask": "count"}',
        b"",
        b"{",
        b'{"text": "3"}',
        b"[3]",
        b'{"text": "3", "ask": "count", "last": NaN}',
        b"\xff",
        b'{"id": "x", "text": "12", "ask": "amount", "country": "DO"}',
    ]
    said = sh("read --jsonl --country LC", b"\n".join(rows))
    answers = [json.loads(line) for line in said.out.splitlines()]
    assert [(answer["id"], answer["value"], answer["currency"]) for answer in answers] == [
        (1, 3, None),
        ("x", 12, "DOP"),
    ]
    assert said.err.splitlines() == [
        "line 3: is not JSON (Expecting property name enclosed in double quotes at character 2)",
        "line 4: ask: is missing",
        'line 5: a row must be an object, like {"text": "2 mil", "ask": "amount"}',
        "line 6: last: nan is not a number",
        "line 7: is not UTF-8",
    ]
    assert said.code == 1


def test_a_month_is_judged_by_the_day_of_the_question() -> None:
    row = {"text": "5,200 in November", "ask": "sales_month", "country": "LC", "today": "2026-01-02"}
    assert read_row({**row, "asked": "2025-12-31"})["value"] == 5200
    assert read_row(row)["outcome"] == "ask_again"

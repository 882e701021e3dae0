"""The labelled replies, and the floors under which the reading of them may not fall."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from bot.answers.rows import read_row
from bot.model import LANGUAGES
from tests.answers.replies import Labelled, Verdict, judge, replies

ROWS = replies()
FRICTION = (Verdict.RIGHT_ASKED, Verdict.NEEDLESS, Verdict.WRONG_ASKED)


@cache
def _verdict(row: Labelled) -> Verdict:
    return judge(row, read_row(row.row()))


def _verdicts(rows: list[Labelled]) -> Counter[Verdict]:
    return Counter(map(_verdict, rows))


def _share(counts: Counter[Verdict], *verdicts: Verdict) -> float:
    return sum(counts[verdict] for verdict in verdicts) / max(counts.total(), 1)


@pytest.mark.parametrize("held_out", [False, True], ids=["tuned on", "held out"])
def test_readings_hold_the_floor(held_out: bool) -> None:
    counts = _verdicts([row for row in ROWS if row.held_out is held_out])

    assert counts.total() > 900
    assert _share(counts, Verdict.RIGHT, Verdict.RIGHT_ASKED) >= 0.96
    assert _share(counts, Verdict.WRONG_SILENT) <= 0.005


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_holds_the_floor(language: str) -> None:
    counts = _verdicts([row for row in ROWS if row.language == language])

    assert counts.total() > 250
    assert _share(counts, Verdict.RIGHT, Verdict.RIGHT_ASKED) >= 0.96
    assert _share(counts, Verdict.WRONG_SILENT) <= 0.005


def test_answerable_replies_are_seldom_asked_about() -> None:
    plain = [row for row in ROWS if row.answerable and len(row.labels) == 1 and not row.labels[0].period]

    assert _share(_verdicts(plain), *FRICTION) <= 0.06

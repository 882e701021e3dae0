"""A follow-up filled in on one page: what is kept of the replies, what is read back, and what is asked again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.flows.followup import FOLLOWUP
from bot.flows.form import Context, Drop, Keep, Measure
from bot.flows.sheet import Sheet, fill
from bot.model import LANGUAGES
from bot.text.language import Catalogs

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
CONTEXT = Context(
    "en",
    "LC",
    "XCD",
    NOW.date(),
    {"currency": "EC$", "first_name": "Ana", "center": "SBDC"},
    {"sales_month": Decimal(4500)},
    LANGUAGES,
    Catalogs.load().spellings,
)
FULL = {
    "sales_month": "5200",
    "employees_full": "3",
    "employees_part": "1",
    "exports_month": "none",
    "financing": "0",
    "attribution": "Partly",
}


def filled(replies: Mapping[str, str], **agreed: str) -> Sheet:
    return fill(FOLLOWUP, CONTEXT, NOW, replies, agreed)


def kept(sheet: Sheet) -> dict[str, object]:
    """The figures at the end of the steps."""
    return {
        effect.indicator: effect.reading.value
        for step in sheet.steps
        for effect in step.effects
        if isinstance(effect, Measure)
    }


def test_a_full_page_is_kept_as_the_chat_would() -> None:
    sheet = filled(FULL)
    assert sheet.complete
    assert kept(sheet) == {
        "sales_month": Decimal(5200),
        "employees_full": Decimal(3),
        "employees_part": Decimal(1),
        "exports_month": Decimal(0),
        "financing": Decimal(0),
        "attribution": "partly",
    }
    words = {e.question: e.raw for step in sheet.steps for e in step.effects if isinstance(e, Keep)}
    assert words["exports_month"] == "none"


def test_the_questions_come_in_the_order_of_the_survey_and_without_its_opening() -> None:
    lines = filled({}).lines
    assert [line.question.name for line in lines] == list(FULL)
    assert lines[0].ask.text.startswith("About how much did you sell in {month}")


def test_what_is_left_empty_is_skipped() -> None:
    sheet = filled({**FULL, "financing": "", "exports_month": "skip"})
    assert sheet.complete
    hints = {line.question.name: line.reading.hint for line in sheet.lines if line.reading}
    assert (hints["financing"], hints["exports_month"], hints["sales_month"]) == ("skipped", "skipped", "")


@pytest.mark.parametrize("replies", [{}, dict.fromkeys(FULL, " ")])
def test_an_empty_page_is_not_complete(replies: dict[str, str]) -> None:
    assert filled(replies).empty
    assert not filled(replies).complete


UNCLEAR = [
    ("sales_month", "about"),
    ("sales_month", "STOP"),
    ("sales_month", "Español"),
    ("employees_full", "EC$500"),
    ("attribution", "maybe"),
]


@pytest.mark.parametrize(("question", "reply"), UNCLEAR)
def test_a_reply_that_cannot_be_read_keeps_the_page_open(question: str, reply: str) -> None:
    sheet = filled({**FULL, question: reply})
    line = next(line for line in sheet.lines if line.question.name == question)
    assert not sheet.complete
    assert [one.question.name for one in sheet.lines if one.open] == [question]
    assert line.problem is not None
    assert (line.typed, line.reading) == (reply, None)
    assert len(sheet.lines) == len(FULL)


READ_BACK = [
    ("450000", "450000", "450000"),
    ("1200 a week", "1200", "5200"),
]


@pytest.mark.parametrize(("reply", "shown", "kept_as"), READ_BACK)
def test_a_figure_that_is_read_back_is_kept_when_it_is_agreed_to(reply: str, shown: str, kept_as: str) -> None:
    replies = {**FULL, "sales_month": reply}
    sheet = filled(replies)
    line = sheet.lines[0]
    assert not sheet.complete
    assert line.read_back is not None
    assert shown in line.agreement
    assert not filled(replies, sales_month="value 45 XCD").complete
    agreed = filled(replies, sales_month=line.agreement)
    assert agreed.complete
    assert kept(agreed)["sales_month"] == Decimal(kept_as)


def test_one_reply_may_answer_two_questions() -> None:
    sheet = filled({**FULL, "employees_full": "2 full 4 part", "employees_part": ""})
    assert sheet.complete
    assert kept(sheet)["employees_part"] == Decimal(4)
    assert [line.question.name for line in sheet.lines] == list(FULL)


def test_a_reply_of_its_own_counts_before_what_another_one_says() -> None:
    sheet = filled({**FULL, "employees_full": "2 full 4 part", "employees_part": "5"})
    assert sheet.complete
    assert (kept(sheet)["employees_full"], kept(sheet)["employees_part"]) == (Decimal(2), Decimal(5))
    assert not any(isinstance(effect, Drop) for step in sheet.steps for effect in step.effects)


def test_as_read_changes_with_what_is_read_and_not_with_its_words() -> None:
    assert filled(FULL).as_read == filled({**FULL, "sales_month": "5,200"}).as_read
    assert filled(FULL).as_read != filled({**FULL, "sales_month": "5300"}).as_read

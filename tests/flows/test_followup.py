"""The follow-up as tables: which questions are asked, and by which month a reply is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.flows.engine import advance, begin
from bot.flows.followup import FOLLOWUP
from bot.flows.form import Begin, Context, Heard, Measure, Nudged
from bot.flows.state import State
from bot.model import Month, Say
from tests.flows.phone import carried
from tests.phrases import context, sms

BEFORE = {"employees_full": Decimal(2), "employees_part": Decimal(1)}
NEW_YEARS_EVE, SECOND = datetime(2025, 12, 31, 18, tzinfo=UTC), datetime(2026, 1, 2, 18, tzinfo=UTC)


def asked(*replies: str, last: dict[str, Decimal] | None = None) -> tuple[list[str], dict[str, Measure]]:
    """The questions in the order asked, read-backs left out, and the figures at the end."""
    here = context("en", BEFORE if last is None else last)
    step = advance(FOLLOWUP, begin(FOLLOWUP), Begin(SECOND), here)
    questions = [step.state.question or ""]
    for reply in replies:
        step = advance(FOLLOWUP, carried(step.state), Heard(SECOND, reply), here)
        if step.state.question and step.state.pending is None:
            questions.append(step.state.question)
    return questions, {effect.indicator: effect for effect in step.effects if isinstance(effect, Measure)}


@pytest.mark.parametrize(
    ("full", "part", "attribution", "last", "retained"),
    [
        ("2", "1", "yes", None, True),
        ("2", "1", "partly", None, True),
        ("2", "1", "no", None, False),
        ("2", "1", "skip", None, False),
        ("1", "1", "yes", None, True),
        ("1", "2", "yes", None, True),
        ("3", "1", "yes", None, False),
        ("2", "2", "yes", None, False),
        ("0", "0", "yes", None, False),
        ("skip", "1", "yes", None, False),
        ("2", "1", "yes", {}, False),
        ("2", "1", "yes", {"employees_full": Decimal(2)}, False),
    ],
)
def test_jobs_saved_are_asked_for_where_nobody_was_added(
    full: str, part: str, attribution: str, last: dict[str, Decimal] | None, retained: bool
) -> None:
    questions, _figures = asked("2500", full, part, "0", "0", attribution, last=last)
    assert ("retained" in questions) == retained
    assert questions[-1] == ("retained" if retained else "review")


@pytest.mark.parametrize(
    ("financing", "kind"), [("0", None), ("no", None), ("skip", None), ("9000", "loan"), ("9000", "equity")]
)
def test_the_kind_is_asked_for_where_money_came_in(financing: str, kind: str | None) -> None:
    said = {"loan": ["1"], "equity": ["investment"], None: []}[kind]
    questions, figures = asked("2500", "3", "1", "0", financing, *said, "yes", "yes")
    assert ("financing_kind" in questions) == (kind is not None)
    assert figures["financing"].kind == kind


def test_seven_prompts_and_nine_at_worst() -> None:
    assert len(asked("2500", "3", "1", "0", "0", "yes")[0]) == 7
    assert len(asked("2500", "2", "1", "0", "9000", "loan", "yes", "1")[0]) == 9


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (["attribution", "no"], {"attribution"}),
        (["full-time", "5"], {"employees_full"}),
        (["financing", "0"], {"retained"}),
    ],
)
def test_what_a_later_answer_makes_pointless_is_no_figure(change: list[str], left: set[str]) -> None:
    questions, figures = asked("2500", "2", "1", "0", "9000", "loan", "yes", "1", "change", *change, "yes")
    assert "review" in questions
    assert left <= figures.keys()
    assert ("retained" in figures) == (change[0] == "financing")
    assert (figures["financing"].kind is None) == (change[0] == "financing")


def test_a_plain_no_saves_no_jobs() -> None:
    _questions, figures = asked("2500", "2", "1", "0", "0", "yes", "no", "yes")
    assert (figures["retained"].reading.value, figures["retained"].reading.currency) == (0, None)


# --- the month that is asked about -----------------------------------------------------------------------------------


def at(day: date) -> Context:
    return replace(context("en"), today=day)


def on_new_years_eve() -> State:
    step = advance(FOLLOWUP, begin(FOLLOWUP), Begin(NEW_YEARS_EVE), at(date(2025, 12, 31)))
    assert "sell in November, in" in sms("en", *(each for each in step.effects if isinstance(each, Say))).text
    return carried(step.state)


@pytest.mark.parametrize(
    ("reply", "kept", "said"),
    [
        ("5,200", 5200, "full-time now"),
        ("5,200 in November", 5200, "full-time now"),
        ("5,200 in December", None, "I need the figure for November."),
        ("600 a week", None, "makes about EC$2,600 a month"),
    ],
)
def test_a_reply_is_read_by_the_day_of_the_question(reply: str, kept: int | None, said: str) -> None:
    step = advance(FOLLOWUP, on_new_years_eve(), Heard(SECOND, reply), at(date(2026, 1, 2)))
    reading = step.state.answers.get("sales_month")
    assert (reading.value if reading else None) == kept
    assert said in sms("en", *(each for each in step.effects if isinstance(each, Say))).text
    assert str(carried(step.state).month) == "2025-11"


def test_the_whole_conversation_is_about_one_month() -> None:
    here = at(date(2026, 1, 2))
    nudged = advance(FOLLOWUP, on_new_years_eve(), Nudged(SECOND), here)
    assert "in November" in sms("en", *(each for each in nudged.effects if isinstance(each, Say))).text
    state = nudged.state
    for reply in ("5200", "2", "1"):
        step = advance(FOLLOWUP, carried(state), Heard(SECOND, reply), here)
        state = step.state
    assert "Of your November sales" in sms("en", *(each for each in step.effects if isinstance(each, Say))).text


@pytest.mark.parametrize(
    ("day", "month"),
    [(date(2026, 1, 1), "2025-12"), (date(2025, 12, 31), "2025-11"), (date(2026, 3, 31), "2026-02")],
)
def test_last_month(day: date, month: str) -> None:
    assert str(Month.before(day)) == month

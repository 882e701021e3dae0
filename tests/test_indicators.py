"""Indicators: one record each, from which questions, readers and reports take what they need."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.answers import read
from bot.answers.ask import Ask
from bot.answers.rows import read_row
from bot.flows.catalog import FLOWS
from bot.flows.followup import FOLLOWUP
from bot.flows.form import Question, measured
from bot.indicators import CORRECTABLE, EMPLOYEES_FULL, FTE, INDICATORS, SALES_MONTH, Bounds, order_of
from bot.model import Kind

PROFIT = replace(
    SALES_MONTH,
    name="profit_month",
    label="Profit last month",
    bounds=Bounds(Decimal(0), Decimal(1), Decimal(500_000), Decimal(100_000_000)),
    not_it=frozenset({"sold", "debts", "not_sales"}),
)


def test_an_amount_without_a_period_is_no_question() -> None:
    with pytest.raises(ValueError, match="question 'profit' asks for an amount and names no period"):
        Question("profit", Kind.AMOUNT, "How much was left?")
    with pytest.raises(ValueError, match="names no period"):
        measured(replace(SALES_MONTH, period=None), "How much?")


def test_every_amount_of_every_flow_has_its_period() -> None:
    amounts = [question for flow in FLOWS.values() for question in flow.questions if question.kind is Kind.AMOUNT]
    assert {question.name for question in amounts} == {"sales_month", "exports_month", "financing"}
    assert all(question.indicator is INDICATORS[question.name] for question in amounts)


@pytest.mark.parametrize("name", INDICATORS)
def test_a_record_is_whole(name: str) -> None:
    indicator = INDICATORS[name]
    bounds = indicator.bounds
    assert indicator.name == name
    assert "{value}" in indicator.line
    assert bounds.ask_below <= bounds.confirm_below < bounds.confirm_above < bounds.ask_above
    assert indicator.money == (indicator.kind is Kind.AMOUNT)


def test_the_order_of_reports() -> None:
    names = ["financing", "own", FTE, "employees_part", "sales_month", "employees_full", "exports_month"]
    assert sorted(names, key=order_of) == [
        "sales_month",
        "exports_month",
        "employees_full",
        "employees_part",
        "fte",
        "financing",
        "own",
    ]


def test_what_may_be_corrected_is_asked_for() -> None:
    asked = {question.indicator.name for question in FOLLOWUP.questions if question.indicator}
    assert set(CORRECTABLE) == asked


def test_the_invitation_counts_the_questions() -> None:
    counted = [question for question in FOLLOWUP.questions if question.indicator]
    assert f"{len(counted)} quick questions" in FOLLOWUP.questions[0].opening


@pytest.mark.parametrize(
    ("text", "value", "period", "confirm"),
    [
        ("3000", 3000, None, False),
        ("600 a week", 600, "week", True),
        ("profit 3000", 3000, None, False),
        ("3000 left over", 3000, None, False),
        ("sold 3000", None, None, False),
        ("spent 3000", None, None, False),
    ],
)
def test_a_new_indicator_is_read_by_its_record(text: str, value: int | None, period: str | None, confirm: bool) -> None:
    reading = read(text, Ask(Kind.AMOUNT, PROFIT, "LC", today=date(2026, 3, 14)))
    assert reading.value == value
    assert (reading.period, reading.confirm) == (period, confirm) or value is None


@pytest.mark.parametrize("text", ["profit 3000", "spent 3000", "3000 left over", "borrowed 3000"])
def test_what_is_no_sales_is_asked_again(text: str) -> None:
    assert not read(text, Ask(Kind.AMOUNT, SALES_MONTH, "LC")).answered


def test_read_knows_every_indicator_with_a_figure() -> None:
    for name, indicator in INDICATORS.items():
        if indicator.kind is Kind.CHOICE:
            continue
        assert read_row({"text": "12", "ask": name, "country": "LC"})["outcome"] in ("value", "ask_again")


def test_the_number_of_people_is_bounded_by_its_record() -> None:
    assert read("60", Ask(Kind.COUNT, EMPLOYEES_FULL)).confirm
    assert not read("40", Ask(Kind.COUNT, EMPLOYEES_FULL)).confirm

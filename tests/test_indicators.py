"""Indicators: one record each, from which questions, readers and reports take what they need."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random

import pytest

from bot.answers import read
from bot.answers.ask import Ask
from bot.answers.rows import read_row
from bot.demo.business import Business
from bot.demo.places import PLACES
from bot.flows.catalog import FLOWS
from bot.flows.engine import Step, advance, begin
from bot.flows.followup import FOLLOWUP
from bot.flows.form import Begin, Flow, Heard, Keep, Question, measured
from bot.indicators import CORRECTABLE, EMPLOYEES_FULL, FTE, INDICATORS, SALES_MONTH, Bounds, order_of
from bot.messages.conversation_costs import sample_context
from bot.messages.first_messages import proactive
from bot.model import LANGUAGES, Kind, Say
from bot.simulation.fate import Fate
from bot.simulation.ledger import invent
from tests.phrases import CATALOGS, context, sms

PROFIT = replace(
    SALES_MONTH,
    name="profit_month",
    label="Profit last month",
    typical=300,
    bounds=Bounds(Decimal(0), Decimal(1), Decimal(500_000), Decimal(100_000_000)),
    not_it=frozenset({"sold", "debts", "not_sales"}),
    named=frozenset({"profit"}),
)

EMPLOYEES_CASUAL = replace(EMPLOYEES_FULL, name="employees_casual", hours=None, typical=2)
NOW = datetime(2026, 3, 14, 15, tzinfo=UTC)


def test_an_amount_without_a_period_is_no_question() -> None:
    with pytest.raises(ValueError, match="question 'profit' asks for an amount and names no period"):
        Question("profit", Kind.AMOUNT, "How much was left?")
    with pytest.raises(ValueError, match="names no period"):
        measured(replace(SALES_MONTH, period=None), "How much?")


def test_every_amount_of_every_flow_has_its_period() -> None:
    amounts = [question for flow in FLOWS.values() for question in flow.questions if question.kind is Kind.AMOUNT]
    assert {question.name for question in amounts} >= {"sales_month", "exports_month", "financing"}
    assert all(question.indicator and question.indicator.period for question in amounts)
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_invitation_promises_no_number_of_questions(language: str) -> None:
    (opening,) = said(advance(FOLLOWUP, begin(FOLLOWUP), Begin(NOW), context(language)))
    assert not re.search(r"\d", sms(language, opening).text)


def test_the_month_is_a_field_of_the_template_of_the_invitation() -> None:
    invitation = next(one.template for one in proactive(CATALOGS, ["en"]) if one.about == "followup")
    assert "with a few questions. About how much did you sell in {month}" in invitation.text
    assert invitation.samples["month"] == "October"


def test_another_period_of_a_new_indicator_is_read_back_and_kept_as_a_month() -> None:
    flow = Flow("own", 1, (measured(PROFIT, "And how much was left last month?"),), finish=lambda *_: ())
    turn = advance(flow, begin(flow), Begin(NOW), context("en"))
    turn = advance(flow, turn.state, Heard(NOW, text="600 a week"), context("en"))
    assert sms("en", *said(turn)).text.startswith("EC$600 a week makes about EC$2,600 a month. Is that right?")
    turn = advance(flow, turn.state, Heard(NOW, text="yes"), context("en"))
    (kept,) = [effect for effect in turn.effects if isinstance(effect, Keep)]
    assert (kept.reading.value, kept.reading.period) == (2600, None)


@pytest.mark.parametrize("all_changed", [False, True])
def test_a_sample_client_has_a_last_figure_of_all_that_is_compared(all_changed: bool) -> None:
    last = sample_context("en", "LC", CATALOGS, all_changed=all_changed).last
    others = {"employees_part": 1, "exports_month": 4680} if all_changed else {"employees_part": 2, "exports_month": 0}
    expected = {"sales_month": 4680, "employees_full": 1} | others
    assert {name: last[name] for name in expected} == expected
    assert "financing" not in last


def test_a_made_up_business_has_a_figure_for_every_indicator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.demo.business.indicators", lambda: (SALES_MONTH, PROFIT, EMPLOYEES_CASUAL))
    business = Business.invent(PLACES[0], NOW, Random(3))
    business.opens_at = None
    meant = business.figures(NOW, Random(3))
    sales, profit = meant["sales_month"].value, meant["profit_month"].value
    assert sales is not None
    assert profit is not None
    assert abs(profit / sales - Decimal(PROFIT.typical) / SALES_MONTH.typical) < Decimal("0.1")
    assert meant["employees_casual"].value == EMPLOYEES_CASUAL.typical


def test_a_simulated_client_means_something_for_every_indicator(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = invent(Fate(3), "Ana", 4000)
    monkeypatch.setattr("bot.flows.followup.indicators", lambda: (SALES_MONTH, PROFIT, EMPLOYEES_CASUAL))
    told = invent(Fate(3), "Ana", 4000)
    assert told["sales_month"] == usual["sales_month"]
    assert told["profit_month"] == Decimal(str(usual["sales_month"])) // 5
    assert told["employees_casual"] == EMPLOYEES_CASUAL.typical


def said(turn: Step) -> list[Say]:
    return [effect for effect in turn.effects if isinstance(effect, Say)]


@pytest.mark.parametrize(
    ("text", "value", "period", "confirm"),
    [
        ("3000", 3000, None, False),
        ("600 a week", 600, "week", True),
        ("profit 3000", 3000, None, False),
        ("3000 left over", 3000, None, False),
        ("made 3000 profit", 3000, None, False),
        ("we sold and made a profit of 3000", 3000, None, False),
        ("sold 5000, profit 1200", 1200, None, True),
        ("sold 5000 profit 1200", 1200, None, True),
        ("profit 1200 sold 5000", 1200, None, True),
        ("made 3000 profit, rent 200", 3000, None, True),
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

"""What a reading knows beside the value: the client's last figure, siblings, hints, choices, examples."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import bot.answers
from bot.answers import Ask, Option, read
from bot.answers.examples import example
from bot.answers.hints import SENTENCES, sentence
from bot.answers.periods import convert
from bot.answers.rows import read_row
from bot.countries import WRITING
from bot.indicators import EMPLOYEES_FULL, INDICATORS, SALES_MONTH
from bot.model import LANGUAGES, Kind, ReadingKind

SALES = Ask(Kind.AMOUNT, indicator=SALES_MONTH, country="LC")
FULL = Ask(Kind.COUNT, indicator=EMPLOYEES_FULL, country="LC")
AREAS = Ask(
    Kind.CHOICE,
    options=(
        Option("finance", ("Finance", "Finanzas", "loans")),
        Option("technology", ("Technology", "Tecnología", "IT")),
        Option("value_chains", ("Value chains", "Cadenas de valor")),
    ),
)


@pytest.mark.parametrize(
    ("text", "last", "confirm"),
    [("4500", 4000, False), ("4500", 450, True), ("4500", 45000, True), ("4,500", 4_500_000, True), ("4500", 0, False)],
)
def test_a_figure_far_from_the_last_one_is_read_back(text: str, last: int, confirm: bool) -> None:
    ask = Ask(Kind.AMOUNT, indicator=SALES_MONTH, country="LC", last=Decimal(last))

    assert read(text, ask).confirm is confirm


@pytest.mark.parametrize(
    ("name", "value", "sibling"), [("employees_full", 2, "employees_part"), ("employees_part", 1, "employees_full")]
)
def test_one_reply_may_answer_the_sibling_question_too(name: str, value: int, sibling: str) -> None:
    reading = read("2 full 1 part", Ask(Kind.COUNT, indicator=INDICATORS.get(name), country="LC"))

    assert reading.value == value
    assert reading.other == {sibling: 3 - value}


def test_a_stated_period_is_kept_as_stated_and_read_back() -> None:
    reading = read("EC$600 a week", SALES)

    assert (reading.value, reading.period, reading.currency, reading.confirm) == (600, "week", "XCD", True)


@pytest.mark.parametrize(
    ("amount", "stated", "asked", "converted"),
    [
        ("600", "week", "month", "2600.00"),
        ("100", "day", "month", "2600.00"),
        ("1000", "fortnight", "month", "2166.67"),
        ("3000", "month", "year", "36000.00"),
        ("36000", "year", "month", "3000.00"),
    ],
)
def test_periods_convert_to_cents(amount: str, stated: str, asked: str, converted: str) -> None:
    assert convert(Decimal(amount), stated, asked) == Decimal(converted)


def test_an_unknown_period_is_an_error() -> None:
    with pytest.raises(ValueError, match="decade"):
        convert(Decimal(1), "decade", "month")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2000-3000", "range"),
        ("bread 5, cake 20, juice 3", "list"),
        ("758-452-1234", "phone"),
        ("📷 Photo", "media"),
        ("https://example.org", "link"),
        ("more than 3000", "bound"),
        ("-500", "negative"),
        ("2000 + 500", "arithmetic"),
        ("50%", "wrong_kind"),
        ("what?", "question"),
        ("a lot", "vague"),
        ("profit was 3000", "not_sales"),
        ("after expenses 3000", "not_sales"),
        ("5", "too_small"),
        ("99,999,999,999", "too_big"),
        ("", "empty"),
        ("you people are useless", "complaint"),
    ],
)
def test_asking_again_names_what_was_not_clear(text: str, hint: str) -> None:
    reading = read(text, SALES)

    assert reading.outcome is ReadingKind.ASK_AGAIN
    assert reading.hint == hint


@pytest.mark.parametrize(
    ("language", "country", "replies"),
    [
        (
            "en",
            "JM",
            "I spent 3000 on flour|my goal is 30000|hope to make 30000|loan of 30000|they owe me 30000|net 30000",
        ),
        ("es", "DO", "gasté 30000|ganancia 30000|espero vender 30000|me deben 30000|préstamo de 30000|neto 30000"),
        ("fr", "GP", "j'ai dépensé 3000|bénéfice 3000|j'espère 3000|prêt de 3000|loyer 3000|on me doit 3000"),
        ("pt", "BR", "gastei 3000|lucro de 3000|quero 3000|me devem 3000|empréstimo 3000|estoque 3000"),
        ("nl", "SR", "uitgegeven 30000|winst 30000|ik hoop 30000|lening 30000|netto 30000|voorraad 30000"),
        ("ht", "HT", "mwen depanse 30000|benefis 30000|mwen espere 30000|yo dwe m 30000|mwen achte 30000|lwaye 30000"),
    ],
)
def test_money_that_is_no_sales_is_never_kept_without_a_word(language: str, country: str, replies: str) -> None:
    ask = Ask(Kind.AMOUNT, SALES_MONTH, country, language)
    for text in replies.split("|"):
        reading = read(text, ask)
        assert reading.confirm or reading.outcome is ReadingKind.ASK_AGAIN, text


def test_another_month_than_the_last_is_asked_about() -> None:
    ask = Ask(Kind.AMOUNT, SALES_MONTH, "LC", "en", date(2026, 11, 23))

    assert not read("4500 in October", ask).confirm
    assert read("4500 in December", ask).hint == "other_month"
    assert read("4500 last month, 3000 in September", ask).value == 4500
    assert read("sales 9600, expenses 7100, net 2500", ask).value == 9600


def test_hints_are_short_and_every_code_in_use_has_a_sentence() -> None:
    folder = Path(bot.answers.__file__).parent
    used = {
        code
        for path in folder.glob("*.py")
        for code in re.findall(r'(?:ASK_AGAIN, hint=|_again\(|Unclear\()"(\w+)"', path.read_text())
    }

    assert used <= set(SENTENCES)
    assert all(len(text) <= 70 for text in SENTENCES.values())
    assert sentence("no such code") == SENTENCES["empty"]


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("1", "finance"),
        ("2.", "technology"),
        ("#3", "value_chains"),
        ("1️⃣", "finance"),
        ("(2)", "technology"),
        ("opción 1", "finance"),
        ("two", "technology"),
        ("dos", "technology"),
        ("la primera", "finance"),
        ("FINANZAS", "finance"),
        ("tecnologia", "technology"),
        ("tehcnology", "technology"),
        ("tech", "technology"),
        ("value chain", "value_chains"),
        ("I want finance please", "finance"),
        ("4", None),
        ("0", None),
        ("", None),
        ("finance and technology", None),
        ("something else", None),
    ],
)
def test_a_choice_is_picked_by_number_name_or_beginning(text: str, picked: str | None) -> None:
    reading = read(text, AREAS)

    assert reading.value == picked
    assert reading.answered is (picked is not None)


@pytest.mark.parametrize(
    ("text", "value", "outcome"),
    [
        ("  Marie\n  Charles ", "Marie Charles", ReadingKind.VALUE),
        ("7 Hills Bakery", "7 Hills Bakery", ReadingKind.VALUE),
        ("...", None, ReadingKind.ASK_AGAIN),
        ("", None, ReadingKind.ASK_AGAIN),
        ("x" * 121, None, ReadingKind.ASK_AGAIN),
        ("I don't know", None, ReadingKind.UNKNOWN),
        ("prefiero no decir", None, ReadingKind.REFUSED),
    ],
)
def test_a_text_is_trimmed_and_bounded(text: str, value: str | None, outcome: ReadingKind) -> None:
    reading = read(text, Ask(Kind.TEXT))

    assert (reading.outcome, reading.value) == (outcome, value)


@pytest.mark.parametrize("country", sorted(WRITING))
@pytest.mark.parametrize("name", ["sales_month", "sales_year"])
def test_an_example_reads_as_it_stands(country: str, name: str) -> None:
    ask = Ask(Kind.AMOUNT, indicator=INDICATORS.get(name), country=country)
    reading = read(example(ask), ask)

    assert reading.outcome is ReadingKind.VALUE
    assert not reading.confirm
    assert reading.currency == WRITING[country].currency


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [Kind.COUNT, Kind.PERCENT, Kind.YESNO, Kind.DATE])
def test_the_other_examples_read_too(language: str, kind: Kind) -> None:
    ask = Ask(kind, language=language, country="LC")

    assert read(example(ask), ask).outcome is ReadingKind.VALUE


def test_review_has_no_reader() -> None:
    with pytest.raises(ValueError, match="review"):
        read("yes", Ask(Kind.REVIEW))


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ({"ask": "count"}, "text"),
        ({"text": 5, "ask": "count"}, "text"),
        ({"text": "5"}, "ask"),
        ({"text": "5", "ask": "colour"}, "ask"),
        ({"text": "5", "ask": "count", "today": "14/03/2025"}, "today"),
        ({"text": "5", "ask": "count", "last": "many"}, "last"),
        ({"text": "5", "ask": "count", "last": True}, "last"),
        ({"text": "5", "ask": "count", "last": "NaN"}, "last"),
        ({"text": "5", "ask": "count", "lang": 3}, "lang"),
    ],
)
def test_a_bad_row_names_its_field(row: dict[str, object], named: str) -> None:
    with pytest.raises(ValueError, match=rf"^{named}:"):
        read_row(row)


def test_a_row_is_answered_with_its_id() -> None:
    answer = read_row({"id": 7, "text": "EC$4,500", "ask": "sales_month", "lang": "en", "country": "LC"})

    assert answer == {
        "id": 7,
        "outcome": "value",
        "value": 4500,
        "currency": "XCD",
        "period": None,
        "approximate": False,
        "confirm": False,
        "reason": "one clear figure",
    }


@pytest.mark.parametrize("ask", ["sales_month", "employees_full", "yesno", "date"])
def test_a_command_in_a_row_is_no_figure(ask: str) -> None:
    assert read_row({"text": "STOP", "ask": ask})["outcome"] == "command"


def test_not_now_answers_a_yes_or_no_question() -> None:
    assert read_row({"text": "not now", "ask": "yesno"})["value"] is False
    assert read_row({"text": "not now", "ask": "sales_month"})["outcome"] == "command"

"""What holds of every text, not of listed ones."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers import Ask, read
from bot.answers.commands import join_code, language_named, link_argument, recognise
from bot.indicators import SALES_MONTH
from bot.model import LANGUAGES, Kind, Reading, ReadingKind

quick = settings(max_examples=min(60, settings().max_examples))
KINDS = (Kind.AMOUNT, Kind.COUNT, Kind.PERCENT, Kind.YESNO, Kind.DATE, Kind.TEXT)
LOCALES = {
    "LC": "en_LC", "JM": "en_JM", "BZ": "en_BZ", "DO": "es_DO", "MX": "es_MX", "GT": "es_GT", "CO": "es_CO", "CR": "es_CR", "HT": "fr_HT", "GP": "fr_GP", "BR": "pt_BR", "SR": "nl_SR",
}  # fmt: skip
REPLYISH = st.text(alphabet=st.sampled_from("0123456789.,$ -/'kmil aeiouxyznst%+()?!éñ½５👍"), max_size=40)


@pytest.mark.parametrize(("country", "locale"), LOCALES.items())
@quick
@given(amount=st.integers(min_value=60_000, max_value=900_000))
def test_what_babel_writes_for_a_country_reads_back_there(country: str, locale: str, amount: int) -> None:
    reading = read(format_decimal(amount, locale=locale), Ask(Kind.AMOUNT, country=country))

    assert reading.value == amount


@pytest.mark.parametrize(("country", "locale"), LOCALES.items())
@quick
@given(cents=st.integers(min_value=6_000_001, max_value=90_000_000).filter(lambda c: c % 10))
def test_cents_read_back_too(country: str, locale: str, cents: int) -> None:
    amount = Decimal(cents) / 100
    reading = read(format_decimal(amount, locale=locale), Ask(Kind.AMOUNT, country=country))

    assert reading.value == amount


@pytest.mark.parametrize("kind", KINDS)
@quick
@given(
    text=st.one_of(st.text(max_size=80), REPLYISH),
    language=st.sampled_from(LANGUAGES),
    country=st.sampled_from(["", *LOCALES]),
)
def test_no_text_raises_and_a_reading_is_whole(kind: Kind, text: str, language: str, country: str) -> None:
    reading = read(text, Ask(kind, indicator=SALES_MONTH, language=language, country=country))

    assert (reading.value is not None) is (reading.outcome in (ReadingKind.VALUE, ReadingKind.ZERO))
    assert reading.reason
    assert bool(reading.hint) is (reading.outcome is ReadingKind.ASK_AGAIN)
    assert Reading.from_json(reading.to_json()) == reading
    assert read(text, Ask(kind, indicator=SALES_MONTH, language=language, country=country)) == reading


@quick
@given(text=st.one_of(st.text(max_size=80), REPLYISH))
def test_no_text_raises_where_commands_are_looked_for(text: str) -> None:
    for look in (recognise, join_code, link_argument, language_named):
        look(text)


@pytest.mark.parametrize("hedge", ["about {}", "  {}  ", "{} dollars", "I think {}", "{}.", "~{}"])
@quick
@given(amount=st.integers(min_value=2_100, max_value=99_000))
def test_space_case_and_hedges_leave_the_value(hedge: str, amount: int) -> None:
    ask = Ask(Kind.AMOUNT, indicator=SALES_MONTH, country="LC")

    assert read(hedge.format(amount).upper(), ask).value == read(str(amount), ask).value == amount


@pytest.mark.slow
@pytest.mark.parametrize(
    "filling", ["5 ", "2½", "½", "no se ", "1,000 ", "mil ", "x", "(", "vennsenk ", "12-", "🙂", "5/"]
)
@pytest.mark.parametrize("kind", KINDS)
def test_a_book_for_a_reply_is_read_no_further_than_a_letter(filling: str, kind: Kind) -> None:
    """How long that takes is measured in benchmarks/reading.py."""
    ask = Ask(kind, indicator=SALES_MONTH, language="es", country="DO")
    book = filling * (10_000_000 // len(filling))

    assert read(book, ask) == read(book[:10_000], ask)

"""The file of prices: read, refused, and left open where nothing is known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.cli.texts import report
from bot.messages.prices import OWN, PricesError, load, shown

OURS = """
as_of = 2026-11-01
source = "our contract"
[sms]
LC = 0.0412
[whatsapp]
message = 0.005
template = {LC = 0.0113, do = 0}
"""


def test_the_prices_that_come_with_the_program_can_be_read(tmp_path: Path) -> None:
    prices = load(tmp_path)
    assert prices.sms == {}
    assert "check with your provider" in prices.source.lower()


@pytest.mark.parametrize(
    ("channel", "country", "amount", "templates", "price"),
    [
        ("sms", "LC", 8, 0, "0.3296"),
        ("sms", "DO", 8, 0, None),
        ("whatsapp", "LC", 8, 0, "0.040"),
        ("whatsapp", "LC", 8, 1, "0.0513"),
        ("whatsapp", "DO", 1, 1, "0.005"),
        ("whatsapp", "HT", 1, 1, None),
        ("telegram", "HT", 8, 0, "0"),
    ],
)
def test_a_price(tmp_path: Path, channel: str, country: str, amount: int, templates: int, price: str | None) -> None:
    (tmp_path / OWN).write_text(OURS)
    prices = load(tmp_path)
    assert (prices.as_of, prices.source) == (date(2026, 11, 1), "our contract")
    assert prices.of(channel, country, amount, templates=templates) == (None if price is None else Decimal(price))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "prices.toml: as_of is missing"),
        ("as_of = 'soon'", "prices.toml: as_of: write it as a day, like 2026-11-23"),
        ("as_of = 2026-11-01\n[sms]\nLC = 'four'", "prices.toml: sms.LC: 'four' is not a price in dollars, like 0.05"),
        ("as_of = 2026-11-01\n[sms]\nLC = -1", "prices.toml: sms.LC: -1 is not a price in dollars, like 0.05"),
        ("as_of = 2026-11-01\n[whatsapp]\nmessage = nan", "prices.toml: whatsapp.message: .* is not a price"),
        ("as_of = ", "prices.toml: Invalid value"),
        ("as_of = 2026-11-01\nsms = 4", "prices.toml: "),
    ],
)
def test_prices_that_cannot_be_read(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / OWN).write_text(text)
    with pytest.raises(PricesError, match=told):
        load(tmp_path)


@pytest.mark.parametrize(
    ("price", "text"),
    [("0.05", "$0.05"), ("0.055", "$0.055"), ("0.3296", "$0.3296"), ("0.040", "$0.04"), ("2", "$2.00"), (None, "")],
)
def test_how_a_price_is_shown(price: str | None, text: str) -> None:
    assert shown(Decimal(price) if price else None) == text


def test_the_page_about_costs_is_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a change of texts or prices: acompana texts check --format markdown, and paste."""
    page = (Path(__file__).parents[2] / "docs" / "cost.md").read_text("utf-8")
    monkeypatch.chdir(tmp_path)
    assert page.endswith(report())

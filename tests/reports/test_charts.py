"""Charts: what the bars are, and that the picture stands alone."""

from __future__ import annotations

import re
from decimal import Decimal as D

import pytest

from reports.charts import GAIN, LOSS, Bars, Chart
from reports.tables import Kind

CHART = Chart(
    "Jobs and sales by sector",
    ("Food and drink", "Farming and fishing"),
    (Bars("Jobs, net", Kind.JOBS, (D("3.5"), D(-2))), Bars("Sales", Kind.MONEY, (D(0), D(1200)))),
)


def test_bars() -> None:
    spec = CHART.spec()
    assert [
        (panel["title"], [(row["label"], row["value"], row["text"], row["sign"]) for row in panel["data"]["values"]])
        for panel in spec["hconcat"]
    ] == [
        ("Jobs, net", [("Food and drink", 3.5, "3.5", "gain"), ("Farming and fishing", -2.0, "−2.0", "loss")]),
        ("Sales", [("Food and drink", 0.0, "0", "gain"), ("Farming and fishing", 1200.0, "1,200", "gain")]),
    ]


@pytest.mark.parametrize("values", [(D(5), D(3)), (D(5), D(-3)), (D(-5), D(-3)), (D(0), D(0)), (D(10**12), D(0))])
def test_zero_is_on_the_scale_and_numbers_have_room(values: tuple[D, ...]) -> None:
    panel = Chart("", ("a", "b"), (Bars("Sales", Kind.MONEY, values),)).spec()["hconcat"][0]
    low, high = panel["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert low <= 0 < high
    assert high > max(values)
    assert low < min(values) or low == 0


def luminance(color: str) -> float:
    red, green, blue = (int(color[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_gain_and_loss_differ_in_black_and_white() -> None:
    assert luminance(GAIN) < 0.35
    assert luminance(LOSS) > 0.9


def test_picture_has_the_words_and_loads_nothing() -> None:
    svg = CHART.svg()
    assert svg.startswith("<svg")
    for text in ("Jobs, net", "Food and drink", "Farming and fishing", "−2.0", "1,200"):
        assert f">{text}</text>" in svg
    assert "<script" not in svg
    assert re.findall(r"(?:href|src|url)\W", svg) == []
    assert svg == CHART.svg()


def test_picture_uses_the_font_that_is_asked_for() -> None:
    assert 'font-family="Libertinus Serif"' in CHART.svg("Libertinus Serif")

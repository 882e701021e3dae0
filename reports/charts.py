"""Charts as Vega-Lite and from there as SVG: no browser, no script, and dark on white, so that they survive a copier."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import vl_convert

from reports.tables import Kind, aligned

GAIN = "#0b5d57"
LOSS = "#ffffff"
LINE = "#16211f"
BARE: dict[str, Any] = {"title": None, "ticks": False, "domain": False, "grid": False}
"""An axis of labels alone."""
BAR_STEP = 22
"""Pixels from one bar to the next."""
HTML_FONT = "Arial, Helvetica, Liberation Sans, sans-serif"
FONT_ROOM = 16
"""Pixels left of the labels, for a reader whose font is wider than the one that they are measured in."""
CHARACTER = 6.4
"""Pixels of a digit, generously."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars of one measure, in the order of the labels."""

    title: str
    kind: Kind
    values: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of one or more measures over the same labels, side by side."""

    #: What is seen, for those who do not see it.
    alt: str
    labels: tuple[str, ...]
    bars: tuple[Bars, ...]
    #: Pixels for the bars of one measure.
    width: int = 165

    def svg(self, font: str = HTML_FONT) -> str:
        return vl_convert.vegalite_to_svg(json.dumps(self.spec(font)), allowed_base_urls=[])

    def spec(self, font: str = HTML_FONT) -> dict[str, Any]:
        """Vega-Lite 6."""
        return {
            "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
            "description": self.alt,
            "background": "white",
            "hconcat": [self._panel(bars, first=n == 0) for n, bars in enumerate(self.bars)],
            "spacing": 18,
            "padding": {"left": FONT_ROOM, "right": 5, "top": 5, "bottom": 5},
            "config": {
                "font": font,
                "view": {"stroke": None},
                "axis": {"labelColor": LINE, "labelFontSize": 11, "labelLimit": 210},
                "title": {"color": LINE, "fontSize": 11.5, "fontWeight": "bold", "anchor": "start"},
            },
        }

    def _panel(self, bars: Bars, *, first: bool) -> dict[str, Any]:
        texts = aligned(bars.values, bars.kind)
        rows = [
            {"label": label, "value": float(value), "text": text, "sign": "loss" if value < 0 else "gain"}
            for label, value, text in zip(self.labels, bars.values, texts, strict=True)
        ]
        low, high = _domain(bars.values, max(map(len, texts)) * CHARACTER + 8, self.width)
        x = {
            "field": "value",
            "type": "quantitative",
            "scale": {"domain": [low, high], "nice": False},
            "axis": BARE | {"labels": False},
        }
        y = {
            "field": "label",
            "type": "nominal",
            "sort": list(self.labels),
            "axis": BARE | {"labels": first, "labelPadding": 8},
        }
        return {
            "title": bars.title,
            "width": self.width,
            "height": {"step": BAR_STEP},
            "data": {"values": rows},
            "layer": [
                {
                    "mark": {"type": "bar", "height": 13, "stroke": LINE, "strokeWidth": 1},
                    "encoding": {"x": x, "y": y, "fill": _fill()},
                },
                {"mark": {"type": "rule", "color": LINE}, "encoding": {"x": {"datum": 0, "type": "quantitative"}}},
                _numbers("datum.value >= 0", "left", 4, {"x": x, "y": y}),
                _numbers("datum.value < 0", "right", -4, {"x": x, "y": y}),
            ],
        }


def _fill() -> dict[str, Any]:
    """A gain is a dark bar, a loss a white one with a dark outline."""
    scale = {"domain": ["gain", "loss"], "range": [GAIN, LOSS]}
    return {"field": "sign", "type": "nominal", "scale": scale, "legend": None}


def _numbers(condition: str, align: str, dx: int, place: Mapping[str, Any]) -> dict[str, Any]:
    """The numbers beside the bars, on the side where they end."""
    return {
        "transform": [{"filter": condition}],
        "mark": {"type": "text", "align": align, "dx": dx, "color": LINE, "fontSize": 11},
        "encoding": {**place, "text": {"field": "text", "type": "nominal"}},
    }


def _domain(values: Sequence[Decimal], text: float, width: int) -> tuple[float, float]:
    """The scale's ends: zero is on it, and numbers of `text` pixels have room beside the longest bars."""
    low, high = float(min(*values, Decimal(0))), float(max(*values, Decimal(0)))
    sides = 1 + (low < 0)
    room = (high - low or 1) * text / max(width - sides * text, width / 4)
    return low - (room if low < 0 else 0), high + room

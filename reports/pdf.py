"""A report as PDF, set by typst with the fonts that it brings: the same file on every machine."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

import typst

from reports.contents import document
from reports.html import LOGO
from reports.masking import Report
from reports.parts import Document, Figure
from reports.tables import day

FONT = "Libertinus Serif"
TEMPLATE = files("reports").joinpath("templates/report.typ").read_bytes()
LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)
"""When a report is said to be written that was not issued."""


def write(report: Report, *, identified: bool = False) -> bytes:
    """Small groups are masked unless `identified`."""
    issued = day(report.get("parameters", {}).get("issued_at"))
    return typeset(document(report, identified=identified), issued)


def typeset(of: Document, issued: date | None = None) -> bytes:
    """`issued`: the day that the file says it is from."""
    written = datetime(issued.year, issued.month, issued.day, tzinfo=UTC) if issued else LONG_AGO
    return typst.compile(
        TEMPLATE,
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_data(of))},
        timestamp=written,
    )


def _data(of: Document) -> dict[str, Any]:
    """What the template reads."""
    return {
        "logo": LOGO,
        "font": FONT,
        **{name: getattr(of, name) for name in ("network", "title", "scope", "period", "status")},
        "headlines": [[one.number, one.title, one.unit] for one in of.headlines],
        "sections": [
            {
                "title": section.title,
                "text": section.text,
                "points": section.points,
                "figures": [_figure(figure) for figure in section.figures],
            }
            for section in of.sections
        ],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    table, chart = figure.table, figure.chart
    return {
        "title": table.title,
        "note": table.note,
        "columns": [[column.title, column.kind.numeric] for column in table.columns],
        "rows": [
            {"cells": cells[:1] if table.is_masked(n) else cells, "masked": table.is_masked(n)}
            for n, cells in enumerate(table.texts())
        ],
        "total": table.total is not None,
        "chart": chart and {"svg": chart.svg(FONT), "alt": chart.alt, "panels": len(chart.bars)},
    }

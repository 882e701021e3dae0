"""A report as one HTML page that loads nothing: read on a screen, or printed on A4."""

from __future__ import annotations

import base64
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from reports.charts import Chart
from reports.contents import document
from reports.masking import Report
from reports.tables import Table

LOGO = files("reports").joinpath("assets/logo.svg").read_text("utf-8")

environment = Environment(
    loader=PackageLoader("reports"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


def page(report: Report, *, identified: bool = False) -> str:
    """Small groups are masked unless `identified`."""
    return environment.get_template("report.html").render(
        document=document(report, identified=identified),
        logo=LOGO,
        picture=picture,
        value=value,
    )


def picture(chart: Chart) -> str:
    """The chart as an address that holds it."""
    return f"data:image/svg+xml;base64,{base64.b64encode(chart.svg().encode()).decode()}"


def value(table: Table, row: int, column: int) -> str | None:
    """A number as programs read it; None for a cell that is no number."""
    cells = table.rows[row] if row < len(table.rows) else table.total
    if cells is None or not table.columns[column].kind.numeric or isinstance(cells[column], str):
        return None
    return None if cells[column] is None else str(cells[column])

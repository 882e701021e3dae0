"""The parts that a document is made of, the same for HTML and PDF."""

from __future__ import annotations

from dataclasses import dataclass

from reports.charts import Chart
from reports.tables import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """A table, with a chart of it where one helps."""

    table: Table
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    text: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    #: Shown as a list, below the figures.
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Headline:
    """A number that is shown large."""

    number: str
    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class Document:
    network: str
    title: str
    #: Of which centers or countries.
    scope: str
    period: str
    #: Whether it is issued, and when.
    status: str
    headlines: tuple[Headline, ...]
    sections: tuple[Section, ...]

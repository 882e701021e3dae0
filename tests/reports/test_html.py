"""The page: one file that loads nothing, with every table of the report."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from reports.contents import document
from reports.html import LOGO, page
from tests.reports.sample import network, year

ROOT = Path(__file__).parents[2]
VOID = {"meta", "img", "rect", "path", "circle"}


class Reader(HTMLParser):
    """Collects the cells by table, and checks that every element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        if tag == "table":
            self.rows = []
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "caption" in self.open:
            self.tables[data] = self.rows
        elif {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data


@pytest.fixture(scope="module")
def html() -> str:
    return page(network())


def test_page_has_every_table(html: str) -> None:
    reader = Reader()
    reader.feed(html)
    assert reader.open == []
    tables = [figure.table for section in document(network()).sections for figure in section.figures]
    assert list(reader.tables) == [table.title for table in tables]
    for table in tables:
        rows = [[row[0], "masked"] if "masked" in row else row for row in table.texts()]
        assert reader.tables[table.title] == [[column.title for column in table.columns], *rows]


def test_numbers_can_be_read_by_programs(html: str) -> None:
    assert '<data value="-2400">−2,400</data>' in html


def test_page_loads_nothing_and_runs_nothing(html: str) -> None:
    assert re.findall(r"(?:src|href|url|action)\s*[=(]\s*[\"']?(?!data:)[\w/#.]", html) == []
    assert re.findall(r"<(?:script|link|iframe|object|form)|\son\w+=|@import", html) == []
    assert html.count("data:image/svg+xml;base64,") == 8


def test_page_says_whose_it_is(html: str) -> None:
    assert "<title>Outcomes report · Small Business Network · 2026</title>" in html
    assert LOGO.strip() in html
    assert (ROOT / "web/console/static/icon.svg").read_text("utf-8") == LOGO


def test_names_are_no_markup() -> None:
    html = page({**year(), "parameters": {"network": "<b>Ours & theirs</b>"}})
    assert "<b>Ours" not in html
    assert "&lt;b&gt;Ours &amp; theirs" in html


def test_small_groups_are_masked_unless_identified() -> None:
    assert page(year()).count('class="masked"') == 15
    assert page(year(), identified=True).count('class="masked"') == 0

"""The documentation: its links lead somewhere, and the files that it names exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"])
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
FILE = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.\w+)`")
LONGEST_README = 120


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text("utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_is_named_exists(page: Path) -> None:
    assert [name for name in FILE.findall(page.read_text("utf-8")) if not (ROOT / name).exists()] == []


def test_the_patterns_find_links_and_files() -> None:
    text = "See [why](docs/no.md#part) and `bot/none.py`, not `bot/channels/<name>/` or `acompana run`."
    assert (LINK.findall(text), FILE.findall(text)) == (["docs/no.md"], ["bot/none.py"])


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= LONGEST_README

"""The documentation: its links lead somewhere, and the files and names of the code in it exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"])
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
PATH = re.compile(r"`((?:[\w.-]+/)+(?:[\w.-]+\.\w+)?)`")
"""A file, or a folder with a slash at its end."""
NAME = re.compile(r"`([A-Za-z_]+(?:[. ][A-Za-z_]+)*)`")
PROGRAM = ("bot", "reports", "scheduler", "storage", "web")
LONGEST_README = 120


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text("utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_and_folder_that_is_named_exists(page: Path) -> None:
    assert [name for name in PATH.findall(page.read_text("utf-8")) if not (ROOT / name).exists()] == []


def test_the_patterns_find_links_and_files() -> None:
    text = "See [why](docs/no.md#part), `bot/none.py` and `web/no/`, not `bot/channels/<name>/` or `acompana run`."
    assert (LINK.findall(text), PATH.findall(text)) == (["docs/no.md"], ["bot/none.py", "web/no/"])


def test_the_glossary_gives_names_of_the_code() -> None:
    program = {
        word
        for folder in PROGRAM
        for file in (ROOT / folder).rglob("*.py")
        for word in re.findall(r"\w+", file.read_text("utf-8"))
    }
    rows = [line for line in (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines() if line.startswith("| ")]
    names = [name for row in rows for name in NAME.findall(row.split("|")[3])]
    assert len(names) > len(rows) / 2
    assert [name for name in names if not set(re.split(r"[. ]", name)) <= program] == []


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= LONGEST_README

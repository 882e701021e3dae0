"""The PDF, read back by another program: every table of the report, page numbers, fonts, and the same bytes each time."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdf
import pytest

from reports.contents import document
from reports.pdf import FONT, write
from tests.reports.sample import network, year


def pages(pdf: bytes) -> list[str]:
    return [re.sub(r"\s+", " ", page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return write(network())


def test_it_says_what_the_page_says(pdf: bytes) -> None:
    text = " ".join(pages(pdf))
    for section in document(network()).sections:
        for sentence in (section.title, *section.text, *section.points):
            assert sentence in text
        for figure in section.figures:
            for row in figure.table.texts():
                assert (f"{row[0]} masked" if "masked" in row else " ".join(row)) in text


def test_every_page_has_its_number_and_the_name(pdf: bytes) -> None:
    texts = pages(pdf)
    assert [f"{n} / {len(texts)}" in text for n, text in enumerate(texts, 1)] == [True] * len(texts)
    assert all("Small Business Network" in text for text in texts)


def test_paper_and_fonts(pdf: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages} == {(595, 842)}
    fonts = {font for page in reader.pages for font in names_of_fonts(page)}
    assert fonts
    assert {re.sub(r"^/\w+\+|-.*", "", font) for font in fonts} == {FONT.replace(" ", "")}


def names_of_fonts(page: Any) -> set[str]:
    return {str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()}


@pytest.mark.slow
def test_same_report_is_the_same_file(pdf: bytes) -> None:
    assert write(network()) == pdf


@pytest.mark.slow
def test_small_groups_are_masked_unless_identified() -> None:
    assert "Crafts and fashion masked" in " ".join(pages(write(year())))
    assert "Crafts and fashion 1 1 1 0.5" in " ".join(pages(write(year(), identified=True)))


def test_words_are_no_typst() -> None:
    name = 'A #panic("x") $y$ *b* _i_ \\ network'
    assert name in " ".join(pages(write({**year(), "parameters": {"network": name}})))

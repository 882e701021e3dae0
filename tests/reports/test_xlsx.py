"""The workbook, read back by another program: types of cells, filters, full sheets."""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal as D
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from reports.measures import MEASURES
from reports.sheets import Sheets
from reports.tables import MASKED, Column, Kind
from reports.xlsx import write
from tests.reports.sample import network, year


def workbook(report: dict[str, Any], **options: Any) -> Any:
    file = io.BytesIO()
    write(report, file, **options)
    return openpyxl.load_workbook(io.BytesIO(file.getvalue()))


def values(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_sheets() -> None:
    assert workbook(network()).sheetnames == [
        *("Summary", "Changes", "Over time"),
        *("By center", "By sex", "By sector", "By client type", "By rural or urban", "By country"),
        *("Response", "Response by question", "Extrapolation", "IRIS+ and SBA", "Rates", "Not converted"),
        *("Codebook", "Parameters"),
    ]


def test_summary_has_the_tiers_side_by_side() -> None:
    rows = values(workbook(year())["Summary"])
    assert rows[0] == ["Measure", "Respondents", "Attributed", "Attributed and verified", "“Yes” only, verified"]
    assert ["Financing obtained (USD)", 18851.85, 8851.85, 7000, 5000] in rows
    assert ["Monthly sales, change, in local money: in XCD", 7560, 4860, 3510, 3510] in rows
    assert ["Financing by kind, USD: of which grant", 1851.85, 1851.85, None, None] in rows
    assert ["Jobs, net (full-time equivalents)", 5.5, 4, 3, 3] in rows


def test_groups_have_every_measure_and_a_total_below_the_filter() -> None:
    sheet = workbook(year(), identified=True)["By sex"]
    rows = values(sheet)
    assert rows[0] == ["Sex", "Businesses", "Responded", "Counted", *(one.short for one in MEASURES[1:])]
    assert rows[2][:7] == ["Men", 2, 2, 1, 0, 0.5, -0.5]
    assert rows[3][:7] == ["Total", 6, 5, 4, 3.5, 0.5, 3]
    assert sheet.auto_filter.ref == "A1:U3"
    assert sheet.freeze_panes == "B2"


def test_small_groups_are_masked_unless_identified() -> None:
    assert {cell for row in values(workbook(year())["By sex"])[1:3] for cell in row[1:]} == {"masked"}


def test_days_are_days_and_numbers_are_formatted() -> None:
    book = workbook(year())
    rates = book["Rates"]
    assert values(rates)[3] == ["DOP", datetime(2026, 11, 15), 62.5, "Banco Central"]  # noqa: DTZ001 - a day
    assert rates["B4"].number_format == "yyyy-mm-dd"
    formats = {row[0].value: row[1].number_format for row in book["Summary"].iter_rows(min_row=2)}
    assert formats["Monthly sales, change (USD a month)"] == "#,##0.00"
    assert formats["Jobs, net (full-time equivalents)"] == "#,##0.##"
    assert formats["Business starts"] == "#,##0"


def test_codebook_defines_every_number_of_a_group() -> None:
    names = {row[1] for row in values(workbook(year())["Codebook"])[1:]}
    assert names == set(year()["tiers"]["respondents"])


def test_same_report_is_the_same_file() -> None:
    files = [io.BytesIO(), io.BytesIO()]
    for file in files:
        write(network(), file)
    assert files[0].getvalue() == files[1].getvalue()


@pytest.mark.parametrize(
    ("count", "sheets"),
    [
        (0, [["Total"]]),
        (2, [["r0", "r1", "Total"]]),
        (3, [["r0", "r1", "r2"], ["Total"]]),
        (7, [["r0", "r1", "r2"], ["r3", "r4", "r5"], ["r6", "Total"]]),
    ],
)
def test_full_sheet_goes_on_in_the_next(count: int, sheets: list[list[str]]) -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    columns = (Column("Name"), Column("Number", Kind.COUNT))
    Sheets(book, rows=4).write("Figures", columns, ((f"r{n}", n) for n in range(count)), total=("Total", 21))
    book.close()
    read = openpyxl.load_workbook(io.BytesIO(file.getvalue()))
    assert [[row[0] for row in values(sheet)] for sheet in read] == [["Name", *names] for names in sheets]
    assert read.sheetnames == ["Figures", "Figures 2", "Figures 3"][: len(sheets)]


def test_each_part_has_its_filter() -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    Sheets(book, rows=4).write("Figures", (Column("Name"), Column("Town")), ((f"r{n}", "") for n in range(7)))
    book.close()
    read = openpyxl.load_workbook(io.BytesIO(file.getvalue()))
    assert [sheet.auto_filter.ref for sheet in read] == ["A1:B4", "A1:B4", "A1:B2"]


def test_cells() -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    columns = (Column("Text"), Column("Money", Kind.MONEY))
    rows = (("=1+1", D("0.1")), ("a", D("12345678901234567.89")), ("b", MASKED), ("c", None))
    Sheets(book).write("Cells", columns, rows, note="A note")
    book.close()
    assert values(openpyxl.load_workbook(io.BytesIO(file.getvalue()))["Cells"])[1:] == [
        ["'=1+1", 0.1],
        ["a", "12345678901234567.89"],
        ["b", "masked"],
        ["c", None],
        [None, None],
        ["A note", None],
    ]

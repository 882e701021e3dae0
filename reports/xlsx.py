"""A report as a workbook: the numbers of the page, and all measures of each group, to filter and to calculate with."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

import xlsxwriter

from reports import evidence, groups, results
from reports.contents import document, shown
from reports.masking import Report
from reports.measures import AMOUNTS, MEASURES
from reports.sheets import Sheets
from reports.tables import Column, Table, day
from reports.words import dimension_name
from storage.exports.xlsx_file import ROWS

LONG_AGO = datetime(1980, 1, 1)  # noqa: DTZ001 - written into the file as it stands
"""When a report is said to be written that was not issued: the same report is the same file."""


def write(report: Report, file: BinaryIO, *, identified: bool = False, rows: int = ROWS) -> None:
    """Writes to `file`, which stays open. Small groups are masked unless `identified`; `rows` is what one sheet holds."""
    data = shown(report, identified=identified)
    head = document(report, identified=identified)
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    issued = day(data.get("parameters", {}).get("issued_at"))
    created = datetime(issued.year, issued.month, issued.day) if issued else LONG_AGO  # noqa: DTZ001 - the same
    book.set_properties({"title": f"{head.title} {head.period}", "company": head.network, "created": created})
    sheets = Sheets(book, rows=rows)
    for name, table in _tables(data, identified=identified):
        sheets.write(name, table.columns, table.rows, kinds=table.row_kinds, total=table.total, note=table.note)
    book.close()


def _tables(report: Report, *, identified: bool) -> list[tuple[str, Table]]:
    """The name of each sheet, and what is on it."""
    invited, items = evidence.response_tables(report)
    changed, periods = evidence.changes_table(report), groups.over_time_table(report)
    missing = evidence.not_converted_table(report)
    return [
        ("Summary", results.summary_table(report)),
        *([("Changes", changed)] if changed else []),
        *([("Over time", periods)] if periods else []),
        *(
            (f"By {dimension_name(dimension).lower()}", groups.group_table(report, dimension, MEASURES[1:]))
            for dimension in report.get("by", {})
        ),
        ("Response", invited),
        ("Response by question", items),
        ("Extrapolation", evidence.extrapolation_table(report)),
        ("IRIS+ and SBA", evidence.codes_table(report)),
        ("Rates", evidence.rates_table(report)),
        *([("Not converted", missing)] if missing.rows else []),
        ("Codebook", codebook()),
        ("Parameters", evidence.parameters_table(report, identified=identified)),
    ]


def codebook() -> Table:
    """What each measure means."""
    columns = (Column("Measure"), Column("Name in JSON"), Column("Unit"), Column("Definition"))
    rows = (
        *((one.title, one.key, one.unit, one.definition) for one in MEASURES),
        *((one.title, one.key, one.names, one.definition) for one in AMOUNTS),
    )
    return Table("Codebook", columns, rows)

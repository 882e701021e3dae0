"""A report in the form that somebody asks for."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from io import BytesIO
from typing import BinaryIO

from bot.outcomes.seal import canonical
from reports import html, pack, pdf, xlsx
from reports.masking import Report
from storage.exports.dataset import DataTable


class Form(StrEnum):
    JSON = "json"
    XLSX = "xlsx"
    HTML = "html"
    PDF = "pdf"
    ZIP = "zip"


TYPES = {
    Form.JSON: "application/json",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.HTML: "text/html; charset=utf-8",
    Form.PDF: "application/pdf",
    Form.ZIP: "application/zip",
}


def write(
    report: Report, form: Form, file: BinaryIO, *, tables: Iterable[DataTable] = (), identified: bool = False
) -> None:
    """Writes to `file`, which stays open. Small groups are masked unless `identified`; JSON is internal and never masked.
    `tables` are the data of the pack. Raises masking.TooFew."""
    match form:
        case Form.JSON:
            file.write(canonical(report))
        case Form.HTML:
            file.write(html.page(report, identified=identified).encode())
        case Form.PDF:
            file.write(pdf.write(report, identified=identified))
        case Form.XLSX:
            xlsx.write(report, file, identified=identified)
        case Form.ZIP:
            pack.write(report, tables, file, identified=identified)


def document(report: Report, form: Form, *, tables: Iterable[DataTable] = (), identified: bool = False) -> bytes:
    """The whole file, as `write` writes it."""
    file = BytesIO()
    write(report, form, file, tables=tables, identified=identified)
    return file.getvalue()

"""A report in the form that somebody asks for."""

from __future__ import annotations

from enum import StrEnum
from io import BytesIO

from bot.outcomes.seal import canonical
from reports import html, pdf, xlsx
from reports.masking import Report


class Form(StrEnum):
    JSON = "json"
    XLSX = "xlsx"
    HTML = "html"
    PDF = "pdf"


TYPES = {
    Form.JSON: "application/json",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.HTML: "text/html; charset=utf-8",
    Form.PDF: "application/pdf",
}


def document(report: Report, form: Form, *, identified: bool = False) -> bytes:
    """The whole file. Small groups are masked unless `identified`; JSON is internal and never masked.
    Raises masking.TooFew."""
    if form is Form.JSON:
        return canonical(report)
    if form is Form.HTML:
        return html.page(report, identified=identified).encode()
    if form is Form.PDF:
        return pdf.write(report, identified=identified)
    file = BytesIO()
    xlsx.write(report, file, identified=identified)
    return file.getvalue()

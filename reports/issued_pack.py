"""The pack of a report that was issued, from what was kept of it."""

from __future__ import annotations

import json
from io import BytesIO

from sqlalchemy.orm import Session

from reports import pack
from reports.issue import Issue
from storage.exports.cells import written
from storage.report.issued import content_of, contributions_table, seal_of, withdrawn
from storage.schema import IssuedReport


def issued_pack(db: Session, row: IssuedReport, *, identified: bool = False) -> bytes:
    """Raises RegisterError where the report was changed since, and masking.TooFew."""
    issue = Issue(row.code, row.since, row.until, written(row.at), row.by, seal_of(row), withdrawn(db, row))
    file = BytesIO()
    report = json.loads(content_of(row))
    pack.write(report, [contributions_table(db, row)], file, identified=identified, issue=issue)
    return file.getvalue()

"""The files of an audit's sample."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from reports.audit_sample import as_csv, as_pdf, as_zip
from storage.report.samples import Sampled

SAMPLE = [
    Sampled(
        number=1,
        client="LC-7K3Q",
        center="LC",
        indicator="sales_month",
        wave="6m",
        told_on=date(2026, 5, 18),
        message_at=datetime(2026, 5, 18, 16, 4, tzinfo=UTC),
        channel="sms",
        words="=about 5,400",
        value=Decimal(5400),
        currency="XCD",
        approximate=True,
        added=Decimal(1080),
        added_usd=Decimal(400),
        per_usd=Decimal("2.70"),
        rate_day="2026-05-18",
        corrected="",
        attribution="yes",
        attribution_words="yes they did",
        review="verified on 2026-06-01 by rosa@lc.example, books: seen in the books",
    )
]


def test_the_table_holds_no_formula() -> None:
    header, row = as_csv(SAMPLE).decode().splitlines()
    assert header.startswith("number,client,center,indicator,wave,told_on,message_at,channel,words")
    assert row.startswith(
        '1,LC-7K3Q,LC,sales_month,6m,2026-05-18,2026-05-18T16:04:00Z,sms,"\'=about 5,400",5400,XCD,yes'
    )


@pytest.mark.slow
def test_the_document_has_all_that_speaks_for_a_figure() -> None:
    text = " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(as_pdf(SAMPLE, "R2026-1", None, 7))).pages).split()
    )
    for fact in ("R2026-1", "=about 5,400", "about 5400 XCD", "1080 XCD, 400 USD", "2.70 XCD to the dollar"):
        assert fact in text
    assert "seen in the books" in text
    assert "yes - yes they did" in text


@pytest.mark.slow
def test_the_same_sample_is_the_same_file() -> None:
    first = as_zip(SAMPLE, "R2026-1", "The network", 7)
    assert first == as_zip(SAMPLE, "R2026-1", "The network", 7)
    assert zipfile.ZipFile(BytesIO(first)).namelist() == ["sample.csv", "sample.pdf"]

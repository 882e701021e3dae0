"""The sample of an audit as files: a table, and a document to tick off figure by figure."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Sequence
from dataclasses import astuple
from io import BytesIO, StringIO

from reports.parts import Document, Figure, Section
from reports.pdf import typeset
from reports.tables import Column, Table
from reports.words import in_words
from storage.exports.cells import written
from storage.report.samples import COLUMNS, Sampled

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of the files of a zip: the same sample is the same file."""
TICKS = ("☐ agrees with the evidence", "☐ differs", "☐ no evidence seen")


def as_csv(drawn: Sequence[Sampled]) -> bytes:
    table = StringIO(newline="")
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([written(cell) for cell in astuple(one)] for one in drawn)
    return table.getvalue().encode()


def as_pdf(drawn: Sequence[Sampled], code: str, network: str | None, seed: int) -> bytes:
    many = f"{len(drawn)} figure{'' if len(drawn) == 1 else 's'}"
    return typeset(
        Document(
            network=network or "Acompaña",
            title=f"Audit sample of report {code}",
            scope=f"drawn at random with seed {seed}",
            period=many,
            status="It holds clients' words: keep it safe.",
            headlines=(),
            sections=tuple(_section(one) for one in drawn),
        )
    )


def as_zip(drawn: Sequence[Sampled], code: str, network: str | None, seed: int) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in (("sample.csv", as_csv(drawn)), ("sample.pdf", as_pdf(drawn, code, network, seed))):
            pack.writestr(zipfile.ZipInfo(name, LONG_AGO), content)
    return file.getvalue()


def _section(one: Sampled) -> Section:
    money = f" {one.currency}" if one.currency else ""
    rate = f"{one.per_usd} {one.currency} to the dollar ({one.rate_day})" if one.per_usd else ""
    added = f"{one.added}{money}" + (f", {one.added_usd} USD" if one.added_usd is not None else "")
    facts = (
        ("Told on", f"{one.told_on or 'unknown'}, {one.wave}"),
        ("Message", f"{one.channel} {f'{one.message_at:%Y-%m-%d %H:%M} UTC' if one.message_at else ''}".strip()),
        ("In the client's words", one.words),
        ("Read as", f"{'about ' if one.approximate else ''}{one.value}{money}"),
        ("Added to the report", added),
        ("Rate", rate),
        ("Correction", one.corrected),
        ("The center helped", " - ".join(filter(None, (one.attribution, one.attribution_words)))),
        ("Review", one.review),
    )
    rows = tuple((name, fact) for name, fact in facts if fact)
    table = Table("", (Column("Fact"), Column("On record")), rows)
    return Section(f"{one.number}. {one.client}: {in_words(one.indicator)}", (), (Figure(table),), TICKS)

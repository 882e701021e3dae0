"""acompana report: what came of the work in a period, as data or as a document."""

from __future__ import annotations

import csv
import json
import sys
from datetime import date, datetime
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.cli.common import DAY, OneCenter, Problem, actor, counted, now, opened_database, settings, show_table, tell
from bot.cli.groups import report
from bot.config.settings import Settings
from bot.outcomes.seal import key_of
from bot.outcomes.totals import Tier
from bot.service import reports
from reports.audit_sample import as_csv, as_pdf, as_zip
from reports.documents import Form, write
from reports.issued_pack import issued_pack
from reports.masking import TooFew
from reports.stats import extra
from storage import audit
from storage.engine import Database
from storage.exports.cells import written as cell_written
from storage.exports.run import opened
from storage.report.ask import wanted
from storage.report.build import Wanted, build
from storage.report.data import tables
from storage.report.issued import CONTRIBUTIONS, content_of, contributions, find_issued, withdrawn
from storage.report.samples import sample
from storage.report.scope import DIMENSIONS
from storage.schema import IssuedReport

HELP = f"""Report what came of the work in a period: jobs, sales, exports, financing, starts.

Four tiers stand side by side: **respondents**, **attributed** (the client wrote that the center helped, or helped
partly), **attributed_verified** (and staff verified the figure; the headline), **yes_only_verified**. A change is
reported in the period in which it was told, from the figure before. **--by** takes one or more of
{", ".join(DIMENSIONS)}, separated by commas; groups are of the tier **--tier**.

**--since** and **--until** are days on the clock of each center, both included. Every report is recorded in the
audit log."""


@report.callback(invoke_without_command=True, help=HELP)
def make_report(
    context: typer.Context,
    since: Annotated[datetime | None, typer.Option(help="First day.", formats=DAY, metavar="2026-01-01")] = None,
    until: Annotated[datetime | None, typer.Option(help="Last day.", formats=DAY, metavar="2026-12-31")] = None,
    center_code: OneCenter = None,
    country: Annotated[str | None, typer.Option(help="Only centers of this country.", metavar="CC")] = None,
    tier: Annotated[str, typer.Option(help=", ".join(Tier))] = Tier.ATTRIBUTED_VERIFIED.value,
    by: Annotated[str, typer.Option(help=", ".join(DIMENSIONS), metavar="GROUPS")] = "",
    form: Annotated[
        Form, typer.Option("--format", help="json is the data, zip a pack of all of it; the others are documents.")
    ] = Form.JSON,
    out: Annotated[str, typer.Option(help="Output file, or - for standard output.", metavar="PATH")] = "-",
    identified: Annotated[
        bool,
        typer.Option(
            "--identified", help="Do not mask groups of fewer than 5 businesses, and put names into the pack."
        ),
    ] = False,
    issued: Annotated[
        bool, typer.Option("--issue", help="Keep the report as it is now, signed; it never changes from then on.")
    ] = False,
) -> None:
    if context.invoked_subcommand is not None:
        return
    if since is None or until is None:
        raise Problem("a report needs its period: --since 2026-01-01 --until 2026-12-31")
    first, last = since.date(), until.date()
    groups = [name.strip() for name in by.split(",") if name.strip()]
    config = settings()
    with opened_database() as database:
        with database.write() as db:
            asked = wanted(
                db,
                first,
                last,
                center=center_code,
                country=country,
                tier=tier,
                by=groups,
                fiscal_year=config.fiscal_year,
                network=config.network_name,
            )
            reports.record_report(db, asked, form.value, identified=identified, by=actor(), now=now())
        kept = _issued(database, asked, config) if issued else None
        with database.read() as db:
            found = kept or build(db, asked)
            if not found["tiers"]["respondents"]["clients"]:
                tell(_nothing(first, last, found))
            data = tables(db, asked.scope, identified=identified)
            with opened(Path(out) if out != "-" else sys.stdout.buffer, private=identified) as file:
                write(found, form, file, tables=data, identified=identified)
    if form is Form.ZIP and not extra.installed():
        tell(extra.MISSING)
    if out != "-":
        tell(f"Wrote {out}.")


def _issued(database: Database, asked: Wanted, config: Settings) -> dict[str, Any]:
    """The report as it is kept from now on, of one moment."""
    with database.write() as db:
        key = key_of(config.secret_key.get_secret_value())
        kept = reports.issue_report(db, asked, key=key, by=actor(), now=now()).result
        tell(f"Issued as {kept.code}, SHA-256 {kept.sha256}. Read it again: acompana report show {kept.code}")
        report: dict[str, Any] = json.loads(kept.body)
        return report


def _nothing(since: date, until: date, found: dict[str, Any]) -> str:
    if not found["businesses"]:
        return "No client has told a figure yet; see: acompana client list"
    return f"Nobody answered a follow-up between {since} and {until}: every total is zero."


def _write(out: str, content: bytes) -> None:
    if out == "-":
        sys.stdout.buffer.write(content)
    else:
        Path(out).write_bytes(content)
        tell(f"Wrote {out}.")


@report.command("list")
def list_issued() -> None:
    """List the reports that were issued, the latest first."""
    with opened_database() as database, database.read() as db:
        rows = db.scalars(select(IssuedReport).order_by(IssuedReport.id.desc())).all()
        show_table(
            ("report", "since", "until", "tier", "issued", "by", "withdrawn"),
            (
                (row.code, row.since, row.until, row.parameters["tier"], row.at, row.by, withdrawn(db, row))
                for row in rows
            ),
        )


class Kept(StrEnum):
    json = "json"
    csv = "csv"
    zip = "zip"


@report.command("show")
def show_issued(
    code: Annotated[str, typer.Argument(help="Code of the report, e.g. R2026-1.", metavar="ISSUED")],
    form: Annotated[
        Kept,
        typer.Option(
            "--format",
            help="json: as issued. csv: what each business contributed. zip: a pack of both, with documents and seal.",
        ),
    ] = Kept.json,
    out: Annotated[str, typer.Option(help="Output file, or - for standard output.", metavar="PATH")] = "-",
    identified: Annotated[
        bool, typer.Option("--identified", help="Do not mask groups of fewer than 5 businesses in the pack.")
    ] = False,
) -> None:
    """Write an issued report again: its JSON and CSV byte for byte. Its signature is checked first."""
    with opened_database() as database:
        with database.write() as db:
            row = find_issued(db, code)
            content = content_of(row)
            audit.record(db, actor(), "report.show", row.code, at=now(), format=form.value, identified=identified)
        with database.read() as db:
            if form is Kept.csv:
                content = _contributions(db, row)
            if form is Kept.zip:
                content = _pack(db, row, identified=identified)
            if gone := withdrawn(db, row):
                tell(f"{counted(gone, 'business')} withdrew since; the totals stay as issued.")
    if form is Kept.zip and not extra.installed():
        tell(extra.MISSING)
    _write(out, content)


def _pack(db: Session, row: IssuedReport, *, identified: bool) -> bytes:
    try:
        return issued_pack(db, row, identified=identified)
    except TooFew as refused:
        raise Problem(f"{refused}, or add --identified") from None


def _contributions(db: Session, row: IssuedReport) -> bytes:
    table = StringIO(newline="")
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(CONTRIBUTIONS)
    for line in contributions(db, row):
        writer.writerow([cell_written(cell) for cell in line])
    return table.getvalue().encode()


@report.command("audit")
def audit_pack(
    code: Annotated[str, typer.Argument(help="Code of the report, e.g. R2026-1.", metavar="ISSUED")],
    out: Annotated[str, typer.Option(help="Output file: .pdf, .csv, or .zip with both.", metavar="PATH")],
    count: Annotated[int, typer.Option("--n", min=1, max=10_000, help="How many figures.")] = 50,
    seed: Annotated[int, typer.Option(help="The same seed draws the same figures.")] = 1,
) -> None:
    """Draw a random sample of the figures in an issued report, each with its message, reading, corrections, review and
    rate, for an auditor to tick off. It holds clients' words: keep it safe."""
    with opened_database() as database:
        with database.write() as db:
            row = find_issued(db, code)
            content_of(row)
            audit.record(db, actor(), "report.audit", row.code, at=now(), n=count, seed=seed)
        with database.read() as db:
            drawn = sample(db, row, count, seed)
    if len(drawn) < count:
        tell(f"The report has {counted(len(drawn), 'figure')} that can be drawn; all are in the sample.")
    network = settings().network_name
    match Path(out).suffix.lower():
        case ".zip":
            content = as_zip(drawn, row.code, network, seed)
        case ".pdf":
            content = as_pdf(drawn, row.code, network, seed)
        case _:
            content = as_csv(drawn)
    _write(out, content)

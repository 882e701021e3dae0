"""acompana export: figures and records as tables."""

from __future__ import annotations

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import DAY, OneCenter, Problem, actor, counted, now, opened_database, progress_bar, tell
from bot.cli.groups import EVERY_DAY, app
from storage.exports import FORMATS, Wanted, export
from storage.periods import Period
from storage.registers import find_center


class What(StrEnum):
    outcomes = "outcomes"
    answers = "answers"
    clients = "clients"
    messages = "messages"


class Format(StrEnum):
    csv = "csv"
    xlsx = "xlsx"


HELP = """Export outcomes, answers, clients or messages as a table.

**outcomes**: one row per client and indicator with baseline, latest figure and change, each with its currency, date
and the message it came from. **answers**: every answer, as given and as read. **clients**: one row per client.
**messages**: every message received or sent.

**--since** and **--until** are days in the center's time zone, both inclusive. Answers and messages are selected by
the day they were given or sent, clients by the day they registered (or first appeared). Outcomes show the state at the
end of the period: a row is included if its latest figure was reported in the period; the baseline may be older.

Without **--identified**, clients appear only by code, without names, phone numbers or their own words. Every export
is recorded in the audit log.

Dates are ISO, times are UTC, decimals use a dot, text is UTF-8. CSV is for programs; for Excel, which reads CSV by
regional settings, export xlsx. Text that a spreadsheet would read as a formula is prefixed with an apostrophe."""


@app.command("export", help=HELP, rich_help_panel=EVERY_DAY)
def write_export(
    what: Annotated[What, typer.Argument(help="What to export.", metavar="WHAT")],
    out: Annotated[str, typer.Option(help="Output file, or - for standard output.", metavar="PATH")],
    form: Annotated[
        Format | None, typer.Option("--format", help="Default: from the file extension, otherwise csv.")
    ] = None,
    since: Annotated[datetime | None, typer.Option(help="First day.", formats=DAY, metavar="2026-01-31")] = None,
    until: Annotated[datetime | None, typer.Option(help="Last day.", formats=DAY, metavar="2026-12-31")] = None,
    center_code: OneCenter = None,
    identified: Annotated[
        bool, typer.Option("--identified", help="Include names, phone numbers and the clients' own words.")
    ] = False,
) -> None:
    try:
        period = Period(since.date() if since else None, until.date() if until else None)
    except ValueError as error:
        raise Problem(f"--since, --until: {error}") from None
    suffix = Path(out).suffix.lower().removeprefix(".")
    chosen = form or (Format(suffix) if suffix in FORMATS else Format.csv)
    with opened_database() as database, progress_bar(f"Exporting {what}") as bar:
        if center_code:
            with database.read() as db:
                center_code = find_center(db, center_code).code
        rows = export(
            database,
            what,
            chosen,
            sys.stdout.buffer if out == "-" else Path(out),
            Wanted(period, center_code, identified),
            actor=actor(),
            clock=now,
            progress=bar,
        )
    tell(f"{counted(rows, 'row')}{'' if out == '-' else f' in {out}'}.")

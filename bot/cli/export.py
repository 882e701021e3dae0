"""acompana export: figures and records as tables."""

from __future__ import annotations

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import DAY, OneCenter, Problem, actor, counted, now, opened_store, progress_bar, tell
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


HELP = """Write a table of outcomes, answers, clients or messages.

**outcomes**: a line per client and indicator with baseline, latest figure and change, each with its currency, its
date and the message it came from. **answers**: every answer as it was given and read. **clients**: a line
per client. **messages**: everything that came in and went out.

**--since** and **--until** are days on the center's clock, both included. Answers and messages count on the
day they were given or written, clients on the day they registered (or first appeared). Outcomes tell how things stood
at the end of the period: a line is there when its last figure was told within it; the baseline may be older.

Without **--identified** clients appear by their codes only, without names, phones and words of their own. Every
export is kept in the audit log.

Dates are ISO, times UTC, decimals have a dot, text is UTF-8. CSV is for programs; for Excel, which takes its
accents and commas by the country, write xlsx. Text that a spreadsheet would calculate gets an apostrophe in front."""


@app.command("export", help=HELP, rich_help_panel=EVERY_DAY)
def write_export(
    what: Annotated[What, typer.Argument(help="What to write.", metavar="WHAT")],
    out: Annotated[str, typer.Option(help="The file to write, or - for the standard output.", metavar="PATH")],
    form: Annotated[
        Format | None, typer.Option("--format", help="Else by the end of the file's name; else csv.")
    ] = None,
    since: Annotated[datetime | None, typer.Option(help="The first day.", formats=DAY, metavar="2026-01-31")] = None,
    until: Annotated[datetime | None, typer.Option(help="The last day.", formats=DAY, metavar="2026-12-31")] = None,
    center_code: OneCenter = None,
    identified: Annotated[bool, typer.Option("--identified", help="With names, phones and their own words.")] = False,
) -> None:
    try:
        period = Period(since.date() if since else None, until.date() if until else None)
    except ValueError as error:
        raise Problem(f"--since, --until: {error}") from None
    suffix = Path(out).suffix.lower().removeprefix(".")
    chosen = form or (Format(suffix) if suffix in FORMATS else Format.csv)
    with opened_store() as database, progress_bar(f"Exporting {what}") as bar:
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

"""acompana report: what came of the work in a period, as data or as a document."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.common import DAY, OneCenter, Problem, actor, now, opened_database, settings, tell
from bot.cli.groups import report
from bot.outcomes.totals import Tier
from storage import audit
from storage.report.ask import wanted
from storage.report.build import build
from storage.report.scope import DIMENSIONS


class Format(StrEnum):
    json = "json"


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
    form: Annotated[Format, typer.Option("--format", help="What to write.")] = Format.json,
    out: Annotated[str, typer.Option(help="Output file, or - for standard output.", metavar="PATH")] = "-",
) -> None:
    if context.invoked_subcommand is not None:
        return
    if since is None or until is None:
        raise Problem("a report needs its period: --since 2026-01-01 --until 2026-12-31")
    first, last = since.date(), until.date()
    groups = [name.strip() for name in by.split(",") if name.strip()]
    fiscal_year = settings().fiscal_year
    with opened_database() as database:
        with database.write() as db:
            asked = wanted(
                db, first, last, center=center_code, country=country, tier=tier, by=groups, fiscal_year=fiscal_year
            )
            audit.record(
                db,
                actor(),
                "report",
                at=now(),
                since=first.isoformat(),
                until=last.isoformat(),
                center=center_code,
                country=country,
                tier=tier,
                format=form.value,
            )
        with database.read() as db:
            found = build(db, asked)
    if not found["tiers"]["respondents"]["clients"]:
        tell(_nothing(first, last, found))
    _write(out, json.dumps(found, ensure_ascii=False, indent=2).encode() + b"\n")


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

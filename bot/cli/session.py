"""acompana session: counseling sessions and the follow-ups they schedule."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.cli.common import CenterCode, CsvFile, Problem, actor, counted, imported, number, opened_app, progress_bar
from bot.cli.common import now as clock
from bot.cli.groups import session
from bot.model import SERVICE_AREAS, SESSION_TYPES
from bot.service import casework, imports
from bot.service.reachability import reach
from bot.service.results import Refused
from storage import registers, schema
from storage.imports.sessions import COLUMNS


@session.command("log")
def log_session(
    client: Annotated[str, typer.Argument(help="Client code or name.")],
    day: Annotated[str, typer.Option("--date", help="YYYY-MM-DD. Default: today.")] = "",
    type: Annotated[str, typer.Option(help=", ".join(SESSION_TYPES))] = "in_person",
    area: Annotated[str, typer.Option(help=", ".join(SERVICE_AREAS))] = "finance",
    hours: Annotated[str, typer.Option(help="Length in hours, e.g. 1.5.")] = "1",
    notes: Annotated[str, typer.Option(help="For the record; never shown to the client.")] = "",
    counselor: Annotated[str, typer.Option(help="The counselor's e-mail address or name.")] = "",
) -> None:
    """Log a session with a client. This schedules follow-ups according to the center's cadence."""
    app = opened_app()
    at = clock()
    length = number("--hours", hours)
    with app.database.write() as db:
        who = registers.find_client(db, client)
        center = db.get_one(schema.Center, who.center_id)
        today = at.astimezone(ZoneInfo(center.zone)).date()
        held = _day(day) if day else today
        staff = registers.find_staff(db, counselor) if counselor else None
        done = casework.log_session(
            db,
            who,
            day=held,
            type=type,
            area=area,
            hours=length,
            notes=notes,
            counselor=staff,
            rules=app.assistant.rules,
            by=actor(),
            now=at,
        )
        if isinstance(done, Refused):
            raise Problem(f"--{'date' if done.field == 'day' else done.field}: {done.reason}")
        typer.echo(f"Logged a session with {who.name or who.code} ({who.code}) on {held}.")
        for item in done.result:
            typer.echo(f"  follow-up {item.wave}: {item.due_on}")
        reachable = reach(db, who, at)
        if reachable.address is None:
            typer.echo(f"  Note: the client cannot be reached right now: {reachable.why_not}.")


IMPORT_HELP = f"""Import counseling sessions from a CSV file. Columns: {", ".join(COLUMNS)}.

**client, day, area** and **hours** are required; a day is written 2026-03-14. Areas: {", ".join(SERVICE_AREAS)}. Types:
{", ".join(SESSION_TYPES)}; without one, in_person. **counselor** is an e-mail address or name. Follow-ups are planned after
the last session of each client where they are still to come and their wave was not imported.

Sessions that are on record already are skipped. If any row is invalid, all invalid rows are listed and nothing is
imported."""


@session.command("import", help=IMPORT_HELP)
def take_in(file: CsvFile, center_code: CenterCode) -> None:
    app = opened_app()
    with file.open("rb") as table, progress_bar("Importing") as bar, app.database.write() as db:
        home = registers.find_center(db, center_code)
        rules = app.assistant.rules
        done = imports.import_sessions(db, table, home, rules=rules, by=actor(), now=clock(), progress=bar)
    result = imported(file.name, done)
    if result.sessions:
        planned = f"{counted(len(result.planned), 'follow-up')} planned" if result.planned else "no follow-up to plan"
        typer.echo(f"Imported {counted(result.sessions, 'session')}, {planned}.")
    if result.same:
        typer.echo(f"Skipped {counted(result.same, 'row')} on record already.")
    if not (result.sessions or result.same):
        typer.echo("The file contains no sessions.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Problem(f"--date {text}: write it as YYYY-MM-DD, e.g. 2026-03-14") from None

"""acompana session: counseling sessions and the follow-ups they schedule."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.cli.common import Problem, actor, number, opened_app
from bot.cli.common import now as clock
from bot.cli.groups import session
from bot.model import SERVICE_AREAS, SESSION_TYPES
from bot.service import casework
from bot.service.reachability import reach
from bot.service.results import Refused
from storage import registers, schema


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


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Problem(f"--date {text}: write it as YYYY-MM-DD, e.g. 2026-03-14") from None

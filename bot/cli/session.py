"""acompana session: counseling sessions and the follow-ups they schedule."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from bot.cli.common import Problem, actor, number, one_of, opened_app
from bot.cli.common import now as clock
from bot.cli.groups import session
from bot.model import SERVICE_AREAS
from bot.service import followups
from bot.service.reachability import reach
from storage import audit, registers, schema

if TYPE_CHECKING:
    pass

SESSION_TYPES = ("in_person", "phone", "online", "visit")


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
    one_of("--type", type, SESSION_TYPES)
    one_of("--area", area, SERVICE_AREAS)
    length = _hours(hours)
    with app.database.write() as db:
        who = registers.find_client(db, client)
        center = db.get_one(schema.Center, who.center_id)
        today = at.astimezone(ZoneInfo(center.zone)).date()
        held = _day(day) if day else today
        if held > today:
            raise Problem(f"--date {held} is in the future; log a session after it was held")
        staff = registers.find_staff(db, counselor) if counselor else None
        _row, planned = followups.log_session(
            db,
            who,
            center,
            day=held,
            type=type,
            area=area,
            hours=length,
            notes=notes,
            counselor=staff,
            rules=app.assistant.rules,
            now=at,
        )
        audit.record(db, actor(), "session.log", who.code, at=at, area=area)
        typer.echo(f"Logged a session with {who.name or who.code} ({who.code}) on {held}.")
        for item in planned:
            typer.echo(f"  follow-up {item.wave}: {item.due_on}")
        reachable = reach(db, who, at)
        if reachable.address is None:
            typer.echo(f"  Note: the client cannot be reached right now: {reachable.why_not}.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Problem(f"--date {text}: write it as YYYY-MM-DD, e.g. 2026-03-14") from None


def _hours(text: str) -> Decimal:
    hours: Decimal = number("--hours", text)
    if not Decimal(0) < hours <= Decimal(24):
        raise Problem(f"--hours {text}: must be more than 0 and at most 24")
    return hours

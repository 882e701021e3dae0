"""The day's work: sessions, follow-ups and trainings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from bot.cli.commands import followup, session, training
from bot.cli.edge import Problem, actor, counted, show_table, tell
from bot.cli.edge import now as clock
from bot.cli.program import opened_app
from bot.cli.registers import number
from bot.cli.routes import Route, Step, cost_of, route, steps, templates_of
from bot.messages.prices import Prices, PricesError
from bot.messages.prices import load as load_prices
from bot.model import SERVICE_AREAS
from bot.service import followups, trainings
from bot.service.reachability import reach
from scheduler.sender import message_of
from storage import audit, registers, schema

if TYPE_CHECKING:
    from bot.app import App

UNREACHED = Route("", "", "cannot be reached")
SESSION_TYPES = ("in_person", "phone", "online", "visit")


@session.command("log")
def log_session(
    client: Annotated[str, typer.Argument(help="The client's code or name.")],
    day: Annotated[str, typer.Option("--date", help="YYYY-MM-DD; today when left out.")] = "",
    type: Annotated[str, typer.Option(help=", ".join(SESSION_TYPES))] = "in_person",
    area: Annotated[str, typer.Option(help=", ".join(SERVICE_AREAS))] = "finance",
    hours: Annotated[str, typer.Option(help="Hours, e.g. 1.5")] = "1",
    notes: Annotated[str, typer.Option(help="For the record; the client never sees it.")] = "",
    counselor: Annotated[str, typer.Option(help="The counselor's e-mail or name.")] = "",
) -> None:
    """Record a session with a client. Its follow-ups are planned by the center's cadence."""
    app = opened_app()
    at = clock()
    _one_of("--type", type, SESSION_TYPES)
    _one_of("--area", area, SERVICE_AREAS)
    length = _hours(hours)
    with app.database.write() as db:
        who = registers.find_client(db, client)
        center = db.get_one(schema.Center, who.center_id)
        today = at.astimezone(ZoneInfo(center.zone)).date()
        held = _day(day) if day else today
        if held > today:
            raise Problem(f"--date {held} is still to come; record a session when it was held")
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
        typer.echo(f"Session with {who.name or who.code} ({who.code}) on {held} recorded.")
        for item in planned:
            typer.echo(f"  follow-up {item.wave}: {item.due_on}")
        reachable = reach(db, who, at)
        if reachable.address is None:
            typer.echo(f"  Note: as things are, they cannot be asked: {reachable.why_not}.")


@followup.command("trigger")
def trigger(
    clients: Annotated[list[str], typer.Argument(help="Client codes or names.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Send nothing; say who is reachable, how, and why not.")
    ] = False,
) -> None:
    """Ask clients for their figures now. Whom no message could reach, as things are, is not asked, and told why."""
    app = opened_app()
    prices = _prices()
    rows = [_trigger(app, wanted, prices, dry_run) for wanted in clients]
    show_table(("client", "name", "by", "result" if not dry_run else "would cost"), rows)
    if dry_run:
        typer.echo("Nothing was sent.")
    if not any(by for _code, _name, by, _result in rows):
        raise typer.Exit(1)


def _trigger(app: App, wanted: str, prices: Prices, dry_run: bool) -> tuple[str, str, str, str]:
    """Code, name, channel ("" when nothing is sent) and what is to be said about it."""
    at = clock()
    with app.database.read() as db:  # nothing is kept of what the trigger does here
        client = registers.find_client(db, wanted)
        code, name = client.code, client.name or ""
        why_not = app.assistant.trigger(db, client, None, at)
        if why_not is not None:
            return code, name, "", why_not
        tried = _steps(db, client, prices, at)
        night = _night(app, db, client, at)
    way = route(app.channels, tried)
    if dry_run or not way.by:
        return code, name, way.by, _joined(way.says, night if way.by else None)
    with app.database.write() as db:
        why_not = app.assistant.trigger(db, registers.find_client(db, code), None, at)
        if why_not is not None:
            return code, name, "", why_not
        audit.record(db, actor(), "followup.trigger", code, at=at)
    return code, name, tried[0].channel, _joined("queued for the worker", way.detour, night)


def _joined(*notes: str | None) -> str:
    return "; ".join(filter(None, notes))


def _night(app: App, db: Db, client: schema.Client, now: datetime) -> str | None:
    hour = app.assistant.rules.night_at(db.get_one(schema.Center, client.center_id), now)
    return None if hour is None else f"it is {hour} there"


def _steps(db: Db, client: schema.Client, prices: Prices, now: datetime) -> list[Step]:
    """The ways of the message that was queued last."""
    db.flush()
    query = select(schema.Outbox).where(schema.Outbox.client_id == client.id).order_by(schema.Outbox.id.desc())
    row = db.scalars(query.limit(1)).one()
    center = db.get_one(schema.Center, client.center_id)
    return steps(db, client.id, row.template, now, lambda to: cost_of(message_of(row), to, center, prices, now))


@followup.command("list")
def list_followups(
    center: Annotated[str, typer.Option(help="A center's code; all centers when left out.")] = "",
    status: Annotated[
        str, typer.Option(help="planned, invited, completed, partial, unanswered, declined, dropped")
    ] = "",
    limit: Annotated[int, typer.Option(help="How many at most.", min=1)] = 50,
) -> None:
    """Follow-ups by due day, with what became of them."""
    app = opened_app()
    query = select(schema.Followup, schema.Client).join(schema.Client, schema.Client.id == schema.Followup.client_id)
    with app.database.read() as db:
        if center:
            query = query.where(schema.Client.center_id == registers.find_center(db, center).id)
        if status:
            query = query.where(schema.Followup.status == status)
        found = db.execute(query.order_by(schema.Followup.due_on, schema.Followup.id).limit(limit))
        rows = [(row.due_on, client.code, row.wave, row.status, row.reason) for row, client in found]
    if not rows:
        typer.echo("No follow-up matches. `acompana session log CLIENT` plans some.")
        return
    show_table(("due", "client", "wave", "status", "reason"), rows)


# --- trainings -------------------------------------------------------------------------------------------------------


@training.command("invite")
def invite(
    code: Annotated[str, typer.Argument(help="The training's code.")],
    sector: Annotated[list[str] | None, typer.Option(help="Only clients of this sector; may be repeated.")] = None,
    stage: Annotated[list[str] | None, typer.Option(help="idea or running.")] = None,
    language: Annotated[list[str] | None, typer.Option(help="Only clients who speak this language.")] = None,
    client: Annotated[list[str] | None, typer.Option(help="Only this client code; may be repeated.")] = None,
    over: Annotated[float, typer.Option(help="Spread the invitations over this many hours.", min=0)] = 0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say who would be invited.")] = False,
) -> None:
    """Invite clients of the center to a training, within waking hours."""
    app = opened_app()
    at = clock()
    filters = {"sectors": sector or (), "stages": stage or (), "languages": language or (), "codes": client or ()}
    with app.database.read() as db:
        what = registers.find_training(db, code)
        if what.cancelled_at is not None:
            raise Problem(f"{what.code} was cancelled")
        if what.starts_at <= at:
            raise Problem(f"{what.code} has begun already")
        chosen = trainings.audience(db, what, **filters)
        ways = _ways(db, chosen, at)
    routes = {one: route(app.channels, way) if way else UNREACHED for one, way in ways.items()}
    stuck = {one for one, way in ways.items() if way and not routes[one].by}
    if dry_run:
        rows = [(one.code, one.name, routes[one.id].by, routes[one.id].detour) for one in chosen]
        show_table(("client", "name", "by", "note"), rows)
        typer.echo(f"{sum(bool(row[2]) for row in rows)} would be invited to {what.title}. Nothing was sent.")
        return
    with app.database.write() as db:
        what = registers.find_training(db, code)
        center = db.get_one(schema.Center, what.center_id)
        reached = [one for one in trainings.audience(db, what, **filters) if one.id not in stuck]
        made = trainings.invite(db, what, center, reached, app.assistant.rules, at, timedelta(hours=over))
        audit.record(db, actor(), "training.invite", what.code, at=at, invited=len(made))
    typer.echo(f"{len(made)} invited to {what.title}; {len(reached) - len(made)} were invited before.")
    fresh = {enrollment.client_id for enrollment in made}
    for way, clients in Counter(way for one, way in routes.items() if ways[one] and one in fresh | stuck).items():
        if way.detour:
            tell(f"{counted(clients, 'invitation')}{'' if way.by else ' not sent'}: {way.detour}")


def _ways(db: Db, clients: Sequence[schema.Client], now: datetime) -> dict[int, list[Step]]:
    """How the invitation would find each client."""
    texts = templates_of("training")
    return {client.id: steps(db, client.id, texts.get(client.language), now) for client in clients}


@training.command("cancel")
def cancel(code: Annotated[str, typer.Argument(help="The training's code.")]) -> None:
    """Call a training off, also while its invitations are still going out. Whoever heard of it is told."""
    app = opened_app()
    at = clock()
    with app.database.write() as db:
        what = registers.find_training(db, code)
        if what.cancelled_at is not None:
            raise Problem(f"{what.code} was cancelled on {what.cancelled_at:%Y-%m-%d %H:%M} UTC")
        if what.starts_at <= at:
            raise Problem(f"{what.code} has begun already")
        center = db.get_one(schema.Center, what.center_id)
        told = trainings.cancel(db, what, center, app.assistant.rules, at)
        audit.record(db, actor(), "training.cancel", what.code, at=at, told=told)
    typer.echo(
        f"{what.title} ({what.code}) is cancelled. Clients who will be told: {told}; invitations still to come: none."
    )


@training.command("attend")
def attend(
    code: Annotated[str, typer.Argument(help="The training's code.")],
    clients: Annotated[list[str], typer.Argument(help="Client codes or names.")],
    absent: Annotated[bool, typer.Option("--absent", help="They did not come.")] = False,
) -> None:
    """Mark who came. They are asked one question about it afterwards."""
    app = opened_app()
    at = clock()
    with app.database.write() as db:
        what = registers.find_training(db, code)
        if what.starts_at > at:
            raise Problem(f"{what.code} has not begun yet ({what.starts_at:%Y-%m-%d %H:%M} UTC)")
        center = db.get_one(schema.Center, what.center_id)
        for wanted in clients:
            client = registers.find_client(db, wanted, what.center_id)
            found = select(schema.Enrollment).where(
                schema.Enrollment.training_id == what.id, schema.Enrollment.client_id == client.id
            )
            enrollment = db.scalar(found)
            if enrollment is None:
                enrollment = schema.Enrollment(training_id=what.id, client_id=client.id, status="yes")
                db.add(enrollment)
                db.flush()
            trainings.attend(db, enrollment, what, center, came=not absent, rules=app.assistant.rules, now=at)
            audit.record(db, actor(), "training.attend", client.code, at=at, training=what.code, came=not absent)
    typer.echo(f"{len(clients)} marked as {'absent' if absent else 'attended'} at {what.title}.")


# --- what was typed --------------------------------------------------------------------------------------------------


def _prices() -> Prices:
    try:
        return load_prices()
    except PricesError as error:
        raise Problem(str(error)) from None


def _one_of(option: str, given: str, allowed: tuple[str, ...]) -> None:
    if given not in allowed:
        raise Problem(f"{option} {given}: choose one of {', '.join(allowed)}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Problem(f"--date {text}: write it as YYYY-MM-DD, e.g. 2026-03-14") from None


def _hours(text: str) -> Decimal:
    hours: Decimal = number("--hours", text)
    if not Decimal(0) < hours <= Decimal(24):
        raise Problem(f"--hours {text}: more than 0 and at most 24")
    return hours

"""acompana training: trainings, their invitations and attendance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from bot.cli.common import (
    CenterCode,
    OneCenter,
    Problem,
    actor,
    counted,
    number,
    opened_app,
    opened_database,
    show_table,
    tell,
    writing,
)
from bot.cli.common import now as clock
from bot.cli.delivery_preview import Route, Step, route, steps, templates_of
from bot.cli.groups import training
from bot.service import training_admin, trainings
from bot.service.results import Refused
from storage import audit, registers, schema
from storage.trainings import clients_to_invite

MINUTE = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]
UNREACHED = Route("", "", "cannot be reached")


@training.command("add")
def add_training(
    title: Annotated[str, typer.Argument(help="Title shown to clients.", metavar="TITLE")],
    center_code: CenterCode,
    start: Annotated[
        datetime,
        typer.Option(help="Date and time in the center's time zone.", metavar='"2026-12-03 14:00"', formats=MINUTE),
    ],
    place: Annotated[str, typer.Option(help="Where it takes place.")],
    area: Annotated[
        str, typer.Option(help="finance, technology, standards, cooperatives or value_chains.", metavar="AREA")
    ],
    hours: Annotated[str, typer.Option(help="Length in hours.")] = "2",
    seats: Annotated[int, typer.Option(help="Number of seats; further clients go on the waiting list.")] = 20,
    language: Annotated[str | None, typer.Option(help="Default: the center's.")] = None,
) -> None:
    """Add a training. To invite clients to it: acompana training invite"""
    with writing() as db:
        home = registers.find_center(db, center_code)
        starts_at = start.replace(tzinfo=ZoneInfo(home.zone)).astimezone(UTC)
        done = training_admin.plan_training(
            db,
            home,
            title=title,
            starts_at=starts_at,
            hours=number("hours", hours),
            place=place,
            capacity=seats,
            area=area,
            language=language,
            past=True,
            by=actor(),
            now=clock(),
        )
        if isinstance(done, Refused):
            raise Problem(f"{done.field}: {done.reason}")
        made = done.result
    past = " It is in the past; no reminders will be sent." if starts_at < clock() else ""
    typer.echo(f"Added {made.code}, {made.title}, {start:%Y-%m-%d %H:%M} in {home.zone}.{past}")


@training.command("list")
def list_trainings(
    center_code: OneCenter = None,
    past: Annotated[bool, typer.Option("--all", help="Include past trainings.")] = False,
) -> None:
    """List upcoming trainings by start time, in the center's time zone."""
    with opened_database() as database, database.read() as db:
        home = registers.find_center(db, center_code) if center_code else None
        rows = registers.list_trainings(db, home, None if past else clock() - timedelta(days=1))
        show_table(
            ("code", "title", "start", "hours", "place", "seats", "language", "area"),
            (
                (
                    row.code,
                    row.title,
                    row.starts_at.astimezone(ZoneInfo(row.center.zone)).strftime("%Y-%m-%d %H:%M"),
                    row.hours,
                    row.place,
                    row.capacity,
                    row.language,
                    row.area,
                )
                for row in rows
            ),
        )


@training.command("invite")
def invite(
    code: Annotated[str, typer.Argument(help="Training code.")],
    sector: Annotated[list[str] | None, typer.Option(help="Only clients in this sector; repeatable.")] = None,
    stage: Annotated[
        list[str] | None, typer.Option(help="Only clients at this stage, idea or running; repeatable.")
    ] = None,
    language: Annotated[list[str] | None, typer.Option(help="Only clients who use this language; repeatable.")] = None,
    client: Annotated[list[str] | None, typer.Option(help="Only this client code; repeatable.")] = None,
    over: Annotated[float, typer.Option(help="Spread the invitations over this many hours.", min=0)] = 0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Send nothing; show who would be invited.")] = False,
) -> None:
    """Invite clients of the center to a training, outside quiet hours. Skips clients who cannot be reached right now and
    says why."""
    app = opened_app()
    at = clock()
    filters = {"sectors": sector or (), "stages": stage or (), "languages": language or (), "codes": client or ()}
    with app.database.read() as db:
        what = registers.find_training(db, code)
        if what.cancelled_at is not None:
            raise Problem(f"{what.code} was cancelled")
        if what.starts_at <= at:
            raise Problem(f"{what.code} has already started")
        chosen = clients_to_invite(db, what, **filters)
        ways = _ways(db, chosen, at)
    routes = {one: route(app.channels, way) if way else UNREACHED for one, way in ways.items()}
    stuck = {one for one, way in ways.items() if way and not routes[one].by}
    if dry_run:
        rows = [(one.code, one.name, routes[one.id].by, routes[one.id].detour) for one in chosen]
        show_table(("client", "name", "channel", "note"), rows)
        typer.echo(f"{sum(bool(row[2]) for row in rows)} would be invited to {what.title}. Nothing was sent.")
        return
    with app.database.write() as db:
        what = registers.find_training(db, code)
        center = db.get_one(schema.Center, what.center_id)
        reached = [one for one in clients_to_invite(db, what, **filters) if one.id not in stuck]
        made = trainings.invite(db, what, center, reached, app.assistant.rules, at, timedelta(hours=over))
        audit.record(db, actor(), "training.invite", what.code, at=at, invited=len(made))
    typer.echo(f"{len(made)} invited to {what.title}; {len(reached) - len(made)} had already been invited.")
    fresh = {enrollment.client_id for enrollment in made}
    for way, clients in Counter(way for one, way in routes.items() if ways[one] and one in fresh | stuck).items():
        if way.detour:
            tell(f"{counted(clients, 'invitation')}{'' if way.by else ' not sent'}: {way.detour}")


def _ways(db: Db, clients: Sequence[schema.Client], now: datetime) -> dict[int, list[Step]]:
    """The addresses that the invitation would try for each client."""
    texts = templates_of("training")
    return {client.id: steps(db, client.id, texts.get(client.language), now) for client in clients}


@training.command("cancel")
def cancel(code: Annotated[str, typer.Argument(help="Training code.")]) -> None:
    """Cancel a training, even while invitations are going out. Everyone who was invited is notified."""
    app = opened_app()
    at = clock()
    with app.database.write() as db:
        what = registers.find_training(db, code)
        done = training_admin.cancel_training(db, what, rules=app.assistant.rules, by=actor(), now=at)
        if isinstance(done, Refused):
            raise Problem(f"{what.code} {done.reason}")
    typer.echo(
        f"Cancelled {what.title} ({what.code}). Clients to be notified: {done.result}; pending invitations: none."
    )


@training.command("attend")
def attend(
    code: Annotated[str, typer.Argument(help="Training code.")],
    clients: Annotated[list[str], typer.Argument(help="Client codes or names.")],
    absent: Annotated[bool, typer.Option("--absent", help="Mark them as absent instead.")] = False,
) -> None:
    """Mark who attended. They are asked one question about the training afterwards."""
    app = opened_app()
    at = clock()
    with app.database.write() as db:
        what = registers.find_training(db, code)
        if what.starts_at > at:
            raise Problem(f"{what.code} has not started yet ({what.starts_at:%Y-%m-%d %H:%M} UTC)")
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

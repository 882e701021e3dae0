"""acompana followup: ask clients for their figures, one by one or a whole center over several hours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from bot.cli.common import Problem, actor, counted, opened_app, show_table, tell
from bot.cli.common import now as clock
from bot.cli.delivery_preview import Step, cost_of, route, steps, steps_of, templates_of
from bot.cli.groups import followup
from bot.messages.prices import Prices, PricesError
from bot.messages.prices import load as load_prices
from bot.service import campaigns, casework
from bot.service.results import Done, Refused
from bot.service.turn import TurnContext
from scheduler.sender import message_of
from storage import audit, registers, schema
from storage.campaigns import codes_to_ask
from storage.schema import Address, Client

if TYPE_CHECKING:
    from bot.app import App


AT_ONCE = 200
"""Clients per transaction. Incoming messages wait for a transaction to end, so it must be short."""


@followup.command("trigger")
def trigger(
    clients: Annotated[list[str], typer.Argument(help="Client codes or names.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Send nothing; show who can be reached, how, at what cost, and why not.")
    ] = False,
) -> None:
    """Ask clients for their figures now. Skips clients who cannot be reached right now and says why."""
    app = opened_app()
    prices = _prices()
    rows = [_trigger(app, wanted, prices, dry_run) for wanted in clients]
    show_table(("client", "name", "channel", "result" if not dry_run else "cost"), rows)
    if dry_run:
        typer.echo("Nothing was sent.")
    if not any(by for _code, _name, by, _result in rows):
        raise typer.Exit(1)


def _trigger(app: App, wanted: str, prices: Prices, dry_run: bool) -> tuple[str, str, str, str]:
    """Code, name, channel ("" if nothing is sent) and the result or cost."""
    at = clock()
    with app.database.read() as db:  # rolled back: the trigger only shows what it would do
        client = registers.find_client(db, wanted)
        code, name = client.code, client.name or ""
        asked = _ask(app, db, client, at)
        if isinstance(asked, Refused):
            return code, name, "", asked.reason
        tried = _steps(db, client, prices, at)
        night = _night(app, db, client, at)
    way = route(app.channels, tried)
    if dry_run or not way.by:
        return code, name, way.by, _joined(way.summary, night if way.by else None)
    with app.database.write() as db:
        asked = _ask(app, db, registers.find_client(db, code), at)
        if isinstance(asked, Refused):
            return code, name, "", asked.reason
    return code, name, tried[0].channel, _joined("queued for the worker", way.detour, night)


def _ask(app: App, db: Db, client: Client, at: datetime) -> Done[TurnContext] | Refused:
    return casework.ask_for_figures(app.assistant.wiring, db, client, None, by=actor(), now=at)


def _joined(*notes: str | None) -> str:
    return "; ".join(filter(None, notes))


def _night(app: App, db: Db, client: schema.Client, now: datetime) -> str | None:
    hour = app.assistant.rules.night_at(db.get_one(schema.Center, client.center_id), now)
    return None if hour is None else f"it is {hour} local time"


def _steps(db: Db, client: schema.Client, prices: Prices, now: datetime) -> list[Step]:
    """The addresses for the message that was queued last."""
    db.flush()
    query = select(schema.Outbox).where(schema.Outbox.client_id == client.id).order_by(schema.Outbox.id.desc())
    row = db.scalars(query.limit(1)).one()
    center = db.get_one(schema.Center, client.center_id)
    return steps(db, client.id, row.template, now, lambda to: cost_of(message_of(row), to, center, prices, now))


@followup.command("list")
def list_followups(
    center: Annotated[str, typer.Option(help="Center code. Default: all centers.")] = "",
    status: Annotated[
        str, typer.Option(help="planned, invited, completed, partial, unanswered, declined, dropped")
    ] = "",
    limit: Annotated[int, typer.Option(help="Maximum number of rows.", min=1)] = 50,
) -> None:
    """List follow-ups by due date, with their status."""
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
        typer.echo("No matching follow-ups. `acompana session log CLIENT` schedules some.")
        return
    show_table(("due", "client", "wave", "status", "reason"), rows)


def _prices() -> Prices:
    try:
        return load_prices()
    except PricesError as error:
        raise Problem(str(error)) from None


@followup.command("spread")
def spread(
    center: Annotated[str, typer.Argument(help="Center code.", metavar="CENTER")],
    over: Annotated[float, typer.Option(help="Spread over this many hours.", min=0)] = 4,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help="Schedule nothing; show how many clients would be asked, until when, and why others would not.",
        ),
    ] = False,
) -> None:
    """Ask all clients of a center for their figures, spread over several hours and outside quiet hours. Skips clients who
    cannot be reached right now and says why.

    `acompana followup cancel CENTER` stops a running spread.
    """
    app, at = opened_app(), clock()
    with app.database.read() as db:
        home = registers.find_center(db, center)
        codes = codes_to_ask(db, home.id)
        times = campaigns.times(home, len(codes), app.assistant.rules, at, timedelta(hours=over))
    asked: list[datetime] = []
    why_not: Counter[str] = Counter()
    detours: Counter[str] = Counter()
    for start in range(0, len(codes), AT_ONCE):
        planned = dict(zip(codes[start : start + AT_ONCE], times[start : start + AT_ONCE], strict=True))
        with app.database.read() as db:
            ways = _planned_ways(db, planned)
        routes = {code: route(app.channels, way) for code, way in ways.items() if way}
        with (app.database.read if dry_run else app.database.write)() as db:
            home = registers.find_center(db, center)
            known = {one.code: one for one in db.scalars(select(Client).where(Client.code.in_(planned)))}
            for code, when in planned.items():
                way = routes.get(code)
                stuck = way.detour if way and not way.by else None
                wrong = stuck or campaigns.ask(db, known[code], home, when, at)
                if wrong:
                    why_not[wrong] += 1
                    continue
                asked.append(when)
                if way and way.detour:
                    detours[way.detour] += 1
    if asked and not dry_run:
        with app.database.write() as db:
            audit.record(db, actor(), "followup.spread", home.code, at=at, clients=len(asked), hours=over)
    for detour, clients in detours.most_common():
        tell(f"{counted(clients, 'client')}: {detour}")
    for reason, clients in why_not.most_common():
        typer.echo(f"{counted(clients, 'client')} not asked: {reason}.")
    if not asked:
        typer.echo(f"No client of {home.code} can be asked.")
        raise typer.Exit(1)
    first, last = (f"{when.astimezone(ZoneInfo(home.zone)):%Y-%m-%d %H:%M}" for when in (min(asked), max(asked)))
    would = "would be" if dry_run else "will be"
    typer.echo(
        f"{counted(len(asked), 'client')} of {home.code} {would} asked between {first} and {last} ({home.zone})."
    )
    if dry_run:
        typer.echo("Nothing was scheduled.")


def _planned_ways(db: Db, planned: Mapping[str, datetime]) -> dict[str, list[Step]]:
    """The addresses that the first message would try for each client at its planned time."""
    rows = db.execute(select(Client, Address).join(Address).where(Client.code.in_(planned)))
    theirs: dict[Client, list[Address]] = {}
    for client, address in rows:
        theirs.setdefault(client, []).append(address)
    return {
        client.code: steps_of(addresses, templates_of("followup").get(client.language), planned[client.code])
        for client, addresses in theirs.items()
    }


@followup.command("cancel")
def cancel(center: Annotated[str, typer.Argument(help="Center code.", metavar="CENTER")]) -> None:
    """Cancel a running `spread`. Clients who have not been messaged yet will not be; the scheduled 3-, 6- and 12-month
    follow-ups stay."""
    app, at = opened_app(), clock()
    with app.database.write() as db:
        home = registers.find_center(db, center)
        stopped = campaigns.call_off(db, home, at)
        audit.record(db, actor(), "followup.cancel", home.code, at=at, clients=stopped)
    typer.echo(
        f"{counted(stopped, 'client')} of {home.code} will not be asked. Clients who were already asked can still answer."
    )

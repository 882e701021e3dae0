"""acompana followup spread and cancel: a whole center, over some hours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from bot.cli.commands import followup
from bot.cli.edge import actor, counted, tell
from bot.cli.edge import now as clock
from bot.cli.program import opened_app
from bot.cli.routes import Step, route, steps_of, templates_of
from bot.service import campaigns
from storage import audit, registers
from storage.schema import Address, Client

AT_ONCE = 200
"""Clients in one transaction, so that nobody who writes meanwhile waits long."""


@followup.command("spread")
def spread(
    center: Annotated[str, typer.Argument(help="The center's code.", metavar="CENTER")],
    over: Annotated[float, typer.Option(help="Over how many hours.", min=0)] = 4,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Plan nothing; say who would be asked, until when, and why not.")
    ] = False,
) -> None:
    """Ask all clients of a center for their figures, spread over some hours, within waking hours. Whom no message could
    reach, as things are, is not asked.

    `acompana followup cancel CENTER` stops it while it runs.
    """
    app, at = opened_app(), clock()
    with app.database.read() as db:
        home = registers.find_center(db, center)
        codes = campaigns.audience(db, home)
        times = campaigns.times(home, len(codes), app.assistant.rules, at, timedelta(hours=over))
    asked: list[datetime] = []
    why_not: Counter[str] = Counter()
    detours: Counter[str] = Counter()
    for start in range(0, len(codes), AT_ONCE):
        planned = dict(zip(codes[start : start + AT_ONCE], times[start : start + AT_ONCE], strict=True))
        with app.database.read() as db:
            ways = _ways(db, planned)
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
        typer.echo(f"Nobody of {home.code} is to be asked.")
        raise typer.Exit(1)
    first, last = (f"{when.astimezone(ZoneInfo(home.zone)):%Y-%m-%d %H:%M}" for when in (min(asked), max(asked)))
    would = "would be" if dry_run else "will be"
    typer.echo(
        f"{counted(len(asked), 'client')} of {home.code} {would} asked between {first} and {last} ({home.zone})."
    )
    if dry_run:
        typer.echo("Nothing was planned.")


def _ways(db: Db, planned: Mapping[str, datetime]) -> dict[str, list[Step]]:
    """How the first message would find each client at the time that is planned for it."""
    rows = db.execute(select(Client, Address).join(Address).where(Client.code.in_(planned)))
    theirs: dict[Client, list[Address]] = {}
    for client, address in rows:
        theirs.setdefault(client, []).append(address)
    return {
        client.code: steps_of(addresses, templates_of("followup").get(client.language), planned[client.code])
        for client, addresses in theirs.items()
    }


@followup.command("cancel")
def cancel(center: Annotated[str, typer.Argument(help="The center's code.", metavar="CENTER")]) -> None:
    """Stop asking a center's clients that `spread` planned, and whom no message has reached. The yearly waves stay."""
    app, at = opened_app(), clock()
    with app.database.write() as db:
        home = registers.find_center(db, center)
        stopped = campaigns.call_off(db, home, at)
        audit.record(db, actor(), "followup.cancel", home.code, at=at, clients=stopped)
    typer.echo(f"{counted(stopped, 'client')} of {home.code} will not be asked. Whoever was asked can still answer.")

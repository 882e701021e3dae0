"""acompana client: who is helped, and what is held about them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from sqlalchemy import func, select
from sqlalchemy.orm import Session as Db

from bot.cli.common import (
    CenterCode,
    OneCenter,
    Problem,
    actor,
    counted,
    now,
    opened_app,
    opened_store,
    progress_bar,
    show_table,
    tell,
    writing,
)
from bot.cli.groups import client
from bot.service import opening, privacy
from storage import audit, registers
from storage.client_import import COLUMNS, import_clients
from storage.outcomes import Figure, of_one
from storage.schema import Address, Center, Client, Consent, CounselingSession, Followup, Staff

SHOWN = 5

IMPORT_HELP = f"""Take in clients from a CSV file: {", ".join(COLUMNS)}; name and phone are needed.

Phones are written with + and country, or as they are dialled in the center's country. If any row is broken, all broken
rows are named and nothing is taken in. Nobody gets a message by this: they have agreed to nothing yet. Invite them to
write to the assistant themselves."""


@client.command("list")
def list_clients(
    center_code: OneCenter = None,
    status: Annotated[str | None, typer.Option(help="new, registered or refused.")] = None,
    counselor: Annotated[str | None, typer.Option(help="Only this counselor's: e-mail or name.")] = None,
) -> None:
    """List the clients, by code."""
    with opened_store() as database:
        with database.write() as db:
            audit.record(db, actor(), "client.list", center_code or "", at=now())
        with database.read() as db:
            home = registers.find_center(db, center_code) if center_code else None
            who = registers.find_staff(db, counselor) if counselor else None
            rows = registers.list_clients(db, home, status, who)
            show_table(
                ("code", "name", "business", "status", "language", "counselor", "registered"),
                (
                    (
                        row.code,
                        row.name,
                        row.business_name,
                        "stopped" if row.opted_out_at else row.status,
                        row.language,
                        row.counselor.name if row.counselor else None,
                        row.registered_at.date() if row.registered_at else None,
                    )
                    for row in rows
                ),
            )


@client.command("import", help=IMPORT_HELP)
def take_in(
    file: Annotated[Path, typer.Argument(help="A CSV file in UTF-8, with comma, semicolon or tab.", metavar="FILE")],
    center_code: CenterCode,
    skip_broken: Annotated[bool, typer.Option("--skip-broken", help="Take in the good rows all the same.")] = False,
) -> None:
    with file.open("rb") as table, progress_bar("Reading") as bar, writing() as db:
        home = registers.find_center(db, center_code)
        result = import_clients(
            db, table, home, at=now(), skip_broken=skip_broken, progress=lambda line: bar(line, line)
        )
        if result.codes:
            broken = len({problem.line for problem in result.problems})
            audit.record(
                db, actor(), "client.import", home.code, at=now(), clients=len(result.codes), broken_rows=broken
            )
    tell(*map(str, result.problems))
    if result.codes:
        more = " …" if len(result.codes) > SHOWN else ""
        typer.echo(f"Took in {counted(len(result.codes), 'client')}: {', '.join(result.codes[:SHOWN])}{more}")
        typer.echo(f"None of them has agreed to anything: invite them to write JOIN {home.code} themselves.")
    elif result.problems:
        tell(f"Nothing was taken in. Mend the rows, or add --skip-broken for the {result.good} good ones.")
    else:
        typer.echo("There are no clients in the file.")
    if result.problems:
        raise typer.Exit(1)


@client.command("show")
def show(who: Annotated[str, typer.Argument(help="The client's code, or a name.", metavar="CLIENT")]) -> None:
    """Show everything that is held about a client. That you looked is kept in the audit log."""
    with writing() as db:
        found = registers.find_client(db, who)
        audit.record(db, actor(), "client.show", found.code, at=now())
        for name, value in _facts(db, found):
            typer.echo(f"{name + ':':<18}{value}")


def _facts(db: Db, found: Client) -> Iterator[tuple[str, str]]:
    home = db.get_one(Center, found.center_id)
    zone = ZoneInfo(home.zone)
    counselor = db.get(Staff, found.counselor_id) if found.counselor_id else None
    yield "code", found.code
    yield "center", f"{home.code}, {home.name}"
    yield "status", found.status
    if found.opted_out_at:
        yield "stopped", f"{found.opted_out_at.astimezone(zone):%Y-%m-%d %H:%M}; nothing is sent"
    for name, value in (
        ("name", found.name),
        ("business", found.business_name),
        ("sector", found.sector),
        ("stage", found.stage),
        ("place", found.place),
        ("language", found.language),
        ("counselor", counselor.name if counselor else None),
        ("registered", found.registered_at.astimezone(zone).date() if found.registered_at else None),
    ):
        yield name, str(value) if value else "-"
    for address in db.scalars(select(Address).where(Address.client_id == found.id).order_by(Address.id)):
        gone = f", unreachable: {address.unreachable_reason}" if address.unreachable_at else ""
        yield address.channel, f"{address.address}{' (simulated)' if address.simulated else ''}{gone}"
    for consent in db.scalars(select(Consent).where(Consent.client_id == found.id).order_by(Consent.id)):
        answer = "yes" if consent.granted else "no"
        yield f"{consent.kind} consent", f"{answer}, {consent.at.astimezone(zone):%Y-%m-%d %H:%M}, {consent.channel}"
    sessions, hours = db.execute(
        select(func.count(), func.sum(CounselingSession.hours)).where(CounselingSession.client_id == found.id)
    ).one()
    yield "sessions", f"{sessions} ({hours or 0} hours)"
    for survey in db.scalars(select(Followup).where(Followup.client_id == found.id).order_by(Followup.due_on)):
        yield f"follow-up {survey.wave}", f"{survey.due_on}, {survey.status}"
    for line in of_one(db, found.id):
        yield line.indicator, f"{_figure(line.baseline)} → {_figure(line.latest)}"


def _figure(figure: Figure | None) -> str:
    if figure is None:
        return "-"
    about = "about " if figure.approximate else ""
    return f"{about}{figure.value}{f' {figure.currency}' if figure.currency else ''} ({figure.day})"


@client.command("erase")
def erase(
    who: Annotated[str, typer.Argument(help="The client's code, or a name.", metavar="CLIENT")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
) -> None:
    """Erase who a client is, what they said and their figures. What stays is that a record was erased."""
    program = opened_app()
    with program.database.read() as db:
        code = registers.find_client(db, who).code
    if not yes:
        typer.confirm(f"Erase everything about {code}? This cannot be undone", abort=True)
    with program.database.write() as db:
        found, home = opening.locked(db, registers.find_client(db, code).id)
        address = db.scalars(select(Address).where(Address.client_id == found.id).order_by(Address.id)).first()
        if address is None:
            raise Problem(f"{code} has no phone or chat on record, so nothing can be erased by it")
        audit.record(db, actor(), "client.erase", code, at=now())
        privacy.erase(opening.open_turn(program.assistant.wiring, db, found, home, address, now()))
    typer.echo(f"{code} is erased.")

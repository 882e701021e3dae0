"""acompana client: clients and the data stored about them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from sqlalchemy import func, select
from sqlalchemy.orm import Session as Db

from bot.cli.common import (
    CenterCode,
    CsvFile,
    OneCenter,
    actor,
    counted,
    imported,
    now,
    opened_app,
    opened_database,
    progress_bar,
    show_table,
    tell,
    writing,
)
from bot.cli.groups import client
from bot.service import imports, privacy
from bot.service.opening import open_turn
from storage import audit, registers
from storage.addresses import addresses_of, first_address
from storage.businesses import same_business
from storage.clients import locked
from storage.imports.clients import COLUMNS
from storage.outcomes import Figure, of_one
from storage.persons import persons_of
from storage.schema import Center, Client, Consent, CounselingSession, Followup, Staff

SHOWN = 5

IMPORT_HELP = f"""Import clients from a CSV file. Columns: {", ".join(COLUMNS)}. name and phone are required.

Write phone numbers with + and country code, or as dialled in the center's country. A phone of a client of another center
makes both clients one business. sex is f, m or x; rural, disability, indigenous and registered are yes or no; women_owned
is a percentage, or yes or no. If any row is invalid, all invalid
rows are listed and nothing is imported. Imported clients are not messaged, because they have not consented yet: ask
them to write to the assistant themselves."""


@client.command("list")
def list_clients(
    center_code: OneCenter = None,
    status: Annotated[str | None, typer.Option(help="new, registered or refused.")] = None,
    counselor: Annotated[
        str | None, typer.Option(help="Only clients of this counselor (e-mail address or name).")
    ] = None,
) -> None:
    """List clients by code."""
    with opened_database() as database:
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
    file: CsvFile,
    center_code: CenterCode,
    skip_broken: Annotated[
        bool, typer.Option("--skip-broken", help="Import the valid rows even if others are invalid.")
    ] = False,
) -> None:
    with file.open("rb") as table, progress_bar("Reading") as bar, writing() as db:
        home = registers.find_center(db, center_code)
        done = imports.import_clients(
            db,
            table,
            home,
            by=actor(),
            now=now(),
            skip_broken=skip_broken,
            progress=lambda line: bar(line, line),
        )
    result = imported(file.name, done, "Fix the rows, or add --skip-broken to import the valid ones.")
    tell(*map(str, result.problems))
    if result.codes:
        more = " …" if len(result.codes) > SHOWN else ""
        typer.echo(f"Imported {counted(len(result.codes), 'client')}: {', '.join(result.codes[:SHOWN])}{more}")
        for code, other in result.shared:
            typer.echo(f"{code} is the same business as {other}, which keeps the phone: write to {other}.")
        typer.echo(f"None of them has consented yet: ask them to write JOIN {home.code} themselves.")
    else:
        typer.echo("The file contains no clients.")
    if result.problems:
        raise typer.Exit(1)


@client.command("show")
def show(who: Annotated[str, typer.Argument(help="Client code or name.", metavar="CLIENT")]) -> None:
    """Show everything stored about a client. The audit log records who looked."""
    with writing() as db:
        record = registers.find_client(db, who)
        audit.record(db, actor(), "client.show", record.code, at=now())
        for name, value in _facts(db, record):
            typer.echo(f"{name + ':':<18}{value}")


def _facts(db: Db, record: Client) -> Iterator[tuple[str, str]]:
    home = db.get_one(Center, record.center_id)
    zone = ZoneInfo(home.zone)
    counselor = db.get(Staff, record.counselor_id) if record.counselor_id else None
    yield "code", record.code
    yield "center", f"{home.code}, {home.name}"
    yield "status", record.status
    if record.opted_out_at:
        yield "stopped", f"{record.opted_out_at.astimezone(zone):%Y-%m-%d %H:%M}; nothing is sent"
    for name, value in (
        ("name", record.name),
        ("business", record.business_name),
        ("sector", record.sector),
        ("stage", record.stage),
        ("place", record.place),
        ("language", record.language),
        ("counselor", counselor.name if counselor else None),
        ("registered", record.registered_at.astimezone(zone).date() if record.registered_at else None),
    ):
        yield name, str(value) if value else "-"
    for other in same_business(db, record):
        yield "same business as", other.code
    for person in persons_of(db, record)[1:]:
        yield "also speaks", person.name or "-"
    for address in sorted(addresses_of(db, record.id), key=lambda address: address.id):
        gone = f", unreachable: {address.unreachable_reason}" if address.unreachable_at else ""
        yield address.channel, f"{address.address}{' (simulated)' if address.simulated else ''}{gone}"
    for consent in db.scalars(select(Consent).where(Consent.client_id == record.id).order_by(Consent.id)):
        answer = "yes" if consent.granted else "no"
        yield f"{consent.kind} consent", f"{answer}, {consent.at.astimezone(zone):%Y-%m-%d %H:%M}, {consent.channel}"
    sessions, hours = db.execute(
        select(func.count(), func.sum(CounselingSession.hours)).where(CounselingSession.client_id == record.id)
    ).one()
    yield "sessions", f"{sessions} ({hours or 0} hours)"
    for survey in db.scalars(select(Followup).where(Followup.client_id == record.id).order_by(Followup.due_on)):
        yield f"follow-up {survey.wave}", f"{survey.due_on}, {survey.status}"
    for line in of_one(db, record.id):
        yield line.indicator, f"{_figure(line.baseline)} → {_figure(line.latest)}"


def _figure(figure: Figure | None) -> str:
    if figure is None:
        return "-"
    about = "about " if figure.approximate else ""
    return f"{about}{figure.value}{f' {figure.currency}' if figure.currency else ''} ({figure.day})"


@client.command("erase")
def erase(
    who: Annotated[str, typer.Argument(help="Client code or name.", metavar="CLIENT")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation.")] = False,
) -> None:
    """Erase a client's personal data, messages and figures. Only the fact of the erasure is kept."""
    program = opened_app()
    with program.database.read() as db:
        code = registers.find_client(db, who).code
    if not yes:
        typer.confirm(f"Erase everything about {code}? This cannot be undone", abort=True)
    with program.database.write() as db:
        record, home = locked(db, registers.find_client(db, code).id)
        address = first_address(db, record.id)
        audit.record(db, actor(), "client.erase", code, at=now())
        if address is not None:
            privacy.erase_client(open_turn(program.assistant.wiring, db, record, home, address, now()))
        else:
            privacy.erase_record(db, record, program.assistant.rules, now(), actor="system")
    typer.echo(f"Erased {code}.")

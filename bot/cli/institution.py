"""acompana institution: what runs one or more centers, and whose staff see all of them."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.common import actor, now, opened_database, show_table, writing
from bot.cli.groups import institution
from storage import audit, institutions

CODE = Annotated[str, typer.Argument(help="Code of the institution, e.g. MINCOM.", metavar="CODE")]


@institution.command("add")
def add_institution(
    code: CODE,
    name: Annotated[str, typer.Option(help="Its name.")],
    center: Annotated[list[str] | None, typer.Option(help="A center that it runs; may be repeated.")] = None,
) -> None:
    """Add an institution that runs one or more centers, in one country or several."""
    with writing() as db:
        made = institutions.add_institution(db, code, name, center or [], at=now())
        audit.record(db, actor(), "institution.add", made.code, at=now(), centers=center or [])
    typer.echo(
        f"Added {made.code}, {made.name}. To let staff see its centers: acompana staff set EMAIL --institution {made.code}"
    )


@institution.command("set")
def set_institution(
    code: CODE,
    center: Annotated[list[str] | None, typer.Option(help="One more center that it runs; may be repeated.")] = None,
    without: Annotated[list[str] | None, typer.Option(help="A center that it no longer runs; may be repeated.")] = None,
) -> None:
    """Change which centers an institution runs; without options, show them."""
    with writing() as db:
        found = institutions.find_institution(db, code)
        institutions.drop_centers(db, found, without or [])
        institutions.set_centers(db, found, center or [])
        if center or without:
            details = {"centers": center or [], "without": without or []}
            audit.record(db, actor(), "institution.set", found.code, at=now(), **details)
        codes = {one.code: codes for one, codes in institutions.all_institutions(db)}[found.code]
        typer.echo(f"{found.code}, {found.name}. Centers: {', '.join(codes) or 'none'}.")


@institution.command("list")
def list_institutions() -> None:
    """List institutions with their centers."""
    with opened_database() as database, database.read() as db:
        rows = [(one.code, one.name, ", ".join(codes)) for one, codes in institutions.all_institutions(db)]
    show_table(("code", "name", "centers"), rows)

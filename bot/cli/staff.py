"""acompana staff: who works for the centers, their log-in and their phone."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import Annotated

import typer

from bot.cli.common import OneCenter, actor, now, opened_store, show_table, writing
from bot.cli.groups import staff
from storage import audit, registers

LINK_LIFE = timedelta(days=7)
"""How long a staff member has to write the code from the phone."""


@staff.command("add")
def add_staff(
    name: Annotated[str, typer.Argument(help="First and last name.", metavar="NAME")],
    role: Annotated[str, typer.Option(help="counselor, coordinator or admin.")] = "counselor",
    center_code: OneCenter = None,
    email: Annotated[str | None, typer.Option(help="By which they log in to the console.")] = None,
    login: Annotated[
        bool, typer.Option("--login", help="Ask for a password for the console (a line, from a pipe).")
    ] = False,
) -> None:
    """Add a member of staff. A counselor belongs to a center; a coordinator without one sees the whole network."""
    password = _asked_password() if login else None
    with writing() as db:
        home = registers.find_center(db, center_code) if center_code else None
        made = registers.add_staff(db, home, name, role, email, at=now(), password=password)
        audit.record(db, actor(), "staff.add", f"staff:{made.id}", at=now(), role=made.role)
    typer.echo(
        f"Added {made.name}, {made.role}. For their own phone: acompana staff link {made.email or repr(made.name)}"
    )


@staff.command("password")
def set_password(who: Annotated[str, typer.Argument(help="E-mail, or name.", metavar="WHO")]) -> None:
    """Set a new password for the console: asked for twice, or a line from a pipe."""
    password = _asked_password()
    with writing() as db:
        found = registers.find_staff(db, who)
        registers.set_password(found, password)
        audit.record(db, actor(), "staff.password", f"staff:{found.id}", at=now())
    typer.echo(f"{found.name} has a new password.")


def _asked_password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


@staff.command("list")
def list_staff(center_code: OneCenter = None) -> None:
    """List the staff."""
    with opened_store() as database, database.read() as db:
        home = registers.find_center(db, center_code) if center_code else None
        rows = registers.list_staff(db, home)
        show_table(
            ("name", "role", "center", "email", "console", "active"),
            (
                (
                    row.name,
                    row.role,
                    row.center.code if row.center else "all",
                    row.email,
                    "yes" if row.password_hash else "no",
                    "yes" if row.active else "no",
                )
                for row in rows
            ),
        )


@staff.command("link")
def link(who: Annotated[str, typer.Argument(help="E-mail, or name.", metavar="WHO")]) -> None:
    """Show, once, the code by which a member of staff makes their phone known. It lives for seven days."""
    from bot.service.linking import issue

    with writing() as db:
        found = registers.find_staff(db, who)
        code = issue(db, now(), LINK_LIFE, staff_id=found.id)
        audit.record(db, actor(), "staff.link", f"staff:{found.id}", at=now())
    typer.echo(f"{found.name} writes this from their own phone to the assistant, within seven days: LINK {code}")

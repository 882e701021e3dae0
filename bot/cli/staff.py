"""acompana staff: staff members, their console login and their own phones."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import Annotated

import typer

from bot.cli.common import OneCenter, actor, now, opened_database, show_table, writing
from bot.cli.groups import staff
from storage import audit, registers

LINK_LIFE = timedelta(days=7)
"""How long a link code is valid."""


@staff.command("add")
def add_staff(
    name: Annotated[str, typer.Argument(help="First and last name.", metavar="NAME")],
    role: Annotated[str, typer.Option(help="counselor, coordinator or admin.")] = "counselor",
    center_code: OneCenter = None,
    email: Annotated[str | None, typer.Option(help="E-mail address for the console login.")] = None,
    login: Annotated[bool, typer.Option("--login", help="Ask for a console password (from a pipe: one line).")] = False,
) -> None:
    """Add a staff member. A counselor belongs to a center; a coordinator without a center sees the whole network."""
    password = _asked_password() if login else None
    with writing() as db:
        home = registers.find_center(db, center_code) if center_code else None
        member = registers.add_staff(db, home, name, role, email, at=now(), password=password)
        audit.record(db, actor(), "staff.add", f"staff:{member.id}", at=now(), role=member.role)
    typer.echo(
        f"Added {member.name}, {member.role}. To link their phone: acompana staff link {member.email or repr(member.name)}"
    )


@staff.command("password")
def set_password(who: Annotated[str, typer.Argument(help="E-mail address or name.", metavar="WHO")]) -> None:
    """Set a new console password. Asks for it twice; from a pipe, reads one line."""
    password = _asked_password()
    with writing() as db:
        person = registers.find_staff(db, who)
        registers.set_password(person, password)
        audit.record(db, actor(), "staff.password", f"staff:{person.id}", at=now())
    typer.echo(f"Changed the password of {person.name}.")


def _asked_password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


@staff.command("list")
def list_staff(center_code: OneCenter = None) -> None:
    """List staff members."""
    with opened_database() as database, database.read() as db:
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
def link(who: Annotated[str, typer.Argument(help="E-mail address or name.", metavar="WHO")]) -> None:
    """Show a one-time code that links a staff member's own phone. Valid for seven days."""
    from bot.service.linking import issue

    with writing() as db:
        person = registers.find_staff(db, who)
        code = issue(db, now(), LINK_LIFE, staff_id=person.id)
        audit.record(db, actor(), "staff.link", f"staff:{person.id}", at=now())
    typer.echo(f"Within seven days, {person.name} sends this to the assistant from their own phone: LINK {code}")

"""acompana staff: staff members, their console login and their own phones."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import Annotated

import typer

from bot.cli.common import OneCenter, Problem, actor, now, opened_database, show_table, writing
from bot.cli.groups import staff
from storage import audit, institutions, registers

LINK_LIFE = timedelta(days=7)
"""How long a link code is valid."""


@staff.command("add")
def add_staff(
    name: Annotated[str, typer.Argument(help="First and last name.", metavar="NAME")],
    role: Annotated[str, typer.Option(help="counselor, coordinator or admin.")] = "counselor",
    center_code: OneCenter = None,
    institution_code: Annotated[
        str | None, typer.Option("--institution", help="The institution whose centers they see.", metavar="CODE")
    ] = None,
    email: Annotated[str | None, typer.Option(help="E-mail address for the console login.")] = None,
    login: Annotated[bool, typer.Option("--login", help="Ask for a console password (from a pipe: one line).")] = False,
) -> None:
    """Add a staff member. A counselor belongs to a center; a coordinator of an institution sees its centers, one without
    both the whole network."""
    password = _asked_password() if login else None
    with writing() as db:
        home = registers.find_center(db, center_code) if center_code else None
        over = institutions.find_institution(db, institution_code) if institution_code else None
        member = registers.add_staff(db, home, name, role, email, at=now(), password=password, institution=over)
        audit.record(db, actor(), "staff.add", f"staff:{member.id}", at=now(), role=member.role)
    typer.echo(
        f"Added {member.name}, {member.role}. To link their phone: acompana staff link {member.email or repr(member.name)}"
    )


@staff.command("set")
def set_staff(
    who: Annotated[str, typer.Argument(help="E-mail address or name.", metavar="EMAIL")],
    center_code: Annotated[str | None, typer.Option("--center", help="They see this center.", metavar="CODE")] = None,
    institution_code: Annotated[
        str | None, typer.Option("--institution", help="They see the centers of this institution.", metavar="CODE")
    ] = None,
    network: Annotated[bool, typer.Option("--network", help="They see every center.")] = False,
) -> None:
    """Change what a staff member sees: one center, the centers of an institution, or the whole network."""
    if [center_code is not None, institution_code is not None, network].count(True) != 1:
        raise Problem("give one of --center, --institution and --network")
    with writing() as db:
        person = registers.find_staff(db, who)
        home = registers.find_center(db, center_code) if center_code else None
        over = institutions.find_institution(db, institution_code) if institution_code else None
        institutions.assign(person, home, over)
        seen = home.code if home else over.code if over else "the whole network"
        audit.record(db, actor(), "staff.set", f"staff:{person.id}", at=now(), sees=seen)
    typer.echo(f"{person.name} sees {seen}.")


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
        over = {one.id: one.code for one, _centers in institutions.all_institutions(db)}
        show_table(
            ("name", "role", "center", "email", "console", "active"),
            (
                (
                    row.name,
                    row.role,
                    row.center.code if row.center else over.get(row.institution_id or 0, "all"),
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

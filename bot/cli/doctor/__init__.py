"""acompana doctor: check the installation and say how to fix problems."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.doctor.checks import MARKS, examine
from bot.cli.groups import CARE, app


@app.command("doctor", rich_help_panel=CARE)
def doctor(
    online: Annotated[bool, typer.Option("--online", help="Also check with the providers (nothing is sent).")] = False,
) -> None:
    """Check configuration, database, translations and providers, and say how to fix problems."""
    failed = False
    for finding in examine(online=online):
        failed = failed or finding.ok is False
        typer.secho(f"{MARKS[finding.ok]} {finding.about}: {finding.text}", fg="red" if finding.ok is False else None)
    if failed:
        raise typer.Exit(1)

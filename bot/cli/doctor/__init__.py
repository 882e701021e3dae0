"""acompana doctor: what is wrong with the set-up, and how to mend it."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.doctor.checks import MARKS, examine
from bot.cli.groups import CARE, app


@app.command("doctor", rich_help_panel=CARE)
def doctor(
    online: Annotated[bool, typer.Option("--online", help="Ask the providers too (nothing is sent).")] = False,
) -> None:
    """Check configuration, store, texts and providers, and say what to mend."""
    bad = False
    for finding in examine(online=online):
        bad = bad or finding.ok is False
        typer.secho(f"{MARKS[finding.ok]} {finding.about}: {finding.says}", fg="red" if finding.ok is False else None)
    if bad:
        raise typer.Exit(1)

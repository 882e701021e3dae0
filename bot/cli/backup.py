"""acompana backup and restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import DBAPIError

from bot.cli.common import actor, counted, now, opened_store, progress_bar, settings, show_table, tell
from bot.cli.groups import CARE, app
from storage.backup import Manifest, back_up
from storage.backup import restore as restore_store
from storage.health import StoreProblem, explain, shown
from storage.migrate import latest

EMPTY_ONES = "alembic_version"


@app.command("backup", rich_help_panel=CARE)
def backup(
    out: Annotated[
        Path | None, typer.Option(help="The file to write; one named after the moment when left out.", metavar="PATH")
    ] = None,
) -> None:
    """Copy the whole store into one file, checked, while the program runs. It holds names and numbers: keep it safe."""
    at = now()
    file = out or Path(f"acompana-{at:%Y%m%dT%H%M%SZ}.backup")
    with opened_store() as database, progress_bar("Backing up") as bar:
        made = back_up(database, settings().database_url, file, actor=actor(), at=at, progress=bar)
    tell(f"{counted(made.total, 'row')} in {file} ({file.stat().st_size:,} bytes, checked).")


@app.command("restore", rich_help_panel=CARE)
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `acompana backup` made.", metavar="FILE")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Where the store holds anything: put that aside, which deletes nothing.")
    ] = False,
) -> None:
    """Verify a backup and put it in the place of the store. Stop the program first."""
    url = settings().database_url
    try:
        with progress_bar("Restoring") as bar:
            back = restore_store(url, file, replace=replace, actor=actor(), at=now(), progress=bar)
    except DBAPIError as error:
        raise StoreProblem(explain(error, url)) from error
    _show(back.manifest)
    if back.manifest.revision != latest():
        tell(f"It was of an older program ({back.manifest.revision}) and is upgraded ({latest()}).")
    if back.aside:
        tell(f"What was there before is kept: {back.aside}")
    tell(f"The store {shown(url)} is as it was on {back.manifest.made_at:%Y-%m-%d at %H:%M} UTC.")


def _show(manifest: Manifest) -> None:
    show_table(("table", "rows"), [(table, rows) for table, rows in manifest.rows.items() if table != EMPTY_ONES])

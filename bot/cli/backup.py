"""acompana backup and restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import DBAPIError

from bot.cli.common import actor, counted, now, opened_database, progress_bar, settings, show_table, tell
from bot.cli.groups import CARE, app
from storage.backup import Manifest, back_up
from storage.backup import restore as restore_database
from storage.health import DatabaseProblem, explain, shown
from storage.migrate import latest

BOOKKEEPING = "alembic_version"


@app.command("backup", rich_help_panel=CARE)
def backup(
    out: Annotated[
        Path | None, typer.Option(help="Output file (default: acompana-<timestamp>.backup).", metavar="PATH")
    ] = None,
) -> None:
    """Write the whole database to one verified file while the program runs. It contains names and phone numbers: keep it
    safe."""
    at = now()
    file = out or Path(f"acompana-{at:%Y%m%dT%H%M%SZ}.backup")
    with opened_database() as database, progress_bar("Backing up") as bar:
        manifest = back_up(database, settings().database_url, file, actor=actor(), at=at, progress=bar)
    tell(f"{counted(manifest.total, 'row')} in {file} ({file.stat().st_size:,} bytes, verified).")


@app.command("restore", rich_help_panel=CARE)
def restore(
    file: Annotated[Path, typer.Argument(help="A file made by `acompana backup`.", metavar="FILE")],
    replace: Annotated[
        bool, typer.Option("--replace", help="If the database is not empty, keep the old one under another name.")
    ] = False,
) -> None:
    """Verify a backup and restore the database from it. Stop the program first."""
    url = settings().database_url
    try:
        with progress_bar("Restoring") as bar:
            back = restore_database(url, file, replace=replace, actor=actor(), at=now(), progress=bar)
    except DBAPIError as error:
        raise DatabaseProblem(explain(error, url)) from error
    _show(back.manifest)
    if back.manifest.revision != latest():
        tell(f"The backup is from an older version ({back.manifest.revision}) and was upgraded to {latest()}.")
    if back.aside:
        tell(f"The previous database is kept: {back.aside}")
    tell(f"Restored {shown(url)} as of {back.manifest.made_at:%Y-%m-%d %H:%M} UTC.")


def _show(manifest: Manifest) -> None:
    show_table(("table", "rows"), [(table, rows) for table, rows in manifest.rows.items() if table != BOOKKEEPING])

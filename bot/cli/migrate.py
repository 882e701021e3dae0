"""acompana migrate: create or upgrade the database."""

from __future__ import annotations

import typer
from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError

from bot.cli.common import Problem, settings
from bot.cli.groups import RUNNING, app
from storage.health import DatabaseProblem, explain, file_of, shown
from storage.migrate import latest, upgrade


@app.command("migrate", rich_help_panel=RUNNING)
def migrate() -> None:
    """Create or upgrade the database. No data is lost."""
    url = settings().database_url
    file = file_of(url)
    if file and not file.resolve().parent.is_dir():
        raise Problem(
            f"the folder {file.resolve().parent} for the database does not exist; create it or correct ACOMPANA_DATABASE_URL"
        )
    try:
        upgrade(url)
    except DBAPIError as error:
        raise DatabaseProblem(explain(error, url)) from error
    except CommandError:
        raise DatabaseProblem(f"the database {shown(url)} is from a newer version; upgrade the program") from None
    typer.echo(f"The database {shown(url)} is ready ({latest()}).")

"""acompana migrate: the store, created or brought up to date."""

from __future__ import annotations

import typer
from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError

from bot.cli.common import Problem, settings
from bot.cli.groups import RUNNING, app
from storage.health import StoreProblem, explain, file_of, shown
from storage.migrate import latest, upgrade


@app.command("migrate", rich_help_panel=RUNNING)
def migrate() -> None:
    """Create the store, or bring it up to this program. Nothing that is in it is lost."""
    url = settings().database_url
    file = file_of(url)
    if file and not file.resolve().parent.is_dir():
        raise Problem(
            f"there is no folder {file.resolve().parent} for the store; make it, or mend ACOMPANA_DATABASE_URL"
        )
    try:
        upgrade(url)
    except DBAPIError as error:
        raise StoreProblem(explain(error, url)) from error
    except CommandError:
        raise StoreProblem(f"the store {shown(url)} is newer than this program; upgrade the program") from None
    typer.echo(f"The store {shown(url)} is ready ({latest()}).")

"""acompana demo: everything in one process, with a year of sample data."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from bot.cli.common import Problem, progress_bar
from bot.cli.groups import RUNNING, app
from bot.cli.run import Host, Port
from bot.config.settings import Settings
from scheduler.sender import utc_now
from storage.migrate import upgrade

if TYPE_CHECKING:
    from bot.app import App


@app.command(rich_help_panel=RUNNING)
def demo(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    clients: Annotated[int, typer.Option(help="How many clients the sample year has.", min=1, max=2000)] = 200,
    seed: Annotated[int, typer.Option(help="Another number gives another year.")] = 7,
    keep: Annotated[Path | None, typer.Option(help="Keep the store in this file instead of throwing it away.")] = None,
) -> None:
    """Everything in one process on a fresh store, with a year of sample data. No account needed."""
    import uvicorn

    from bot.app import App
    from bot.config.logs import set_up_logs

    with tempfile.TemporaryDirectory(prefix="acompana-demo-") as folder:
        path = keep or Path(folder) / "demo.sqlite3"
        if keep is not None and keep.exists():
            raise Problem(
                f"{keep} exists already. Name another file, or start it with ACOMPANA_DATABASE_URL=sqlite:///{keep}"
            )
        settings = Settings(database_url=f"sqlite:///{path.absolute()}", simulator=True, log_level="WARNING")
        upgrade(settings.database_url)
        program = App.build(settings)
        set_up_logs(settings)
        _seed(program, clients, seed)
        where = f"http://{host}:{port}"
        _welcome(where, program.entrance(where))
        uvicorn.run(program.asgi(work=True), host=host, port=port, log_level="warning", timeout_graceful_shutdown=3)


def _welcome(where: str, entrance: str) -> None:
    """Where to look. Each address stands on a line of its own, never broken, so that a terminal can open it."""
    screen = Console(stderr=True, soft_wrap=True, highlight=False)
    screen.print("\n[bold green]Acompaña is ready.[/bold green] Everything in it is made up, and gone after Ctrl-C.\n")
    screen.print(f"  [bold]The phone[/bold]    {where}/simulator", markup=True)
    screen.print(f"  [bold]The console[/bold]  {entrance}\n")
    screen.print("Write JOIN LC on the phone to sign up; the console shows it at once.")


def _seed(program: App, clients: int, seed: int) -> None:
    """A year that ends now, as it would have come in through the chat."""
    from bot import demo as demo_year

    with progress_bar("Living through a sample year") as progress:
        until = utc_now() - timedelta(minutes=1)
        demo_year.build(program.database, program.assistant, until=until, seed=seed, clients=clients, progress=progress)

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
    clients: Annotated[int, typer.Option(help="Number of clients in the sample year.", min=1, max=2000)] = 200,
    seed: Annotated[int, typer.Option(help="Another seed gives another year.")] = 7,
    keep: Annotated[Path | None, typer.Option(help="Keep the database in this file instead of deleting it.")] = None,
) -> None:
    """Run everything in one process on a fresh database, with a year of sample data. No account needed."""
    import uvicorn

    from bot.app import App
    from bot.config.logs import set_up_logs

    with tempfile.TemporaryDirectory(prefix="acompana-demo-") as folder:
        path = keep or Path(folder) / "demo.sqlite3"
        if keep is not None and keep.exists():
            raise Problem(
                f"{keep} already exists; choose another file, or set ACOMPANA_DATABASE_URL=sqlite:///{keep} and use acompana run"
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
    """Print the addresses. Each is on its own unbroken line, so that a terminal can open it."""
    screen = Console(stderr=True, soft_wrap=True, highlight=False)
    screen.print("\n[bold green]Acompaña is ready.[/bold green] All data is fictional and is deleted on Ctrl-C.\n")
    screen.print(f"  [bold]The phone[/bold]    {where}/simulator", markup=True)
    screen.print(f"  [bold]The console[/bold]  {entrance}\n")
    screen.print("Write JOIN LC on the phone to register; the console shows it at once.")


def _seed(program: App, clients: int, seed: int) -> None:
    """Simulate a year that ends now, entirely through the chat."""
    from bot import demo as demo_year

    with progress_bar("Simulating a sample year") as progress:
        until = utc_now() - timedelta(minutes=1)
        demo_year.build(program.database, program.assistant, until=until, seed=seed, clients=clients, progress=progress)

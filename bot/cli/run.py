"""Starting the program: everything, the web, the worker, the demo, and a phone in the terminal."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from prometheus_client import start_http_server
from rich.console import Console

from bot.channels.registry import CHANNELS, configured
from bot.cli.commands import EVERY_DAY, RUNNING, app
from bot.cli.edge import Problem, progress_bar, tell
from bot.cli.program import opened_app
from bot.config.settings import Settings
from bot.messages.shape import Shaped
from scheduler.sender import utc_now
from storage.migrate import upgrade

if TYPE_CHECKING:
    from bot.app import App
    from bot.cli.terminal import TerminalPhone

# The program itself is imported by the command that needs it: help should not wait for it.
Host = Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for all.")]
Port = Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)]


@app.command(rich_help_panel=RUNNING)
def run(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Web and worker in one process: all that one center needs."""
    _serve(opened_app(), host, port, work=True)


@app.command(rich_help_panel=RUNNING)
def serve(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """The web alone: webhooks, console, health. Let `acompana work` run beside it."""
    _serve(opened_app(), host, port, work=False)


@app.command(rich_help_panel=RUNNING)
def work(
    host: Annotated[str, typer.Option(help="Address of --metrics-port; 0.0.0.0 for all.")] = "127.0.0.1",
    metrics_port: Annotated[
        int | None, typer.Option(help="Answer /metrics there: what this worker has sent.", min=1, max=65535)
    ] = None,
) -> None:
    """The worker alone: sends what is queued and starts what is due."""
    from bot.config.logs import set_up_logs

    program = opened_app()
    set_up_logs(program.settings)
    if metrics_port is not None:
        try:
            start_http_server(metrics_port, host)
        except OSError as error:
            raise Problem(f"--metrics-port {metrics_port}: {error.strerror}; choose another port") from None

    async def until_stopped() -> None:
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        await program.work(stop)

    _settled()
    tell("The worker is running. Ctrl-C stops it; what is queued waits in the store.")
    asyncio.run(until_stopped())


def _settled() -> None:
    """What is loaded by now stays. The garbage collector would look through all of it now and then, which takes a tenth of
    a second in which nobody is answered."""
    gc.collect()
    gc.freeze()


def _serve(program: App, host: str, port: int, *, work: bool) -> None:
    import uvicorn

    from bot.config.logs import set_up_logs

    set_up_logs(program.settings)
    _announce(program.settings, host, port)
    api = program.asgi(work=work)
    _settled()
    uvicorn.run(
        api,
        host=host,
        port=port,
        log_level="warning",
        proxy_headers=True,
        server_header=False,
        timeout_graceful_shutdown=10,
    )


def _announce(settings: Settings, host: str, port: int) -> None:
    where = settings.public_url or f"http://{host}:{port}"
    tell(f"Acompaña is at {where} (console: {where}/console/). Ctrl-C stops it.")
    if settings.simulator:
        tell(f"The simulator is on: {where}/simulator. Switch it off where strangers can reach this address.")
    if not configured(settings) and not settings.simulator:
        tell("No channel is set up: nobody can write to it. `acompana doctor` tells what to do.")


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


# --- a phone in the terminal -----------------------------------------------------------------------------------------


@app.command(rich_help_panel=EVERY_DAY)
def chat(
    address: Annotated[
        str, typer.Option("--as", help="The phone number (or Telegram id) to write from.")
    ] = "+17585550100",
    channel: Annotated[str, typer.Option(help="sms, whatsapp or telegram: what the phone can show.")] = "sms",
) -> None:
    """A phone in the terminal. Type as a client would; a pipe works too.

    #2 taps the second button, @photo (or @voice …) sends something without a text, Ctrl-D hangs up.
    """
    from bot.cli.terminal import MEDIA, TerminalPhone

    if channel not in CHANNELS:
        raise Problem(f"--channel {channel}: choose one of {', '.join(CHANNELS)}")
    phone = TerminalPhone(opened_app(), channel, address)
    screen = Console(highlight=False, soft_wrap=True)
    live = sys.stdin.isatty()
    if live:
        screen.print(
            f"[dim]{channel} from {address}. JOIN and a center's code begins; @{', @'.join(MEDIA)}; Ctrl-D ends.[/dim]"
        )
    for line in _lines(screen, phone, live):
        if not live:
            screen.print(f"> {line}", markup=False)
        for shaped in phone.type(line):
            show(screen, shaped)


def _lines(screen: Console, phone: TerminalPhone, live: bool) -> Iterator[str]:
    for shaped in phone.read():
        show(screen, shaped)
    if not live:
        for line in sys.stdin:
            yield line.rstrip("\n")
        return
    while True:
        try:
            yield screen.input("[bold green]> [/bold green]")
        except (EOFError, KeyboardInterrupt):
            screen.print()
            return
        for shaped in phone.read():
            show(screen, shaped)


def show(screen: Console, shaped: Shaped) -> None:
    """One message as the phone shows it: its text, and its buttons with the number that taps them."""
    for line in shaped.text.split("\n"):
        screen.print(f"  {line}", markup=False)
    for number, button in enumerate(shaped.buttons or shaped.rows, 1):
        screen.print(f"  [#{number} {button.label}]", markup=False)

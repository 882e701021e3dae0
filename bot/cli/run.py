"""acompana run, serve and work: web server and worker, in one process or separately."""

from __future__ import annotations

import asyncio
import gc
import signal
from typing import TYPE_CHECKING, Annotated

import typer
from prometheus_client import start_http_server

from bot.channels.registry import configured
from bot.cli.common import Problem, opened_app, tell
from bot.cli.groups import RUNNING, app
from bot.config.settings import Settings

if TYPE_CHECKING:
    from bot.app import App

# The commands import the program themselves, so that --help stays fast.
Host = Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for all interfaces.")]
Port = Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)]


@app.command(rich_help_panel=RUNNING)
def run(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Run web server and worker in one process: enough for a single center."""
    _serve(opened_app(), host, port, work=True)


@app.command(rich_help_panel=RUNNING)
def serve(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Run the web server only: webhooks, console, health checks. Run `acompana work` alongside."""
    _serve(opened_app(), host, port, work=False)


@app.command(rich_help_panel=RUNNING)
def work(
    host: Annotated[str, typer.Option(help="Address for --metrics-port; 0.0.0.0 for all interfaces.")] = "127.0.0.1",
    metrics_port: Annotated[
        int | None, typer.Option(help="Serve this worker's own metrics at /metrics on this port.", min=1, max=65535)
    ] = None,
) -> None:
    """Run the worker only: it sends queued messages and starts what is due."""
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

    _freeze_garbage_collector()
    tell("The worker is running. Press Ctrl-C to stop; queued messages stay in the database.")
    asyncio.run(until_stopped())


def _freeze_garbage_collector() -> None:
    """Exclude what is loaded by now from garbage collection. A full collection takes a tenth of a second, in which no
    message is answered."""
    gc.collect()
    gc.freeze()


def _serve(program: App, host: str, port: int, *, work: bool) -> None:
    import uvicorn

    from bot.config.logs import set_up_logs

    set_up_logs(program.settings)
    _announce(program.settings, host, port)
    api = program.asgi(work=work)
    _freeze_garbage_collector()
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
    tell(f"Acompaña is running at {where} (console: {where}/console/). Press Ctrl-C to stop.")
    if settings.simulator:
        tell(f"The simulator is on: {where}/simulator. Turn it off if strangers can reach this address.")
    if not configured(settings) and not settings.simulator:
        tell("No channel is set up, so nobody can write to the assistant. `acompana doctor` says what to do.")

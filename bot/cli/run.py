"""acompana run, serve and work: the web and the worker, in one process or each alone."""

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

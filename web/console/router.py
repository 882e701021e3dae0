"""The console: the pages for counselors and coordinators, put together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fastapi import FastAPI

from bot.config.settings import Settings
from bot.service.assistant import Assistant
from scheduler.sender import Sender
from storage.engine import Database
from web.console import (
    assets,
    audit_log,
    calls,
    client,
    clients,
    entering,
    exporting,
    figures,
    login,
    messages,
    outcomes,
    overview,
    planning,
    rates,
    reviews,
    trainings,
    waiting,
)
from web.console.context import Console, NotFound
from web.console.routing import page_router

PAGES = (
    login,
    overview,
    outcomes,
    rates,
    clients,
    client,
    entering,
    figures,
    calls,
    reviews,
    waiting,
    trainings,
    planning,
    messages,
    exporting,
    audit_log,
)

elsewhere = page_router()


@elsewhere.api_route("/console/{path:path}", methods=["GET", "POST"])
def nothing_here(path: str) -> None:
    raise NotFound


def mount(
    app: FastAPI,
    database: Database,
    assistant: Assistant,
    sender: Sender,
    settings: Settings,
    now: Callable[[], datetime],
) -> None:
    """Everything under /console. A counselor sees the clients of their own center; a coordinator without one, all."""
    app.state.console = Console(database, assistant, sender, settings, now)
    app.include_router(assets.router, prefix="/console")
    for page in PAGES:
        app.include_router(page.router)
    app.include_router(elsewhere)

"""The console: the pages for counselors and coordinators, put together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter

from bot.config.settings import Settings
from bot.service.assistant import Assistant
from scheduler.sender import Sender
from storage.engine import Database
from web.console import (
    assets,
    audit_log,
    client,
    clients,
    exporting,
    figures,
    login,
    messages,
    overview,
    planning,
    trainings,
    waiting,
)
from web.console.context import Console, NotFound
from web.console.routing import page_router


def router(
    database: Database, assistant: Assistant, sender: Sender, settings: Settings, now: Callable[[], datetime]
) -> APIRouter:
    """Everything under /console. A counselor sees the clients of their own center; a coordinator without one, all."""
    console = Console(database, assistant, sender, settings, now)
    pages = APIRouter(include_in_schema=False)
    pages.include_router(assets.router("/console"))
    for page in (
        login,
        overview,
        clients,
        client,
        figures,
        waiting,
        trainings,
        planning,
        messages,
        exporting,
        audit_log,
    ):
        pages.include_router(page.routes(console))
    lost = page_router()

    @lost.api_route("/console/{path:path}", methods=["GET", "POST"])
    def nothing_here(path: str) -> None:
        raise NotFound

    pages.include_router(lost)
    return pages

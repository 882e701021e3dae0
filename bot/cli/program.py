"""The whole program, for the commands that need more of it than the store."""

from __future__ import annotations

from bot.app import App
from bot.cli.edge import settings
from storage.health import check


def opened_app() -> App:
    """The program on its store, checked. Raises SettingsError and StoreProblem."""
    known = settings()
    check(known.database_url)
    return App.build(known)

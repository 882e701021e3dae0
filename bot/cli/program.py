"""The whole program, for the commands that need more of it than the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli.edge import settings
from storage.health import check

if TYPE_CHECKING:
    from bot.app import App


def opened_app() -> App:
    """The program on its store, checked. Raises SettingsError and StoreProblem."""
    from bot.app import App  # half of the time that a command takes to start

    known = settings()
    check(known.database_url)
    return App.build(known)

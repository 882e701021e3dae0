"""The menu of commands: each is understood, and short enough to be shown."""

from __future__ import annotations

import re

from bot.answers.commands import recognise
from bot.model import LANGUAGES
from bot.text.language import Catalogs
from bot.text.menu import COMMANDS, menus


def test_every_command_is_understood() -> None:
    assert [command for command, _about in COMMANDS if recognise(f"/{command}") is None] == []


def test_the_menu_fits_telegram_in_every_language() -> None:
    found = menus(Catalogs.load())
    assert tuple(found) == LANGUAGES
    for menu in found.values():
        assert all(re.fullmatch(r"[a-z0-9_]{1,32}", command) and 1 <= len(about) <= 256 for command, about in menu)
        assert len({about for _command, about in menu}) == len(menu)

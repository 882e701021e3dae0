"""The command line."""

from __future__ import annotations

from bot.cli import backup, care, clients, invitations, reading, registers, run, tables, whatsapp, work
from bot.cli.commands import app

__all__ = [
    "app",
    "backup",
    "care",
    "clients",
    "invitations",
    "main",
    "reading",
    "registers",
    "run",
    "tables",
    "whatsapp",
    "work",
]


def main() -> None:
    app()

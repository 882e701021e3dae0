"""The command line."""

from __future__ import annotations

from bot.cli import care, clients, reading, registers, run, tables, work
from bot.cli.commands import app

__all__ = ["app", "care", "clients", "main", "reading", "registers", "run", "tables", "work"]


def main() -> None:
    app()

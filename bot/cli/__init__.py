"""The command line."""

from __future__ import annotations

from bot.cli import (
    backup,
    campaigns,
    care,
    clients,
    figures,
    invitations,
    messages,
    reading,
    registers,
    run,
    simulate,
    tables,
    whatsapp,
    work,
)
from bot.cli.commands import app

__all__ = [
    "app",
    "backup",
    "campaigns",
    "care",
    "clients",
    "figures",
    "invitations",
    "main",
    "messages",
    "reading",
    "registers",
    "run",
    "simulate",
    "tables",
    "whatsapp",
    "work",
]


def main() -> None:
    app()

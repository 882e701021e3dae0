"""The command line: one module per command group, named like it."""

from __future__ import annotations

from bot.cli import (
    backup,
    center,
    chat,
    client,
    demo,
    doctor,
    export,
    followup,
    growth,
    institution,
    message,
    migrate,
    outcome,
    outcome_enter,
    rate,
    read,
    report,
    run,
    session,
    simulate,
    staff,
    telegram,
    texts,
    training,
    whatsapp,
)
from bot.cli.groups import app

__all__ = [
    "app",
    "backup",
    "center",
    "chat",
    "client",
    "demo",
    "doctor",
    "export",
    "followup",
    "growth",
    "institution",
    "main",
    "message",
    "migrate",
    "outcome",
    "outcome_enter",
    "rate",
    "read",
    "report",
    "run",
    "session",
    "simulate",
    "staff",
    "telegram",
    "texts",
    "training",
    "whatsapp",
]


def main() -> None:
    app()

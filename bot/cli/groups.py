"""The command groups. The module named like a group defines its commands."""

from __future__ import annotations

from typing import Any

import typer

from bot.cli.common import Commands

EVERY_DAY = "Daily work"
REGISTERS = "Registers"
RUNNING = "Running"
CARE = "Maintenance"


ORDER = (
    ("session", "followup", "outcome", "report", "training", "export"),
    ("institution", "center", "staff", "client", "rate", "growth"),
    ("demo", "run", "serve", "work", "chat", "migrate"),
    ("doctor", "message", "backup", "restore", "read", "texts", "telegram", "whatsapp"),
)
"""The order of the commands in the help."""


class Tree(Commands):
    def list_commands(self, ctx: Any) -> list[str]:
        places = [name for panel in ORDER for name in panel]
        return sorted(
            super().list_commands(ctx), key=lambda name: places.index(name) if name in places else len(places)
        )


def _group(name: str, about: str, panel: str) -> typer.Typer:
    group = typer.Typer(name=name, help=about, no_args_is_help=True, rich_markup_mode="markdown")
    app.add_typer(group, rich_help_panel=panel)
    return group


app = typer.Typer(
    name="acompana",
    cls=Tree,
    help="Acompaña keeps in touch with a center's clients by chat: it registers them, sends training reminders, asks how "
    "business is going, and keeps figures that can be traced to their source.",
    epilog="Help for a command: acompana COMMAND --help",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)
session = _group("session", "Counseling sessions.", EVERY_DAY)
followup = _group("followup", "Follow-up surveys.", EVERY_DAY)
outcome = _group("outcome", "Figures reported by clients, and their corrections.", EVERY_DAY)
report = typer.Typer(name="report", rich_markup_mode="markdown")
app.add_typer(report, rich_help_panel=EVERY_DAY)
training = _group("training", "Group trainings.", EVERY_DAY)
client = _group("client", "Clients.", REGISTERS)
center = _group("center", "Centers.", REGISTERS)
institution = _group("institution", "Institutions that run centers.", REGISTERS)
staff = _group("staff", "Counselors, coordinators and administrators.", REGISTERS)
rate = _group("rate", "Exchange rates to the US dollar.", REGISTERS)
growth = _group("growth", "How much the economies grew, for reports net of them.", REGISTERS)
message = _group("message", "Failed messages: list them and send them again.", CARE)
texts = _group("texts", "The assistant's texts and their translations.", CARE)
telegram = _group("telegram", "The Telegram bot.", CARE)
whatsapp = _group("whatsapp", "WhatsApp through Twilio.", CARE)

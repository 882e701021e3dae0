"""The command line's tree: which groups of commands there are. The modules beside this one fill them."""

from __future__ import annotations

from typing import Any

import typer

from bot.cli.common import Commands

EVERY_DAY = "Every day"
REGISTERS = "Registers"
RUNNING = "Running it"
CARE = "Looking after it"


ORDER = (
    ("session", "followup", "outcome", "training", "export"),
    ("center", "staff", "client", "rate"),
    ("demo", "run", "serve", "work", "chat", "migrate"),
    ("doctor", "message", "backup", "restore", "read", "texts", "telegram", "whatsapp"),
)
"""How the help lists them."""


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
    help="Acompaña walks beside the businesses that your center helps: it registers them by chat, reminds them, asks how "
    "they are doing, and keeps figures that you can defend.",
    epilog="Each command explains itself: acompana COMMAND --help",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)
session = _group("session", "Counseling sessions.", EVERY_DAY)
followup = _group("followup", "Follow-up surveys.", EVERY_DAY)
outcome = _group("outcome", "Figures that clients gave, and their corrections.", EVERY_DAY)
training = _group("training", "Group trainings.", EVERY_DAY)
client = _group("client", "The businesses that are helped.", REGISTERS)
center = _group("center", "The centers of the network.", REGISTERS)
staff = _group("staff", "Counselors, coordinators and administrators.", REGISTERS)
rate = _group("rate", "Exchange rates, for figures in US dollars.", REGISTERS)
message = _group("message", "Messages that did not get through, and sending them again.", CARE)
texts = _group("texts", "What the assistant says, in every language.", CARE)
telegram = _group("telegram", "The Telegram bot.", CARE)
whatsapp = _group("whatsapp", "WhatsApp, by Twilio.", CARE)

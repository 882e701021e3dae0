"""SMS segments per prompt and language: what a survey costs to send."""

from __future__ import annotations

from bot.messages.conversation_costs import costs, markdown
from bot.text.language import Catalogs


def main() -> None:
    print(markdown(costs(Catalogs.load())))

"""The only place where a flow meets the store."""

from __future__ import annotations

from bot.service.assistant import Assistant
from bot.service.rules import Rules

__all__ = ["Assistant", "Rules"]

"""The only place where a flow meets the store."""

from __future__ import annotations

from bot.service.assistant import Service
from bot.service.rules import Rules

__all__ = ["Rules", "Service"]

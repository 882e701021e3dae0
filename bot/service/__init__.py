"""The only place where a flow meets the store."""

from __future__ import annotations

from bot.service.rules import Rules
from bot.service.service import Service

__all__ = ["Rules", "Service"]

"""A seeded year of a network that does not exist: every row of it came in through the service."""

from __future__ import annotations

from bot.demo.build import Summary, build

__all__ = ["Summary", "build"]

"""A seeded sample year of a fictional network: every row enters through the service."""

from __future__ import annotations

from bot.demo.build import Summary, build

__all__ = ["Summary", "build"]

"""Exports: outcomes, answers, clients and messages as tables."""

from __future__ import annotations

from storage.exports.run import EXPORTS, FORMATS, export
from storage.exports.table import Wanted

__all__ = ["EXPORTS", "FORMATS", "Wanted", "export"]

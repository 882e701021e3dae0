"""Backups: a consistent copy of a database that is in use, in one file that says what is in it."""

from __future__ import annotations

from storage.backup.archive import Manifest
from storage.backup.make import back_up
from storage.backup.restore import Restored, restore

__all__ = ["Manifest", "Restored", "back_up", "restore"]

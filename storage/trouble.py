"""When the database cannot be used, and when a transaction only has to be tried again."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

UNAVAILABLE = (OperationalError, InterfaceError, InternalError, NoConnectionFree)
"""What a transaction raises when the database is gone, out of room, overrun, starting, or no longer the one that may be
written (a replica, after a fail-over). None of it was kept, and the same may go well a moment later."""

GAVE_WAY = ("40001", "40P01")
"""SQLSTATE of a transaction that was called off for another one: serialization failure, deadlock."""


READ_ONLY = "25006"
"""SQLSTATE of a write on a server that takes none: a replica."""


def gave_way(error: DBAPIError) -> bool:
    """Whether the transaction was called off so that another one could go on."""
    return getattr(error.orig, "sqlstate", None) in GAVE_WAY


def read_only(error: BaseException) -> bool:
    """Whether the server takes no writes."""
    return getattr(error, "sqlstate", None) == READ_ONLY


def named(error: BaseException) -> str:
    """What happened, for a log: the driver's name of the error, which carries nothing of what was bound."""
    return type(getattr(error, "orig", None) or error).__name__

"""The clients that the rows of a table name by their codes."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.checks import RegisterError
from storage.registers import GONE
from storage.schema import Center, Client

Known = Mapping[str, tuple[int, str]]
"""Code → (id, code of the center)."""


def known_clients(db: Session) -> Known:
    """All clients of the network, read once."""
    query = select(Client.code, Client.id, Center.code).join(Center, Center.id == Client.center_id)
    return {code: (number, home) for code, number, home in db.execute(query.where(Client.status.not_in(GONE)))}


def client_of(known: Known, center: Center, text: str) -> tuple[int, str]:
    """Id and code of a client of the center. Raises RegisterError."""
    if not text:
        raise RegisterError("client", "is missing")
    code = "-".join(text.upper().replace("-", " ").split())
    found = known.get(code)
    if found is None:
        raise RegisterError("client", f"there is no client {text} at {center.code}")
    if found[1] != center.code:
        raise RegisterError("client", f"{code} is a client of {found[1]}, not of {center.code}")
    return found[0], code

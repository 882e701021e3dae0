"""The audit log: who did what to whose record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from storage.schema import Audit


def record(db: Session, actor: str, action: str, subject: str = "", *, at: datetime, **details: Any) -> Audit:
    """Add a row. `actor` is a staff e-mail, "cli:<user>" or "system"; `details` are what JSON can hold, and hold no
    name, phone or text of a client."""
    row = Audit(at=at, actor=actor, action=action, subject=subject, details=details)
    db.add(row)
    db.flush()
    return row

"""What keeps the house in order: timers and the audit log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema.base import Base, Id, Line, Short, key


class Timer(Base):
    """One future thing, unique per kind and subject. `status`: pending → leased → fired, or dropped with its reason."""

    __tablename__ = "timers"
    __table_args__ = (UniqueConstraint("kind", "subject"), Index("ix_timers_due", "status", "due_at"))

    id: Mapped[int] = key()
    kind: Mapped[str] = mapped_column(Short)
    subject: Mapped[str] = mapped_column(Short)
    client_id: Mapped[int | None] = mapped_column(Id, index=True)
    due_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(Short, default="pending")
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str | None] = mapped_column(Line)
    fired_at: Mapped[datetime | None]


class Audit(Base):
    """Who did what to whose record, and when. `actor` is a staff e-mail, "cli:<user>" or "system"; rows are only added."""

    __tablename__ = "audit"

    id: Mapped[int] = key()
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(Line)
    action: Mapped[str] = mapped_column(Short)
    subject: Mapped[str] = mapped_column(Line, default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)

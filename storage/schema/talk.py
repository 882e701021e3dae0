"""What was said: the inbox, the outbox, the conversations they belong to, and who was asked to step in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.schema.base import Base, Id, Line, Short, key
from storage.schema.people import Address, Client


class Inbox(Base):
    """One message from a phone, accepted once however often it is delivered. `text` is None once it was erased."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "simulated", "provider_id"),
        Index("ix_inbox_client_received", "client_id", "received_at"),
    )

    id: Mapped[int] = key()
    channel: Mapped[str] = mapped_column(Short)
    simulated: Mapped[bool] = mapped_column(default=False)
    provider_id: Mapped[str] = mapped_column(Line)
    address_id: Mapped[int] = mapped_column(Id, ForeignKey("addresses.id"), index=True)
    client_id: Mapped[int | None] = mapped_column(Id, ForeignKey("clients.id"))
    conversation_id: Mapped[int | None] = mapped_column(Id, ForeignKey("conversations.id"))
    text: Mapped[str | None] = mapped_column(Text)
    choice: Mapped[str | None] = mapped_column(Line)
    media: Mapped[str | None] = mapped_column(Short)
    received_at: Mapped[datetime]


class Outbox(Base):
    """One message to a phone. `status` goes queued → leased → sent → delivered → read; or failed, dropped, unknown
    (may have been sent). `bulk` messages wait for replies. `buttons` is a list of {id, label, quiet}. `instead_of_id` is
    the message that did not arrive on another channel, in whose place this one went. `queue` is that of the address when
    the message was queued; empty where nobody told."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_due", "status", "queue", "bulk", "due_at", "id"),
        Index("ix_outbox_address", "address_id", "status", "id"),
        Index("ix_outbox_provider", "channel", "provider_id"),
        Index("ix_outbox_client_created", "client_id", "created_at"),
        Index(
            "ix_outbox_instead_of",
            "instead_of_id",
            sqlite_where=sql("instead_of_id IS NOT NULL"),
            postgresql_where=sql("instead_of_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = key()
    address_id: Mapped[int] = mapped_column(Id, ForeignKey("addresses.id"))
    client_id: Mapped[int | None] = mapped_column(Id, ForeignKey("clients.id"))
    conversation_id: Mapped[int | None] = mapped_column(Id, ForeignKey("conversations.id"))
    channel: Mapped[str] = mapped_column(Short)
    text: Mapped[str | None] = mapped_column(Text)
    buttons: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    language: Mapped[str] = mapped_column(Short)
    flow: Mapped[str | None] = mapped_column(Short)
    question: Mapped[str | None] = mapped_column(Short)
    template: Mapped[str | None] = mapped_column(Short)
    variables: Mapped[dict[str, Any]] = mapped_column(default=dict)
    bulk: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(Short, default="queued")
    due_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    provider_id: Mapped[str | None] = mapped_column(Line)
    code: Mapped[str | None] = mapped_column(Short)
    reason: Mapped[str | None] = mapped_column(Line)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    instead_of_id: Mapped[int | None] = mapped_column(Id, ForeignKey("outbox.id"))
    queue: Mapped[str] = mapped_column(Line, default="", server_default="")

    address: Mapped[Address] = relationship(lazy="raise_on_sql")


class EarlyReport(Base):
    """A provider's report on a message whose id is not recorded yet: it may come before the answer to the sending."""

    __tablename__ = "early_reports"
    __table_args__ = (UniqueConstraint("channel", "provider_id", "state"),)

    id: Mapped[int] = key()
    channel: Mapped[str] = mapped_column(Short)
    provider_id: Mapped[str] = mapped_column(Line)
    state: Mapped[str] = mapped_column(Short)
    code: Mapped[str | None] = mapped_column(Short)
    reason: Mapped[str | None] = mapped_column(Line)
    at: Mapped[datetime] = mapped_column(index=True)


class Conversation(Base):
    """A flow that is under way with a client. `subject` names what it is about (followup:12, enrollment:7); the open
    one that asked last is the one that hears the next message."""

    __tablename__ = "conversations"
    __table_args__ = (Index("ix_conversations_open", "client_id", "status", "asked_at"),)

    id: Mapped[int] = key()
    client_id: Mapped[int] = mapped_column(Id, ForeignKey("clients.id"))
    flow: Mapped[str] = mapped_column(Short)
    version: Mapped[int]
    subject: Mapped[str] = mapped_column(Short, default="")
    state: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(Short, default="open")
    result: Mapped[str | None] = mapped_column(Short)
    created_at: Mapped[datetime]
    asked_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    client: Mapped[Client] = relationship(lazy="raise_on_sql")


class Handover(Base):
    """A client who waits for a person. While it is taken (`taken_at`), the assistant is silent."""

    __tablename__ = "handovers"
    __table_args__ = (
        Index(
            "ix_handovers_waiting",
            "taken_at",
            sqlite_where=sql("closed_at IS NULL"),
            postgresql_where=sql("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = key()
    client_id: Mapped[int] = mapped_column(Id, ForeignKey("clients.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime]
    staff_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    taken_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    client: Mapped[Client] = relationship(lazy="raise_on_sql")

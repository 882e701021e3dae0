"""Messages in the outbox: which one went in the place of which, what was only announced, what a question depends on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, aliased

from storage.outbox import IN_HAND
from storage.schema import Address, Center, Client, Conversation, Outbox


def has_replacement(db: Session, message_id: int) -> bool:
    """Whether another message went in its place."""
    return db.scalar(select(Outbox.id).where(Outbox.instead_of_id == message_id).limit(1)) is not None


def tried_addresses(db: Session, row: Outbox) -> set[int]:
    """The addresses at which this message, or the one in whose place it went, did not arrive."""
    tried = {row.address_id}
    while row.instead_of_id is not None:
        row = db.get_one(Outbox, row.instead_of_id)
        tried.add(row.address_id)
    return tried


def unread_announcements(
    db: Session, address: Address, templates: Collection[str], after: datetime, sent_since: datetime | None
) -> list[Outbox]:
    """The messages of which `address` got one of the announcing `templates` and not yet the words themselves, oldest
    first: made after `after`, and not sent before `sent_since`, where that is given. A question that is closed is left
    out."""
    shown = aliased(Outbox)
    query = (
        select(Outbox)
        .outerjoin(Conversation, Conversation.id == Outbox.conversation_id)
        .where(
            Outbox.address_id == address.id,
            Outbox.template.in_(templates),
            Outbox.status.in_((*IN_HAND, "sent", "delivered", "read")),
            Outbox.text.is_not(None),
            Outbox.created_at > after,
            or_(Outbox.conversation_id.is_(None), Conversation.status == "open"),
            ~exists().where(shown.instead_of_id == Outbox.id),
        )
        .order_by(Outbox.id)
    )
    if sent_since is not None:
        query = query.where(or_(Outbox.sent_at.is_(None), Outbox.sent_at >= sent_since))
    return list(db.scalars(query))


def with_center_and_status(db: Session, message_ids: Sequence[int]) -> list[tuple[Outbox, Center, str]]:
    """Each message that is part of a conversation, with the center of its client and the status of the conversation."""
    query = (
        select(Outbox, Center, Conversation.status)
        .join(Conversation, Conversation.id == Outbox.conversation_id)
        .join(Client, Client.id == Outbox.client_id)
        .join(Center, Center.id == Client.center_id)
        .where(Outbox.id.in_(message_ids))
    )
    return [(row, center, status) for row, center, status in db.execute(query)]

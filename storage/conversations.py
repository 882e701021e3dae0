"""Conversations: one by id."""

from __future__ import annotations

from sqlalchemy.orm import Session

from storage.schema import Conversation


def get_conversation(db: Session, conversation_id: int) -> Conversation:
    return db.get_one(Conversation, conversation_id)

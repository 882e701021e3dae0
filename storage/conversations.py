"""Conversations of clients, and the answers given in them."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage.schema import Answer, Conversation


def open_conversations(db: Session, client_id: int) -> list[Conversation]:
    """What is under way with a client, the one that asked last first."""
    query = (
        select(Conversation)
        .where(Conversation.client_id == client_id, Conversation.status == "open")
        .order_by(Conversation.asked_at.desc(), Conversation.id.desc())
    )
    return list(db.scalars(query))


def get_conversation(db: Session, conversation_id: int) -> Conversation:
    return db.get_one(Conversation, conversation_id)


def conversation_with(db: Session, client_id: int, conversation_id: int) -> Conversation | None:
    """The conversation, if it is one with that client."""
    found = db.get(Conversation, conversation_id)
    return found if found is not None and found.client_id == client_id else None


def take_back_answers(db: Session, conversation_id: int, question: str) -> None:
    """Mark what was answered to a question as taken back, with what is still to be written of it."""
    db.flush()
    db.execute(
        update(Answer)
        .where(Answer.conversation_id == conversation_id, Answer.question == question)
        .values(taken_back=True)
    )

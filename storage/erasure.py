"""What is emptied or deleted when a client is forgotten, or when two records of one client become one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from storage.schema import (
    Address,
    Answer,
    Contribution,
    Conversation,
    CounselingSession,
    Followup,
    Handover,
    Inbox,
    IncrementRow,
    Outbox,
    OutcomeRow,
    QueryRow,
    ReviewRow,
)


def clear_messages(db: Session, client_id: int, address_id: int | None = None) -> None:
    """Empty the messages from and to a client, on one phone or on all."""

    def mine(table: type[Inbox] | type[Outbox]) -> tuple[ColumnElement[bool], ...]:
        there = () if address_id is None else (table.address_id == address_id,)
        return (table.client_id == client_id, *there)

    db.execute(
        update(Inbox)
        .where(*mine(Inbox))
        .values(text=None, choice=None, media=None)
        .execution_options(synchronize_session="fetch")
    )
    db.execute(
        update(Outbox)
        .where(*mine(Outbox))
        .values(text=None, buttons=[], variables={})
        .execution_options(synchronize_session=False)
    )


def clear_staff_messages(db: Session, code: str) -> None:
    """Empty what staff were told and wrote where it names a client code."""
    for table in (Inbox, Outbox):
        by_staff = select(Address.id).where(Address.staff_id.is_not(None))
        named = (table.address_id.in_(by_staff), table.text.contains(code, autoescape=True))
        db.execute(update(table).where(*named).values(text=None).execution_options(synchronize_session=False))


def clear_texts_at(db: Session, address_id: int) -> None:
    """Empty the messages from and to an address."""
    for table in (Inbox, Outbox):
        db.execute(update(table).where(table.address_id == address_id).values(text=None))


def clear_states(db: Session, client_id: int) -> None:
    """Empty what the client's conversations hold."""
    db.execute(
        update(Conversation)
        .where(Conversation.client_id == client_id)
        .values(state={})
        .execution_options(synchronize_session="fetch")
    )


def clear_casework(db: Session, client_id: int, now: datetime) -> None:
    """Empty the notes of sessions, close the conversations and handovers and drop the follow-ups that are planned."""
    db.execute(
        update(Conversation)
        .where(Conversation.client_id == client_id, Conversation.status == "open")
        .values(status="closed", result="erased", closed_at=now)
    )
    db.execute(update(CounselingSession).where(CounselingSession.client_id == client_id).values(notes=""))
    db.execute(update(Handover).where(Handover.client_id == client_id).values(reason="", closed_at=now))
    db.execute(
        update(Followup)
        .where(Followup.client_id == client_id, Followup.status == "planned")
        .values(status="dropped", reason="the record was erased", closed_at=now)
    )


def delete_figures(db: Session, client_id: int) -> None:
    """Delete the client's answers and what was read from them, with its increments and reviews. What it contributed to
    reports that were issued keeps its amounts, and names no figure any more."""
    theirs = select(OutcomeRow.id).where(OutcomeRow.client_id == client_id)
    db.execute(
        update(Contribution)
        .where(Contribution.outcome_id.in_(theirs))
        .values(outcome_id=None, withdrawn=True)
        .execution_options(synchronize_session=False)
    )
    db.execute(delete(IncrementRow).where(IncrementRow.client_id == client_id))
    db.execute(delete(ReviewRow).where(ReviewRow.outcome_id.in_(theirs)).execution_options(synchronize_session=False))
    db.execute(delete(QueryRow).where(QueryRow.client_id == client_id).execution_options(synchronize_session=False))
    db.execute(delete(OutcomeRow).where(OutcomeRow.client_id == client_id))
    db.execute(update(Answer).where(Answer.client_id == client_id).values(replaces_id=None))
    db.execute(delete(Answer).where(Answer.client_id == client_id))

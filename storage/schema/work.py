"""What the center does and what came of it: sessions, follow-ups, trainings and answers."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, ScalarSelect, Text, UniqueConstraint, event, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.schema.base import Base, Id, Line, Short, key
from storage.schema.people import Center, Client, Staff


class CounselingSession(Base):
    """A counseling session. `type` is in_person, phone, online or visit; `area` is one of the five service areas."""

    __tablename__ = "sessions"

    id: Mapped[int] = key()
    client_id: Mapped[int] = mapped_column(Id, ForeignKey("clients.id"), index=True)
    counselor_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    day: Mapped[date] = mapped_column(Date)
    type: Mapped[str] = mapped_column(Short)
    area: Mapped[str] = mapped_column(Short)
    hours: Mapped[Decimal]
    notes: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]

    counselor: Mapped[Staff | None] = relationship(lazy="raise_on_sql")


class Followup(Base):
    """A follow-up survey of one client. `wave` is 3m, 6m, 12m … or "asked" when somebody wanted it now; `started_by`
    is cadence, counselor or client. `status`: planned → invited → completed | partial | declined; or dropped with its
    reason, when nobody could be reached or consent is gone."""

    __tablename__ = "followups"
    __table_args__ = (UniqueConstraint("client_id", "wave", "due_on"),)

    id: Mapped[int] = key()
    client_id: Mapped[int] = mapped_column(Id, ForeignKey("clients.id"), index=True)
    session_id: Mapped[int | None] = mapped_column(Id, ForeignKey("sessions.id"))
    wave: Mapped[str] = mapped_column(Short)
    due_on: Mapped[date] = mapped_column(Date, index=True)
    status: Mapped[str] = mapped_column(Short, default="planned")
    started_by: Mapped[str] = mapped_column(Short, default="cadence")
    staff_id: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    reason: Mapped[str | None] = mapped_column(Line)
    created_at: Mapped[datetime]
    invited_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class Call(Base):
    """A call to a client whose follow-up found no answer. `result` is no_answer, wrong_number, call_back or refused."""

    __tablename__ = "calls"

    id: Mapped[int] = key()
    client_id: Mapped[int] = mapped_column(Id, ForeignKey("clients.id"), index=True)
    followup_id: Mapped[int] = mapped_column(Id, ForeignKey("followups.id"), index=True)
    result: Mapped[str] = mapped_column(Short)
    #: The day until which nobody calls.
    again_on: Mapped[date | None] = mapped_column(Date)
    by: Mapped[str] = mapped_column(Line)
    at: Mapped[datetime]


class Training(Base):
    """A group training. Times are UTC; `hours` long; `audience` keeps the filter by which clients were invited."""

    __tablename__ = "trainings"

    id: Mapped[int] = key()
    code: Mapped[str] = mapped_column(Short, unique=True)
    center_id: Mapped[int] = mapped_column(Id, ForeignKey("centers.id"), index=True)
    title: Mapped[str] = mapped_column(Line)
    starts_at: Mapped[datetime]
    hours: Mapped[Decimal]
    place: Mapped[str] = mapped_column(Line)
    language: Mapped[str] = mapped_column(Short)
    capacity: Mapped[int]
    area: Mapped[str] = mapped_column(Short)
    created_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]

    center: Mapped[Center] = relationship(lazy="raise_on_sql")


class Enrollment(Base):
    """A client and a training. `status`: planned → invited → yes | waiting | no; then attended or absent."""

    __tablename__ = "enrollments"
    __table_args__ = (UniqueConstraint("training_id", "client_id"),)

    id: Mapped[int] = key()
    training_id: Mapped[int] = mapped_column(Id, ForeignKey("trainings.id"))
    client_id: Mapped[int] = mapped_column(Id, ForeignKey("clients.id"), index=True)
    status: Mapped[str] = mapped_column(Short, default="planned")
    invited_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    rating: Mapped[int | None]

    training: Mapped[Training] = relationship(lazy="raise_on_sql")
    client: Mapped[Client] = relationship(lazy="raise_on_sql")


class Answer(Base):
    """One answer to one question. `inbox_id` is the very message that carried it; `keyed_by` the staff member who typed
    it in instead. A later answer to the same question names the one it replaces; nothing is overwritten."""

    __tablename__ = "answers"
    __table_args__ = (Index("ix_answers_client_question", "client_id", "question", "id"),)

    id: Mapped[int] = key()
    client_id: Mapped[int] = mapped_column(Id, ForeignKey("clients.id"))
    conversation_id: Mapped[int] = mapped_column(Id, ForeignKey("conversations.id"), index=True)
    flow: Mapped[str] = mapped_column(Short)
    form_version: Mapped[int]
    question: Mapped[str] = mapped_column(Short)
    outcome: Mapped[str] = mapped_column(Short)
    number: Mapped[Decimal | None]
    text: Mapped[str | None] = mapped_column(Text)
    currency: Mapped[str | None] = mapped_column(Short)
    raw: Mapped[str | None] = mapped_column(Text)
    reading: Mapped[dict[str, Any]]
    channel: Mapped[str] = mapped_column(Short)
    inbox_id: Mapped[int | None] = mapped_column(Id, ForeignKey("inbox.id"))
    keyed_by: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    replaces_id: Mapped[int | None] = mapped_column(Id, ForeignKey("answers.id"))
    taken_back: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]


def earlier_answer(conversation_id: Any, question: Any) -> ScalarSelect[int]:
    """The answer that a new one to the same question replaces, as an expression; the arguments are values or such."""
    mine = (Answer.conversation_id == conversation_id, Answer.question == question)
    return select(Answer.id).where(*mine).order_by(Answer.id.desc()).limit(1).scalar_subquery()


@event.listens_for(Answer, "before_insert")
def _name_the_replaced(_mapper: object, _connection: object, answer: Answer) -> None:
    answer.replaces_id = earlier_answer(answer.conversation_id, answer.question)

"""Answers: every answer as it was given and read, those that were taken back or replaced included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Select, String, and_, case, cast, func, literal, select, tuple_
from sqlalchemy.orm import Session

from bot.flows.catalog import FLOWS
from bot.flows.registration import REGISTRATION
from bot.model import Kind
from storage.exports.table import Cell, Export, Wanted
from storage.schema import Answer, Center, Client, Conversation, Followup, Inbox, OutcomeRow, Staff

CLOSED = frozenset(
    (flow.name, question.name)
    for flow in FLOWS.values()
    for question in flow.questions
    if question.kind not in (Kind.TEXT, Kind.REVIEW)
)
"""Questions whose answer cannot hold a name: it is one of a list, a yes, a date or a figure."""
COLUMNS = (
    "answer",
    "client",
    "center",
    "name",
    "business_name",
    "flow",
    "form_version",
    "wave",
    "question",
    "outcome",
    "number",
    "currency",
    "text",
    "period",
    "month",
    "approximate",
    "at",
    "channel",
    "message",
    "provider_message",
    "keyed_in",
    "keyed_by",
    "replaces",
    "taken_back",
    "raw",
)


def _chosen(wanted: Wanted, db: Session) -> Select[Any]:
    query = select(Answer).join(Client, Client.id == Answer.client_id).join(Center, Center.id == Client.center_id)
    query = query.where(wanted.period.holds(db, Answer.at))
    return query.where(wanted.of_centers())


def _count(db: Session, wanted: Wanted) -> int:
    return db.scalar(_chosen(wanted, db).with_only_columns(func.count(Answer.id))) or 0


def columns_of(*, identified: bool) -> dict[str, Any]:
    """By name, of a query that is `joined`. Without names, a text that may hold one is left out."""
    closed = tuple_(Answer.flow, Answer.question).in_(CLOSED)
    raw_text = Answer.text if identified else case((Answer.text.is_(None), None), (closed, Answer.text))
    figure = (OutcomeRow.client_id == Answer.client_id, OutcomeRow.indicator == Answer.question)
    month = select(func.max(OutcomeRow.month)).where(*figure, OutcomeRow.answer_id == Answer.id)
    return {
        "answer": Answer.id,
        "client": Client.code,
        "center": Center.code,
        "name": Client.name,
        "business_name": Client.business_name,
        "flow": Answer.flow,
        "form_version": Answer.form_version,
        "wave": case((Answer.flow == REGISTRATION.name, "baseline"), else_=Followup.wave),
        "question": Answer.question,
        "outcome": Answer.outcome,
        "number": Answer.number,
        "currency": Answer.currency,
        "text": raw_text,
        "period": Answer.reading["period"].as_string(),
        "month": month.correlate(Answer).scalar_subquery(),
        "approximate": func.coalesce(Answer.reading["approximate"].as_boolean(), False),
        "at": Answer.at,
        "channel": Answer.channel,
        "message": Answer.inbox_id,
        "provider_message": Inbox.provider_id,
        "keyed_in": Answer.keyed_by.is_not(None),
        "keyed_by": Staff.name,
        "replaces": Answer.replaces_id,
        "taken_back": Answer.taken_back,
        "raw": Answer.raw,
    }


def joined(query: Select[Any]) -> Select[Any]:
    """Answers with their client and center, and what else their columns come from."""
    surveyed = and_(
        Followup.client_id == Answer.client_id,
        Conversation.subject == literal("followup:") + cast(Followup.id, String),
    )
    return (
        query.join(Conversation, Conversation.id == Answer.conversation_id)
        .outerjoin(Followup, surveyed)
        .outerjoin(Inbox, Inbox.id == Answer.inbox_id)
        .outerjoin(Staff, Staff.id == Answer.keyed_by)
    )


def _query(wanted: Wanted, db: Session) -> Select[Any]:
    """The columns, in order and by name."""
    columns = columns_of(identified=wanted.identified)
    shown = (columns[name].label(name) for name in ANSWERS.shown(wanted))
    return joined(_chosen(wanted, db)).with_only_columns(*shown).order_by(Answer.id)


def _rows(db: Session, wanted: Wanted) -> Iterator[list[Mapping[str, Cell]]]:
    held: Any
    for held in db.execute(_query(wanted, db), execution_options={"yield_per": 500}).mappings():
        yield [held]


ANSWERS = Export(
    name="answers",
    columns=COLUMNS,
    personal=frozenset(("name", "business_name", "keyed_by", "raw")),
    count=_count,
    rows=_rows,
    query=_query,
)

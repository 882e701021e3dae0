"""Answers: every answer as it was given and read, those that were taken back or replaced included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Row, Select, String, and_, cast, func, literal, select
from sqlalchemy.orm import Session

from bot.flows.catalog import FLOWS
from bot.flows.registration import REGISTRATION
from bot.model import Kind
from storage.exports.table import Cell, Export, Wanted
from storage.schema import Answer, Center, Client, Conversation, Followup, Inbox, Staff

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
    return query.where(Center.code == wanted.center) if wanted.center else query


def _count(db: Session, wanted: Wanted) -> int:
    return db.scalar(_chosen(wanted, db).with_only_columns(func.count(Answer.id))) or 0


def _rows(db: Session, wanted: Wanted) -> Iterator[list[Mapping[str, Cell]]]:
    surveyed = and_(
        Followup.client_id == Answer.client_id,
        Conversation.subject == literal("followup:") + cast(Followup.id, String),
    )
    query = (
        _chosen(wanted, db)
        .join(Conversation, Conversation.id == Answer.conversation_id)
        .outerjoin(Followup, surveyed)
        .outerjoin(Inbox, Inbox.id == Answer.inbox_id)
        .outerjoin(Staff, Staff.id == Answer.keyed_by)
        .add_columns(Client.code, Client.name, Client.business_name, Center.code.label("center"))
        .add_columns(Followup.wave, Inbox.provider_id, Staff.name.label("keyed_by"))
        .order_by(Answer.id)
    )
    for row in db.execute(query, execution_options={"yield_per": 500}):
        yield [_row(row, wanted)]


def _row(row: Row[Any], wanted: Wanted) -> Mapping[str, Cell]:
    answer: Answer = row.Answer
    told = wanted.identified or (answer.flow, answer.question) in CLOSED
    return {
        "answer": answer.id,
        "client": row.code,
        "center": row.center,
        "name": row.name,
        "business_name": row.business_name,
        "flow": answer.flow,
        "form_version": answer.form_version,
        "wave": "baseline" if answer.flow == REGISTRATION.name else row.wave,
        "question": answer.question,
        "outcome": answer.outcome,
        "number": answer.number,
        "currency": answer.currency,
        "text": answer.text if told else None,
        "period": answer.reading.get("period"),
        "approximate": bool(answer.reading.get("approximate", False)),
        "at": answer.at,
        "channel": answer.channel,
        "message": answer.inbox_id,
        "provider_message": row.provider_id,
        "keyed_in": answer.keyed_by is not None,
        "keyed_by": row.keyed_by,
        "replaces": answer.replaces_id,
        "taken_back": answer.taken_back,
        "raw": answer.raw,
    }


ANSWERS = Export(
    name="answers",
    columns=COLUMNS,
    personal=frozenset(("name", "business_name", "keyed_by", "raw")),
    count=_count,
    rows=_rows,
)

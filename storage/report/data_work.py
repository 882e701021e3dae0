"""The rows behind a report of what was done for its clients: follow-ups, sessions, trainings, consents."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from bot.model import SERVICE_AREAS
from storage.exports.dataset import DataTable, Reference
from storage.report.data_columns import CLIENT, OF_CLIENT, column, of_clients, table_of, until
from storage.report.scope import Scope
from storage.schema import Center, Client, Consent, CounselingSession, Enrollment, Followup, Training


def followups(db: Session, scope: Scope) -> DataTable:
    columns = (
        column("id", "integer", "Number of the follow-up.", Followup.id),
        CLIENT,
        column("wave", "string", "Months since the session, or asked.", Followup.wave),
        column("due_on", "date", "When it was due.", Followup.due_on),
        column("status", "string", "What became of it.", Followup.status),
        column("started_by", "string", "Who began it.", Followup.started_by),
        column("invited_at", "datetime", "When the invitation went out, UTC.", Followup.invited_at),
        column("closed_at", "datetime", "When it ended, UTC.", Followup.closed_at),
    )
    query = of_clients(scope, Followup).where(_began(db, scope))
    return table_of(db, "followups", "One row per follow-up survey.", columns, query, "id", OF_CLIENT)


def _began(db: Session, scope: Scope) -> ColumnElement[bool]:
    return or_(Followup.due_on <= scope.until, until(db, scope, Followup.invited_at))


def sessions(db: Session, scope: Scope, *, identified: bool) -> DataTable:
    columns = [
        column("id", "integer", "Number of the session.", CounselingSession.id),
        CLIENT,
        column("day", "date", "When it was.", CounselingSession.day),
        column("type", "string", "Where it was.", CounselingSession.type),
        column("area", "string", "What it was about.", CounselingSession.area, *SERVICE_AREAS),
        column("hours", "number", "How long it took.", CounselingSession.hours),
    ]
    if identified:
        columns.append(column("notes", "string", "The counselor's notes.", CounselingSession.notes))
    query = of_clients(scope, CounselingSession).where(CounselingSession.day <= scope.until)
    return table_of(db, "sessions", "One row per counseling session.", columns, query, "id", OF_CLIENT)


def trainings(db: Session, scope: Scope) -> DataTable:
    columns = (
        column("training", "string", "Code of the training.", Training.code),
        column("center", "string", "Code of the center.", Center.code),
        column("title", "string", "What it was called.", Training.title),
        column("starts_at", "datetime", "When it began, UTC.", Training.starts_at),
        column("hours", "number", "How long it took.", Training.hours),
        column("area", "string", "What it was about.", Training.area, *SERVICE_AREAS),
        column("language", "string", "In which language it was.", Training.language),
        column("capacity", "integer", "How many had a seat.", Training.capacity),
        column("cancelled_at", "datetime", "When it was cancelled, UTC.", Training.cancelled_at),
    )
    attended = select(Enrollment.training_id).join(Client, Client.id == Enrollment.client_id)
    query = (
        select(Training.id)
        .join(Center, Center.id == Training.center_id)
        .where(
            Training.id.in_(attended.where(scope.of_clients())),
            until(db, scope, Training.starts_at),
        )
        .order_by(Training.id)
    )
    description = "One row per training to which a client was invited."
    return table_of(db, "trainings", description, columns, query, "training")


def attendance(db: Session, scope: Scope) -> DataTable:
    columns = (
        column("id", "integer", "Number of the invitation.", Enrollment.id),
        column("training", "string", "Code of the training.", Training.code),
        CLIENT,
        column("status", "string", "Invited, coming or not, attended or absent.", Enrollment.status),
        column("invited_at", "datetime", "When the invitation went out, UTC.", Enrollment.invited_at),
        column("answered_at", "datetime", "When it was answered, UTC.", Enrollment.answered_at),
        column("rating", "integer", "How useful it was, from 1 to 5.", Enrollment.rating),
    )
    query = (
        select(Enrollment.id)
        .join(Training, Training.id == Enrollment.training_id)
        .join(Client, Client.id == Enrollment.client_id)
        .join(Center, Center.id == Training.center_id)
        .where(scope.of_clients(), until(db, scope, Training.starts_at))
        .order_by(Enrollment.id)
    )
    of_training = Reference(("training",), "trainings", ("training",))
    return table_of(db, "attendance", "One row per client and training.", columns, query, "id", OF_CLIENT, of_training)


def consents(db: Session, scope: Scope) -> DataTable:
    columns = (
        column("id", "integer", "Number of the answer.", Consent.id),
        CLIENT,
        column("person", "integer", "Who answered; the owner where nobody is named.", Consent.person_id),
        column("kind", "string", "To what.", Consent.kind),
        column("granted", "boolean", "Whether the client agreed.", Consent.granted),
        column("text_version", "string", "Wording of the question.", Consent.text_version),
        column("language", "string", "In which it was asked.", Consent.language),
        column("channel", "string", "On which it was answered.", Consent.channel),
        column("at", "datetime", "When, UTC.", Consent.at),
    )
    query = of_clients(scope, Consent).where(until(db, scope, Consent.at))
    return table_of(db, "consents", "One row per answer to a consent question.", columns, query, "id", OF_CLIENT)

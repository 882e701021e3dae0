"""The rows behind a report, table by table: who its clients are, what they told, and what was done for them. A client is known by
its code; names, places and words are there only where they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from bot.indicators import ATTRIBUTION, INDICATORS
from bot.model import SERVICE_AREAS
from bot.outcomes.figures import Review
from storage.exports.dataset import DataTable, Field, FieldType, Reference
from storage.exports.table import Cell
from storage.periods import Period
from storage.report.scope import Scope
from storage.schema import (
    Answer,
    Center,
    Client,
    Consent,
    CounselingSession,
    Enrollment,
    Followup,
    OutcomeRow,
    Person,
    Rate,
    ReviewRow,
    Training,
)

Column = tuple[Field, Any]
OF_CLIENT = Reference(("client",), "clients", ("client",))
AT_ONCE = 1000
"""Rows that are read at a time."""


def tables(db: Session, scope: Scope, *, identified: bool = False) -> Iterator[DataTable]:
    """Everything up to the end of the period, since its changes go back to earlier figures."""
    yield _clients(db, scope, identified=identified)
    yield _outcomes(db, scope)
    yield _answers(db, scope, identified=identified)
    yield _followups(db, scope)
    yield _sessions(db, scope, identified=identified)
    yield _trainings(db, scope)
    yield _attendance(db, scope)
    yield _consents(db, scope)
    yield _rates(db, scope)


def column(name: str, kind: FieldType, description: str, expression: Any, *categories: str) -> Column:
    return Field(name, kind, description, categories), expression


def _table(
    db: Session,
    name: str,
    description: str,
    columns: Sequence[Column],
    query: Select[Any],
    key: str,
    *references: Reference,
) -> DataTable:
    rows = query.with_only_columns(*(expression for _, expression in columns), maintain_column_froms=True)
    return DataTable(name, description, tuple(field for field, _ in columns), _read(db, rows), (key,), references)


def _read(db: Session, query: Select[Any]) -> Iterator[Sequence[Cell]]:
    yield from (tuple(row) for row in db.execute(query, execution_options={"yield_per": AT_ONCE}))


def _of_clients(scope: Scope, table: Any) -> Select[Any]:
    """Rows of `table` with their client and center, in the order in which they came."""
    joined = select(table.id).join(Client, Client.id == table.client_id).join(Center, Center.id == Client.center_id)
    return joined.where(scope.of_clients()).order_by(table.id)


def _until(db: Session, scope: Scope, moment: Any) -> ColumnElement[bool]:
    return Period(None, scope.until).holds(db, moment)


CLIENT = column("client", "string", "Code of the client.", Client.code)


def _clients(db: Session, scope: Scope, *, identified: bool) -> DataTable:
    columns = [
        CLIENT,
        column(
            "business", "integer", "The business: the same where it is a client of two centers.", Client.business_id
        ),
        column("person", "integer", "The owner: the same for all of their businesses.", Client.person_id),
        column("center", "string", "Code of the center.", Center.code),
        column("country", "string", "ISO 3166 code of the center's country.", Center.country),
        column("status", "string", "Where the registration stands.", Client.status, "new", "registered", "refused"),
        column("sex", "string", "Of the owner.", Person.sex, "f", "m", "x"),
        column("birth_year", "integer", "Of the owner.", Person.birth_year),
        column("language", "string", "Language of the conversation.", Client.language),
        column("sector", "string", "What the business does.", Client.sector),
        column("baseline_stage", "string", "Stage when it came.", Client.baseline_stage, "idea", "running"),
        column("stage", "string", "Stage today.", Client.stage, "idea", "running"),
        column("start_on", "date", "When it began to sell or was registered.", Client.start_on),
        column("rural", "boolean", "Whether it is in a rural place.", Client.rural),
        column("disability", "boolean", "Whether the owner has a disability.", Client.disability),
        column("indigenous", "boolean", "Whether the owner is indigenous.", Client.indigenous),
        column("registered", "boolean", "Whether the business is registered.", Client.registered),
        column("legal_form", "string", "Legal form of the business.", Client.legal_form),
        column("women_owned", "integer", "Percent that women own.", Client.women_owned),
        column("isic", "string", "Class of ISIC, as the center uses it.", Client.isic),
        column("program", "string", "Program or fund that pays for the counseling.", Client.program),
        column("service_consent", "boolean", "Whether its data may be kept.", Client.service_consent),
        column("survey_consent", "boolean", "Whether it may be asked again.", Client.survey_consent),
        column("registered_at", "datetime", "When the registration was complete, UTC.", Client.registered_at),
    ]
    if identified:
        columns += [
            column("name", "string", "Name of the client.", Client.name),
            column("business_name", "string", "Name of the business.", Client.business_name),
            column("place", "string", "Town or village.", Client.place),
            column("district", "string", "District.", Client.district),
            column("email", "string", "E-mail address.", Client.email),
            column("referred_by", "string", "Who sent the client.", Client.referred_by),
        ]
    query = select(Client.id).join(Center, Center.id == Client.center_id)
    query = query.outerjoin(Person, Person.id == Client.person_id).where(scope.of_clients()).order_by(Client.id)
    return _table(db, "clients", "One row per client: a business at a center.", columns, query, "client")


def _outcomes(db: Session, scope: Scope) -> DataTable:
    last = select(ReviewRow.state).where(ReviewRow.outcome_id == OutcomeRow.id).correlate(OutcomeRow)
    state = func.coalesce(last.order_by(ReviewRow.id.desc()).limit(1).scalar_subquery(), Review.UNREVIEWED.value)
    attribution = case((OutcomeRow.indicator == ATTRIBUTION.name, OutcomeRow.text))
    columns = (
        column("id", "integer", "Number of the figure.", OutcomeRow.id),
        CLIENT,
        column("wave", "string", "baseline, or the months since the session.", OutcomeRow.wave),
        column("followup", "integer", "The follow-up in which it was told.", OutcomeRow.followup_id),
        column("indicator", "string", "What was asked.", OutcomeRow.indicator),
        column("day", "date", "When it was told, on the center's clock; a correction keeps it.", OutcomeRow.day),
        column("month", "string", "The month that “last month” stood for.", OutcomeRow.month),
        column("outcome", "string", "Whether a value was given, or why not.", OutcomeRow.outcome),
        column("value", "number", "People, or units of the currency.", OutcomeRow.value),
        column("currency", "string", "ISO 4217 code.", OutcomeRow.currency),
        column("kind", "string", "Of financing.", OutcomeRow.kind),
        column(
            "attribution",
            "string",
            "Whether the center helped, as the client said.",
            attribution,
            "yes",
            "partly",
            "no",
        ),
        column("claimed", "boolean", "Said and not written, so that it does not count yet.", OutcomeRow.claimed),
        column("approximate", "boolean", "Whether the client said about.", OutcomeRow.approximate),
        column("partial", "boolean", "Whether the survey was left unfinished.", OutcomeRow.partial),
        column("source", "string", "How it came.", OutcomeRow.source),
        column("review", "string", "What staff made of it.", state, *(one.value for one in Review)),
        column("corrects", "integer", "The figure that this one corrects.", OutcomeRow.corrects_id),
    )
    query = _of_clients(scope, OutcomeRow).where(OutcomeRow.day <= scope.until)
    description = "One row per client, wave and indicator as told; a correction is a row of its own."
    return _table(db, "outcomes", description, columns, query, "id", OF_CLIENT)


def _answers(db: Session, scope: Scope, *, identified: bool) -> DataTable:
    columns = [
        column("id", "integer", "Number of the answer.", Answer.id),
        CLIENT,
        column("question", "string", "What was asked.", Answer.question),
        column("outcome", "string", "What the reply was read as.", Answer.outcome),
        column("number", "number", "The figure in it.", Answer.number),
        column("currency", "string", "ISO 4217 code.", Answer.currency),
        column("channel", "string", "How it came.", Answer.channel),
        column("keyed_in", "boolean", "Whether staff typed it in.", Answer.keyed_by.is_not(None)),
        column("replaces", "integer", "The earlier answer to the same question.", Answer.replaces_id),
        column("at", "datetime", "When, UTC.", Answer.at),
    ]
    if identified:
        columns.append(column("words", "string", "The reply as it was written.", Answer.raw))
    query = _of_clients(scope, Answer).where(Answer.question.in_(INDICATORS), _until(db, scope, Answer.at))
    description = "One row per answer to a question for a figure."
    return _table(db, "answers", description, columns, query, "id", OF_CLIENT)


def _followups(db: Session, scope: Scope) -> DataTable:
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
    query = _of_clients(scope, Followup).where(_began(db, scope))
    return _table(db, "followups", "One row per follow-up survey.", columns, query, "id", OF_CLIENT)


def _began(db: Session, scope: Scope) -> ColumnElement[bool]:
    return or_(Followup.due_on <= scope.until, _until(db, scope, Followup.invited_at))


def _sessions(db: Session, scope: Scope, *, identified: bool) -> DataTable:
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
    query = _of_clients(scope, CounselingSession).where(CounselingSession.day <= scope.until)
    return _table(db, "sessions", "One row per counseling session.", columns, query, "id", OF_CLIENT)


def _trainings(db: Session, scope: Scope) -> DataTable:
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
            _until(db, scope, Training.starts_at),
        )
        .order_by(Training.id)
    )
    description = "One row per training to which a client was invited."
    return _table(db, "trainings", description, columns, query, "training")


def _attendance(db: Session, scope: Scope) -> DataTable:
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
        .where(scope.of_clients(), _until(db, scope, Training.starts_at))
        .order_by(Enrollment.id)
    )
    of_training = Reference(("training",), "trainings", ("training",))
    return _table(db, "attendance", "One row per client and training.", columns, query, "id", OF_CLIENT, of_training)


def _consents(db: Session, scope: Scope) -> DataTable:
    columns = (
        column("id", "integer", "Number of the answer.", Consent.id),
        CLIENT,
        column("kind", "string", "To what.", Consent.kind),
        column("granted", "boolean", "Whether the client agreed.", Consent.granted),
        column("text_version", "string", "Wording of the question.", Consent.text_version),
        column("language", "string", "In which it was asked.", Consent.language),
        column("channel", "string", "On which it was answered.", Consent.channel),
        column("at", "datetime", "When, UTC.", Consent.at),
    )
    query = _of_clients(scope, Consent).where(_until(db, scope, Consent.at))
    return _table(db, "consents", "One row per answer to a consent question.", columns, query, "id", OF_CLIENT)


def _rates(db: Session, scope: Scope) -> DataTable:
    fields = (
        Field("currency", "string", "ISO 4217 code."),
        Field("day", "date", "From when it holds."),
        Field("per_usd", "number", "Units of the currency to one US dollar."),
        Field("source", "string", "Where it is from."),
    )
    query = select(Rate.currency, Rate.day, Rate.per_usd, Rate.source).where(Rate.day <= scope.until.isoformat())
    rows = (
        (currency, date.fromisoformat(day), per_usd, source)
        for currency, day, per_usd, source in db.execute(query.order_by(Rate.currency, Rate.day))
    )
    return DataTable("rates", "Exchange rates; pegs are in the report.", fields, rows, ("currency", "day"))

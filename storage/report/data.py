"""The rows behind a report, table by table: who its clients are, what they told, and what was done for them. A client is known by
its code; names, places and words are there only where they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from bot.flows.followup import KINDS
from bot.flows.registration import SECTORS
from bot.indicators import ATTRIBUTION, INDICATORS
from bot.model import ReadingKind
from bot.outcomes.figures import Review
from storage.exports.answers import columns_of, joined
from storage.exports.dataset import DataTable, Field
from storage.report import data_work
from storage.report.data_columns import CLIENT, OF_CLIENT, column, of_clients, table_of, until
from storage.report.scope import Scope
from storage.schema import Answer, Center, Client, OutcomeRow, Person, Rate, ReviewRow

SKIPPED = "skipped"
"""A question that the client passed over: read as unknown, and told apart here."""


def tables(db: Session, scope: Scope, *, identified: bool = False) -> Iterator[DataTable]:
    """Everything up to the end of the period, since its changes go back to earlier figures."""
    yield _clients(db, scope, identified=identified)
    yield _outcomes(db, scope)
    yield _answers(db, scope, identified=identified)
    yield data_work.followups(db, scope)
    yield data_work.sessions(db, scope, identified=identified)
    yield data_work.trainings(db, scope)
    yield data_work.attendance(db, scope)
    yield data_work.consents(db, scope)
    yield _rates(db, scope)


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
        column("sector", "string", "What the business does.", Client.sector, *(one.id for one in SECTORS)),
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
    return table_of(db, "clients", "One row per client: a business at a center.", columns, query, "client")


def _outcomes(db: Session, scope: Scope) -> DataTable:
    last = select(ReviewRow.state).where(ReviewRow.outcome_id == OutcomeRow.id).correlate(OutcomeRow)
    state = func.coalesce(last.order_by(ReviewRow.id.desc()).limit(1).scalar_subquery(), Review.UNREVIEWED.value)
    skipped = and_(OutcomeRow.value.is_(None), Answer.reading["hint"].as_string() == SKIPPED)
    attribution = case((OutcomeRow.indicator == ATTRIBUTION.name, OutcomeRow.text))
    columns = (
        column("id", "integer", "Number of the figure.", OutcomeRow.id),
        CLIENT,
        column("wave", "string", "baseline, or the months since the session.", OutcomeRow.wave),
        column("followup", "integer", "The follow-up in which it was told.", OutcomeRow.followup_id),
        column("indicator", "string", "What was asked.", OutcomeRow.indicator, *INDICATORS),
        column("day", "date", "When it was told, on the center's clock; a correction keeps it.", OutcomeRow.day),
        column("month", "string", "The month that “last month” stood for.", OutcomeRow.month),
        column(
            "outcome",
            "string",
            "Whether a value was given, or why not.",
            case((skipped, SKIPPED), else_=OutcomeRow.outcome),
            *(*(one.value for one in ReadingKind), SKIPPED),
        ),
        column("value", "number", "People, or units of the currency.", OutcomeRow.value, absent="outcome"),
        column("currency", "string", "ISO 4217 code.", OutcomeRow.currency),
        column("kind", "string", "Of financing.", OutcomeRow.kind, *(one.id for one in KINDS)),
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
    query = (
        of_clients(scope, OutcomeRow)
        .outerjoin(Answer, Answer.id == OutcomeRow.answer_id)
        .where(OutcomeRow.day <= scope.until)
    )
    description = "One row per client, wave and indicator as told; a correction is a row of its own."
    return table_of(db, "outcomes", description, columns, query, "id", OF_CLIENT)


def _answers(db: Session, scope: Scope, *, identified: bool) -> DataTable:
    expressions = columns_of(identified=identified)
    skipped = Answer.reading["hint"].as_string() == SKIPPED
    columns = [
        column("id", "integer", "Number of the answer.", Answer.id),
        CLIENT,
        column("flow", "string", "The survey or conversation.", Answer.flow),
        column("form_version", "integer", "Its version: the questions in their wording.", Answer.form_version),
        column("wave", "string", "baseline, or the months since the session.", expressions["wave"]),
        column("question", "string", "What was asked.", Answer.question),
        column(
            "outcome",
            "string",
            "What the reply was read as.",
            case((skipped, SKIPPED), else_=Answer.outcome),
            *(*(one.value for one in ReadingKind), SKIPPED),
        ),
        column("number", "number", "The figure in it.", Answer.number, absent="outcome"),
        column("currency", "string", "ISO 4217 code.", Answer.currency),
        column(
            "text", "string", "The choice, yes or day in it; a text that may hold a name is not.", expressions["text"]
        ),
        column("period", "string", "The time of an amount, where the client named one.", expressions["period"]),
        column("month", "string", "The month that “last month” stood for.", expressions["month"]),
        column("approximate", "boolean", "Whether the client said about.", expressions["approximate"]),
        column("channel", "string", "How it came.", Answer.channel),
        column("keyed_in", "boolean", "Whether staff typed it in.", expressions["keyed_in"]),
        column("replaces", "integer", "The earlier answer to the same question.", Answer.replaces_id),
        column("taken_back", "boolean", "Whether the client took it back.", Answer.taken_back),
        column("at", "datetime", "When, UTC.", Answer.at),
    ]
    if identified:
        columns.append(column("words", "string", "The reply as it was written.", Answer.raw))
    query = joined(of_clients(scope, Answer)).where(until(db, scope, Answer.at))
    description = "One row per answer, those that were replaced or taken back included."
    return table_of(db, "answers", description, columns, query, "id", OF_CLIENT)


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

"""Clients: a line per client, with what the center did for them in figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Row, ScalarSelect, Select, func, select
from sqlalchemy.orm import Session as Db

from storage.addresses import addresses_by_client
from storage.exports.table import Cell, Export, Wanted
from storage.registers import GONE
from storage.schema import Address, Center, Client, Consent, CounselingSession, Enrollment, Followup, Staff

COLUMNS = (
    "client",
    "center",
    "country",
    "name",
    "business_name",
    "place",
    "phones",
    "counselor",
    "status",
    "language",
    "sector",
    "stage",
    "service_consent",
    "survey_consent",
    "survey_consent_at",
    "opted_out_at",
    "created_at",
    "registered_at",
    "channels",
    "sessions",
    "hours",
    "last_session",
    "followups_completed",
    "followups_partial",
    "trainings_attended",
)


def _chosen(wanted: Wanted, db: Db) -> Select[Any]:
    """By the day of the registration; a client who has not registered yet, by the day of the first contact."""
    query = select(Client).join(Center, Center.id == Client.center_id).where(Client.status.not_in(GONE))
    query = query.where(wanted.period.holds(db, func.coalesce(Client.registered_at, Client.created_at)))
    return query.where(wanted.of_centers())


def _count(db: Db, wanted: Wanted) -> int:
    return db.scalar(_chosen(wanted, db).with_only_columns(func.count(Client.id))) or 0


def _of_client(column: Any, table: Any, *where: Any) -> ScalarSelect[Any]:
    return select(column).where(table.client_id == Client.id, *where).correlate(Client).scalar_subquery()


def _rows(db: Db, wanted: Wanted) -> Iterator[list[Mapping[str, Cell]]]:
    consents = (Consent.kind == "survey", Consent.granted)
    query = (
        _chosen(wanted, db)
        .outerjoin(Staff, Staff.id == Client.counselor_id)
        .add_columns(Center.code.label("center"), Center.country, Staff.name.label("counselor"))
        .add_columns(
            _of_client(func.max(Consent.at), Consent, *consents).label("survey_consent_at"),
            _of_client(func.count(), CounselingSession).label("sessions"),
            _of_client(func.sum(CounselingSession.hours), CounselingSession).label("hours"),
            _of_client(func.max(CounselingSession.day), CounselingSession).label("last_session"),
            _of_client(func.count(), Followup, Followup.status == "completed").label("completed"),
            _of_client(func.count(), Followup, Followup.status == "partial").label("partial"),
            _of_client(func.count(), Enrollment, Enrollment.status == "attended").label("attended"),
        )
        .order_by(Center.code, Client.code)
    )
    for rows in db.execute(query, execution_options={"yield_per": 500}).partitions():
        phones = addresses_by_client(db, [row.Client.id for row in rows])
        for row in rows:
            by_channel = sorted(phones.get(row.Client.id, []), key=lambda one: (one.channel, one.id))
            yield [_row(row, by_channel)]


def _row(row: Row[Any], addresses: list[Address]) -> Mapping[str, Cell]:
    client: Client = row.Client
    return {
        "client": client.code,
        "center": row.center,
        "country": row.country,
        "name": client.name,
        "business_name": client.business_name,
        "place": client.place,
        "phones": " ".join(f"{one.channel}:{one.address}" for one in addresses),
        "counselor": row.counselor,
        "status": client.status,
        "language": client.language,
        "sector": client.sector,
        "stage": client.stage,
        "service_consent": client.service_consent,
        "survey_consent": client.survey_consent,
        "survey_consent_at": row.survey_consent_at if client.survey_consent else None,
        "opted_out_at": client.opted_out_at,
        "created_at": client.created_at,
        "registered_at": client.registered_at,
        "channels": " ".join(dict.fromkeys(one.channel for one in addresses)),
        "sessions": row.sessions,
        "hours": row.hours or 0,
        "last_session": row.last_session,
        "followups_completed": row.completed,
        "followups_partial": row.partial,
        "trainings_attended": row.attended,
    }


CLIENTS = Export(
    name="clients",
    columns=COLUMNS,
    personal=frozenset(("name", "business_name", "place", "phones", "counselor")),
    count=_count,
    rows=_rows,
)

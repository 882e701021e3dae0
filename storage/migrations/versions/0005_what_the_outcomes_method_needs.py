"""What the outcomes method needs: businesses and persons, what is known of them, the day and the kind of a figure, reviews,
increments, issued reports, institutions, growth

Revision: 0005, after 0004
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Exact, UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BATCH = 5000


def upgrade() -> None:
    op.create_table(
        "businesses",
        sa.Column("id", ID, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_businesses")),
    )
    op.create_table(
        "calls",
        sa.Column("id", ID, nullable=False),
        sa.Column("client_id", ID, nullable=False),
        sa.Column("followup_id", ID, nullable=False),
        sa.Column("result", sa.String(length=40), nullable=False),
        sa.Column("again_on", sa.Date(), nullable=True),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_calls_client_id_clients")),
        sa.ForeignKeyConstraint(["followup_id"], ["followups.id"], name=op.f("fk_calls_followup_id_followups")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
    )
    op.create_index(op.f("ix_calls_client_id"), "calls", ["client_id"], unique=False)
    op.create_index(op.f("ix_calls_followup_id"), "calls", ["followup_id"], unique=False)
    op.create_table(
        "growth",
        sa.Column("id", ID, nullable=False),
        sa.Column("country", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("percent", Exact(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_growth")),
        sa.UniqueConstraint("country", "year", name=op.f("uq_growth_country_year")),
    )
    op.create_table(
        "institutions",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institutions")),
        sa.UniqueConstraint("code", name=op.f("uq_institutions_code")),
    )
    op.create_table(
        "issued_reports",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=200), nullable=False),
        sa.Column("signature", sa.String(length=200), nullable=False),
        sa.Column("public_key", sa.String(length=200), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_reports")),
        sa.UniqueConstraint("code", name=op.f("uq_issued_reports_code")),
    )
    op.create_table(
        "persons",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("language", sa.String(length=40), nullable=True),
        sa.Column("sex", sa.String(length=40), nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("opted_out_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persons")),
    )
    op.create_table(
        "client_persons",
        sa.Column("id", ID, nullable=False),
        sa.Column("client_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("service_consent", sa.Boolean(), nullable=False),
        sa.Column("survey_consent", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_client_persons_client_id_clients")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_client_persons_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_persons")),
        sa.UniqueConstraint("client_id", "person_id", name=op.f("uq_client_persons_client_id_person_id")),
    )
    op.create_index(op.f("ix_client_persons_person_id"), "client_persons", ["person_id"], unique=False)
    op.create_table(
        "speakers",
        sa.Column("id", ID, nullable=False),
        sa.Column("address_id", ID, nullable=False),
        sa.Column("client_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["address_id"], ["addresses.id"], name=op.f("fk_speakers_address_id_addresses")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_speakers_client_id_clients")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_speakers_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speakers")),
        sa.UniqueConstraint("address_id", "client_id", name=op.f("uq_speakers_address_id_client_id")),
    )
    op.create_index(op.f("ix_speakers_client_id"), "speakers", ["client_id"], unique=False)
    op.create_index(op.f("ix_speakers_person_id"), "speakers", ["person_id"], unique=False)
    op.create_table(
        "contributions",
        sa.Column("id", ID, nullable=False),
        sa.Column("report_id", ID, nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("outcome_id", ID, nullable=True),
        sa.Column("chain", sa.String(length=40), nullable=False),
        sa.Column("attribution", sa.String(length=40), nullable=True),
        sa.Column("indicator", sa.String(length=40), nullable=False),
        sa.Column("value", Exact(), nullable=True),
        sa.Column("currency", sa.String(length=40), nullable=True),
        sa.Column("usd", Exact(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcomes.id"], name=op.f("fk_contributions_outcome_id_outcomes")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["issued_reports.id"], name=op.f("fk_contributions_report_id_issued_reports")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contributions")),
    )
    op.create_index(op.f("ix_contributions_outcome_id"), "contributions", ["outcome_id"], unique=False)
    op.create_index(op.f("ix_contributions_report_id"), "contributions", ["report_id"], unique=False)
    op.create_table(
        "increments",
        sa.Column("id", ID, nullable=False),
        sa.Column("business_id", ID, nullable=False),
        sa.Column("client_id", ID, nullable=False),
        sa.Column("outcome_id", ID, nullable=False),
        sa.Column("chain", sa.String(length=40), nullable=False),
        sa.Column("indicator", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("before", Exact(), nullable=True),
        sa.Column("after", Exact(), nullable=False),
        sa.Column("value", Exact(), nullable=True),
        sa.Column("currency", sa.String(length=40), nullable=True),
        sa.Column("usd", Exact(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("attribution", sa.String(length=40), nullable=True),
        sa.Column("review", sa.String(length=40), nullable=False),
        sa.Column("baseline", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["business_id"], ["businesses.id"], name=op.f("fk_increments_business_id_businesses")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_increments_client_id_clients")),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcomes.id"], name=op.f("fk_increments_outcome_id_outcomes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_increments")),
    )
    op.create_index(
        "ix_increments_business",
        "increments",
        ["business_id", "chain", "indicator", "attribution", "currency", "kind"],
        unique=False,
        postgresql_include=["day", "baseline", "value", "usd", "id"],
    )
    op.create_index(op.f("ix_increments_client_id"), "increments", ["client_id"], unique=False)
    op.create_index(op.f("ix_increments_outcome_id"), "increments", ["outcome_id"], unique=False)
    op.create_index("ix_increments_period", "increments", ["chain", "day", "business_id"], unique=False)
    op.create_table(
        "reviews",
        sa.Column("id", ID, nullable=False),
        sa.Column("outcome_id", ID, nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("evidence", sa.String(length=40), nullable=True),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("first_of_two", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcomes.id"], name=op.f("fk_reviews_outcome_id_outcomes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    op.create_index(op.f("ix_reviews_outcome_id"), "reviews", ["outcome_id"], unique=False)
    op.create_table(
        "queries",
        sa.Column("id", ID, nullable=False),
        sa.Column("client_id", ID, nullable=False),
        sa.Column("outcome_id", ID, nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("reply", sa.String(length=40), nullable=True),
        sa.Column("correction_id", ID, nullable=True),
        sa.Column("why_not", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_queries_client_id_clients")),
        sa.ForeignKeyConstraint(["correction_id"], ["outcomes.id"], name=op.f("fk_queries_correction_id_outcomes")),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcomes.id"], name=op.f("fk_queries_outcome_id_outcomes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queries")),
    )
    for column in ("client_id", "correction_id", "outcome_id"):
        op.create_index(op.f(f"ix_queries_{column}"), "queries", [column], unique=False)
    op.add_column(
        "centers",
        sa.Column(
            "institution_id",
            ID,
            sa.ForeignKey("institutions.id", name=op.f("fk_centers_institution_id_institutions")),
            nullable=True,
        ),
        inline_references=True,
    )
    op.create_index(op.f("ix_centers_institution_id"), "centers", ["institution_id"], unique=False)
    op.add_column(
        "clients",
        sa.Column(
            "business_id",
            ID,
            sa.ForeignKey("businesses.id", name=op.f("fk_clients_business_id_businesses")),
            nullable=True,
        ),
        inline_references=True,
    )
    op.add_column(
        "clients",
        sa.Column(
            "person_id", ID, sa.ForeignKey("persons.id", name=op.f("fk_clients_person_id_persons")), nullable=True
        ),
        inline_references=True,
    )
    op.add_column("rates", sa.Column("by", sa.String(length=200), nullable=True))
    op.add_column("clients", sa.Column("baseline_stage", sa.String(length=40), nullable=True))
    op.add_column("clients", sa.Column("start_on", sa.Date(), nullable=True))
    op.add_column("clients", sa.Column("rural", sa.Boolean(), nullable=True))
    op.add_column("clients", sa.Column("disability", sa.Boolean(), nullable=True))
    op.add_column("clients", sa.Column("indigenous", sa.Boolean(), nullable=True))
    op.add_column("clients", sa.Column("registered", sa.Boolean(), nullable=True))
    op.add_column("clients", sa.Column("legal_form", sa.String(length=200), nullable=True))
    op.add_column("clients", sa.Column("women_owned", sa.Integer(), nullable=True))
    op.add_column("clients", sa.Column("isic", sa.String(length=40), nullable=True))
    op.add_column("clients", sa.Column("program", sa.String(length=200), nullable=True))
    op.add_column("clients", sa.Column("referred_by", sa.String(length=200), nullable=True))
    op.add_column("clients", sa.Column("email", sa.String(length=200), nullable=True))
    op.add_column("clients", sa.Column("district", sa.String(length=200), nullable=True))
    op.create_index(op.f("ix_clients_business_id"), "clients", ["business_id"], unique=False)
    op.create_index(op.f("ix_clients_person_id"), "clients", ["person_id"], unique=False)
    op.add_column("addresses", sa.Column("opted_out_at", UtcDateTime(), nullable=True))
    op.add_column(
        "consents",
        sa.Column(
            "person_id", ID, sa.ForeignKey("persons.id", name=op.f("fk_consents_person_id_persons")), nullable=True
        ),
        inline_references=True,
    )
    op.create_index(op.f("ix_consents_person_id"), "consents", ["person_id"], unique=False)
    op.add_column("outcomes", sa.Column("day", sa.Date(), nullable=True))
    op.add_column("outcomes", sa.Column("kind", sa.String(length=40), nullable=True))
    op.add_column("outcomes", sa.Column("month", sa.String(length=40), nullable=True))
    op.add_column("outcomes", sa.Column("source", sa.String(length=40), server_default="chat", nullable=False))
    op.add_column("outcomes", sa.Column("source_note", sa.Text(), nullable=True))
    op.add_column("outcomes", sa.Column("claimed", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column(
        "staff",
        sa.Column(
            "institution_id",
            ID,
            sa.ForeignKey("institutions.id", name=op.f("fk_staff_institution_id_institutions")),
            nullable=True,
        ),
        inline_references=True,
    )
    op.create_index(op.f("ix_staff_institution_id"), "staff", ["institution_id"], unique=False)

    _one_business_and_one_person_each()
    _days_of_the_figures()


def _one_business_and_one_person_each() -> None:
    connection = op.get_bind()
    for table, columns in (
        ("businesses", "id, created_at"),
        ("persons", "id, created_at, name, language, opted_out_at"),
    ):
        connection.execute(
            sa.text(
                f"INSERT INTO {table} ({columns}) SELECT {columns} FROM clients "  # noqa: S608
                "WHERE status NOT IN ('erased', 'merged')"
            )
        )
        if connection.dialect.name == "postgresql":
            connection.execute(
                sa.text(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "  # noqa: S608
                    f"COALESCE((SELECT max(id) FROM {table}), 0) + 1, false)"
                )
            )
    connection.execute(
        sa.text(
            "UPDATE clients SET business_id = id, person_id = id, baseline_stage = stage "
            "WHERE status NOT IN ('erased', 'merged')"
        )
    )
    connection.execute(
        sa.text(
            "UPDATE consents SET person_id = client_id "
            "WHERE client_id IN (SELECT id FROM clients WHERE person_id IS NOT NULL)"
        )
    )


def _days_of_the_figures() -> None:
    """The day that each figure was told, on the clock of its center; a correction has that of what it corrects."""
    connection = op.get_bind()
    days: dict[int, date] = {}
    batch: list[dict[str, Any]] = []
    for row in _told():
        told_on = row.at.astimezone(ZoneInfo(row.zone)).date()
        days[row.id] = days.get(row.corrects_id, told_on)
        batch.append({"row": row.id, "told_on": days[row.id]})
        if len(batch) == BATCH:
            connection.execute(_DAY, batch)
            batch.clear()
    if batch:
        connection.execute(_DAY, batch)


def _told() -> Iterator[Any]:
    """Figures by id, so that a correction comes after what it corrects; read in parts, for rows are written meanwhile."""
    last = 0
    while rows := op.get_bind().execute(_FIGURES, {"after": last, "most": BATCH}).all():
        yield from rows
        last = rows[-1].id


_OUTCOMES = sa.table(
    "outcomes",
    sa.column("id", ID),
    sa.column("client_id", ID),
    sa.column("corrects_id", ID),
    sa.column("at", UtcDateTime()),
    sa.column("day", sa.Date()),
)
_CLIENTS = sa.table("clients", sa.column("id", ID), sa.column("center_id", ID))
_CENTERS = sa.table("centers", sa.column("id", ID), sa.column("zone", sa.String()))
_FIGURES = (
    sa.select(_OUTCOMES.c.id, _OUTCOMES.c.corrects_id, _OUTCOMES.c.at, _CENTERS.c.zone)
    .join(_CLIENTS, _CLIENTS.c.id == _OUTCOMES.c.client_id)
    .join(_CENTERS, _CENTERS.c.id == _CLIENTS.c.center_id)
    .where(_OUTCOMES.c.id > sa.bindparam("after"))
    .order_by(_OUTCOMES.c.id)
    .limit(sa.bindparam("most"))
)
_DAY = _OUTCOMES.update().where(_OUTCOMES.c.id == sa.bindparam("row")).values(day=sa.bindparam("told_on"))


def downgrade() -> None:
    op.drop_index(op.f("ix_staff_institution_id"), table_name="staff")
    op.drop_index(op.f("ix_consents_person_id"), table_name="consents")
    op.drop_index(op.f("ix_clients_person_id"), table_name="clients")
    op.drop_index(op.f("ix_clients_business_id"), table_name="clients")
    op.drop_index(op.f("ix_centers_institution_id"), table_name="centers")
    op.drop_column("staff", "institution_id")
    op.drop_column("rates", "by")
    op.drop_column("outcomes", "claimed")
    op.drop_column("outcomes", "source_note")
    op.drop_column("outcomes", "source")
    op.drop_column("outcomes", "month")
    op.drop_column("outcomes", "kind")
    op.drop_column("outcomes", "day")
    op.drop_column("clients", "district")
    op.drop_column("clients", "email")
    op.drop_column("clients", "referred_by")
    op.drop_column("clients", "program")
    op.drop_column("clients", "isic")
    op.drop_column("clients", "women_owned")
    op.drop_column("clients", "legal_form")
    op.drop_column("clients", "registered")
    op.drop_column("clients", "indigenous")
    op.drop_column("clients", "disability")
    op.drop_column("clients", "rural")
    op.drop_column("clients", "start_on")
    op.drop_column("clients", "baseline_stage")
    op.drop_column("consents", "person_id")
    op.drop_column("addresses", "opted_out_at")
    op.drop_column("clients", "person_id")
    op.drop_column("clients", "business_id")
    op.drop_column("centers", "institution_id")
    op.drop_table("queries")
    op.drop_table("reviews")
    op.drop_table("increments")
    op.drop_table("contributions")
    op.drop_table("speakers")
    op.drop_table("client_persons")
    op.drop_table("persons")
    op.drop_table("issued_reports")
    op.drop_table("institutions")
    op.drop_table("growth")
    op.drop_table("calls")
    op.drop_table("businesses")

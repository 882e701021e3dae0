"""The migrations make the tables that the code expects, on each engine, and lose nothing on the way."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, bindparam, inspect, select, text
from sqlalchemy.engine.interfaces import ReflectedColumn
from sqlalchemy.orm import Session

from storage import outbox
from storage.engine import Database, make_engine
from storage.migrate import behind, configuration, upgrade
from storage.schema import Address, Base, IncrementRow
from storage.schema.base import UtcDateTime


def test_the_migrated_store_is_what_the_code_expects(empty_database_url: str) -> None:
    assert behind(empty_database_url)
    upgrade(empty_database_url)
    assert not behind(empty_database_url)
    engine = make_engine(empty_database_url)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    engine.dispose()
    assert differences == []


def test_a_store_of_the_first_tables_keeps_its_rows(empty_database_url: str) -> None:
    upgrade(empty_database_url, "0001")
    engine = make_engine(empty_database_url)
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO centers (code, name, country, currency, zone, language, cadence, settings, created_at) "
                "VALUES ('LC', 'SBDC', 'LC', 'XCD', 'America/St_Lucia', 'en', '[3]', '{}', '2026-01-05 15:00:00')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO addresses (channel, address, simulated, created_at) "
                "VALUES ('sms', '+17585550101', false, '2026-01-05 15:00:00')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO outbox (address_id, channel, text, buttons, language, variables, bulk, status, due_at, "
                "attempts, created_at) SELECT id, 'sms', 'hello', '[]', 'en', '{}', false, 'queued', "
                "'2026-01-05 15:00:00', 0, '2026-01-05 15:00:00' FROM addresses"
            )
        )
    upgrade(empty_database_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT code, name FROM centers")).all() == [("LC", "SBDC")]
        assert connection.execute(text("SELECT text, status FROM outbox")).all() == [("hello", "queued")]
    engine.dispose()


VERSION_0_1_0 = "0003"
"""The revision of a database that version 0.1.0 made."""
AT = "'2026-01-05 15:00:00'"
ROWS_OF_0_1_0 = """
INSERT INTO centers (id, code, name, country, currency, zone, language, cadence, settings, created_at)
    VALUES (1, 'LC', 'SBDC', 'LC', 'XCD', 'America/St_Lucia', 'en', '[3]', '{}', :at);
INSERT INTO clients (id, code, center_id, status, name, language, service_consent, survey_consent, opted_out_at,
        created_at)
    VALUES (1, 'LC-7K3Q', 1, 'registered', 'Ana', 'en', true, true, :at, :at);
INSERT INTO addresses (id, channel, address, simulated, client_id, created_at)
    VALUES (1, 'whatsapp', '+17585550101', false, 1, :at);
INSERT INTO conversations (id, client_id, flow, version, subject, state, status, created_at, asked_at)
    VALUES (1, 1, 'followup', 1, '', '{}', 'open', :at, :at);
INSERT INTO inbox (id, channel, simulated, provider_id, address_id, client_id, conversation_id, text, received_at)
    VALUES (1, 'whatsapp', false, 'SM1', 1, 1, 1, '4500', :at);
INSERT INTO outbox (id, address_id, client_id, channel, text, buttons, language, variables, bulk, status, due_at,
        attempts, created_at, queue)
    VALUES (1, 1, 1, 'whatsapp', 'hello', '[]', 'en', '{}', false, 'failed', :at, 3, :at, 'whatsapp:');
INSERT INTO outbox (id, address_id, client_id, channel, text, buttons, language, variables, bulk, status, due_at,
        attempts, created_at, queue, instead_of_id)
    VALUES (2, 1, 1, 'sms', 'hello', '[]', 'en', '{}', false, 'queued', :at, 0, :at, 'sms:', 1);
INSERT INTO answers (id, client_id, conversation_id, flow, form_version, question, outcome, number, raw, reading,
        channel, inbox_id, taken_back, at)
    VALUES (1, 1, 1, 'followup', 1, 'sales_month', 'value', 4500, '4500', '{}', 'whatsapp', 1, false, :at);
INSERT INTO outcomes (id, client_id, indicator, wave, outcome, value, currency, approximate, partial, answer_id, at)
    VALUES (1, 1, 'sales_month', '3m', 'value', 4500, 'XCD', false, false, 1, :at);
INSERT INTO timers (id, kind, subject, client_id, due_at, status, attempts)
    VALUES (1, 'followup.invite', 'followup:1', 1, :at, 'pending', 0);
INSERT INTO consents (id, client_id, kind, granted, text_version, language, channel, at)
    VALUES (1, 1, 'survey', true, '1', 'en', 'whatsapp', :at);
INSERT INTO audit (id, at, actor, action, subject, details)
    VALUES (1, :at, 'cli:ana', 'client.show', 'LC-7K3Q', '{}');
"""


def test_a_database_of_version_0_1_0_keeps_its_rows(empty_database_url: str) -> None:
    upgrade(empty_database_url, VERSION_0_1_0)
    assert behind(empty_database_url)
    engine = make_engine(empty_database_url)
    with engine.begin() as connection:
        for statement in filter(str.strip, ROWS_OF_0_1_0.split(";\n")):
            connection.exec_driver_sql(statement.replace(":at", AT))
        before = rows_of(connection)
    assert sum(map(len, before.values())) == 13, "each INSERT made a row, and the revision is one too"
    upgrade(empty_database_url)
    with engine.connect() as connection:
        after = rows_of(connection)
    engine.dispose()
    assert not behind(empty_database_url)
    del before["alembic_version"]
    for table, rows in before.items():
        assert [{name: row[name] for name in rows[0]} for row in after[table] if rows] == rows, table
    (client,), (figure,) = after["clients"], after["outcomes"]
    assert (client["business_id"], client["person_id"]) == (1, 1)
    assert len(after["businesses"]) == 1
    (person,), (consent,) = after["persons"], after["consents"]
    assert (person["id"], person["name"], person["language"]) == (1, "Ana", "en")
    assert (person["opted_out_at"], consent["person_id"]) == (client["opted_out_at"], 1)
    assert after["client_persons"] == after["speakers"] == []
    assert str(figure["day"]) == "2026-01-05"
    assert [(row["chain"], bool(row["baseline"]), row["value"]) for row in after["increments"]] == [
        ("told", True, None),
        ("verified", True, None),
    ]


def test_figures_of_version_0_1_0_come_out_by_the_method_of_today(empty_database_url: str) -> None:
    """Told near midnight, so that the day is that of the center's clock; one of them was corrected since."""
    upgrade(empty_database_url, VERSION_0_1_0)
    engine = make_engine(empty_database_url)
    with engine.begin() as connection:
        for statement in filter(str.strip, (ROWS_OF_0_1_0 + FIGURES_OF_0_1_0).split(";\n")):
            connection.exec_driver_sql(as_stored(statement.replace(":at", AT), connection.dialect.name))
    engine.dispose()
    upgrade(empty_database_url)
    engine = make_engine(empty_database_url)
    with Session(engine) as db:
        rows = db.execute(
            select(IncrementRow.chain, IncrementRow.day, IncrementRow.value, IncrementRow.attribution).where(
                IncrementRow.baseline.is_(False)
            )
        )
        found = [(chain, str(day), value, attribution) for chain, day, value, attribution in rows]
    engine.dispose()
    assert found == [("told", "2026-07-01", Decimal(600), "yes")]


def as_stored(statement: str, dialect: str) -> str:
    """SQLite holds an {amount} as ten-thousandths."""
    return re.sub(r"\{(\d+)\}", r"\g<1>0000" if dialect == "sqlite" else r"\g<1>", statement)


FIGURES_OF_0_1_0 = """
DELETE FROM outcomes;
INSERT INTO followups (id, client_id, wave, due_on, status, started_by, created_at)
    VALUES (1, 1, '6m', '2026-07-01', 'completed', 'cadence', :at);
INSERT INTO outcomes (id, client_id, indicator, wave, outcome, value, currency, approximate, partial, at)
    VALUES (1, 1, 'sales_month', 'baseline', 'value', {4500}, 'XCD', false, false, :at);
INSERT INTO outcomes (id, client_id, indicator, wave, outcome, value, currency, approximate, partial, followup_id, at)
    VALUES (2, 1, 'sales_month', '6m', 'value', {51000}, 'XCD', false, false, 1, '2026-07-02 02:30:00');
INSERT INTO outcomes (id, client_id, indicator, wave, outcome, text, approximate, partial, followup_id, at)
    VALUES (3, 1, 'attribution', '6m', 'value', 'yes', false, false, 1, '2026-07-02 02:30:00');
INSERT INTO outcomes (id, client_id, indicator, wave, outcome, value, currency, approximate, partial, followup_id,
        corrects_id, by, why, at)
    VALUES (4, 1, 'sales_month', '6m', 'value', {5100}, 'XCD', false, false, 1, 2, 'rosa', 'a zero too many', '2026-08-01 15:00:00');
"""


def rows_of(connection: Connection) -> dict[str, list[dict[str, object]]]:
    """Table → its rows, each as column → value."""
    return {
        table: [dict(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"').mappings()]  # noqa: S608
        for table in inspect(connection).get_table_names()
    }


@pytest.mark.slow
def test_a_migration_takes_nothing_away_from_processes_of_the_version_before(empty_database_url: str) -> None:
    """During a rolling deploy they go on reading and writing the columns that they know, and name no others."""
    revisions = [script.revision for script in ScriptDirectory.from_config(configuration("sqlite://")).walk_revisions()]
    before: dict[str, dict[str, ReflectedColumn]] = {}
    for revision in reversed(revisions):
        upgrade(empty_database_url, revision)
        engine = make_engine(empty_database_url)
        inspector = inspect(engine)
        after = {
            table: {column["name"]: column for column in inspector.get_columns(table)}
            for table in inspector.get_table_names()
        }
        engine.dispose()
        for table, columns in before.items():
            assert columns.keys() <= after[table].keys(), (revision, table)
            for name, column in after[table].items():
                known = columns.get(name)
                optional = column["nullable"] or column["default"] is not None
                assert optional or (known is not None and not known["nullable"]), (revision, table, name)
        before = after


def test_what_a_process_of_an_earlier_version_queues_is_sent(database: Database) -> None:
    """It does not know the queue of a message."""
    now = datetime(2026, 1, 5, 15, tzinfo=UTC)
    with database.write() as db:
        db.add(Address(id=1, channel="sms", address="+17585550101", created_at=now))
        db.flush()
        db.execute(
            text(
                "INSERT INTO outbox (address_id, channel, text, buttons, language, variables, bulk, status, due_at, "
                "attempts, created_at) VALUES (1, 'sms', 'hello', '[]', 'en', '{}', false, 'queued', :now, 0, :now)"
            ).bindparams(bindparam("now", now, UtcDateTime()))
        )
    with database.write() as db:
        part = outbox.Part(channel="sms")
        assert [row.text for row in outbox.claim(db, now, timedelta(minutes=1), 5, part)] == ["hello"]

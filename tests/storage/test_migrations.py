"""The migrations make the tables that the code expects, on each engine, and lose nothing on the way."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from storage.engine import make_engine
from storage.migrate import behind, upgrade
from storage.schema import Base


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

"""Rows by the million, generated inside the database."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import text

from storage.engine import Database
from storage.schema import Center

CHUNK = 1_000_000
WORDS = {
    "sqlite": {
        "series": "(WITH RECURSIVE s(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM s WHERE i < :last) SELECT i FROM s)",
        "number": "printf('%010d', i)",
        "time": "text",
        "later": "datetime(:due, (i % 100000) || ' minutes') || '.000000'",
    },
    "postgresql": {
        "series": "generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) AS s(i)",
        "number": "lpad(CAST(i AS text), 10, '0')",
        "time": "timestamptz",
        "later": "CAST(:due AS timestamptz) + (i % 100000) * interval '1 minute'",
    },
}
"""What the engines write differently: numbers in a row, one of them as ten digits (whose order as text is that of the numbers,
so that an index grows at its end), a time, and one up to ten weeks later."""


def fill(database: Database, statement: str, rows: int, *, after: int = 0, **values: object) -> int:
    """Run `statement` for each i after `after`, a million in a transaction; {series}, {number} and {time} in it are of
    WORDS. Returns the last i."""
    known = text(statement.format(**WORDS[database.engine.dialect.name]))
    for first in range(after + 1, after + rows + 1, CHUNK):
        with database.write() as db:
            db.execute(known, {"first": first, "last": min(first + CHUNK - 1, after + rows), **values})
    return after + rows


def last_id(database: Database, table: str) -> int:
    with database.read() as db:
        return int(db.execute(text(f"SELECT coalesce(max(id), 0) FROM {table}")).scalar_one())  # noqa: S608


def analyze(database: Database) -> None:
    """What a server does by itself in time, and `PRAGMA optimize` in a file."""
    with database.engine.connect() as connection:
        raw = connection.execution_options(isolation_level="AUTOCOMMIT", reading=True)
        raw.exec_driver_sql("VACUUM ANALYZE" if database.engine.dialect.name == "postgresql" else "ANALYZE")


def moment(database: Database, at: datetime) -> str:
    """`at` as the database stores it."""
    return at.strftime("%Y-%m-%d %H:%M:%S.%f") + ("" if database.engine.dialect.name == "sqlite" else "+00")


def add_center(database: Database, now: datetime) -> None:
    with database.write() as db:
        db.add(
            Center(
                code="LC",
                name="SBDC",
                country="LC",
                currency="XCD",
                zone="America/St_Lucia",
                language="en",
                cadence=[3, 6, 12],
                settings={},
                created_at=now,
            )
        )


def add_clients(database: Database, clients: int, now: datetime) -> None:
    """Registered clients of the first center, each with one phone; client i has address i."""
    first = last_id(database, "clients")
    at = moment(database, now)
    fill(
        database,
        "INSERT INTO clients (id, code, center_id, status, language, service_consent, survey_consent, created_at, "
        "registered_at) SELECT i, 'LC-' || {number}, 1, 'registered', 'en', true, true, CAST(:at AS {time}), "
        "CAST(:at AS {time}) FROM {series}",
        clients,
        after=first,
        at=at,
    )
    fill(
        database,
        "INSERT INTO addresses (id, channel, address, simulated, client_id, created_at) "
        "SELECT i, 'sms', '+1758' || {number}, false, i, CAST(:at AS {time}) FROM {series}",
        clients,
        after=first,
        at=at,
    )


def add_timers(database: Database, rows: int, *, due: int, now: datetime) -> None:
    """`due` of them are due since yesterday, half of the others have fired and half lie ahead, a minute apart."""
    fired = (rows - due) // 2
    insert = (
        "INSERT INTO timers (kind, subject, client_id, due_at, status, attempts) "
        "SELECT 'followup.invite', 'followup:' || {number}, i, {later}, CAST(:status AS text), 0 FROM {series}"
    )
    last = 0
    for status, number, days in (("fired", fired, -300), ("pending", due, -100), ("pending", rows - due - fired, 100)):
        when = moment(database, now + timedelta(days=days))
        last = fill(database, insert, number, after=last, status=status, due=when)


def add_messages(database: Database, rows: int, *, status: str, now: datetime) -> None:
    """Bulk messages, one to each client of `add_clients`, and again when there are more messages than clients."""
    clients = last_id(database, "clients")
    fill(
        database,
        "INSERT INTO outbox (id, address_id, client_id, channel, queue, text, buttons, language, variables, bulk, status, due_at, "
        "attempts, provider_id, created_at) SELECT i, 1 + i % :clients, 1 + i % :clients, 'sms', 'sms:', "
        "'How are sales? Last month, your best estimate.', '[]', 'en', '{{}}', true, CAST(:status AS text), "
        "CAST(:at AS {time}), 0, CASE WHEN :status = 'queued' THEN NULL ELSE 'SM' || {number} END, CAST(:at AS {time}) "
        "FROM {series}",
        rows,
        after=last_id(database, "outbox"),
        clients=clients,
        status=status,
        at=moment(database, now),
    )


def add_answers(database: Database, rows: int, now: datetime) -> None:
    """Answers to follow-ups: for each client of `add_clients` one follow-up, one conversation, and its share of answers,
    each with the message that carried it."""
    clients = last_id(database, "clients")
    at = moment(database, now)
    fill(
        database,
        "INSERT INTO followups (id, client_id, wave, due_on, status, started_by, created_at) "
        "SELECT i, i, '3m', '2026-11-23', 'completed', 'cadence', CAST(:at AS {time}) FROM {series}",
        clients,
        at=at,
    )
    fill(
        database,
        "INSERT INTO conversations (id, client_id, flow, version, subject, state, status, created_at, asked_at) "
        "SELECT i, i, 'followup', 1, 'followup:' || i, '{{}}', 'closed', CAST(:at AS {time}), CAST(:at AS {time}) "
        "FROM {series}",
        clients,
        at=at,
    )
    fill(
        database,
        "INSERT INTO inbox (id, channel, simulated, provider_id, address_id, client_id, text, received_at) "
        "SELECT i, 'sms', false, 'SM' || {number}, 1 + i % :clients, 1 + i % :clients, '5200', CAST(:at AS {time}) "
        "FROM {series}",
        rows,
        at=at,
        clients=clients,
    )
    fill(
        database,
        "INSERT INTO answers (id, client_id, conversation_id, flow, form_version, question, outcome, number, currency, raw, "
        "reading, channel, inbox_id, taken_back, at) SELECT i, 1 + i % :clients, 1 + i % :clients, 'followup', 1, "
        "'sales_month', 'value', 52000000, 'XCD', 'about 5200', :reading, 'sms', i, false, CAST(:at AS {time}) "
        "FROM {series}",
        rows,
        at=at,
        clients=clients,
        reading='{"outcome": "value", "value": {"n": "5200"}, "currency": "XCD", "approximate": true}',
    )

"""A database with the rows of many clients, and how an engine would run the statements that are repeated most."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, event, literal, select, text, update
from sqlalchemy.orm import Session

from storage.engine import Database
from storage.schema import (
    Address,
    Base,
    Client,
    ClientPerson,
    EarlyReport,
    Handover,
    LinkCode,
    Outbox,
    OutcomeRow,
    ReviewRow,
    Speaker,
    Timer,
)

SMALL = {"centers", "staff", "rates"}
"""What a network enters by hand. All other tables grow with the clients and the years."""
GROWING = {name: table for name, table in Base.metadata.tables.items() if name not in SMALL}
SHORT = {"ix_handovers_waiting"}
"""Indexes of what is open at the moment, of which every entry may be looked at."""
COPIES = 400
APART = 10_000
"""Between the id of a row and that of its copy; a database of a test has fewer rows."""
LONG_AFTER = datetime(2040, 1, 1, tzinfo=UTC)
UNIQUE_TEXT = {"code", "address", "provider_id", "subject", "code_hash"}
EXPLAINED = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b")


@dataclass(frozen=True, slots=True)
class Run:
    """A statement as the driver got it."""

    sql: str
    parameters: Any


@contextmanager
def recorded(database: Database) -> Iterator[list[Run]]:
    """The statements that are run meanwhile, each text once."""
    runs: dict[str, Run] = {}

    def note(_connection: Any, _cursor: Any, sql: str, parameters: Any, _context: Any, many: bool) -> None:
        runs.setdefault(sql, Run(sql, parameters[0] if many else parameters))

    seen: list[Run] = []
    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
        seen += runs.values()


def fill(database: Database) -> None:
    """Copy every row of a table that grows, with what it refers to, until there are the rows of `COPIES` times as many
    clients. What waits in the outbox is sent first: at any time nearly all of it is. The timers of the copies are not due
    within a test. PostgreSQL counts the rows, as its autovacuum does; on SQLite nobody ever counts them."""
    with database.write() as db:
        db.execute(
            update(Outbox).where(Outbox.status == "queued").values(status="delivered", sent_at=Outbox.created_at)
        )
        for client in db.scalars(select(Client)):
            at = client.created_at
            db.add(Handover(client_id=client.id, reason="a loan", opened_at=at, taken_at=at, closed_at=at))
            phone = db.scalar(select(Address.id).where(Address.client_id == client.id))
            if client.person_id is not None and phone is not None:
                db.add(Speaker(address_id=phone, client_id=client.id, person_id=client.person_id))
                db.add(ClientPerson(client_id=client.id, person_id=client.person_id, created_at=at))
            db.add(LinkCode(code_hash=client.code, client_id=client.id, expires_at=at, used_at=at))
        for figure in db.scalars(select(OutcomeRow)):
            db.add(ReviewRow(outcome_id=figure.id, state="verified", by="rosa", why="books", at=figure.at))
        db.add(EarlyReport(channel="sms", provider_id="early", state="sent", at=LONG_AFTER))
        db.flush()
        for table in Base.metadata.sorted_tables:
            if table.name in GROWING:
                _copy(db, table)
        db.execute(update(Timer).where(Timer.id < 0).values(due_at=LONG_AFTER))
    if database.engine.dialect.name == "postgresql":
        with database.engine.begin() as connection:
            connection.execute(text("ANALYZE"))


def _copy(db: Session, table: Table) -> None:
    numbers = select(literal(1).label("n")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < COPIES))
    values = []
    for column in table.columns:
        refers = {key.column.table.name for key in column.foreign_keys}
        if column.primary_key or refers & GROWING.keys() or (table.name, column.name) == ("timers", "client_id"):
            values.append(column - numbers.c.n * APART)
        elif column.name in UNIQUE_TEXT:
            values.append(column.concat("-").concat(numbers.c.n))
        else:
            values.append(column)
    names = [column.name for column in table.columns]
    db.execute(table.insert().from_select(names, select(*values).join_from(table, numbers, literal(True))))


def scans(connection: Connection, run: Run) -> set[str]:
    """The tables that grow and would be read from end to end, in the statement or one of its subqueries."""
    if not EXPLAINED.match(run.sql):
        return set()
    if connection.dialect.name == "sqlite":
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {run.sql}", run.parameters)
        scanned = (re.match(r"SCAN (\w+)", row.detail) for row in plan)
        names = {name[1] for name in scanned if name}
        if run.sql.lstrip().startswith("INSERT"):
            # What refers to a new row is looked for in the plan, and at run time only while a key is known to be violated.
            names = {name for name in names if re.search(rf"\b{name}\b", run.sql)}
    else:
        plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {run.sql}", run.parameters)
        found = plan.scalar_one()
        names = set(_read_whole((json.loads(found) if isinstance(found, str) else found)[0]["Plan"]))
    return {table for name in names if (table := re.sub(r"_\d+$", "", name)) in GROWING}


def _read_whole(node: dict[str, Any]) -> Iterator[str]:
    """The tables of a plan of PostgreSQL of which every row, or every entry of an index, is looked at."""
    kind, index = node["Node Type"], node.get("Index Name")
    if kind == "Seq Scan" or (index is not None and index not in SHORT and "Index Cond" not in node):
        yield str(node.get("Relation Name", index))
    for part in node.get("Plans", ()):
        yield from _read_whole(part)

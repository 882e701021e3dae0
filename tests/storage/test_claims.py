"""What is due is found by an index, whatever else is in the database; and no sender of ours stands behind another one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select, text, update

from benchmarks.bulk import add_center, add_clients, add_messages, add_timers, analyze
from storage import outbox, timers
from storage.engine import Database
from storage.outbox import EVERYTHING, Part
from storage.schema import Address, Audit, Outbox

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)
LEASE = timedelta(minutes=2)
CHANNELS = ("sms", "whatsapp", "telegram")


@contextmanager
def reads(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """The SELECT statements that are run meanwhile, with their parameters."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith(("SELECT", "WITH")) and "advisory" not in statement:
            seen.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine, "before_cursor_execute", note)


def plan(database: Database, statement: str, parameters: Any) -> str:
    explain = "EXPLAIN QUERY PLAN " if database.engine.dialect.name == "sqlite" else "EXPLAIN (COSTS OFF) "
    with database.read() as db:
        rows = db.connection().exec_driver_sql(explain + statement, parameters)
        return "\n".join(str(row[-1]) for row in rows)


def sorts(said: str) -> bool:
    """Whether rows are sorted that an index could have given in order."""
    return "TEMP B-TREE" in said or "Sort" in said


def walks(said: str, table: str) -> bool:
    """Whether the whole table is read."""
    return f"Seq Scan on {table}" in said or f"SCAN {table}" in said


def test_due_timers_are_found_by_the_index_in_order(database: Database) -> None:
    add_timers(database, 20_000, due=500, now=NOW)
    analyze(database)
    with reads(database) as seen, database.write() as db:
        assert len(timers.claim(db, NOW, LEASE, 200)) == 200
    plans = [plan(database, *one) for one in seen]
    assert len(plans) == 2
    for said in plans:
        assert "ix_timers_due" in said
        assert not walks(said, "timers"), said
    assert not sorts(plans[0]), plans[0]


@pytest.mark.parametrize(
    ("part", "claimed"),
    [(Part(channel="sms"), 16), (Part(channel="sms", busy=[""]), 0), (Part(apart=CHANNELS), 0), (EVERYTHING, 16)],
    ids=["a channel", "its senders are busy", "simulated phones", "everything"],
)
def test_messages_are_found_by_the_index_however_long_the_queue_is(
    database: Database, part: Part, claimed: int
) -> None:
    add_center(database, NOW)
    add_clients(database, 5000, NOW)
    add_messages(database, 20_000, status="sent", now=NOW - timedelta(days=1))
    add_messages(database, 5000, status="queued", now=NOW)
    analyze(database)
    with reads(database) as seen, database.write() as db:
        assert len(outbox.claim(db, NOW, LEASE, 16, part)) == claimed
    plans = [plan(database, *one) for one in seen]
    assert len(plans) == (3 if claimed else 2)
    for said in plans:
        assert not walks(said, "outbox"), said
    if claimed:
        assert not sorts(plans[-1]), plans[-1]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_no_claim_reads_the_whole_outbox_when_its_statements_were_prepared(database: Database) -> None:
    """After a few runs PostgreSQL plans a statement for any values of its parameters, the rare ones and the frequent."""
    add_center(database, NOW)
    add_clients(database, 500, NOW)
    add_messages(database, 20_000, status="sent", now=NOW - timedelta(days=1))
    add_messages(database, 500, status="queued", now=NOW)
    analyze(database)
    before = rows_walked(database)
    for _ in range(15):
        with database.write() as db:
            seen = outbox.look(db, NOW)
            for part in (Part(channel="sms"), Part(channel="sms", busy=[""]), Part(apart=CHANNELS)):
                outbox.claim(db, NOW, LEASE, 4, part, seen=seen)
    assert rows_walked(database) - before < 20_000


def rows_walked(database: Database) -> int:
    """How many rows of the outbox were read by going through all of it, as PostgreSQL counts."""
    with database.write() as db:
        db.execute(text("SELECT pg_stat_force_next_flush()"))
    with database.write() as db:
        counted = "SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'outbox'"
        return int(db.execute(text(counted)).scalar_one())


# --- queues ----------------------------------------------------------------------------------------------------------

OURS = ("+17580000001", "+17580000002")


@pytest.fixture
def queued(database: Database) -> Callable[..., int]:
    """Queue a message to client number so and so; its id."""
    add_center(database, NOW)
    add_clients(database, 9, NOW)

    def queue(client: int, *, sender: str | None = None, told: bool = True, **more: Any) -> int:
        with database.write() as db:
            address = db.get_one(Address, client)
            address.sender = sender
            address.simulated = more.pop("simulated", False)
            values: dict[str, Any] = {"due_at": NOW, "bulk": True, **more}
            row = Outbox(
                address_id=client,
                channel=address.channel,
                queue=address.queue if told else "",
                text="hello",
                buttons=[],
                language="en",
                created_at=NOW,
                **values,
            )
            db.add(row)
            db.flush()
            return row.id

    return queue


def claim(database: Database, part: Part, limit: int = 10) -> list[int]:
    with database.write() as db:
        return [row.id for row in outbox.claim(db, NOW, LEASE, limit, part)]


def test_each_sender_has_a_queue_and_so_have_all_simulated_phones(
    database: Database, queued: Callable[..., int]
) -> None:
    first = [queued(1, sender=OURS[0]), queued(2, sender=OURS[0])]
    second, none, simulated = queued(3, sender=OURS[1]), queued(4), queued(5, simulated=True)
    assert claim(database, Part(channel="sms", busy=[OURS[0], ""])) == [second]
    assert claim(database, Part(channel="sms", busy=[OURS[0]])) == [none]
    assert claim(database, Part(channel="whatsapp")) == []
    assert claim(database, Part(apart=CHANNELS)) == [simulated]
    assert claim(database, Part(channel="sms")) == first


def test_over_all_queues_replies_go_first_and_then_what_was_due_first(
    database: Database, queued: Callable[..., int]
) -> None:
    late = queued(1, sender=OURS[0])
    early = queued(2, sender=OURS[1], due_at=NOW - timedelta(hours=1))
    reply = queued(3, bulk=False)
    assert claim(database, Part(channel="sms"), limit=2) == [reply, early]
    assert claim(database, Part(channel="sms")) == [late]


def test_what_the_program_before_queued_goes_out_too(database: Database, queued: Callable[..., int]) -> None:
    """It names no queue; its sender and whether the phone is simulated are looked up."""
    simulated, real = queued(1, told=False, simulated=True), queued(2, told=False, sender=OURS[0])
    assert claim(database, Part(channel="sms", busy=[OURS[0]])) == []
    assert claim(database, Part(channel="sms")) == [real]
    assert claim(database, Part(apart=CHANNELS)) == [simulated]


def test_a_lost_message_comes_back_whatever_its_queue(database: Database, queued: Callable[..., int]) -> None:
    lost = queued(1, sender=OURS[0])
    assert claim(database, Part(channel="sms")) == [lost]
    with database.write() as db:
        db.execute(update(Outbox).values(lease_until=NOW - LEASE))
    assert claim(database, Part(channel="sms")) == [lost]


# --- writers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_fifty_writers_wait_for_each_other(database_url: str) -> None:
    """Each with connections of its own, as in a process of its own. None is refused, and each sees what the ones before
    it wrote."""

    def write(number: int) -> None:
        with closing(Database.open(database_url)) as own:
            for _ in range(5):
                with own.write() as db:
                    before = db.scalar(select(func.count(Audit.id)))
                    db.add(Audit(at=NOW, actor=f"{number}", action="write", subject=f"{before}", details={}))

    with ThreadPoolExecutor(50) as pool:
        for done in [pool.submit(write, number) for number in range(50)]:
            done.result()
    with closing(Database.open(database_url)) as database, database.read() as db:
        assert sorted(int(seen) for seen in db.scalars(select(Audit.subject))) == list(range(250))

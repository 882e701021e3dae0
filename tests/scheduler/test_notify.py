"""A message that one process queued is sent by another one at once, and not at its next tick."""

from __future__ import annotations

import asyncio

import psycopg
import pytest
from structlog.testing import capture_logs

from scheduler import notify as bells
from scheduler import worker as workers
from scheduler.notify import Notifier
from scheduler.worker import Worker
from storage.engine import Database
from tests.scheduler.post import Post
from tests.scheduler.test_worker import until

postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@postgresql
def test_a_worker_hears_what_the_web_queued(post: Post, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "OUTBOX_SECONDS", 3600)
    monkeypatch.setattr(workers, "TIMER_SECONDS", 3600)
    phones = [post.client()[0] for _ in range(3)]
    web = Database.open(database_url)

    async def scene() -> None:
        worker = Worker(post.database, post.assistant, post.sender, lambda: post.now)
        worker.start()
        bell = Notifier(web.engine)
        async with bell.notifying():
            for number, phone in enumerate(phones, 1):
                post.queue(phone, "hello")
                bell.notify()
                await until(lambda number=number: len(post.sms.taken) == number)  # type: ignore[misc]
        await worker.stop()

    asyncio.run(scene())
    web.close()


@postgresql
def test_a_broken_line_is_mended(post: Post, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bells, "RECONNECT", 0.01)
    heard: list[int] = []

    async def scene() -> None:
        bell = Notifier(post.database.engine)
        async with bell.listening(lambda: heard.append(1)):
            await until(lambda: len(heard) == 1)
            with psycopg.connect(database_url.replace("+psycopg", ""), autocommit=True) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE query LIKE 'LISTEN%' AND datname = current_database()"
                )
            await until(lambda: len(heard) == 2)

    with capture_logs() as logs:
        asyncio.run(scene())
    assert [line["event"] for line in logs] == ["notify.connection_lost"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sqlite_has_no_bell(post: Post) -> None:
    async def scene() -> None:
        bell = Notifier(post.database.engine)
        async with bell.notifying(), bell.listening(lambda: None):
            bell.notify()

    asyncio.run(scene())

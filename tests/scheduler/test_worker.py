"""The worker in its event loop: it sends at once when woken, lets no channel hold up another, and ends in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from structlog.testing import capture_logs

from scheduler.channel_state import IN_FLIGHT
from scheduler.worker import Worker
from tests.scheduler.post import Post

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@asynccontextmanager
async def working(post: Post) -> AsyncIterator[Worker]:
    worker = Worker(post.database, post.assistant, post.sender, lambda: post.now)
    worker.start()
    try:
        yield worker
    finally:
        await worker.stop()


async def until(what: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not what():
            await asyncio.sleep(0.005)


@pytest.mark.slow
def test_a_slow_channel_holds_up_no_other_one(post: Post) -> None:
    for _ in range(2 * IN_FLIGHT):
        post.queue(post.client()[0], "slow")
    post.sms.seconds = 0.4
    chat = post.client("telegram")[0]

    async def scene() -> None:
        async with working(post) as worker:
            worker.wake()
            await until(lambda: post.sms.busy == IN_FLIGHT)
            post.queue(chat, "quick")
            worker.wake()
            await until(lambda: post.providers["telegram"].texts == ["quick"])
            assert post.sms.taken == []

    asyncio.run(scene())
    assert len(post.sms.taken) == IN_FLIGHT


@pytest.mark.slow
def test_what_is_under_way_at_the_end_is_recorded_and_nothing_else_begun(post: Post) -> None:
    rows = [row for _ in range(IN_FLIGHT + 1) for row in post.queue(post.client()[0], "hello")]
    post.sms.seconds = 0.2

    async def scene() -> None:
        async with working(post) as worker:
            worker.wake()
            await until(lambda: post.sms.busy == IN_FLIGHT)

    asyncio.run(scene())
    assert [post.row(row).status for row in rows] == ["sent"] * IN_FLIGHT + ["queued"]


def test_a_store_that_stays_away_for_a_moment_ends_nothing(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    (phone,) = post.client()
    post.queue(phone, "hello")
    claim = post.sender.claim
    failures = [OSError("gone"), OSError("gone")]

    def away(address_id: int | None = None) -> object:
        if failures:
            raise failures.pop()
        return claim(address_id)

    monkeypatch.setattr(post.sender, "claim", away)

    async def scene() -> None:
        async with working(post) as worker:
            while not post.sms.taken:
                worker.wake()
                await asyncio.sleep(0.01)

    with capture_logs() as logs:
        asyncio.run(scene())
    assert [line["event"] for line in logs] == ["outbox.not_claimed"] * 2

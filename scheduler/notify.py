"""LISTEN and NOTIFY on PostgreSQL: a process that queued something wakes the senders of the others at once.

It is rung after the commit and on a connection of its own: a NOTIFY inside a transaction would make all commits of the
server wait for each other. A lost notification costs a tick of the worker, never a message.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import psycopg
import structlog
from sqlalchemy import Engine

LISTEN, NOTIFY = "LISTEN acompana_outbox", "NOTIFY acompana_outbox"
PAUSE = 0.02
"""Seconds between two notifications; the next one covers what was queued meanwhile."""
RECONNECT = 5.0

log = structlog.get_logger(__name__)


Connection = psycopg.AsyncConnection[Any]


class Notifier:
    """Does nothing on SQLite, where one process does all the work or the tick has to do."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._rung = asyncio.Event()

    def notify(self) -> None:
        """Something was committed to the outbox. From the event loop of `notifying` only."""
        self._rung.set()

    @asynccontextmanager
    async def notifying(self) -> AsyncIterator[None]:
        """Pass every `notify` on while the context lasts."""
        async with self._running(self._notify_forever):
            yield

    @asynccontextmanager
    async def listening(self, wake: Callable[[], None]) -> AsyncIterator[None]:
        """Call `wake` whenever another process notifies while the context lasts."""

        async def listen(connection: Connection) -> None:
            await connection.execute(LISTEN)
            wake()
            async for _notification in connection.notifies():
                wake()

        async with self._running(listen):
            yield

    async def _notify_forever(self, connection: Connection) -> None:
        while True:
            await self._rung.wait()
            self._rung.clear()
            await connection.execute(NOTIFY)
            await asyncio.sleep(PAUSE)

    @asynccontextmanager
    async def _running(self, work: Callable[[Connection], Awaitable[None]]) -> AsyncIterator[None]:
        if self._engine.dialect.name != "postgresql":
            yield
            return
        task = asyncio.create_task(self._connected(work))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _connected(self, work: Callable[[Connection], Awaitable[None]]) -> None:
        """Do `work` on a connection of its own, and on another one when that breaks."""
        arguments, options = self._engine.dialect.create_connect_args(self._engine.url)
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(*arguments, autocommit=True, **options) as connection:
                    await work(connection)
            except psycopg.Error as error:
                log.warning("notify.connection_lost", error=type(error).__name__)
            await asyncio.sleep(RECONNECT)

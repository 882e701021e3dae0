"""The worker: APScheduler ticks the timers and the outbox, and a new message wakes the sender at once, also one of another process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import structlog
from anyio import to_thread
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.service.assistant import Assistant
from scheduler.channel_state import IN_FLIGHT
from scheduler.firing import BATCH, fire_due
from scheduler.notify import Notifier
from scheduler.sender import Sender, utc_now
from storage.engine import Database
from storage.health import meaning
from storage.trouble import UNAVAILABLE, named

OUTBOX_SECONDS = 1.0
TIMER_SECONDS = 5.0

log = structlog.get_logger(__name__)


class Worker:
    """Runs in the event loop it was started in. `wake` may be called from that loop at any time, before the start too."""

    def __init__(
        self, database: Database, assistant: Assistant, sender: Sender, now: Callable[[], datetime] = utc_now
    ) -> None:
        self.database, self.assistant, self.sender, self.now = database, assistant, sender, now
        self._wake = asyncio.Event()
        self._sending: asyncio.Task[None] | None = None
        self._ticks = AsyncIOScheduler(timezone="UTC")

    def wake(self) -> None:
        self._wake.set()

    def start(self) -> None:
        options = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        self._ticks.add_job(self.wake, "interval", seconds=OUTBOX_SECONDS, id="outbox", **options)
        at_once = {**options, "next_run_time": utc_now()}
        self._ticks.add_job(self.tick_timers, "interval", seconds=TIMER_SECONDS, id="timers", **at_once)
        self._ticks.start()
        # The SDKs that block are called in the loop's own threads, of which there are few by default.
        calls = ThreadPoolExecutor(IN_FLIGHT * len(self.sender.states), thread_name_prefix="send")
        asyncio.get_running_loop().set_default_executor(calls)
        self._sending = asyncio.create_task(self._keep_sending())

    async def stop(self) -> None:
        """Let the messages in hand be recorded, then stop. What is still queued waits in the database."""
        self._ticks.shutdown(wait=False)
        self.sender.stop()
        self.wake()
        if self._sending is not None:
            await self._sending

    async def _keep_sending(self) -> None:
        async with Notifier(self.database.engine).listening(self.wake):
            await self.sender.keep_sending(self._wake)

    async def tick_timers(self) -> None:
        """Fire what is due, batch by batch."""
        try:
            while await to_thread.run_sync(fire_due, self.database, self.assistant, self.now) >= BATCH:
                self.wake()
        except UNAVAILABLE as error:
            log.error("timers.database_down", error=named(error), says=meaning(error))
        self.wake()

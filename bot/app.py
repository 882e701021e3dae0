"""The composition root: settings in, a running program out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog
from fastapi import FastAPI
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import select

from bot.answers import prepare
from bot.channels.base import Channel, Misconfigured, Polled
from bot.channels.registry import open_channels, simulators
from bot.config.settings import Settings
from bot.model import Inbound
from bot.service.assistant import Assistant
from bot.service.rules import Rules
from bot.text.language import Catalogs
from scheduler.notify import Notifier
from scheduler.sender import Sender, utc_now
from scheduler.worker import Worker
from storage.engine import Database
from storage.schema import Staff
from web import health, webhooks
from web.console import router as console
from web.console.signing import login_token
from web.simulator import router as simulator

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class App:
    """Everything that a process needs, put together once."""

    settings: Settings
    database: Database
    assistant: Assistant
    channels: dict[str, Channel]
    sender: Sender

    @classmethod
    def build(cls, settings: Settings) -> App:
        prepare()
        database = Database.open(settings.database_url)
        channels = open_channels(settings)
        assistant = Assistant(Catalogs.load(), Rules.of(settings))
        return cls(
            settings, database, assistant, channels, Sender(database, channels, simulators(), rules=assistant.rules)
        )

    async def close(self) -> None:
        for channel in self.channels.values():
            await channel.close()
        self.database.close()

    def entrance(self, where: str) -> str:
        """A link by which whoever started the demo enters the console, as a coordinator of the whole network."""
        with self.database.read() as db:
            everywhere = db.scalar(
                select(Staff.id)
                .where(Staff.center_id.is_(None), Staff.institution_id.is_(None))
                .order_by(Staff.id)
                .limit(1)
            )
        if everywhere is None:
            return f"{where}/console/"
        return f"{where}/console/enter?token={login_token(self.settings, everywhere)}"

    # --- edges -------------------------------------------------------------------------------------------------------

    def asgi(self, *, work: bool) -> FastAPI:
        """The web program; with `work` the worker runs in the same process."""
        worker, notifier = Worker(self.database, self.assistant, self.sender), Notifier(self.database.engine)
        intake = webhooks.Intake(self.database, self.assistant, worker.wake if work else notifier.notify)

        @asynccontextmanager
        async def lifespan(api: FastAPI) -> AsyncIterator[None]:
            async with self._working(worker) if work else notifier.notifying(), self._polling(intake, work):
                yield
            await self.close()

        api = FastAPI(title="Acompaña", lifespan=lifespan, docs_url="/api/docs", openapi_url="/api/v1/openapi.json")
        api.include_router(webhooks.router(self.channels, intake, self.settings.max_body_bytes))
        api.include_router(health.router(self.database))
        if self.settings.simulator:
            simulator.mount(api, self.database, self.assistant, self.sender, utc_now)
        console.mount(api, self.database, self.assistant, self.sender, self.settings, utc_now)

        @api.get("/", include_in_schema=False)
        async def front_door() -> Response:
            return RedirectResponse("/simulator" if self.settings.simulator else "/console/")

        return api

    async def work(self, stop: asyncio.Event) -> None:
        """The worker alone, until `stop` is set."""
        worker = Worker(self.database, self.assistant, self.sender)
        intake = webhooks.Intake(self.database, self.assistant, worker.wake)
        async with self._working(worker), self._polling(intake, True):
            await stop.wait()
        await self.close()

    @asynccontextmanager
    async def _working(self, worker: Worker) -> AsyncIterator[None]:
        worker.start()
        try:
            yield
        finally:
            await worker.stop()

    @asynccontextmanager
    async def _polling(self, intake: webhooks.Intake, wanted: bool) -> AsyncIterator[None]:
        """Fetch messages, where a channel can, as long as there is no public address for its provider to call."""
        polled = [channel for channel in self.channels.values() if isinstance(channel, Polled)]
        if not wanted or not polled or self.settings.public_url:
            yield
            return

        async def handle(inbound: Inbound) -> None:
            await intake.take([inbound])

        async def poll(channel: Polled) -> None:
            try:
                await channel.poll(handle, stop=stop)
            except Misconfigured as error:
                log.error("polling.misconfigured", channel=channel.name, code=error.code, reason=error.reason)

        stop = asyncio.Event()
        tasks = [asyncio.create_task(poll(channel)) for channel in polled]
        try:
            yield
        finally:
            stop.set()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

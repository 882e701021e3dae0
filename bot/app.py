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
from bot.channels.base import Channel, Misconfigured
from bot.channels.registry import open_channels, simulators
from bot.channels.telegram.channel import TelegramChannel
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
from web import webhooks
from web.console import router as console
from web.console.signing import login_token
from web.simulator import router as simulator

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """The settings as the channels read them: secrets unveiled, at this one place."""

    public_url: str | None
    telegram_token: str | None
    telegram_api_url: str | None
    telegram_webhook_secret: str
    twilio_account_sid: str | None
    twilio_auth_token: str | None
    twilio_shared_key: str | None
    twilio_sms_from: str | None
    twilio_whatsapp_from: str | None
    twilio_messaging_service_sid: str | None
    twilio_api_url: str | None

    @classmethod
    def of(cls, settings: Settings) -> ProviderSettings:
        return cls(
            public_url=settings.public_url,
            telegram_token=settings.telegram_token.get_secret_value() if settings.telegram_token else None,
            telegram_api_url=settings.telegram_api_url,
            telegram_webhook_secret=settings.telegram_webhook_secret,
            twilio_account_sid=settings.twilio_account_sid,
            twilio_auth_token=settings.twilio_auth_token.get_secret_value() if settings.twilio_auth_token else None,
            twilio_shared_key=settings.twilio_shared_key.get_secret_value() if settings.twilio_shared_key else None,
            twilio_sms_from=settings.twilio_sms_from,
            twilio_whatsapp_from=settings.twilio_whatsapp_from,
            twilio_messaging_service_sid=settings.twilio_messaging_service_sid,
            twilio_api_url=settings.twilio_api_url,
        )


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
        channels = open_channels(ProviderSettings.of(settings))
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
            everywhere = db.scalar(select(Staff.id).where(Staff.center_id.is_(None)).order_by(Staff.id).limit(1))
        if everywhere is None:
            return f"{where}/console/"
        return f"{where}/console/enter?token={login_token(self.settings, everywhere)}"

    # --- edges -------------------------------------------------------------------------------------------------------

    def asgi(self, *, work: bool) -> FastAPI:
        """The web program; with `work` the worker runs in the same process."""
        worker, bell = Worker(self.database, self.assistant, self.sender), Notifier(self.database.engine)
        intake = webhooks.Intake(self.database, self.assistant, worker.wake if work else bell.ring)

        @asynccontextmanager
        async def lifespan(api: FastAPI) -> AsyncIterator[None]:
            async with self._working(worker) if work else bell.ringing(), self._polling(intake, work):
                yield
            await self.close()

        api = FastAPI(title="Acompaña", lifespan=lifespan, docs_url="/api/docs", openapi_url="/api/v1/openapi.json")
        api.include_router(webhooks.router(self.database, self.channels, intake, self.settings.max_body_bytes))
        if self.settings.simulator:
            api.include_router(simulator.router(self.database, self.assistant, self.sender, utc_now))
        api.include_router(console.router(self.database, self.assistant, self.sender, self.settings, utc_now))

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
        """Ask Telegram for messages where there is no public address at which it could bring them."""
        telegram = self.channels.get("telegram")
        if not wanted or not isinstance(telegram, TelegramChannel) or self.settings.public_url:
            yield
            return

        async def handle(inbound: Inbound) -> None:
            await intake.take([inbound])

        async def poll() -> None:
            try:
                await telegram.poll(handle, stop=stop)
            except Misconfigured as error:
                log.error("telegram.misconfigured", code=error.code, reason=error.reason)

        stop = asyncio.Event()
        task = asyncio.create_task(poll())
        try:
            yield
        finally:
            stop.set()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

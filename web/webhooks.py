"""The webhooks of the providers, and what operations want to know.

A provider gets its 200 after the commit. When the store cannot be reached it gets 503 at once, so that it tries again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from time import perf_counter

import structlog
from anyio import to_thread
from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from bot.channels.base import Channel, Forged, Malformed
from bot.channels.base import Request as ProviderRequest
from bot.config.metrics import INBOUND, QUEUED, TURN
from bot.model import Inbound, Status
from bot.service.assistant import Assistant
from storage.engine import Database
from storage.health import meaning, outdated
from storage.migrate import current
from storage.schema import Outbox
from storage.trouble import UNAVAILABLE, named

log = structlog.get_logger(__name__)
EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


class TooLarge(Exception):
    """The request is larger than what is read."""


class Intake:
    """Takes in what a channel parsed: one transaction an item, then the sender is woken."""

    def __init__(self, database: Database, assistant: Assistant, wake: Callable[[], None]) -> None:
        self.database, self.assistant, self.wake = database, assistant, wake
        self._acknowledging: set[asyncio.Task[None]] = set()

    async def take(self, items: list[Inbound | Status], channel: Channel | None = None) -> None:
        """Commit each item, and tell the phone by `channel` that a tap was taken. One of UNAVAILABLE when the store
        cannot be used; nothing of that item is kept then."""
        for item in items:
            started = perf_counter()
            fresh = await to_thread.run_sync(self._commit, item, channel)
            result = "repeated" if not fresh else "status" if isinstance(item, Status) else "message"
            TURN.labels(item.channel, result).observe(perf_counter() - started)
            INBOUND.labels(item.channel, result).inc()
            if channel is not None and isinstance(item, Inbound):
                task = asyncio.create_task(channel.acknowledge(item))
                self._acknowledging.add(task)
                task.add_done_callback(self._acknowledging.discard)
        self.wake()

    def _commit(self, item: Inbound | Status, channel: Channel | None) -> bool:
        def turn(db: Session) -> bool:
            if isinstance(item, Status):
                error = channel.explain(item.code) if channel is not None and item.code else None
                return self.assistant.report(db, item, error)
            return self.assistant.receive(db, item) is not None

        return self.database.transact(turn)


async def read_body(request: Request, most: int) -> bytes:
    """The body, if it is not larger than `most` bytes; TooLarge otherwise, without reading on."""
    if int(request.headers.get("content-length") or 0) > most:
        raise TooLarge
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise TooLarge
    return bytes(body)


def router(database: Database, channels: Mapping[str, Channel], intake: Intake, most_bytes: int) -> APIRouter:
    """The webhooks of the channels that are set up (404 for the others), health and metrics."""
    routes = APIRouter()
    twilio = channels.get("sms") or channels.get("whatsapp")

    async def webhook(request: Request, channel: Channel | None, answer: Response) -> Response:
        if channel is None:
            return Response("this channel is not set up here", 404)
        try:
            body = await read_body(request, most_bytes)
        except (TooLarge, ValueError):
            INBOUND.labels(channel.name, "too_large").inc()
            return Response("too large", 413)
        call = ProviderRequest(request.method, str(request.url), dict(request.headers), body, datetime.now(UTC))
        try:
            channel.verify(call)
            items = channel.parse(call)
            await intake.take(items, channel)
        except Forged:
            INBOUND.labels(channel.name, "forged").inc()
            log.warning("webhook.forged", channel=channel.name, bytes=len(body))
            return Response("not signed by the provider", 403)
        except Malformed:
            INBOUND.labels(channel.name, "malformed").inc()
            log.error("webhook.malformed", channel=channel.name, bytes=len(body))
            return answer
        except UNAVAILABLE as error:
            INBOUND.labels(channel.name, "store_down").inc()
            log.error("webhook.store_down", channel=channel.name, error=named(error), says=meaning(error))
            return Response("try again", 503, {"Retry-After": "5"})
        return answer

    @routes.post("/webhooks/telegram")
    async def telegram_webhook(request: Request) -> Response:
        return await webhook(request, channels.get("telegram"), Response(status_code=200))

    @routes.post("/webhooks/twilio/inbound")
    async def twilio_inbound(request: Request) -> Response:
        return await webhook(request, twilio, Response(EMPTY_TWIML, media_type="text/xml"))

    @routes.post("/webhooks/twilio/status")
    async def twilio_status(request: Request) -> Response:
        return await webhook(request, twilio, Response(status_code=204))

    @routes.get("/healthz")
    async def healthz() -> dict[str, str]:
        """The process is alive."""
        return {"status": "ok"}

    @routes.get("/readyz")
    def readyz(response: Response) -> dict[str, str]:
        """The store answers and is migrated."""
        problem = readiness(database)
        if problem:
            response.status_code = 503
        return {"status": problem or "ready"}

    @routes.get("/metrics")
    def metrics() -> Response:
        try:
            with database.read() as db:
                QUEUED.set(db.scalar(select(func.count()).where(Outbox.status.in_(("queued", "leased")))) or 0)
        except UNAVAILABLE:
            QUEUED.set(float("nan"))
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return routes


def readiness(database: Database) -> str:
    """Why the store cannot be used, or ""."""
    try:
        with database.read() as db:
            db.execute(text("SELECT 1"))
        return "the store must be migrated: acompana migrate" if outdated(current(database.engine)) else ""
    except UNAVAILABLE:
        return "the store cannot be reached"

"""The webhooks of the providers, as the specs of their channels say.

A provider gets its 200 after the commit. When the database cannot be reached it gets 503 at once, so that it tries again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from time import perf_counter

import structlog
from anyio import to_thread
from fastapi import APIRouter, Request, Response

from bot.channels.base import Answering, Channel, Forged, Malformed
from bot.channels.base import Request as ProviderRequest
from bot.channels.registry import SPECS
from bot.channels.spec import Route
from bot.config.metrics import INBOUND, TURN
from bot.model import Inbound, Status
from bot.service.assistant import Assistant
from storage.engine import Database
from storage.health import meaning
from storage.trouble import UNAVAILABLE, named

log = structlog.get_logger(__name__)


class TooLarge(Exception):
    """The request is larger than what is read."""


class Intake:
    """Takes in what a channel parsed: one transaction an item, then the sender is woken."""

    def __init__(self, database: Database, assistant: Assistant, wake: Callable[[], None]) -> None:
        self.database, self.assistant, self.wake = database, assistant, wake
        self._acknowledging: set[asyncio.Task[None]] = set()

    async def take(self, items: list[Inbound | Status], channel: Channel | None = None) -> None:
        """Commit each item, and tell the phone by `channel` that a tap was taken. One of UNAVAILABLE when the database
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
        if isinstance(item, Inbound):
            return self.database.transact(partial(self.assistant.receive, inbound=item)) is not None
        error = channel.explain(item.code) if channel is not None and item.code else None
        return self.database.transact(partial(self.assistant.report, status=item, error=error))


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


def router(channels: Mapping[str, Channel], intake: Intake, most_bytes: int) -> APIRouter:
    """The webhooks of the channels that are set up (404 for the others)."""
    routes = APIRouter()

    def endpoint(route: Route, channel: Channel | None) -> Callable[[Request], Awaitable[Response]]:
        async def called(request: Request) -> Response:
            answer = Response(route.body, route.status, media_type=route.media_type)
            return await webhook(request, channel, answer)

        return called

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
            own = channel.answer(call) if isinstance(channel, Answering) else None
        except Forged:
            INBOUND.labels(channel.name, "forged").inc()
            log.warning("webhook.forged", channel=channel.name, bytes=len(body))
            return Response("not signed by the provider", 403)
        except Malformed:
            INBOUND.labels(channel.name, "malformed").inc()
            log.error("webhook.malformed", channel=channel.name, bytes=len(body))
            return answer
        except UNAVAILABLE as error:
            INBOUND.labels(channel.name, "database_down").inc()
            log.error("webhook.database_down", channel=channel.name, error=named(error), says=meaning(error))
            return Response("try again", 503, {"Retry-After": "5"})
        return answer if own is None else Response(own, answer.status_code, media_type=answer.media_type)

    for route, channel in mounted(channels):
        routes.add_api_route(route.path, endpoint(route, channel), methods=[route.method])
    return routes


def mounted(channels: Mapping[str, Channel]) -> list[tuple[Route, Channel | None]]:
    """Every route of the registry, each once, with the first of its channels that is set up here."""
    found: dict[Route, Channel | None] = {}
    for name, spec in SPECS.items():
        for route in spec.routes:
            found[route] = found.get(route) or channels.get(name)
    return list(found.items())

"""What operations ask: whether the process lives, whether the database can be used, and the metrics."""

from __future__ import annotations

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import func, select, text

from bot.config.metrics import QUEUED
from storage.engine import Database
from storage.health import outdated
from storage.migrate import current
from storage.schema import Outbox
from storage.trouble import UNAVAILABLE


def router(database: Database) -> APIRouter:
    routes = APIRouter()

    @routes.get("/healthz")
    async def healthz() -> dict[str, str]:
        """The process is alive."""
        return {"status": "ok"}

    @routes.get("/readyz")
    def readyz(response: Response) -> dict[str, str]:
        """The database answers and is migrated."""
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
    """Why the database cannot be used, or ""."""
    try:
        with database.read() as db:
            db.execute(text("SELECT 1"))
        return "the database must be migrated: acompana migrate" if outdated(current(database.engine)) else ""
    except UNAVAILABLE:
        return "the database cannot be reached"

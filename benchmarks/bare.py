"""The least that a webhook can do: check Twilio's signature and commit one row. `python -m benchmarks.bare PORT`

The same server, validator and database as the program's own, and nothing else.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime

import uvicorn
from anyio import to_thread
from fastapi import FastAPI, Request, Response

from bot.channels.base import Forged
from bot.channels.base import Request as ProviderRequest
from bot.channels.twilio.spec import EMPTY_TWIML
from bot.channels.twilio.webhook import signed_by
from storage.engine import Database
from storage.schema import Audit


def app(database: Database, token: str, public_url: str) -> FastAPI:
    api = FastAPI()

    def commit(at: datetime) -> None:
        with database.write() as db:
            db.add(Audit(at=at, actor="bench", action="row", subject="1", details={}))

    @api.post("/webhooks/twilio/inbound")
    async def inbound(request: Request) -> Response:
        now, body = datetime.now(UTC), await request.body()
        try:
            signed_by(
                token,
                None,
                public_url,
                ProviderRequest(request.method, str(request.url), dict(request.headers), body, now),
            )
        except Forged:
            return Response(status_code=403)
        await to_thread.run_sync(commit, now)
        return Response(EMPTY_TWIML, media_type="text/xml")

    @api.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    return api


if __name__ == "__main__":
    bare = app(
        Database.open(os.environ["ACOMPANA_DATABASE_URL"]),
        os.environ["ACOMPANA_TWILIO_AUTH_TOKEN"],
        os.environ["ACOMPANA_PUBLIC_URL"],
    )
    uvicorn.run(bare, port=int(sys.argv[1]), log_level="warning", server_header=False)

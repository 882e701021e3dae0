"""The webhooks when the database is in trouble: the provider is told to try again, and nothing is half done."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from anyio import run
from fastapi import FastAPI
from psycopg import errors
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from structlog.testing import capture_logs

from bot.channels.base import Channel, Request
from bot.channels.simulator import SimulatorChannel
from bot.channels.telegram.channel import SECRET_HEADER, TelegramChannel
from bot.channels.twilio.spec import EMPTY_TWIML
from bot.service.assistant import Assistant
from bot.service.rules import Rules
from bot.text.language import Catalogs
from storage.engine import Database
from storage.schema import Inbox, Outbox
from tests.service.world import CENTERS
from web import health
from web import webhooks as web

PLENTY = 1_000_000


class Webhooks:
    """The routes over one database; `deliver` brings an update of Telegram's, numbered by whoever calls."""

    def __init__(self, database: Database, *others: Channel) -> None:
        self.database = database
        channel = TelegramChannel(token="1:A", webhook_secret="secret")
        self.api = FastAPI()
        intake = web.Intake(database, Assistant(Catalogs.load(), Rules()), lambda: None)
        self.api.include_router(health.router(database))
        self.api.include_router(web.router({one.name: one for one in (channel, *others)}, intake, PLENTY))

    def deliver(self, number: int, said: str = "hello") -> httpx.Response:
        chat = {"id": 7000 + number, "type": "private", "first_name": "Ana"}
        person = {"id": 7000 + number, "is_bot": False, "first_name": "Ana"}
        message = {"message_id": number, "date": 1767625200, "chat": chat, "from": person, "text": said}
        body = json.dumps({"update_id": number, "message": message})
        return self.call("POST", "/webhooks/telegram", content=body, headers={SECRET_HEADER: "secret"})

    def call(self, method: str, path: str, **more: object) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.api, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
                return await client.request(method, path, **more)  # type: ignore[arg-type]

        return run(ask)

    def kept(self) -> tuple[int, int]:
        """How many messages came in and go out."""
        with self.database.read() as db:
            return db.scalar(select(func.count(Inbox.id))) or 0, db.scalar(select(func.count(Outbox.id))) or 0


@pytest.fixture
def webhooks(database: Database) -> Iterator[Webhooks]:
    with database.write() as db:
        db.add(CENTERS["LC"]())
    with capture_logs():
        yield Webhooks(database)


GONE: dict[str, Callable[[], Exception]] = {
    "connection refused": lambda: OperationalError("", {}, errors.ConnectionFailure()),
    "the server shuts down": lambda: OperationalError("", {}, errors.AdminShutdown()),
    "the server starts": lambda: OperationalError("", {}, errors.CannotConnectNow()),
    "too many connections": lambda: OperationalError("", {}, errors.TooManyConnections()),
    "its disk is full": lambda: OperationalError("", {}, errors.DiskFull()),
    "a replica": lambda: InternalError("", {}, errors.ReadOnlySqlTransaction()),
    "the connection is closed": lambda: InterfaceError("", {}, errors.InterfaceError()),
    "no connection free": NoConnectionFree,
    "twice in a deadlock": lambda: OperationalError("", {}, errors.DeadlockDetected()),
}


@pytest.mark.slow
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("error", GONE.values(), ids=GONE)
def test_a_store_in_trouble(webhooks: Webhooks, error: Callable[[], Exception]) -> None:
    def fail(*_arguments: object) -> None:
        raise error()

    engine = webhooks.database.engine
    event.listen(engine, "begin", fail)
    refused = webhooks.deliver(1)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert webhooks.call("GET", "/readyz").status_code == 503
    assert webhooks.call("GET", "/healthz").status_code == 200
    assert webhooks.call("GET", "/metrics").status_code == 200
    event.remove(engine, "begin", fail)
    assert webhooks.kept() == (0, 0)
    assert webhooks.deliver(1).status_code == 200
    assert webhooks.deliver(1).status_code == 200
    assert webhooks.kept() == (1, 1)
    assert webhooks.call("GET", "/readyz").status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_full_disk_is_told_and_corrupts_nothing(webhooks: Webhooks, database_url: str) -> None:
    """The file may grow by a few pages only; then there is room again."""
    full = True

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        if full:
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count={pages + 12}")

    engine = webhooks.database.engine
    engine.dispose()
    event.listen(engine, "connect", limit)
    with capture_logs() as logs:
        answers = [webhooks.deliver(number, "x" * 3000).status_code for number in range(1, 40)]
    taken = answers.count(200)
    assert 0 < taken < len(answers)
    assert answers.count(503) == len(answers) - taken
    assert {line["says"] for line in logs if line["event"] == "webhook.database_down"} == {
        "is out of disk space; free some space"
    }
    assert webhooks.kept() == (taken, taken)

    full = False
    engine.dispose()
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    assert [webhooks.deliver(number, "x" * 3000).status_code for number in range(1, 40)] == [200] * 39
    assert webhooks.kept() == (39, 39)


REVISIONS = {"older": ("0001", 503), "this one": (None, 200), "newer": ("9999", 200), "none": ("", 503)}


@pytest.mark.parametrize(("revision", "status"), REVISIONS.values(), ids=REVISIONS)
def test_ready_beside_processes_of_a_newer_version(webhooks: Webhooks, revision: str | None, status: int) -> None:
    """A database that was migrated for the next version goes on serving this one."""
    with webhooks.database.write() as db:
        if revision == "":
            db.execute(text("DELETE FROM alembic_version"))
        elif revision:
            db.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    assert webhooks.call("GET", "/readyz").status_code == status


def test_the_records_of_the_channels_say_which_webhooks_there_are(database: Database) -> None:
    """Those of channels that are not set up answer 404 with a reason; no others exist."""
    whatsapp = SimulatorChannel("whatsapp")
    mine = ("/webhooks/twilio/", "/webhooks/telegram")
    found = [one for one in web.mounted({"whatsapp": whatsapp}) if one[0].path.startswith(mine)]
    assert [(route.path, route.status, channel) for route, channel in found] == [
        ("/webhooks/twilio/inbound", 200, whatsapp),
        ("/webhooks/twilio/status", 204, whatsapp),
        ("/webhooks/telegram", 200, None),
    ]
    webhooks = Webhooks(database)
    asked = {route.path: webhooks.call(route.method, route.path) for route, _channel in found}
    assert {path: answer.status_code for path, answer in asked.items()} == {
        "/webhooks/twilio/inbound": 404,
        "/webhooks/twilio/status": 404,
        "/webhooks/telegram": 403,
    }
    assert asked["/webhooks/twilio/status"].text == "this channel is not set up here"
    assert webhooks.call("POST", "/webhooks/other").text != "this channel is not set up here"


class Echo(SimulatorChannel):
    """Its provider reads the answer where it asks by a query."""

    def verify(self, request: Request) -> None:
        return None

    def answer(self, request: Request) -> str | None:
        return urlsplit(request.url).query or None


def test_a_channel_may_answer_itself(database: Database) -> None:
    webhooks = Webhooks(database, Echo("whatsapp"))
    inbound = "/webhooks/twilio/inbound"
    asked, told = webhooks.call("POST", f"{inbound}?challenge"), webhooks.call("POST", inbound)
    assert (asked.status_code, asked.text, asked.headers["content-type"]) == (
        200,
        "challenge",
        told.headers["content-type"],
    )
    assert told.text == EMPTY_TWIML

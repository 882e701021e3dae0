"""A network of two centers, its staff and one clock, behind the pages that are tested."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Cookies, Response
from pydantic import SecretStr
from sqlalchemy import event, select

from bot.channels.registry import simulators
from bot.config.settings import Settings
from bot.service.assistant import Assistant
from bot.service.rules import Rules
from bot.text.language import Catalogs
from scheduler.sender import Sender
from storage import registers
from storage.engine import Database
from storage.schema import Audit, Client
from web.console import router as console
from web.console.signing import login_token
from web.simulator import router as simulator

PASSWORD = "mango season again"
PHONE = "+17585550101"
SIGN_UP = ("JOIN LC", "1", "yes", "yes", "Marie Joseph", "Sweet Mango", "1", "Soufrière", "4500", "2", "1", "0")
FIGURES = ("6000", "3", "1", "0", "0", "yes", "yes")


@dataclass
class Clock:
    now: datetime = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span: float) -> None:
        self.now += timedelta(**span)


class Browser:
    """Keeps its cookies from one request to the next."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self._loop = asyncio.Runner()
        self.cookies = Cookies()

    def get(self, path: str, **more: Any) -> Response:
        return self._loop.run(self._ask("GET", path, **more))

    def post(self, path: str, **more: Any) -> Response:
        return self._loop.run(self._ask("POST", path, **more))

    def close(self) -> None:
        self._loop.close()

    async def _ask(self, method: str, path: str, *, follow_redirects: bool = True, **more: Any) -> Response:
        async with AsyncClient(
            transport=ASGITransport(self._app), base_url="http://testserver", cookies=self.cookies
        ) as client:
            answer = await client.request(method, path, follow_redirects=follow_redirects, **more)
            self.cookies = client.cookies
        return answer


@dataclass
class World:
    database: Database
    settings: Settings
    clock: Clock
    browser: Browser
    staff: dict[str, int] = field(default_factory=dict)
    phone: str = PHONE
    marie: str = ""
    pedro: str = ""

    def close(self) -> None:
        self.browser.close()
        self.database.close()

    # --- the phone ---------------------------------------------------------------------------------------------------

    def write(self, **message: Any) -> Response:
        self.clock.pass_by(seconds=1)
        body = json.dumps({"channel": "sms", "from": self.phone, **message})
        return self.browser.post("/simulator/messages", content=body)

    def says(self, *texts: str, **more: Any) -> list[dict[str, Any]]:
        """The replies to the last of these texts."""
        replies: list[dict[str, Any]] = []
        for text in texts:
            answer = self.write(text=text, **more)
            assert answer.status_code == 200, answer.text
            replies = answer.json()["replies"]
        return replies

    def signs_up(self, phone: str = PHONE, name: str = "Marie Joseph", center: str = "LC") -> str:
        """The code of a client who registered by SMS."""
        texts = [f"JOIN {center}" if text == "JOIN LC" else text for text in SIGN_UP]
        self.says(*(name if text == "Marie Joseph" else text for text in texts), **{"from": phone})
        with self.database.read() as db:
            client = db.scalars(select(Client).where(Client.status == "registered").order_by(Client.id.desc())).first()
            assert client is not None
            assert client.name == name
            return client.code

    # --- the console -------------------------------------------------------------------------------------------------

    def log_in(self, email: str = "rosa@lc.example", password: str = PASSWORD, **more: str) -> Response:
        fields = {"email": email, "password": password, "csrf": self.csrf("/console/login"), **more}
        return self.browser.post("/console/login", data=fields)

    def enter(self, email: str = "rosa@lc.example") -> Response:
        """In by a link, which takes no time to check."""
        token = login_token(self.settings, self.staff[email], self.clock())
        return self.browser.get(f"/console/enter?token={token}")

    def csrf(self, page: str) -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.browser.get(page).text)
        assert found, page
        return found[1]

    def send(self, path: str, csrf: str | None = None, **fields: str) -> Response:
        """A form of the console, as the browser that is logged in sends it."""
        return self.browser.post(path, data={"csrf": self.csrf("/console/") if csrf is None else csrf, **fields})

    def audit(self, action: str) -> list[Audit]:
        with self.database.read() as db:
            return list(db.scalars(select(Audit).where(Audit.action == action).order_by(Audit.id)))


PEOPLE = (
    ("LC", "Rosa Charles", "counselor", "rosa@lc.example"),
    ("DO", "Luis Peña", "counselor", "luis@do.example"),
    (None, "Ana Beltrán", "coordinator", "ana@network.example"),
)
CENTERS = (("LC", "SBDC Saint Lucia", "LC"), ("DO", "Centro PYME Santiago", "DO"))


def opened(url: str) -> World:
    """The pages over a database; one on SQLite waits for no disk."""
    database = Database.open(url)
    if url.startswith("sqlite"):
        event.listen(
            database.engine, "connect", lambda connection, record: connection.execute("PRAGMA synchronous=OFF")
        )
    clock = Clock()
    settings = Settings(secret_key=SecretStr("a key that is only used in tests"), simulator=True)
    assistant = Assistant(Catalogs.load(), Rules())
    sender = Sender(database, {}, simulators(), clock)
    app = FastAPI()
    simulator.mount(app, database, assistant, sender, clock)
    console.mount(app, database, assistant, sender, settings, clock)
    return World(database, settings, clock, Browser(app))


def found(world: World) -> None:
    """Enter the centers and their staff."""
    with world.database.write() as db:
        centers = {
            code: registers.add_center(db, code, name, country, at=world.clock()) for code, name, country in CENTERS
        }
        for code, name, role, email in PEOPLE:
            center = centers[code] if code else None
            staff = registers.add_staff(db, center, name, role, email, at=world.clock(), password=PASSWORD)
            world.staff[email] = staff.id


@pytest.fixture(scope="session")
def lived_in(store_template: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A network with staff and, at each center, a client who signed up; made once in a run."""
    path = tmp_path_factory.mktemp("console") / "store.sqlite3"
    shutil.copyfile(store_template("sqlite"), path)
    world = opened(f"sqlite:///{path}")
    found(world)
    world.marie = world.signs_up()
    world.pedro = world.signs_up("+18095550101", "Pedro Pérez", "DO")
    world.database.close()
    shutil.copyfile(path, path.with_suffix(".kept"))
    yield world
    world.close()


@pytest.fixture
def world(lived_in: World) -> World:
    """The network as it was, ten minutes after the last client signed up, and nobody logged in."""
    path = Path(str(lived_in.database.engine.url.database))
    lived_in.database.close()
    for beside in ("-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)
    shutil.copyfile(path.with_suffix(".kept"), path)
    lived_in.browser.cookies = Cookies()
    lived_in.clock.now = Clock.now + timedelta(minutes=10)
    lived_in.phone = PHONE
    return lived_in

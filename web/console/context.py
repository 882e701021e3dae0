"""One request of a member of staff: who asks, what they may see, and how the answer gets back to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session as Db

from bot.config.settings import Settings
from bot.service.assistant import Assistant
from scheduler.sender import Sender
from storage.engine import Database
from storage.registers import find_center
from storage.schema import Center, Client, Institution, Staff
from storage.visible import everywhere, visible
from web.console.html import page
from web.console.signing import LASTS, Signer

SESSION, FLASH = "acompana_session", "acompana_flash"


class NotFound(Exception):
    """It is not there, or not for these eyes: which of the two is not said."""


class Forbidden(Exception):
    """The request does not come from one of our own pages; the text says what to do."""


class NeedsLogin(Exception):
    """Nobody is logged in."""


class Refused(Exception):
    """What was asked for cannot be done; the text says why, to the person who asked."""


@dataclass(frozen=True, slots=True)
class StaffRequest:
    """Who sent the request, and what they may see."""

    staff: Staff
    #: The one that they belong to; None: to an institution, or to the network.
    center: Center | None
    #: The one whose centers they see; None where they belong to a center or to the network.
    institution: Institution | None
    #: The token that their forms carry.
    csrf: str
    now: datetime
    path: str
    #: How many clients wait for a counselor.
    waiting: int = 0
    #: The time zone of most centers that they see; UTC where there is none.
    common_zone: str = "UTC"
    #: What the last page left to say, as (words, tone).
    flash: tuple[str, str] | None = None

    @property
    def actor(self) -> str:
        return self.staff.email or f"staff:{self.staff.id}"

    @property
    def zone(self) -> ZoneInfo:
        """The clock of their days: of their center, or of the one that most of theirs share."""
        return ZoneInfo(self.center.zone if self.center else self.common_zone)

    def of_clients(self) -> ColumnElement[bool]:
        """The condition on `Client` that a query of theirs has."""
        return visible(self.staff, Client.center_id)

    def of_centers(self) -> ColumnElement[bool]:
        """The condition on `Center`."""
        return visible(self.staff, Center.id)

    @property
    def everywhere(self) -> bool:
        """Whether they see the whole network."""
        return everywhere(self.staff)

    @property
    def where(self) -> str:
        """The name of what they see."""
        own = self.center or self.institution
        return own.name if own else "all centers"

    def center_named(self, db: Db, code: str) -> Center:
        """Raises RegisterError where there is none with that code, NotFound where they may not see it."""
        center = find_center(db, code)
        if db.scalar(select(Center.id).where(Center.id == center.id, self.of_centers())) is None:
            raise NotFound
        return center

    def client(self, db: Db, code: str, *, lock: bool = False) -> tuple[Client, Center]:
        """The client of that code and their center. Raises NotFound."""
        query = select(Client).where(Client.code == a_code(code), self.of_clients(), Client.status != "merged")
        client = db.scalar(query.with_for_update() if lock else query)
        if client is None:
            raise NotFound
        return client, db.get_one(Center, client.center_id)


@dataclass(frozen=True, slots=True)
class Form:
    """A form that was sent from one of our pages."""

    staff_request: StaffRequest
    fields: Mapping[str, str]


@dataclass
class Console:
    """What all pages of one app share."""

    database: Database
    assistant: Assistant
    sender: Sender
    settings: Settings
    now: Callable[[], datetime]
    signer: Signer = field(init=False)

    def __post_init__(self) -> None:
        self.signer = Signer(self.settings)

    @property
    def secure(self) -> bool:
        return (self.settings.public_url or "").startswith("https:")

    def show(self, staff_request: StaffRequest, template: str, *, status: int = 200, **shown: Any) -> Response:
        """A page with its frame."""
        response = page(template, status=status, staff_request=staff_request, **shown)
        if staff_request.flash:
            response.delete_cookie(FLASH, path="/console")
        return response

    def back(self, to: str, flash: str = "", *, tone: str = "success") -> Response:
        """Go to another page, which says `flash`."""
        response = RedirectResponse(to, 303)
        if flash:
            self.cookie(response, FLASH, self.signer.sign(flash, tone), 60)
        return response

    def start_session(self, staff: Staff, to: str, now: datetime) -> Response:
        """Go to another page, logged in."""
        response = RedirectResponse(to, 303)
        self.cookie(response, SESSION, self.signer.new_session(staff, now), int(LASTS.total_seconds()))
        return response

    def cookie(self, response: Response, name: str, value: str, seconds: int) -> None:
        response.set_cookie(
            name, value, max_age=seconds, path="/console", httponly=True, samesite="lax", secure=self.secure
        )


def a_code(given: str) -> str:
    """A client's or training's code as it is kept, of what stands in an address."""
    return given[:40].replace("\x00", "").upper()


def login_address(request: Request) -> str:
    """The login page, which leads back to the page that was asked for."""
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return f"/console/login?next={quote(wanted)}" if request.method == "GET" else "/console/login"


def within(path: str) -> str:
    """`path` if it is one of ours, else the first page."""
    safe = path.startswith("/console") and not path.startswith(("/console/login", "/console/enter"))
    return path if safe and "\\" not in path and path.isprintable() else "/console/"

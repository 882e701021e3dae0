"""What a route asks for: the console of its app, who is logged in, and the form that was sent."""

from __future__ import annotations

import hmac
from dataclasses import replace
from datetime import datetime
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from fastapi import Depends, Request
from sqlalchemy import func, select
from sqlalchemy.orm import Session as Db

from storage.centers import common_zone
from storage.schema import Center, Client, Handover, Institution, Staff
from storage.visible import everywhere
from web.console.context import FLASH, SESSION, Console, Forbidden, Form, NeedsLogin, Refused, StaffRequest
from web.console.signing import SessionCookie, fingerprint

MOST_BYTES = 64_000


async def the_console(request: Request) -> Console:
    console: Console = request.app.state.console
    return console


ConsoleDep = Annotated[Console, Depends(the_console)]


def logged_in(request: Request, console: ConsoleDep) -> StaffRequest:
    """Raises NeedsLogin."""
    now = console.now()
    cookie = console.signer.read_session(request.cookies.get(SESSION), now)
    if cookie is None or cookie.staff_id is None:
        raise NeedsLogin
    with console.database.read() as db:
        return _staff_request(db, console, request, cookie, now)


def _staff_request(db: Db, console: Console, request: Request, cookie: SessionCookie, now: datetime) -> StaffRequest:
    staff = db.get(Staff, cookie.staff_id)
    if staff is None or not staff.active or fingerprint(staff) != cookie.fingerprint:
        raise NeedsLogin
    if staff.center_id is None and staff.institution_id is None and not everywhere(staff):
        raise NeedsLogin
    center = db.get_one(Center, staff.center_id) if staff.center_id is not None else None
    of_institution = center is None and staff.institution_id is not None
    institution = db.get_one(Institution, staff.institution_id) if of_institution else None
    flash = console.signer.unsign(request.cookies.get(FLASH))
    staff_request = StaffRequest(
        staff,
        center,
        institution,
        console.signer.csrf(cookie),
        now,
        request.url.path,
        flash=(str(flash[0]), str(flash[1])) if flash and len(flash) == 2 else None,
    )
    query = select(func.count()).select_from(Handover).join(Client, Client.id == Handover.client_id)
    waiting = db.scalar(
        query.where(Handover.closed_at.is_(None), Handover.taken_at.is_(None), staff_request.of_clients())
    )
    zone = None if center else db.scalar(common_zone(staff_request.of_centers()))
    return replace(staff_request, waiting=waiting or 0, common_zone=zone or "UTC")


StaffDep = Annotated[StaffRequest, Depends(logged_in)]


async def posted_fields(request: Request) -> dict[str, str]:
    """The fields of a form, the last of each name. Raises Refused when there is more than any of our forms has."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise Refused("That is too long to be sent.")
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=200)
    except ValueError:
        raise Refused("That form could not be read.") from None
    return {name: value.replace("\x00", "") for name, value in fields}


FieldsDep = Annotated[dict[str, str], Depends(posted_fields)]


async def posted_form(request: Request, console: ConsoleDep, staff_request: StaffDep, fields: FieldsDep) -> Form:
    """A form of somebody who is logged in. The login is checked before the form is read, and the CSRF token before
    anything in it counts. Raises NeedsLogin, Refused or Forbidden."""
    token = fields.get("csrf") or request.headers.get("x-csrf-token") or ""
    if not is_ours(console, request, token, staff_request.csrf):
        raise Forbidden("This form is no longer valid. Go back, load the page again and repeat what you did.")
    return Form(staff_request, fields)


FormDep = Annotated[Form, Depends(posted_form)]


def is_ours(console: Console, request: Request, token: str, expected: str) -> bool:
    """Whether a form carries the CSRF token of its session, and no other site is named as its origin."""
    origin = request.headers.get("origin")
    hosts = {request.headers.get("host", ""), urlsplit(console.settings.public_url or "").netloc} - {""}
    if origin and urlsplit(origin).netloc not in hosts:
        return False
    return hmac.compare_digest(token.encode(), expected.encode())

"""Logging in and out."""

from __future__ import annotations

from datetime import datetime, timedelta

from anyio import to_thread
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import select

from storage import audit, passwords
from storage.schema import Audit, Staff
from web.console.context import SESSION, Console, Forbidden, Form, within
from web.console.html import page
from web.console.routing import page_router
from web.console.signing import LASTS

WINDOW = timedelta(minutes=15)
TRIES_HERE, TRIES_ANYWHERE, TRIES_OF_ALL = 5, 20, 30
"""Wrong passwords in a quarter of an hour: for one e-mail from one place, for one e-mail, from one place."""
LONGEST = 1000
FAILED = "login.failed"


def routes(console: Console) -> APIRouter:
    router = page_router()

    def at_the_door(request: Request, wanted: str, *, status: int = 200, wrong: str = "", email: str = "") -> Response:
        """The form, protected by a session of nobody."""
        now = console.now()
        cookie = request.cookies.get(SESSION)
        ticket = console.seals.ticket(cookie, now)
        if cookie is None or ticket is None or ticket.staff_id is not None:
            cookie = console.seals.session(None, now)
            ticket = console.seals.ticket(cookie, now)
        assert ticket is not None
        csrf = console.seals.csrf(ticket)
        response = page("login.html", status=status, csrf=csrf, wanted=within(wanted), wrong=wrong, email=email)
        console.cookie(response, SESSION, cookie, int(LASTS.total_seconds()))
        return response

    @router.get("/console/login")
    def door(request: Request) -> Response:
        return at_the_door(request, request.query_params.get("next", ""))

    @router.post("/console/login")
    async def log_in(request: Request) -> Response:
        fields = await console.read_fields(request)
        ticket = console.seals.ticket(request.cookies.get(SESSION), console.now())
        if ticket is None or not console.from_us(request, fields.get("csrf", ""), console.seals.csrf(ticket)):
            return at_the_door(request, fields.get("next", ""), status=403, wrong="Please try again.")
        return await to_thread.run_sync(check, request, fields)

    def check(request: Request, fields: dict[str, str]) -> Response:
        email, wanted = fields.get("email", "").strip().lower()[:LONGEST], fields.get("next", "")
        now = console.now()
        who, whence = console.seals.digest(email), console.seals.digest(request.client.host if request.client else "")
        if too_many(who, whence, now):
            wrong = "Too many wrong passwords. Please wait a quarter of an hour."
            return at_the_door(request, wanted, status=429, wrong=wrong, email=email)
        with console.database.read() as db:
            staff = db.scalar(select(Staff).where(Staff.email == email, Staff.active)) if email else None
        right = passwords.matches(fields.get("password", "")[:LONGEST], staff.password_hash if staff else None)
        with console.database.write() as db:
            if staff is None or not right:
                audit.record(db, "system", FAILED, f"login:{who}", at=now, place=whence)
            else:
                audit.record(db, staff.email or f"staff:{staff.id}", "login", at=now)
        if staff is None or not right:
            wrong = "Wrong e-mail or password."
            return at_the_door(request, wanted, status=401, wrong=wrong, email=email)
        return console.let_in(staff, within(wanted), now)

    def too_many(who: str, whence: str, now: datetime) -> bool:
        with console.database.read() as db:
            failed = db.execute(
                select(Audit.subject, Audit.details)
                .where(Audit.at > now - WINDOW, Audit.action == FAILED)
                .order_by(Audit.at.desc())
                .limit(2000)
            )
            tries = [(subject == f"login:{who}", bool(details.get("place") == whence)) for subject, details in failed]
        return (
            sum(mine and here for mine, here in tries) >= TRIES_HERE
            or sum(mine for mine, _here in tries) >= TRIES_ANYWHERE
            or sum(here for _mine, here in tries) >= TRIES_OF_ALL
        )

    @router.get("/console/enter")
    def enter(token: str = "") -> Response:
        now = console.now()
        staff_id = console.seals.linked(token, now)
        with console.database.write() as db:
            staff = db.get(Staff, staff_id) if staff_id is not None else None
            if staff is None or not staff.active:
                raise Forbidden("This link is too old. Start the program again for a new one, or log in.")
            audit.record(db, staff.email or f"staff:{staff.id}", "login", at=now, by="link")
        return console.let_in(staff, "/console/", now)

    @router.post("/console/logout")
    def log_out(form: Form = Depends(console.form)) -> Response:
        with console.database.write() as db:
            audit.record(db, form.staff_request.actor, "logout", at=form.staff_request.now)
        response = RedirectResponse("/console/login", 303)
        response.delete_cookie(SESSION, path="/console")
        return response

    return router

"""Logging in and out."""

from __future__ import annotations

from datetime import datetime, timedelta

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from storage import audit, passwords
from storage.schema import Audit, Staff
from web.console.context import SESSION, Console, Forbidden, within
from web.console.dependencies import ConsoleDep, FieldsDep, FormDep, is_ours
from web.console.forms import LoginForm
from web.console.html import page
from web.console.routing import page_router
from web.console.signing import LASTS

WINDOW = timedelta(minutes=15)
TRIES_HERE, TRIES_ANYWHERE, TRIES_OF_ALL = 5, 20, 30
"""Wrong passwords in a quarter of an hour: for one e-mail from one place, for one e-mail, from one place."""
FAILED = "login.failed"

router = page_router()


def show_login(
    console: Console, request: Request, wanted: str, *, status: int = 200, wrong: str = "", email: str = ""
) -> Response:
    """The form, protected by a session of nobody."""
    now = console.now()
    cookie = request.cookies.get(SESSION)
    session = console.signer.read_session(cookie, now)
    if cookie is None or session is None or session.staff_id is not None:
        cookie = console.signer.new_session(None, now)
        session = console.signer.read_session(cookie, now)
    assert session is not None
    csrf = console.signer.csrf(session)
    response = page("login.html", status=status, csrf=csrf, wanted=within(wanted), wrong=wrong, email=email)
    console.cookie(response, SESSION, cookie, int(LASTS.total_seconds()))
    return response


@router.get("/console/login")
def login_page(request: Request, console: ConsoleDep) -> Response:
    return show_login(console, request, request.query_params.get("next", ""))


@router.post("/console/login")
def log_in(request: Request, console: ConsoleDep, fields: FieldsDep) -> Response:
    now = console.now()
    session = console.signer.read_session(request.cookies.get(SESSION), now)
    if session is None or not is_ours(console, request, fields.get("csrf", ""), console.signer.csrf(session)):
        return show_login(console, request, fields.get("next", ""), status=403, wrong="Please try again.")
    given = LoginForm.model_validate(fields)
    email, wanted = given.email, given.next
    who, whence = console.signer.digest(email), console.signer.digest(request.client.host if request.client else "")
    with console.database.read() as db:
        blocked = _too_many_tries(db, who, whence, now)
        staff = db.scalar(select(Staff).where(Staff.email == email, Staff.active)) if email else None
    if blocked:
        wrong = "Too many wrong passwords. Please wait a quarter of an hour."
        return show_login(console, request, wanted, status=429, wrong=wrong, email=email)
    right = passwords.matches(given.password, staff.password_hash if staff else None)
    with console.database.write() as db:
        if staff is None or not right:
            audit.record(db, "system", FAILED, f"login:{who}", at=now, place=whence)
        else:
            audit.record(db, staff.email or f"staff:{staff.id}", "login", at=now)
    if staff is None or not right:
        return show_login(console, request, wanted, status=401, wrong="Wrong e-mail or password.", email=email)
    return console.start_session(staff, within(wanted), now)


def _too_many_tries(db: Db, who: str, whence: str, now: datetime) -> bool:
    """Whether so many logins failed lately, for this e-mail or from this place, that no more are let try."""
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
def enter(console: ConsoleDep, token: str = "") -> Response:
    now = console.now()
    staff_id = console.signer.read_link(token, now)
    with console.database.write() as db:
        staff = db.get(Staff, staff_id) if staff_id is not None else None
        if staff is None or not staff.active:
            raise Forbidden("This link is too old. Start the program again for a new one, or log in.")
        audit.record(db, staff.email or f"staff:{staff.id}", "login", at=now, by="link")
    return console.start_session(staff, "/console/", now)


@router.post("/console/logout")
def log_out(console: ConsoleDep, form: FormDep) -> Response:
    with console.database.write() as db:
        audit.record(db, form.staff_request.actor, "logout", at=form.staff_request.now)
    response = RedirectResponse("/console/login", 303)
    response.delete_cookie(SESSION, path="/console")
    return response

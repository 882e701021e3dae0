"""The page of one client, and what can be done there: ask for figures, step in, log a session, show a number."""

from __future__ import annotations

from datetime import datetime

from fastapi import Request, Response
from sqlalchemy import select
from starlette.background import BackgroundTask

from bot.indicators import CORRECTABLE
from bot.model import SERVICE_AREA_NAMES, SESSION_TYPES
from bot.service import casework, results
from storage import audit
from storage.addresses import serves
from storage.schema import Address, Client
from web.console.context import Console, NotFound, StaffRequest
from web.console.dependencies import ConsoleDep, FormDep, StaffDep
from web.console.forms import NOTHING_TYPED, ReplyForm, SessionForm, Typed, check
from web.console.html import page
from web.console.record import record_of
from web.console.routing import page_router
from web.console.trainings import STATUSES
from web.console.transcript import talk

TYPES = {"in_person": "In person", "phone": "By phone", "online": "Online", "visit": "Visit to the business"}

router = page_router()


def show_client(
    console: Console,
    staff_request: StaffRequest,
    code: str,
    *,
    until: datetime | None = None,
    typed: Typed = NOTHING_TYPED,
) -> Response:
    """The page of a client, whose view is put into the audit log. `until`: the end of the part of the conversation that
    is shown. `typed`: a form that was refused; the status is 422 then."""
    with console.database.write() as db:
        client, _center = staff_request.client(db, code)
        audit.record(db, staff_request.actor, "client.view", client.code, at=staff_request.now)
    with console.database.read() as db:
        client, center = staff_request.client(db, code)
        return console.show(
            staff_request,
            "client.html",
            status=422 if typed.errors else 200,
            active="clients",
            talk=talk(db, client, until),
            until=until,
            key=console.signer.sign(staff_request.staff.id, client.code),
            types={name: TYPES.get(name, name) for name in SESSION_TYPES},
            areas=SERVICE_AREA_NAMES,
            today=staff_request.now.astimezone(staff_request.zone).date(),
            night=console.assistant.rules.night_at(center, staff_request.now),
            correctable=CORRECTABLE,
            enrollments_as=STATUSES,
            typed=typed,
            nothing_typed=NOTHING_TYPED,
            **record_of(db, client, center, staff_request.now),
        )


@router.get("/console/clients/{code}")
def client_page(code: str, request: Request, console: ConsoleDep, staff_request: StaffDep) -> Response:
    return show_client(console, staff_request, code, until=_time(request.query_params.get("until")))


@router.get("/console/clients/{code}/talk")
def client_talk(code: str, console: ConsoleDep, staff_request: StaffDep, key: str = "", mark: str = "") -> Response:
    """What was said since; `key` comes with the page, whose view is in the audit log."""
    with console.database.read() as db:
        client, center = staff_request.client(db, code)
        if console.signer.unsign(key) != [staff_request.staff.id, client.code]:
            raise NotFound
        latest = talk(db, client)
        if latest.mark == mark:
            return Response(status_code=204)
        return page("talk.html", talk=latest, client=client, center=center, key=key, until=None)


@router.post("/console/clients/{code}/followup")
def ask(code: str, console: ConsoleDep, form: FormDep) -> Response:
    staff_request = form.staff_request
    with console.database.write() as db:
        client, _center = staff_request.client(db, code)
        wiring = console.assistant.wiring
        done = casework.ask_for_figures(
            wiring, db, client, staff_request.staff, by=staff_request.actor, now=staff_request.now
        )
    if isinstance(done, results.Refused):
        return console.back(_path(client), f"Cannot be asked: {done.reason}.", tone="warning")
    response = console.back(_path(client), "Asked. The answers come in here by themselves.")
    response.background = BackgroundTask(console.sender.drain, done.result.address.id)
    return response


@router.post("/console/clients/{code}/take")
def take(code: str, console: ConsoleDep, form: FormDep) -> Response:
    staff_request = form.staff_request
    with console.database.write() as db:
        client, _center = staff_request.client(db, code)
        done = casework.take(db, client, staff_request.staff, by=staff_request.actor, now=staff_request.now)
    if isinstance(done, results.Refused):
        return console.back(_path(client), f"You cannot take this conversation: {done.reason}.", tone="warning")
    return console.back(_path(client), "You have the conversation; the assistant is silent until you give it back.")


@router.post("/console/clients/{code}/done")
def give_back(code: str, console: ConsoleDep, form: FormDep) -> Response:
    staff_request = form.staff_request
    with console.database.write() as db:
        client, _center = staff_request.client(db, code)
        done = casework.hand_back(db, client, by=staff_request.actor, now=staff_request.now)
    if isinstance(done, results.Refused):
        return console.back(_path(client), "The assistant had it all the time.")
    return console.back(_path(client), "The assistant looks after this client again.")


@router.post("/console/clients/{code}/reply")
def reply(code: str, console: ConsoleDep, form: FormDep) -> Response:
    staff_request, checked = form.staff_request, check(ReplyForm, form.fields)
    if checked.model is None:
        return show_client(console, staff_request, code, typed=checked.typed)
    with console.database.write() as db:
        client, _center = staff_request.client(db, code)
        done = casework.reply_to_client(
            console.assistant.wiring,
            db,
            client,
            staff_request.staff,
            checked.model.text,
            by=staff_request.actor,
            now=staff_request.now,
        )
    if isinstance(done, results.Refused):
        refused = checked.refused("text", f"nothing was sent: {done.reason}")
        return show_client(console, staff_request, code, typed=refused)
    response = console.back(_path(client) + "#last")
    response.background = BackgroundTask(console.sender.drain, done.result.address_id)
    return response


@router.post("/console/clients/{code}/sessions")
def log_session(code: str, console: ConsoleDep, form: FormDep) -> Response:
    staff_request, checked = form.staff_request, check(SessionForm, form.fields)
    if checked.model is None:
        return show_client(console, staff_request, code, typed=checked.typed)
    with console.database.write() as db:
        client, _center = staff_request.client(db, code)
        done = casework.log_session(
            db,
            client,
            **checked.model.model_dump(),
            counselor=staff_request.staff,
            rules=console.assistant.rules,
            by=staff_request.actor,
            now=staff_request.now,
        )
    if isinstance(done, results.Refused):
        return show_client(console, staff_request, code, typed=checked.refused(done.field, done.reason))
    number = len(done.result)
    ahead = f" {number} follow-up{'s are' if number != 1 else ' is'} planned." if number else ""
    return console.back(_path(client), f"The session is logged.{ahead}")


@router.post("/console/clients/{code}/addresses/{address_id}")
def reveal(code: str, address_id: int, console: ConsoleDep, form: FormDep) -> Response:
    staff_request = form.staff_request
    with console.database.write() as db:
        client, _center = staff_request.client(db, code)
        query = select(Address).where(Address.id == min(address_id, 2**53), serves(client.id))
        address = db.scalar(query)
        if address is None:
            raise NotFound
        audit.record(
            db, staff_request.actor, "address.reveal", client.code, at=staff_request.now, channel=address.channel
        )
        return page("address.html", address=address, client=client)


def _path(client: Client) -> str:
    return f"/console/clients/{client.code}"


def _time(given: str | None) -> datetime | None:
    try:
        at = datetime.fromisoformat(given) if given else None
    except ValueError:
        return None
    return at if at is None or at.tzinfo else None

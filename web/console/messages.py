"""Messages that did not get through, each with the reason in words."""

from __future__ import annotations

from datetime import timedelta

from fastapi import Request, Response
from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import aliased
from starlette.background import BackgroundTask

from bot.channels.registry import CHANNELS
from bot.service import resend
from storage import audit
from storage.schema import Address, Center, Client, Outbox, Staff
from storage.visible import staff_seen_by
from web.console.context import NotFound, StaffRequest
from web.console.dependencies import ConsoleDep, FormDep, StaffDep
from web.console.paging import Query, page_of
from web.console.routing import page_router

LOOKS_BACK = timedelta(days=90)
STATUSES = {
    "failed": "Failed",
    "unknown": "May have been sent",
    "queued": "Will be tried again",
    "dropped": "Dropped",
}

router = page_router()


@router.get("/console/messages")
def troubles(request: Request, console: ConsoleDep, staff_request: StaffDep) -> Response:
    status, channel = request.query_params.get("status", ""), request.query_params.get("channel", "")
    query = _troubles(staff_request)
    with console.database.read() as db:
        by_status = query.with_only_columns(Outbox.status, func.count()).order_by(None).group_by(Outbox.status)
        counts = dict(db.execute(by_status).all())
        if status in STATUSES:
            query = query.where(Outbox.status == status)
        if channel in CHANNELS:
            query = query.where(Outbox.channel == channel)
        found = page_of(db, query, request)
        return console.show(
            staff_request,
            "messages.html",
            active="messages",
            found=found,
            counts=counts,
            statuses=STATUSES,
            asked={"status": status, "channel": channel},
            given_up=resend.GIVEN_UP,
            replaced=_replaced(db, [row.id for row, *_about in found.rows]),
        )


@router.post("/console/messages/{number}/again")
def again(number: int, console: ConsoleDep, form: FormDep) -> Response:
    staff_request = form.staff_request
    with console.database.write() as db:
        found = db.execute(_troubles(staff_request).where(Outbox.id == number)).first()
        if found is None:
            raise NotFound
        row, client = found[0], found[1]
        made = resend.again(db, row, staff_request.now)
        if isinstance(made, Outbox):
            audit.record(
                db,
                staff_request.actor,
                "message.again",
                client.code if client else str(number),
                at=staff_request.now,
            )
    if isinstance(made, str):
        return console.back("/console/messages", f"Not sent: {made}.", tone="warning")
    response = console.back("/console/messages", "On its way again.")
    response.background = BackgroundTask(console.sender.drain, made.address_id)
    return response


def _replaced(db: Db, ids: list[int]) -> set[int]:
    """Those of the messages in whose place another one went."""
    return {one for one in db.scalars(select(Outbox.instead_of_id).where(Outbox.instead_of_id.in_(ids))) if one}


def _troubles(staff_request: StaffRequest) -> Query:
    """(Outbox, Client or None, Center or None, Staff's name or None), newest first. A notice to staff is its center's."""
    of_staff = aliased(Staff)
    to_staff = and_(Outbox.client_id.is_(None), staff_seen_by(staff_request.staff, of_staff))
    mine: ColumnElement[bool] = true() if staff_request.everywhere else or_(staff_request.of_clients(), to_staff)
    return (
        select(Outbox, Client, Center, of_staff.name)
        .join(Address, Address.id == Outbox.address_id)
        .outerjoin(Client, Client.id == Outbox.client_id)
        .outerjoin(Center, Center.id == Client.center_id)
        .outerjoin(of_staff, of_staff.id == Address.staff_id)
        .where(
            mine,
            or_(
                Outbox.status.in_(("failed", "unknown", "dropped")),
                and_(Outbox.status == "queued", Outbox.attempts > 0),
            ),
            Outbox.created_at >= staff_request.now - LOOKS_BACK,
        )
        .order_by(Outbox.created_at.desc(), Outbox.id.desc())
    )

"""The list of clients, searched, filtered and paged."""

from __future__ import annotations

from typing import Any

from fastapi import Request, Response
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session as Db

from storage.schema import Address, Center, Client, Followup, Staff
from web.console.context import StaffRequest
from web.console.dependencies import ConsoleDep, StaffDep
from web.console.html import page
from web.console.paging import Query, page_of
from web.console.routing import page_router

STATUSES = {
    "registered": "Registered",
    "new": "Signing up",
    "stopped": "Wrote STOP",
    "refused": "Said no",
    "erased": "Erased",
}
LONGEST = 100

router = page_router()


@router.get("/console/clients")
def clients(request: Request, console: ConsoleDep, staff_request: StaffDep) -> Response:
    with console.database.read() as db:
        found = page_of(db, _query(request, staff_request), request)
        ids = [client.id for client, *_rest in found.rows]
        content: dict[str, Any] = {
            "found": found,
            "heard": _last_heard(db, ids),
            "next_due": _next_due(db, ids),
            "staff_request": staff_request,
            "statuses": STATUSES,
        }
        if request.headers.get("hx-request"):
            return page("clients_found.html", **content)
        centers = db.scalars(select(Center).where(staff_request.of_centers()).order_by(Center.code).limit(200)).all()
        content |= {"centers": centers, "asked": dict(request.query_params), "active": "clients"}
        return console.show(**{"template": "clients.html", **content})


def _query(request: Request, staff_request: StaffRequest) -> Query:
    asked = {name: value.replace("\x00", "").strip()[:LONGEST] for name, value in request.query_params.items()}
    query = (
        select(Client, Center, Staff.name)
        .join(Center, Center.id == Client.center_id)
        .outerjoin(Staff, Staff.id == Client.counselor_id)
        .where(staff_request.of_clients(), Client.status != "merged")
    )
    for word in asked.get("q", "").split()[:5]:
        columns = (Client.name, Client.business_name, Client.code, Client.place)
        query = query.where(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    if asked.get("center"):
        query = query.where(Center.code == asked["center"])
    if asked.get("mine"):
        query = query.where(Client.counselor_id == staff_request.staff.id)
    match asked.get("status"):
        case "stopped":
            query = query.where(Client.opted_out_at.is_not(None), Client.status != "erased")
        case "registered":
            query = query.where(Client.status == "registered", Client.opted_out_at.is_(None))
        case "new" | "refused" | "erased":
            query = query.where(Client.status == asked["status"])
        case _ if not asked.get("q"):
            query = query.where(Client.status != "erased")
    return query.order_by(Client.name.is_(None), func.lower(Client.name), Client.id)


def _last_heard(db: Db, ids: list[int]) -> dict[int, Any]:
    query = select(Address.client_id, func.max(Address.last_inbound_at)).group_by(Address.client_id)
    return {client: at for client, at in db.execute(query.where(Address.client_id.in_(ids))) if client}


def _next_due(db: Db, ids: list[int]) -> dict[int, Any]:
    query = select(Followup.client_id, func.min(Followup.due_on)).group_by(Followup.client_id)
    return dict(db.execute(query.where(Followup.client_id.in_(ids), Followup.status == "planned")).all())

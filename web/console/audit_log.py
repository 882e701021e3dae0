"""The audit log: who looked at, changed or exported what."""

from __future__ import annotations

from fastapi import Request, Response
from sqlalchemy import or_, select
from sqlalchemy.orm import Session as Db

from storage.schema import Audit, Center, Staff
from storage.visible import staff_seen_by
from web.console.context import StaffRequest
from web.console.dependencies import ConsoleDep, StaffDep
from web.console.paging import Query, page_of
from web.console.routing import page_router

PER_PAGE = 50

router = page_router()


@router.get("/console/audit")
def log(request: Request, console: ConsoleDep, staff_request: StaffDep) -> Response:
    asked = request.query_params.get("q", "").strip()[:100].replace("\x00", "")
    with console.database.read() as db:
        found = page_of(db, _entries(db, staff_request, asked), request, PER_PAGE)
        names = {f"staff:{staff_id}": name for staff_id, name in db.execute(select(Staff.id, Staff.name).limit(2000))}
        return console.show(staff_request, "audit.html", active="audit", found=found, names=names, asked=asked)


def _entries(db: Db, staff_request: StaffRequest, asked: str) -> Query:
    """The whole log for who sees the network; else what concerns the clients they see or was done by their staff. With
    `asked`, only the entries that it occurs in."""
    query = select(Audit).order_by(Audit.at.desc(), Audit.id.desc())
    if not staff_request.everywhere:
        people = db.execute(select(Staff.id, Staff.email).where(staff_seen_by(staff_request.staff)).limit(500))
        actors = {name for staff_id, email in people for name in (email, f"staff:{staff_id}") if name}
        codes = db.scalars(select(Center.code).where(staff_request.of_centers()))
        mine = [Audit.subject.startswith(f"{code}-", autoescape=True) for code in codes]
        query = query.where(or_(Audit.actor.in_(actors), *mine))
    if asked:
        columns = (Audit.actor, Audit.action, Audit.subject)
        query = query.where(or_(*(column.icontains(asked, autoescape=True) for column in columns)))
    return query

"""Who waits for a person: clients who asked for one, and those whom no message brings to answer."""

from __future__ import annotations

from fastapi import Request, Response
from sqlalchemy import select

from storage.schema import Center, Client, Handover, Staff
from web.console.calls import RESULTS, call_list, entries_of
from web.console.context import StaffRequest
from web.console.dependencies import ConsoleDep, StaffDep
from web.console.paging import Query, page_of
from web.console.routing import page_router

MOST = 100

router = page_router()


def open_handovers(staff_request: StaffRequest) -> Query:
    """(Handover, Client, Center, name of the counselor who has it or None), those that nobody has first."""
    return (
        select(Handover, Client, Center, Staff.name)
        .join(Client, Client.id == Handover.client_id)
        .join(Center, Center.id == Client.center_id)
        .outerjoin(Staff, Staff.id == Handover.staff_id)
        .where(Handover.closed_at.is_(None), staff_request.of_clients())
        .order_by(Handover.taken_at.is_not(None), Handover.opened_at)
        .limit(MOST)
    )


@router.get("/console/waiting")
def waiting(request: Request, console: ConsoleDep, staff_request: StaffDep) -> Response:
    with console.database.read() as db:
        calls = page_of(db, call_list(staff_request), request)
        return console.show(
            staff_request,
            "waiting.html",
            active="waiting",
            handovers=db.execute(open_handovers(staff_request)).all(),
            calls=calls,
            entries=entries_of(db, calls.rows),
            called_as=RESULTS,
            today=staff_request.now.astimezone(staff_request.zone).date(),
        )

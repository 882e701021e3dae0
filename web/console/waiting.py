"""Who waits for a person: clients who asked for one, and those whom no message brings to answer."""

from __future__ import annotations

from datetime import timedelta

from fastapi import Request, Response
from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from bot.service.campaigns import CALLED_OFF
from storage.schema import Center, Client, CounselingSession, Followup, Handover, Staff
from web.console.context import StaffRequest
from web.console.dependencies import ConsoleDep, StaffDep
from web.console.paging import Query, page_of
from web.console.routing import page_router

LOOKS_BACK = timedelta(days=120)
MOST = 100

router = page_router()


def call_list(staff_request: StaffRequest) -> Query:
    """(Followup, Client, Center, counselor's name) of everybody whose last follow-up found no answer, or did not reach
    them. A session logged since then, or a later answer, takes them off; a campaign that was called off calls nobody."""
    later = aliased(Followup)
    since = func.coalesce(Followup.closed_at, Followup.invited_at, type_=Followup.closed_at.type)
    answered_since = exists().where(
        later.client_id == Followup.client_id,
        later.id != Followup.id,
        later.closed_at > since,
    )
    spoken_since = exists().where(
        CounselingSession.client_id == Followup.client_id, CounselingSession.created_at > since
    )
    return (
        select(Followup, Client, Center, Staff.name)
        .join(Client, Client.id == Followup.client_id)
        .join(Center, Center.id == Client.center_id)
        .outerjoin(Staff, Staff.id == Client.counselor_id)
        .where(
            staff_request.of_clients(),
            Client.status == "registered",
            or_(
                Followup.status.in_(("unanswered", "dropped")),
                and_(Followup.status == "invited", Followup.reason.is_not(None)),
            ),
            func.coalesce(Followup.reason, "") != CALLED_OFF,
            and_(since >= staff_request.now - LOOKS_BACK, ~answered_since, ~spoken_since),
        )
        .order_by(since.desc(), Followup.id.desc())
    )


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
        return console.show(
            staff_request,
            "waiting.html",
            active="waiting",
            handovers=db.execute(open_handovers(staff_request)).all(),
            calls=page_of(db, call_list(staff_request), request),
        )

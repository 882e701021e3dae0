"""The first page: what is to be done today, and what came of the work so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from fastapi import Response
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session as Db

from bot.outcomes.totals import Tier, Totals
from storage.report.scope import Scope, year_began
from storage.report.summed import members_of, summed
from storage.report.sums import totals_by_group
from storage.schema import Center, Client, Enrollment, Followup, Handover, Training
from web.console.calls import call_list
from web.console.context import StaffRequest
from web.console.dependencies import ConsoleDep, StaffDep
from web.console.html import page
from web.console.paging import Query
from web.console.routing import page_router

SHOWN = 6
SOON = timedelta(days=7)
LOOKS_BACK = timedelta(days=90)
ANSWERED = ("completed", "partial")
UNANSWERED = ("unanswered", "declined")
SHOWN_TIERS = (Tier.RESPONDENTS, Tier.ATTRIBUTED, Tier.ATTRIBUTED_VERIFIED)

router = page_router()


@router.get("/console")
@router.get("/console/")
def overview(console: ConsoleDep, staff_request: StaffDep) -> Response:
    with console.database.read() as db:
        return console.show(staff_request, "overview.html", active="overview", **_today(db, staff_request))


@dataclass(frozen=True, slots=True)
class Change:
    """What the clients of a center told since the year began, by the tiers of the report."""

    center: Center
    respondents: Totals
    attributed: Totals
    verified: Totals


@router.get("/console/changes")
def changes(console: ConsoleDep, staff_request: StaffDep) -> Response:
    """Read after the page, so that it waits for no sum."""
    today = staff_request.now.astimezone(staff_request.zone).date()
    with console.database.read() as db:
        centers = db.scalars(select(Center).where(staff_request.of_centers()).order_by(Center.code)).all()
        covered = tuple(center.id for center in centers)
        scope = Scope(year_began(today, console.settings.fiscal_year), today, covered)
        with summed(db, scope) as sums, members_of(db, scope, "center") as members:
            by_tier = {tier: totals_by_group(db, sums, tier, members) for tier in SHOWN_TIERS}
    found = [Change(center, *(by_tier[tier].get(center.code, Totals()) for tier in SHOWN_TIERS)) for center in centers]
    found = [change for change in found if change.respondents.clients]
    return page(
        "changes.html",
        changes=found,
        since=scope.since,
        until=today,
        most_jobs=max((abs(change.attributed.fte_net) for change in found), default=Decimal(0)) or Decimal(1),
        most_sales=max((abs(change.attributed.sales_usd) for change in found), default=Decimal(0)) or Decimal(1),
    )


def _today(db: Db, staff_request: StaffRequest) -> dict[str, Any]:
    now = staff_request.now
    today = now.astimezone(staff_request.zone).date()
    due = (
        _of_followups(staff_request)
        .where(Followup.status == "planned", Followup.due_on <= today + SOON)
        .order_by(Followup.due_on, Followup.id)
    )
    waiting = (
        select(Handover, Client, Center)
        .join(Client, Client.id == Handover.client_id)
        .join(Center, Center.id == Client.center_id)
        .where(Handover.closed_at.is_(None), Handover.taken_at.is_(None), staff_request.of_clients())
        .order_by(Handover.opened_at)
    )
    trainings = (
        select(Training, Center)
        .join(Center, Center.id == Training.center_id)
        .where(Training.starts_at > now, Training.cancelled_at.is_(None), staff_request.of_centers())
        .order_by(Training.starts_at)
        .limit(SHOWN)
    )
    upcoming = db.execute(trainings).all()
    return {
        "today": today,
        "due": db.execute(due.limit(SHOWN)).all(),
        "due_count": _count(db, due),
        "open_count": _count(db, _of_followups(staff_request).where(Followup.status == "invited")),
        "waiting": db.execute(waiting.limit(SHOWN)).all(),
        "calls": _count(db, call_list(staff_request)),
        "clients": _count(db, select(Client.id).where(staff_request.of_clients(), Client.status == "registered")),
        "trainings": upcoming,
        "coming": coming(db, [training.id for training, _center in upcoming]),
        **_response(db, staff_request, now - LOOKS_BACK),
    }


def _response(db: Db, staff_request: StaffRequest, since: datetime) -> dict[str, Any]:
    """Of the follow-ups that were sent and came to their end since then: how many brought an answer."""
    query = (
        select(Followup.status, func.count())
        .join(Client, Client.id == Followup.client_id)
        .where(staff_request.of_clients(), Followup.invited_at.is_not(None), Followup.closed_at >= since)
        .group_by(Followup.status)
    )
    counts = dict(db.execute(query).all())
    answered = sum(counts.get(status, 0) for status in ANSWERED)
    asked = answered + sum(counts.get(status, 0) for status in UNANSWERED)
    return {"answered": answered, "asked": asked, "rate": round(100 * answered / asked) if asked else None}


def coming(db: Db, training_ids: list[int]) -> dict[int, dict[str, int]]:
    """How many enrollments of each status the trainings have."""
    query = select(Enrollment.training_id, Enrollment.status, func.count()).group_by(
        Enrollment.training_id, Enrollment.status
    )
    counts: dict[int, dict[str, int]] = {training: {} for training in training_ids}
    for training, status, number_of in db.execute(query.where(Enrollment.training_id.in_(training_ids))):
        counts[training][status] = number_of
    return counts


def _of_followups(staff_request: StaffRequest) -> Select[Followup, Client, Center]:
    return (
        select(Followup, Client, Center)
        .join(Client, Client.id == Followup.client_id)
        .join(Center, Center.id == Client.center_id)
        .where(staff_request.of_clients())
    )


def _count(db: Db, query: Query) -> int:
    return db.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0

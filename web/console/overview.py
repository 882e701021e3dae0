"""The first page: what is to be done today, and what came of the work so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from threading import Lock
from time import monotonic
from typing import Any

from fastapi import APIRouter, Depends, Response
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session as Db

from bot.indicators import FTE
from storage import outcomes
from storage.periods import Period
from storage.schema import Center, Client, Enrollment, Followup, Handover, OutcomeRow, Training
from web.console.context import Console, StaffRequest
from web.console.html import page
from web.console.paging import Query
from web.console.routing import page_router
from web.console.waiting import call_list

SHOWN = 6
SOON = timedelta(days=7)
LOOKS_BACK = timedelta(days=90)
ANSWERED = ("completed", "partial")
UNANSWERED = ("unanswered", "declined")
PATIENCE = 20


@dataclass
class Change:
    """What the clients of a center came to: those only who gave a figure at the start and a later one."""

    center: Center
    clients: int = 0
    jobs: Decimal = Decimal(0)
    jobs_before: Decimal = Decimal(0)
    sellers: int = 0
    sales_before: Decimal = Decimal(0)
    sales_after: Decimal = Decimal(0)
    better: int = 0

    @property
    def sales_percent(self) -> Decimal | None:
        if not self.sales_before:
            return None
        return (self.sales_after - self.sales_before) / self.sales_before * 100


@dataclass
class Sums:
    """The changes of a center, which go through all its clients: added up again when there is a new figure, but not
    before they were shown for twenty times as long as that takes."""

    _kept: dict[str, tuple[int, float, Change]] = field(default_factory=dict)
    _one: Lock = field(default_factory=Lock)

    def of(self, db: Db, center: Center) -> Change:
        last = db.scalar(select(func.max(OutcomeRow.id))) or 0
        with self._one:
            known, good_until, change = self._kept.get(center.code, (-1, 0.0, Change(center)))
            if known != last and monotonic() >= good_until:
                begun = monotonic()
                change = add_up(center, outcomes.lines(db, Period(), center.code))
                self._kept[center.code] = (last, monotonic() + PATIENCE * (monotonic() - begun), change)
            return change


def add_up(center: Center, clients: Iterator[list[outcomes.Line]]) -> Change:
    """Sales in the center's own currency; jobs as full-time equivalents."""
    change = Change(center)
    for lines in clients:
        found = {line.indicator: line for line in lines if line.change is not None}
        change.clients += bool(found)
        if (jobs := found.get(FTE)) and jobs.change is not None:
            change.jobs += jobs.change
            change.jobs_before += number(jobs.baseline)
        sales = found.get("sales_month")
        if sales and sales.change is not None and sales.latest and sales.latest.currency == center.currency:
            change.sellers += 1
            change.sales_before += number(sales.baseline)
            change.sales_after += number(sales.latest)
            change.better += sales.change > 0
    return change


def number(figure: outcomes.Figure | None) -> Decimal:
    return figure.value if figure and isinstance(figure.value, Decimal) else Decimal(0)


def routes(console: Console) -> APIRouter:
    router = page_router()
    sums = Sums()

    @router.get("/console")
    @router.get("/console/")
    def overview(staff_request: StaffRequest = Depends(console.staff_request)) -> Response:
        with console.database.read() as db:
            return console.show(staff_request, "overview.html", active="overview", **_today(db, staff_request))

    @router.get("/console/changes")
    def changes(staff_request: StaffRequest = Depends(console.staff_request)) -> Response:
        with console.database.read() as db:
            centers = db.scalars(select(Center).where(staff_request.of_centers()).order_by(Center.code).limit(60)).all()
            found = [sums.of(db, center) for center in centers]
            found = [change for change in found if change.clients]
            most_jobs = max((abs(change.jobs) for change in found), default=Decimal(0))
            most_sales = max((abs(change.sales_percent or Decimal(0)) for change in found), default=Decimal(0))
            return page(
                "changes.html", changes=found, most_jobs=most_jobs or Decimal(1), most_sales=most_sales or Decimal(1)
            )

    return router


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

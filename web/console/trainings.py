"""Trainings: what is planned, who comes, and who came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from fastapi import Request, Response
from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from bot.model import SERVICE_AREA_NAMES
from bot.service import trainings
from bot.text.language import LANGUAGE_NAMES
from storage import audit
from storage.schema import Center, Client, Enrollment, Training
from storage.trainings import clients_to_invite
from web.console import labels
from web.console.context import Console, NotFound, Refused, StaffRequest, a_code
from web.console.dependencies import ConsoleDep, FormDep, StaffDep
from web.console.forms import NOTHING_TYPED, AttendanceForm, Typed, check
from web.console.overview import coming
from web.console.paging import Query, page_of
from web.console.routing import page_router

STATUSES = {
    "planned": "To be invited",
    "invited": "Invited",
    "yes": "Coming",
    "offered": "Seat offered",
    "waiting": "Waiting list",
    "no": "Not coming",
    "attended": "Attended",
    "absent": "Absent",
    "lapsed": "Offer ran out",
}
SEATED = trainings.SEATED
PER_PAGE = 100

router = page_router()


def show_trainings(
    console: Console, staff_request: StaffRequest, request: Request, typed: Typed = NOTHING_TYPED
) -> Response:
    """The list of trainings. `typed`: the form of a new one that was refused; the status is 422 then."""
    query = select(Training, Center).join(Center, Center.id == Training.center_id).where(staff_request.of_centers())
    ahead = query.where(Training.starts_at > staff_request.now).order_by(Training.starts_at, Training.id)
    over = query.where(Training.starts_at <= staff_request.now).order_by(Training.starts_at.desc(), Training.id)
    with console.database.read() as db:
        planned = db.execute(ahead.limit(PER_PAGE)).all()
        past = page_of(db, over, request)
        ids = [training.id for training, _center in [*planned, *past.rows]]
        return console.show(
            staff_request,
            "trainings.html",
            status=422 if typed.errors else 200,
            active="trainings",
            planned=planned,
            past=past,
            centers=db.scalars(select(Center).where(staff_request.of_centers()).order_by(Center.code)).all(),
            areas=SERVICE_AREA_NAMES,
            counts=coming(db, ids),
            seated=SEATED,
            typed=typed,
        )


def show_training(
    console: Console, staff_request: StaffRequest, request: Request, code: str, typed: Typed = NOTHING_TYPED
) -> Response:
    """The page of a training. `typed`: a form of it that was refused; the status is 422 then."""
    with console.database.read() as db:
        training, center = find_training(db, staff_request, code)
        return console.show(
            staff_request,
            "training.html",
            status=422 if typed.errors else 200,
            active="trainings",
            training=training,
            center=center,
            enrolled=page_of(db, _enrolled(training), request, PER_PAGE),
            counts=coming(db, [training.id])[training.id],
            statuses=STATUSES,
            seated=SEATED,
            begun=training.starts_at <= staff_request.now,
            audience=len(clients_to_invite(db, training)),
            sectors=labels.choices_in_words("registration", "sector"),
            languages=LANGUAGE_NAMES,
            typed=typed,
            nothing_typed=NOTHING_TYPED,
        )


@router.get("/console/trainings")
def listed(request: Request, console: ConsoleDep, staff_request: StaffDep) -> Response:
    return show_trainings(console, staff_request, request)


@router.get("/console/trainings/{code}")
def one(code: str, request: Request, console: ConsoleDep, staff_request: StaffDep) -> Response:
    return show_training(console, staff_request, request, code)


@router.post("/console/trainings/{code}/attendance")
def attendance(code: str, request: Request, console: ConsoleDep, form: FormDep) -> Response:
    """Mark who came; those that stay as they were are left alone."""
    staff_request, checked = form.staff_request, check(AttendanceForm, form.fields)
    if checked.model is None:
        return show_training(console, staff_request, request, code, checked.typed)
    with console.database.write() as db:
        training, center = find_training(db, staff_request, code)
        if training.starts_at > staff_request.now:
            raise Refused("Attendance can be marked once the training has begun.")
        marked = _mark(db, console, training, center, checked.model.came, staff_request.now)
        if marked:
            audit.record(
                db, staff_request.actor, "training.attendance", training.code, at=staff_request.now, marked=marked
            )
    flash = f"{marked} marked." if marked else "Nothing was changed."
    return console.back(f"/console/trainings/{training.code}", flash)


def _mark(
    db: Db, console: Console, training: Training, center: Center, attended: Mapping[int, bool], now: datetime
) -> int:
    """Mark the enrollments whose attendance changes; returns how many these are."""
    query = select(Enrollment).where(Enrollment.training_id == training.id, Enrollment.id.in_(attended))
    marked = 0
    for enrollment in db.scalars(query):
        came = attended[enrollment.id]
        if enrollment.status != ("attended" if came else "absent"):
            trainings.attend(db, enrollment, training, center, came=came, rules=console.assistant.rules, now=now)
            marked += 1
    return marked


def _enrolled(training: Training) -> Query:
    """(Enrollment, Client) of everybody who was invited."""
    return (
        select(Enrollment, Client)
        .join(Client, Client.id == Enrollment.client_id)
        .where(Enrollment.training_id == training.id)
        .order_by(Enrollment.status.desc(), Client.name, Client.id)
    )


def find_training(db: Db, staff_request: StaffRequest, code: str) -> tuple[Training, Center]:
    query = select(Training, Center).join(Center, Center.id == Training.center_id)
    found = db.execute(query.where(Training.code == a_code(code), staff_request.of_centers())).one_or_none()
    if found is None:
        raise NotFound
    return found

"""Planning a training: adding it, inviting the center's clients to it, cancelling it."""

from __future__ import annotations

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from fastapi import Request, Response

from bot.service import results, training_admin, trainings
from storage import audit
from storage.checks import RegisterError
from storage.trainings import clients_to_invite
from web.console.context import Refused
from web.console.dependencies import ConsoleDep, FormDep
from web.console.forms import InviteForm, TrainingForm, check
from web.console.routing import page_router
from web.console.trainings import find_training, show_training, show_trainings

router = page_router()


@router.post("/console/trainings")
def add(request: Request, console: ConsoleDep, form: FormDep) -> Response:
    staff_request, checked = form.staff_request, check(TrainingForm, form.fields)
    given = checked.model
    if given is None:
        return show_trainings(console, staff_request, request, checked.typed)
    try:
        with console.database.read() as db:
            center = staff_request.center_named(db, given.center)
    except RegisterError as error:
        return show_trainings(console, staff_request, request, checked.refused("center", error.problem))
    with console.database.write() as db:
        done = training_admin.plan_training(
            db,
            center,
            title=given.title,
            starts_at=given.start.replace(tzinfo=ZoneInfo(center.zone)).astimezone(UTC),
            hours=given.hours,
            place=given.place,
            capacity=given.capacity,
            area=given.area,
            by=staff_request.actor,
            now=staff_request.now,
        )
    if isinstance(done, results.Refused):
        return show_trainings(console, staff_request, request, checked.refused(done.field, done.reason))
    return console.back(
        f"/console/trainings/{done.result.code}", "The training is planned. Invite the clients when you are ready."
    )


@router.post("/console/trainings/{code}/invite")
def invite(code: str, request: Request, console: ConsoleDep, form: FormDep) -> Response:
    staff_request, checked = form.staff_request, check(InviteForm, form.fields)
    given = checked.model
    if given is None:
        return show_training(console, staff_request, request, code, checked.typed)
    with console.database.write() as db:
        training, center = find_training(db, staff_request, code)
        if training.cancelled_at is not None or training.starts_at <= staff_request.now:
            raise Refused("Nobody can be invited any more: it has begun, or was cancelled.")
        chosen = clients_to_invite(
            db,
            training,
            sectors=[given.sector] if given.sector else (),
            stages=[given.stage] if given.stage else (),
            languages=[given.language] if given.language else (),
        )
        rules = console.assistant.rules
        made = trainings.invite(db, training, center, chosen, rules, staff_request.now, timedelta(hours=given.over))
        audit.record(db, staff_request.actor, "training.invite", training.code, at=staff_request.now, invited=len(made))
        path = f"/console/trainings/{training.code}"
    if not made:
        return console.back(path, "Nobody new fits: they are invited already, or wrote STOP.", tone="warning")
    return console.back(path, f"{len(made)} will be invited, within waking hours.")


@router.post("/console/trainings/{code}/cancel")
def cancel(code: str, console: ConsoleDep, form: FormDep) -> Response:
    staff_request = form.staff_request
    with console.database.write() as db:
        training, _center = find_training(db, staff_request, code)
        rules = console.assistant.rules
        done = training_admin.cancel_training(db, training, rules=rules, by=staff_request.actor, now=staff_request.now)
        path = f"/console/trainings/{training.code}"
    if isinstance(done, results.Refused):
        raise Refused(f"The training {done.reason}.")
    return console.back(path, f"Cancelled. Clients who will be notified: {done.result}.")

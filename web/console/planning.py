"""Planning a training: adding it, inviting the center's clients to it, calling it off."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter, Depends, Response

from bot.service import results, training_admin, trainings
from storage import audit, registers
from storage.checks import RegisterError
from web.console.context import Console, Form, NotFound, Refused
from web.console.fields import a_moment, hours, whole
from web.console.routing import page_router
from web.console.trainings import find_training

LONGEST = 200
"""Hours of the longest training."""
SPREAD_MOST = 72
"""Hours over which invitations can be spread."""


def routes(house: Console) -> APIRouter:
    router = page_router()

    @router.post("/console/trainings")
    def add(posted: Form = Depends(house.posted)) -> Response:
        """Fields: center, title, start (on the center's clock), hours, place, capacity, area."""
        visit = posted.visit
        with house.database.write() as db:
            try:
                center = registers.find_center(db, posted.get("center"))
            except RegisterError as error:
                raise Refused(f"The training was not added: {error}.") from None
            if visit.center is not None and visit.center.id != center.id:
                raise NotFound
            done = training_admin.plan_training(
                db,
                center,
                title=posted.get("title"),
                starts_at=a_moment(posted.get("start"), center.zone),
                hours=hours(posted.get("hours"), LONGEST),
                place=posted.get("place"),
                capacity=whole(posted.get("capacity"), "Seats"),
                area=posted.get("area"),
                by=visit.actor,
                now=visit.now,
            )
        if isinstance(done, results.Refused):
            raise Refused(f"The training was not added: {done.field}: {done.reason}.")
        return house.back(
            f"/console/trainings/{done.result.code}", "The training is planned. Invite the clients when you are ready."
        )

    @router.post("/console/trainings/{code}/invite")
    def invite(code: str, posted: Form = Depends(house.posted)) -> Response:
        """Fields: sector, stage, language ("" for all) and over, the hours to spread the invitations over."""
        visit = posted.visit
        over = whole(posted.get("over") or "0", "Hours to spread the invitations over")
        if over > SPREAD_MOST:
            raise Refused(f"Invitations can be spread over 0 to {SPREAD_MOST} hours.")
        with house.database.write() as db:
            training, center = find_training(db, visit, code)
            if training.cancelled_at is not None or training.starts_at <= visit.now:
                raise Refused("Nobody can be invited any more: it has begun, or was called off.")
            chosen = trainings.audience(
                db,
                training,
                sectors=[found] if (found := posted.get("sector")) else (),
                stages=[found] if (found := posted.get("stage")) else (),
                languages=[found] if (found := posted.get("language")) else (),
            )
            rules = house.assistant.rules
            made = trainings.invite(db, training, center, chosen, rules, visit.now, timedelta(hours=over))
            audit.record(db, visit.actor, "training.invite", training.code, at=visit.now, invited=len(made))
            path = f"/console/trainings/{training.code}"
        if not made:
            return house.back(path, "Nobody new fits: they are invited already, or wrote STOP.", tone="warning")
        return house.back(path, f"{len(made)} will be invited, within waking hours.")

    @router.post("/console/trainings/{code}/cancel")
    def cancel(code: str, posted: Form = Depends(house.posted)) -> Response:
        visit = posted.visit
        with house.database.write() as db:
            training, _center = find_training(db, visit, code)
            rules = house.assistant.rules
            done = training_admin.cancel_training(db, training, rules=rules, by=visit.actor, now=visit.now)
            path = f"/console/trainings/{training.code}"
        if isinstance(done, results.Refused):
            raise Refused(f"The training {done.reason}.")
        return house.back(path, f"Called off. Clients who will be told: {done.result}.")

    return router

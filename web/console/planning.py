"""Planning a training: adding it, inviting the center's clients to it, calling it off."""

from __future__ import annotations

from datetime import datetime, timedelta

from fastapi import APIRouter, Depends, Response

from bot.service import trainings
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
                if visit.center is not None and visit.center.id != center.id:
                    raise NotFound
                made = registers.add_training(
                    db,
                    center,
                    posted.get("title"),
                    _ahead(a_moment(posted.get("start"), center.zone), visit.now),
                    hours=hours(posted.get("hours"), LONGEST),
                    place=posted.get("place"),
                    capacity=whole(posted.get("capacity"), "Seats"),
                    area=posted.get("area"),
                    at=visit.now,
                )
            except RegisterError as error:
                raise Refused(f"The training was not added: {error}.") from None
            audit.record(db, visit.actor, "training.add", made.code, at=visit.now)
            path = f"/console/trainings/{made.code}"
        return house.back(path, "The training is planned. Invite the clients when you are ready.")

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
            training, center = find_training(db, visit, code)
            if training.starts_at <= visit.now:
                raise Refused("It has begun already, and cannot be called off.")
            if training.cancelled_at is not None:
                raise Refused("It was called off before.")
            told = trainings.cancel(db, training, center, house.assistant.rules, visit.now)
            audit.record(db, visit.actor, "training.cancel", training.code, at=visit.now, told=told)
            path = f"/console/trainings/{training.code}"
        return house.back(path, f"Called off. Clients who will be told: {told}.")

    return router


def _ahead(start: datetime, now: datetime) -> datetime:
    if start <= now:
        raise Refused("A training is planned before it starts; this time is over.")
    return start

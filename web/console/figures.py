"""Correcting a figure of a client: a row is added with who and why, and nothing is overwritten."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Response

from bot.service import outcomes
from web.console.context import Console, Form, NotFound, Refused
from web.console.fields import figure
from web.console.routing import page_router

LONGEST_REASON = 300


def routes(house: Console) -> APIRouter:
    router = page_router()

    @router.post("/console/clients/{code}/figures")
    def correct(code: str, posted: Form = Depends(house.posted)) -> Response:
        """Fields: indicator, wave, survey (the follow-up's number, "" for a baseline), value, why."""
        visit, survey = posted.visit, posted.get("survey")
        if survey and not (survey.isascii() and survey.isdigit() and len(survey) < 16):
            raise NotFound
        value = figure(posted.get("value"))
        with house.database.write() as db:
            client, _center = visit.client(db, code)
            row = outcomes.as_given(
                db, client.id, posted.get("indicator"), posted.get("wave"), int(survey) if survey else None
            )
            if row is None:
                raise NotFound
            try:
                outcomes.correct(db, row, value, visit.actor, posted.get("why")[:LONGEST_REASON], visit.now)
            except ValueError as error:
                raise Refused(f"That cannot be kept: {error}.") from None
            path = f"/console/clients/{client.code}"
        return house.back(path, "Corrected. What the client had told stays on record beside it.")

    return router

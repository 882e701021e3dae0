"""Correcting a figure of a client: a row is added with who and why, and nothing is overwritten."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Response

from bot.service import casework, results
from web.console.context import Console, Form, NotFound, Refused
from web.console.fields import figure
from web.console.routing import page_router


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
            done = casework.correct_figure(
                db,
                client,
                posted.get("indicator"),
                posted.get("wave"),
                value,
                posted.get("why"),
                survey=int(survey) if survey else None,
                by=visit.actor,
                now=visit.now,
            )
            path = f"/console/clients/{client.code}"
        if isinstance(done, results.Refused):
            if done.field in ("indicator", "wave"):
                raise NotFound
            raise Refused(f"That cannot be kept: {done.reason}.")
        return house.back(path, "Corrected. What the client had told stays on record beside it.")

    return router

"""Correcting a figure of a client: a row is added with who and why, and nothing is overwritten."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Response

from bot.service import casework, results
from web.console.context import Console, Form, NotFound, Refused
from web.console.fields import figure
from web.console.routing import page_router


def routes(console: Console) -> APIRouter:
    router = page_router()

    @router.post("/console/clients/{code}/figures")
    def correct(code: str, form: Form = Depends(console.form)) -> Response:
        """Fields: indicator, wave, survey (the follow-up's number, "" for a baseline), value, why."""
        staff_request, survey = form.staff_request, form.get("survey")
        if survey and not (survey.isascii() and survey.isdigit() and len(survey) < 16):
            raise NotFound
        value = figure(form.get("value"))
        with console.database.write() as db:
            client, _center = staff_request.client(db, code)
            done = casework.correct_figure(
                db,
                client,
                form.get("indicator"),
                form.get("wave"),
                value,
                form.get("why"),
                survey=int(survey) if survey else None,
                by=staff_request.actor,
                now=staff_request.now,
            )
            path = f"/console/clients/{client.code}"
        if isinstance(done, results.Refused):
            if done.field in ("indicator", "wave"):
                raise NotFound
            raise Refused(f"That cannot be kept: {done.reason}.")
        return console.back(path, "Corrected. What the client had told stays on record beside it.")

    return router

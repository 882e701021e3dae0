"""Correcting a figure of a client, and noting that a paper is on file: a row is added with who and why, and nothing is
overwritten."""

from __future__ import annotations

from fastapi import Response

from bot.service import casework, confirmations, results
from storage.followups import followups_of
from web.console.client import show_client
from web.console.context import NotFound
from web.console.dependencies import ConsoleDep, FormDep
from web.console.forms import CorrectionForm, PaperForm, check, is_id
from web.console.routing import page_router

router = page_router()


@router.post("/console/clients/{code}/figures")
def correct(code: str, console: ConsoleDep, form: FormDep) -> Response:
    staff_request, checked = form.staff_request, check(CorrectionForm, form.fields)
    given = checked.model
    if given is None:
        return show_client(console, staff_request, code, typed=checked.typed)
    if given.survey and not is_id(given.survey):
        raise NotFound
    with console.database.write() as db:
        client, _center = staff_request.client(db, code)
        done = casework.correct_figure(
            db,
            client,
            given.indicator,
            given.wave,
            given.value,
            given.why,
            survey=int(given.survey) if given.survey else None,
            by=staff_request.actor,
            now=staff_request.now,
        )
    if isinstance(done, results.Refused):
        if done.field in ("indicator", "wave"):
            raise NotFound
        return show_client(console, staff_request, code, typed=checked.refused(done.field, done.reason))
    return console.back(
        f"/console/clients/{client.code}", "Corrected. What the client reported stays on record beside it."
    )


@router.post("/console/clients/{code}/papers")
def put_on_file(code: str, console: ConsoleDep, form: FormDep) -> Response:
    staff_request, checked = form.staff_request, check(PaperForm, form.fields)
    given = checked.model
    if given is None:
        return show_client(console, staff_request, code, typed=checked.typed)
    with console.database.write() as db:
        client, _center = staff_request.client(db, code)
        survey = next((one for one in followups_of(db, client.id) if one.id == given.survey), None)
        if survey is None:
            raise NotFound
        done = confirmations.put_on_file(
            db,
            client,
            survey.wave,
            given.note,
            survey_id=survey.id,
            by=staff_request.actor,
            now=staff_request.now,
        )
    if isinstance(done, results.Refused):
        if done.field == "note":
            return show_client(console, staff_request, code, typed=checked.refused(done.field, done.reason))
        return console.back(f"/console/clients/{client.code}", "Nothing is claimed there any more.", tone="warning")
    return console.back(f"/console/clients/{client.code}", f"On file: the center helped, {done.result.answer}.")

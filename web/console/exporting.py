"""Exports for download. What is exported, by whom and for which center stands in the audit log."""

from __future__ import annotations

import tempfile
from pathlib import Path

from fastapi import Response
from fastapi.responses import FileResponse
from sqlalchemy import select
from starlette.background import BackgroundTask

from storage.checks import RegisterError
from storage.exports import EXPORTS, FORMATS, Wanted, export
from storage.periods import Period
from storage.schema import Center
from web.console.context import Console, StaffRequest
from web.console.dependencies import ConsoleDep, FormDep, StaffDep
from web.console.forms import NOTHING_TYPED, ExportForm, Typed, check
from web.console.routing import page_router

ABOUT = {
    "outcomes": "Each client's figures: baseline, latest, change, and the message each one came from.",
    "answers": "Every answer as it was given and as it was read.",
    "clients": "A line per client: consents, sessions, hours, follow-ups, trainings.",
    "messages": "Everything that came in and went out.",
}
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}

router = page_router()


def show_export(console: Console, staff_request: StaffRequest, typed: Typed = NOTHING_TYPED) -> Response:
    """The form. `typed`: one that was refused; the status is 422 then."""
    with console.database.read() as db:
        centers = db.scalars(select(Center).where(staff_request.of_centers()).order_by(Center.code).limit(200)).all()
    return console.show(
        staff_request,
        "export.html",
        status=422 if typed.errors else 200,
        active="export",
        about={name: ABOUT.get(name, "") for name in EXPORTS},
        formats=list(FORMATS),
        centers=centers,
        typed=typed,
    )


@router.get("/console/export")
def export_page(console: ConsoleDep, staff_request: StaffDep) -> Response:
    return show_export(console, staff_request)


@router.post("/console/export")
def download(console: ConsoleDep, form: FormDep) -> Response:
    staff_request, checked = form.staff_request, check(ExportForm, form.fields)
    given = checked.model
    if given is None:
        return show_export(console, staff_request, checked.typed)
    try:
        center = _center(console, staff_request, given.center)
    except RegisterError as error:
        return show_export(console, staff_request, checked.refused("center", error.problem))
    wanted = Wanted(Period(given.since, given.until), center, identified=given.identified, seen_by=staff_request.staff)
    folder = tempfile.TemporaryDirectory(prefix="acompana-export-")
    out = Path(folder.name) / f"{given.what}.{given.format}"
    try:
        export(console.database, given.what, given.format, out, wanted, actor=staff_request.actor, clock=console.now)
    except BaseException:
        folder.cleanup()
        raise
    name = "-".join(["acompana", given.what, *([center.lower()] if center else []), f"{staff_request.now:%Y-%m-%d}"])
    return FileResponse(
        out,
        media_type=TYPES.get(given.format),
        filename=f"{name}.{given.format}",
        background=BackgroundTask(folder.cleanup),
    )


def _center(console: Console, staff_request: StaffRequest, asked: str) -> str | None:
    """The code of the center whose rows are exported: the own one of who has one, whatever was asked for; None for
    all that they may see. Raises RegisterError, NotFound."""
    if staff_request.center:
        return staff_request.center.code
    if not asked:
        return None
    with console.database.read() as db:
        return staff_request.center_named(db, asked).code

"""Exports for download. What is exported, by whom and for which center stands in the audit log."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from fastapi import Response
from fastapi.responses import FileResponse
from sqlalchemy import select
from starlette.background import BackgroundTask

from storage.exports import EXPORTS, FORMATS, Wanted, export
from storage.periods import Period
from storage.schema import Center
from web.console.context import Refused
from web.console.dependencies import ConsoleDep, FormDep, StaffDep
from web.console.routing import page_router

ABOUT = {
    "outcomes": "Each client's figures: baseline, latest, change, and the message each one came from.",
    "answers": "Every answer as it was given and as it was read.",
    "clients": "A line per client: consents, sessions, hours, follow-ups, trainings.",
    "messages": "Everything that came in and went out.",
}
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}

router = page_router()


@router.get("/console/export")
def export_page(console: ConsoleDep, staff_request: StaffDep) -> Response:
    with console.database.read() as db:
        centers = db.scalars(select(Center).where(staff_request.of_centers()).order_by(Center.code).limit(200)).all()
    about = {name: ABOUT.get(name, "") for name in EXPORTS}
    return console.show(
        staff_request, "export.html", active="export", about=about, formats=list(FORMATS), centers=centers
    )


@router.post("/console/export")
def download(console: ConsoleDep, form: FormDep) -> Response:
    staff_request, what, file_format = form.staff_request, form.get("what"), form.get("format")
    if what not in EXPORTS or file_format not in FORMATS:
        raise Refused("Choose what to export, and in which format.")
    center = staff_request.center.code if staff_request.center else form.get("center") or None
    try:
        period = Period(_day(form.get("since")), _day(form.get("until")))
    except ValueError as error:
        raise Refused(f"The days do not fit: {error}.") from None
    wanted = Wanted(period, center, identified=form.get("identified") == "yes")
    folder = tempfile.TemporaryDirectory(prefix="acompana-export-")
    out = Path(folder.name) / f"{what}.{file_format}"
    try:
        export(console.database, what, file_format, out, wanted, actor=staff_request.actor, clock=console.now)
    except BaseException:
        folder.cleanup()
        raise
    name = "-".join(["acompana", what, *([center.lower()] if center else []), f"{staff_request.now:%Y-%m-%d}"])
    return FileResponse(
        out,
        media_type=TYPES.get(file_format),
        filename=f"{name}.{file_format}",
        background=BackgroundTask(folder.cleanup),
    )


def _day(given: str) -> date | None:
    return date.fromisoformat(given) if given else None

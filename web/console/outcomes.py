"""What came of the work: the report of a period as a page, from which every number leads to its clients."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response
from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from bot.outcomes.seal import key_of
from bot.outcomes.totals import Tier
from bot.service import reports
from reports.documents import TYPES, Form, document
from reports.issued_pack import issued_pack
from reports.masking import TooFew
from storage import audit
from storage.checks import RegisterError
from storage.report.ask import wanted
from storage.report.build import Wanted, build
from storage.report.data import tables
from storage.report.figures import NUMBERS, behind
from storage.report.issued import content_of, find_issued
from storage.report.scope import DIMENSIONS, year_began
from storage.schema import Center, IssuedReport
from storage.visible import NETWORK
from web.console.context import Console, Forbidden, NotFound, StaffRequest
from web.console.dependencies import ConsoleDep, FormDep, StaffDep
from web.console.paging import page_of
from web.console.routing import page_router

router = page_router()

TIER_NAMES = {
    Tier.RESPONDENTS: "Told",
    Tier.ATTRIBUTED: "Attributed",
    Tier.ATTRIBUTED_VERIFIED: "Attributed and verified",
    Tier.YES_ONLY_VERIFIED: "“Yes” only, verified",
}
GROUP_NAMES = {
    "center": "Center",
    "country": "Country",
    "sex": "Sex",
    "age": "Age",
    "rural": "Rural or urban",
    "sector": "Sector",
    "area": "Service area",
    "long_term": "Long-term clients",
    "client_type": "Client type",
}
NUMBER_NAMES = {
    "jobs": "Jobs",
    "sales": "Sales",
    "exports": "Exports",
    "financing": "Financing",
    "retained": "Jobs retained",
    "starts": "Business starts",
    "new_exporters": "New exporters",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for. It can be sent as a link."""

    since: date
    until: date
    query: dict[str, str]

    def link(self, path: str = "/console/outcomes", **changed: str) -> str:
        """The same with something else; "" leaves it out."""
        query = {name: value for name, value in {**self.query, **changed}.items() if value}
        return f"{path}?{urlencode(query)}"


@router.get("/console/outcomes")
def outcomes(request: Request, console: ConsoleDep, staff_request: StaffDep) -> Response:
    asked, error = _asked(request, console, staff_request)
    with console.database.read() as db:
        centers = db.scalars(select(Center).where(staff_request.of_centers()).order_by(Center.code)).all()
        report, refused = _report(db, console, staff_request, asked)
        kept = db.scalars(select(IssuedReport).order_by(IssuedReport.id.desc()).limit(5)).all()
    return console.show(
        staff_request,
        "outcomes.html",
        active="outcomes",
        status=422 if error or refused else 200,
        asked=asked,
        error=error or refused,
        report=report,
        centers=centers,
        countries=sorted({center.country for center in centers}),
        tiers=TIER_NAMES,
        groups=GROUP_NAMES,
        only=_only(asked),
        forms=list(Form),
        kept=kept if staff_request.everywhere else [],
        issues=staff_request.staff.role in NETWORK,
        periods=_periods(console.settings.fiscal_year, staff_request),
    )


@router.get("/console/outcomes/figures")
def figures(request: Request, console: ConsoleDep, staff_request: StaffDep) -> Response:
    """The clients and messages behind a number."""
    asked, error = _asked(request, console, staff_request)
    number = request.query_params.get("number", "jobs")
    number = number if number in NUMBERS else "jobs"
    with console.database.write() as db:
        try:
            found = _wanted(db, console, staff_request, asked)
        except RegisterError as refused:
            return console.back(asked.link(), str(refused), tone="danger")
        rows = page_of(db, behind(found.scope, found.tier, number), request)
        audit.record(db, staff_request.actor, "outcomes.view", number, at=staff_request.now, **asked.query)
        return console.show(
            staff_request,
            "outcome_figures.html",
            active="outcomes",
            asked=asked,
            error=error,
            found=rows,
            number=NUMBER_NAMES[number],
            tier=TIER_NAMES[found.tier],
            only=_only(asked),
            groups=GROUP_NAMES,
        )


@router.get("/console/outcomes/report.{form}")
def download(form: str, request: Request, console: ConsoleDep, staff_request: StaffDep) -> Response:
    """The same report as a document, with small groups masked."""
    if form not in list(Form):
        raise NotFound
    asked, error = _asked(request, console, staff_request)
    if error:
        return console.back(asked.link(), error, tone="danger")
    with console.database.write() as db:
        try:
            found = _wanted(db, console, staff_request, asked)
            content = document(build(db, found), Form(form), tables=tables(db, found.scope))
        except (RegisterError, TooFew) as refused:
            return console.back(asked.link(), str(refused), tone="danger")
        reports.record_report(db, found, form, by=staff_request.actor, now=staff_request.now)
    name = f"acompana-outcomes-{asked.since}-{asked.until}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=TYPES[Form(form)], headers=headers)


@router.post("/console/outcomes/issue")
def issue_report(request: Request, console: ConsoleDep, form: FormDep) -> Response:
    """Keep the report as it is now. Only who sees a whole network, institution or center issues one: a coordinator."""
    staff_request = form.staff_request
    asked, error = _asked(request, console, staff_request)
    if staff_request.staff.role not in NETWORK:
        raise Forbidden("Only a coordinator issues a report.")
    if error:
        return console.back(asked.link(), error, tone="danger")
    key = key_of(console.settings.secret_key.get_secret_value())
    with console.database.write() as db:
        try:
            found = _wanted(db, console, staff_request, asked)
        except RegisterError as refused:
            return console.back(asked.link(), str(refused), tone="danger")
        kept = reports.issue_report(db, found, key=key, by=staff_request.actor, now=staff_request.now).result
        told = f"Issued as {kept.code}. It never changes from now on."
    return console.back(asked.link(), told)


@router.get("/console/outcomes/issued/{code}.{form}")
def issued(code: str, form: str, console: ConsoleDep, staff_request: StaffDep) -> Response:
    """An issued report, byte for byte as JSON, as a document, or as a pack of what was kept of it."""
    if form not in list(Form) or not staff_request.everywhere:
        raise NotFound
    with console.database.write() as db:
        try:
            row = find_issued(db, code)
            content = content_of(row)
            if form == Form.ZIP:
                content = issued_pack(db, row)
            elif form != Form.JSON:
                content = document(json.loads(content), Form(form))
        except RegisterError:
            raise NotFound from None
        except TooFew as refused:
            return console.back("/console/outcomes", str(refused), tone="danger")
        audit.record(db, staff_request.actor, "report.show", row.code, at=staff_request.now, format=form)
    headers = {"Content-Disposition": f'attachment; filename="{code}.{form}"'}
    return Response(content, media_type=TYPES[Form(form)], headers=headers)


def _asked(request: Request, console: Console, staff_request: StaffRequest) -> tuple[Asked, str]:
    """What the address asks for, and what is wrong with its days."""
    names = ("center", "country", "tier", "by", *DIMENSIONS, "since", "until", "number")
    query = {name: value[:100] for name in names if (value := request.query_params.get(name, ""))}
    today = staff_request.now.astimezone(staff_request.zone).date()
    began = year_began(today, console.settings.fiscal_year)
    try:
        since = date.fromisoformat(query.get("since") or began.isoformat())
        until = date.fromisoformat(query.get("until") or today.isoformat())
    except ValueError:
        return Asked(began, today, {}), "Write the days like 2026-01-31."
    return Asked(since, until, {**query, "since": since.isoformat(), "until": until.isoformat()}), ""


def _only(asked: Asked) -> dict[str, str]:
    """The groups to which the address narrows the report; those it has names of its own for are no groups here."""
    return {name: asked.query[name] for name in DIMENSIONS if name in asked.query and name not in ("center", "country")}


def _wanted(db: Db, console: Console, staff_request: StaffRequest, asked: Asked) -> Wanted:
    """Raises RegisterError."""
    seen = db.scalars(select(Center.id).where(staff_request.of_centers())).all()
    by = [name for name in asked.query.get("by", "sex").split(",") if name]
    return wanted(
        db,
        asked.since,
        asked.until,
        center=asked.query.get("center"),
        country=asked.query.get("country"),
        tier=asked.query.get("tier") or Tier.ATTRIBUTED_VERIFIED.value,
        by=by,
        only=_only(asked),
        centers=None if staff_request.everywhere else seen,
        fiscal_year=console.settings.fiscal_year,
        network=console.settings.network_name,
    )


def _report(db: Db, console: Console, staff_request: StaffRequest, asked: Asked) -> tuple[dict[str, Any] | None, str]:
    try:
        return build(db, _wanted(db, console, staff_request, asked)), ""
    except RegisterError as refused:
        return None, f"{refused.problem[:1].upper()}{refused.problem[1:]}."


def _periods(fiscal_year: tuple[int, int], staff_request: StaffRequest) -> list[tuple[str, date, date]]:
    """Periods to choose with one click: this fiscal year, its halves, and the year before."""
    today = staff_request.now.astimezone(staff_request.zone).date()
    began = year_began(today, fiscal_year)
    half = _months_later(began, 6)
    return [
        ("This year", began, _months_later(began, 12) - timedelta(days=1)),
        ("First half", began, half - timedelta(days=1)),
        ("Second half", half, _months_later(began, 12) - timedelta(days=1)),
        ("Last year", _months_later(began, -12), began - timedelta(days=1)),
    ]


def _months_later(day: date, months: int) -> date:
    """For first days of a fiscal year, which every month has."""
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, min(day.day, 28))

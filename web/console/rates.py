"""Exchange rates: those that are fixed, those that were entered, by whom and from where, and amounts without one."""

from __future__ import annotations

from io import BytesIO

from fastapi import Request, Response
from sqlalchemy import select

from bot.countries import PEG_SOURCES, PEGS
from bot.service import rates
from bot.service.results import Refused
from storage.schema import Rate
from storage.unconverted import unconverted, unconverted_figures
from storage.visible import NETWORK
from web.console.context import Console, Forbidden, StaffRequest
from web.console.dependencies import ConsoleDep, FormDep, StaffDep
from web.console.forms import NOTHING_TYPED, RateForm, RatesForm, Typed, check
from web.console.paging import page_of
from web.console.routing import page_router

SHOWN = 10
"""Broken rows of a table that are shown at once."""

router = page_router()


def show_rates(
    console: Console, staff_request: StaffRequest, request: Request, typed: Typed = NOTHING_TYPED
) -> Response:
    """`typed`: a form that was refused; the status is 422 then."""
    currency = request.query_params.get("currency", "")[:3].upper()
    query = select(Rate).order_by(Rate.day.desc(), Rate.currency)
    with console.database.read() as db:
        return console.show(
            staff_request,
            "rates.html",
            status=422 if typed.errors else 200,
            active="outcomes",
            pegs=[(code, per_usd, PEG_SOURCES[code]) for code, per_usd in PEGS.items()],
            found=page_of(db, query.where(Rate.currency == currency) if currency else query, request),
            currencies=db.scalars(select(Rate.currency).distinct().order_by(Rate.currency)).all(),
            currency=currency,
            missing=unconverted(db, staff_request.of_centers()),
            today=staff_request.now.astimezone(staff_request.zone).date(),
            typed=typed,
        )


@router.get("/console/rates")
def listed(request: Request, console: ConsoleDep, staff_request: StaffDep) -> Response:
    _for_coordinators(staff_request)
    return show_rates(console, staff_request, request)


@router.post("/console/rates")
def enter(request: Request, console: ConsoleDep, form: FormDep) -> Response:
    staff_request, checked = form.staff_request, check(RateForm, form.fields)
    _for_coordinators(staff_request)
    given = checked.model
    if given is None:
        return show_rates(console, staff_request, request, checked.typed)
    with console.database.write() as db:
        done = rates.set_rate(
            db,
            given.currency,
            given.day,
            given.per_usd,
            given.source,
            by=staff_request.actor,
            now=staff_request.now,
        )
        if isinstance(done, Refused):
            return show_rates(console, staff_request, request, checked.refused(done.field or "currency", done.reason))
        rate, businesses = done.result.rate, done.result.businesses
        told = f"{rate.day}: 1 USD = {rate.per_usd} {rate.currency}. {_converted(businesses)}"
    return console.back("/console/rates", told.strip())


@router.post("/console/rates/import")
def take_in(request: Request, console: ConsoleDep, form: FormDep) -> Response:
    staff_request, checked = form.staff_request, check(RatesForm, form.fields)
    _for_coordinators(staff_request)
    given = checked.model
    if given is None:
        return show_rates(console, staff_request, request, checked.typed)
    file = BytesIO(given.table.encode())
    with console.database.write() as db:
        done = rates.import_rates(db, file, by=staff_request.actor, now=staff_request.now)
    if isinstance(done, Refused):
        more = len(done.details) - SHOWN
        why = "; ".join((done.reason, *done.details[:SHOWN], *([f"and {more} more"] if more > 0 else [])))
        return show_rates(console, staff_request, request, checked.refused("table", f"{why}; nothing was imported"))
    result = done.result
    told = f"Rates: {result.new} new, {result.changed} changed, {result.same} on record already."
    return console.back("/console/rates", f"{told} {_converted(result.businesses)}".strip())


@router.get("/console/rates/missing/{currency}")
def missing(currency: str, request: Request, console: ConsoleDep, staff_request: StaffDep) -> Response:
    """The amounts of a currency that no rate converts."""
    _for_coordinators(staff_request)
    wanted = currency[:3].upper()
    with console.database.read() as db:
        found = page_of(db, unconverted_figures(staff_request.of_centers(), wanted), request)
        return console.show(staff_request, "rates_missing.html", active="outcomes", found=found, currency=wanted)


def _for_coordinators(staff_request: StaffRequest) -> None:
    """A rate is of the whole network. Raises Forbidden."""
    if staff_request.staff.role not in NETWORK:
        raise Forbidden("Only a coordinator sees and enters exchange rates.")


def _converted(businesses: int) -> str:
    if not businesses:
        return ""
    return f"Converted the figures of {businesses} business{'' if businesses == 1 else 'es'} anew."

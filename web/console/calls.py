"""The call list: clients whose follow-up found no answer, what is known of them, and what came of a call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import Response
from sqlalchemy import ColumnElement, ScalarSelect, and_, exists, func, or_, select
from sqlalchemy.orm import Session as Db
from sqlalchemy.orm import aliased

from bot.indicators import SALES_MONTH
from bot.service import calls, results
from bot.service.campaigns import CALLED_OFF
from storage.addresses import addresses_by_client
from storage.schema import Address, Call, Center, Client, CounselingSession, Followup, Inbox, OutcomeRow, Staff
from web.console import labels
from web.console.context import StaffRequest
from web.console.dependencies import ConsoleDep, FormDep
from web.console.forms import CallForm, check
from web.console.paging import Query
from web.console.routing import page_router

LOOKS_BACK = timedelta(days=120)
RESULTS = {
    "no_answer": "no answer",
    "wrong_number": "wrong number",
    "call_back": "asked to be called back",
    "refused": "said no",
}
DONE = {
    "no_answer": "Noted: no answer. They stay on the list.",
    "wrong_number": "Noted: wrong number. Ask for the right one, or write to them.",
    "call_back": "They are on the list again on that day.",
    "refused": "They are off the list, and nobody asks them for this follow-up again.",
}
ENOUGH = 3
"""From how many messages on the usual hour of a client can be told."""

router = page_router()


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of somebody on the list, beside the row of the query."""

    #: By which to call them; None where no number is known.
    phone: Address | None
    #: Figures that the follow-up brought already.
    given: tuple[str, ...]
    #: Like 18:00, on the clock of the center; "" where it cannot be told.
    hour: str
    calls: tuple[Call, ...]


def call_list(staff_request: StaffRequest) -> Query:
    """(Followup, Client, Center, counselor's name, last sales figure in USD, when they wrote last) of everybody whose last
    follow-up found no answer, or did not reach them, and who may be asked: the largest sales first, then the longest
    silent. A session logged since then, or a later answer, takes them off; a campaign that was called off calls nobody."""
    later = aliased(Followup)
    since = func.coalesce(Followup.closed_at, Followup.invited_at, type_=Followup.closed_at.type)
    answered_since = exists().where(
        later.client_id == Followup.client_id,
        later.id != Followup.id,
        later.closed_at > since,
    )
    spoken_since = exists().where(
        CounselingSession.client_id == Followup.client_id, CounselingSession.created_at > since
    )
    today = staff_request.now.astimezone(staff_request.zone).date()
    sales = _last_sales()
    wrote = select(func.max(Address.last_inbound_at)).where(Address.client_id == Client.id).scalar_subquery()
    return (
        select(Followup, Client, Center, Staff.name, sales.label("sales"), wrote.label("wrote"))
        .join(Client, Client.id == Followup.client_id)
        .join(Center, Center.id == Client.center_id)
        .outerjoin(Staff, Staff.id == Client.counselor_id)
        .where(
            staff_request.of_clients(),
            Client.status == "registered",
            Client.survey_consent.is_(True),
            Client.opted_out_at.is_(None),
            or_(
                Followup.status.in_(("unanswered", "partial", "dropped")),
                and_(Followup.status == "invited", Followup.reason.is_not(None)),
            ),
            func.coalesce(Followup.reason, "") != CALLED_OFF,
            and_(since >= staff_request.now - LOOKS_BACK, ~answered_since, ~spoken_since, ~_to_be_called_later(today)),
        )
        .order_by(sales.desc().nulls_last(), wrote.asc().nulls_first(), Followup.id)
    )


def _to_be_called_later(today: date) -> ColumnElement[bool]:
    """Whether the last call of a follow-up was put off to a day that has not come."""
    newer = aliased(Call)
    return exists().where(
        Call.followup_id == Followup.id,
        Call.again_on > today,
        ~exists().where(newer.followup_id == Call.followup_id, newer.id > Call.id),
    )


def _last_sales() -> ScalarSelect[Decimal | None]:
    """What a client last said to sell in a month, in US dollars."""
    return (
        select(OutcomeRow.usd)
        .where(OutcomeRow.client_id == Client.id, OutcomeRow.indicator == SALES_MONTH.name, OutcomeRow.usd.is_not(None))
        .order_by(OutcomeRow.at.desc(), OutcomeRow.id.desc())
        .limit(1)
        .correlate(Client)
        .scalar_subquery()
    )


def entries_of(db: Db, rows: Sequence[Any]) -> dict[int, Entry]:
    """By the id of the follow-up, for the rows of one page."""
    clients = {client.id: center for _followup, client, center, *_more in rows}
    surveys = [followup.id for followup, *_more in rows]
    phones = _phones(db, clients)
    hours = _hours(db, clients)
    given: dict[int, list[str]] = {}
    told = select(OutcomeRow.followup_id, OutcomeRow.indicator).where(
        OutcomeRow.followup_id.in_(surveys),
        OutcomeRow.corrects_id.is_(None),
        or_(OutcomeRow.value.is_not(None), OutcomeRow.text.is_not(None)),
    )
    for survey, indicator in db.execute(told.order_by(OutcomeRow.id)):
        given.setdefault(survey or 0, []).append(labels.question_name(indicator))
    made: dict[int, list[Call]] = {}
    for call in db.scalars(select(Call).where(Call.followup_id.in_(surveys)).order_by(Call.id.desc())):
        made.setdefault(call.followup_id, []).append(call)
    return {
        followup.id: Entry(
            phones.get(client.id),
            tuple(given.get(followup.id, ())),
            hours.get(client.id, ""),
            tuple(made.get(followup.id, ())),
        )
        for followup, client, *_more in rows
    }


def _phones(db: Db, clients: Collection[int]) -> dict[int, Address]:
    """A number of each client, rather one that messages reach."""
    found: dict[int, Address] = {}
    for client, addresses in addresses_by_client(db, clients).items():
        numbers = [address for address in addresses if address.address.startswith("+")]
        if numbers:
            found[client] = min(numbers, key=lambda address: (address.unreachable_at is not None, address.id))
    return found


def _hours(db: Db, clients: dict[int, Center]) -> dict[int, str]:
    """The hour at which each client writes most."""
    times: dict[int, Counter[int]] = {}
    query = select(Inbox.client_id, Inbox.received_at).where(Inbox.client_id.in_(clients))
    for client, at in db.execute(query):
        if client is not None:
            times.setdefault(client, Counter())[at.astimezone(ZoneInfo(clients[client].zone)).hour] += 1
    return {client: f"{hours.most_common(1)[0][0]:02}:00" for client, hours in times.items() if hours.total() >= ENOUGH}


@router.post("/console/clients/{code}/calls")
def record(code: str, console: ConsoleDep, form: FormDep) -> Response:
    staff_request, checked = form.staff_request, check(CallForm, form.fields)
    given = checked.model
    if given is None:
        return _back(console, f"Nothing was noted: {next(iter(checked.typed.errors.values()))}", "warning")
    with console.database.write() as db:
        client, _center = staff_request.client(db, code)
        done = calls.record_call(
            db,
            client,
            given.followup,
            given.result,
            again_on=given.again_on,
            by=staff_request.actor,
            now=staff_request.now,
        )
    if isinstance(done, results.Refused):
        return _back(console, f"Nothing was noted: {done.reason}.", "warning")
    return _back(console, DONE[given.result], "success")


def _back(console: ConsoleDep, words: str, tone: str) -> Response:
    return console.back("/console/waiting#calls", words, tone=tone)

"""The queue of figures to review: by their weight and by what is odd about them, each with the message it came from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from fastapi import Request, Response
from sqlalchemy import ColumnElement, Float, and_, case, cast, func, or_, select
from sqlalchemy.orm import Session

from bot.outcomes.figures import Review
from bot.outcomes.increments import FLOWS, LEVELS, Chain
from bot.service import results, reviews
from storage import audit
from storage.outcomes import KEYED_IN
from storage.queries import queries_about
from storage.reviews import standing_of
from storage.schema import Answer, Center, Client, Inbox, IncrementRow, OutcomeRow, QueryRow, ReviewRow
from web.console import labels
from web.console.context import Console, NotFound, StaffRequest
from web.console.dependencies import ConsoleDep, FormDep, StaffDep
from web.console.forms import NOTHING_TYPED, ReviewForm, Typed, check
from web.console.paging import Query, page_of
from web.console.routing import page_router

QUEUES = {Review.UNREVIEWED.value: "To review", Review.QUERIED.value: "Queried"}
EVIDENCE = {
    "books": "Books",
    "tax": "Tax return",
    "payroll": "Payroll",
    "visit": "Seen in a visit",
    "statement": "Client's statement",
}
DONE = {
    "verified": "Verified",
    "queried": "Queried; it counts as unreviewed",
    "rejected": "Rejected; it counts nowhere",
}
ROUND = Decimal(1000)
"""A figure that is a multiple of it is round."""
PER_PAGE = 10

REPLIES = {
    "right": "it is right",
    "changed": "another figure, which stands here now",
    "unknown": "does not know",
    "refused": "would rather not say",
}

router = page_router()


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of the question to the client."""

    words: str
    at: datetime
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure of the queue."""

    before: str
    after: str
    change: str
    usd: str
    #: What is odd about it.
    odd: tuple[str, ...]
    #: Of all money, or of all jobs, that wait for a review, in percent.
    share: int


def queue(staff_request: StaffRequest, state: str) -> Query:
    """(IncrementRow, Client, Center, OutcomeRow, Inbox or None, its last ReviewRow or None, share, jump, round) of the
    figures in a state, those that weigh most and are odd first. A baseline needs no review."""
    jump, is_round = _jump_and_round()
    keyed_in = OutcomeRow.source.in_(KEYED_IN)
    odd = sum((case((condition, 1), else_=0) for condition in (jump, is_round, OutcomeRow.approximate, keyed_in)), 0)
    amount = case(
        (IncrementRow.currency.is_not(None), cast(IncrementRow.usd, Float)), else_=cast(IncrementRow.value, Float)
    )
    weight = func.abs(func.coalesce(amount, 0.0))
    total = func.sum(weight).over(partition_by=IncrementRow.currency.is_not(None))
    share = case((total > 0, weight / total), else_=0.0)
    return (
        select(
            IncrementRow,
            Client,
            Center,
            OutcomeRow,
            Inbox,
            ReviewRow,
            share.label("share"),
            jump.label("jump"),
            is_round.label("round"),
        )
        .join(Client, Client.id == IncrementRow.client_id)
        .join(Center, Center.id == Client.center_id)
        .join(OutcomeRow, OutcomeRow.id == IncrementRow.outcome_id)
        .outerjoin(Answer, Answer.id == OutcomeRow.answer_id)
        .outerjoin(Inbox, Inbox.id == Answer.inbox_id)
        .outerjoin(ReviewRow, ReviewRow.id == _LAST_REVIEW)
        .where(
            staff_request.of_clients(),
            Client.status == "registered",
            IncrementRow.chain == Chain.TOLD.value,
            IncrementRow.indicator.in_((*LEVELS, *FLOWS)),
            IncrementRow.baseline.is_(False),
            IncrementRow.review == state,
        )
        .order_by((share * (1 + odd)).desc(), IncrementRow.day.desc(), IncrementRow.id)
    )


_LAST_REVIEW = (
    select(func.max(ReviewRow.id)).where(ReviewRow.outcome_id == OutcomeRow.id).correlate(OutcomeRow).scalar_subquery()
)


def _jump_and_round() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Whether a figure is over three times the one before, or under a third; whether an amount is a round number."""
    before, after = IncrementRow.before, IncrementRow.after
    jump = and_(before > Decimal(0), or_(after > before + before + before, after + after + after < before))
    return jump, and_(IncrementRow.currency.is_not(None), after >= ROUND, after % ROUND == Decimal(0))


@router.get("/console/reviews")
def queue_page(request: Request, console: ConsoleDep, staff_request: StaffDep) -> Response:
    return show(console, staff_request, request)


def show(console: Console, staff_request: StaffRequest, request: Request, typed: Typed = NOTHING_TYPED) -> Response:
    """The page, whose view is put into the audit log. `typed`: a review that was refused; the status is 422 then."""
    state = request.query_params.get("state", "")
    state = state if state in QUEUES else Review.UNREVIEWED.value
    with console.database.write() as db:
        found = page_of(db, queue(staff_request, state), request, PER_PAGE)
        audit.record(db, staff_request.actor, "reviews.view", state, at=staff_request.now)
        return console.show(
            staff_request,
            "reviews.html",
            status=422 if typed.errors else 200,
            active="reviews",
            found=found,
            shown={row[0].id: _shown(row) for row in found.rows},
            asked=_asked(db, [row[0].outcome_id for row in found.rows]),
            state=state,
            queues=QUEUES,
            evidence=EVIDENCE,
            typed=typed,
            nothing_typed=NOTHING_TYPED,
        )


@router.post("/console/clients/{code}/reviews")
def review(code: str, request: Request, console: ConsoleDep, form: FormDep) -> Response:
    staff_request, checked = form.staff_request, check(ReviewForm, form.fields)
    given = checked.model
    if given is None:
        return show(console, staff_request, request, checked.typed)
    why = given.why or (EVIDENCE.get(given.evidence or "", "") if given.state == "verified" else "")
    with console.database.write() as db:
        client, _center = staff_request.client(db, code)
        figure = next((one for one in standing_of(db, client.id) if one.id == given.outcome), None)
        if figure is None:
            return console.back(_queue(given.queue), "That figure was corrected meanwhile.", tone="warning")
        done = reviews.review(
            db,
            client,
            figure.wave,
            given.state,
            why,
            day=figure.day,
            indicator=figure.indicator,
            evidence=given.evidence,
            words=given.words if given.state == Review.QUERIED else "",
            outcome_id=figure.id,
            by=staff_request.actor,
            now=staff_request.now,
        )
    if isinstance(done, results.Refused):
        if done.field not in ("why", "evidence", "state", "words"):
            raise NotFound
        return show(console, staff_request, request, checked.refused(done.field, done.reason))
    name, reviewed = client.name or client.code, done.result
    what = "Verified once; a second member of staff is still to verify it" if reviewed.waiting else DONE[given.state]
    told = [f"{what}: {labels.question_name(figure.indicator)}, {name}."]
    if reviewed.asked:
        told.append("The client is asked in the chat.")
    if reviewed.not_asked:
        told.append(f"The client is not asked: {reviewed.not_asked}.")
    return console.back(_queue(given.queue), " ".join(told), tone="warning" if reviewed.not_asked else "success")


def _queue(state: str) -> str:
    return f"/console/reviews?state={state}" if state in QUEUES else "/console/reviews"


def _shown(row: Any) -> Shown:
    increment, _client, center, outcome, _inbox, _review, share, jump, is_round = row
    odd = (
        ("a jump", jump),
        ("a round number", is_round),
        ("an approximate figure", outcome.approximate),
        (f"keyed in, {outcome.source}", outcome.source in KEYED_IN),
        ("corrected", outcome.corrects_id is not None),
    )
    return Shown(
        labels.figure(increment.before, increment.currency, center) if increment.before is not None else "",
        labels.figure(increment.after, increment.currency, center),
        _signed(increment.value, increment.currency, center),
        _signed(increment.usd, "USD", center) if increment.currency not in (None, "USD") else "",
        _named(odd),
        round(100 * share),
    )


def _asked(db: Session, figures: Sequence[int]) -> dict[int, Asked]:
    return {figure: _what_became(query) for figure, query in queries_about(db, figures).items()}


def _what_became(query: QueryRow) -> Asked:
    if query.answered_at is not None:
        return Asked(REPLIES.get(query.reply or "", "answered"), query.answered_at, answered=True)
    if query.why_not is not None:
        return Asked(f"not asked: {query.why_not}", query.at)
    return Asked("asked", query.asked_at) if query.asked_at else Asked("still to be asked, since", query.at)


def _named(odd: Collection[tuple[str, object]]) -> tuple[str, ...]:
    return tuple(words for words, holds in odd if holds)


def _signed(value: Decimal | None, currency: str | None, center: Center) -> str:
    if value is None:
        return ""
    return f"{'+' if value > 0 else '−' if value < 0 else '±'}{labels.figure(abs(value), currency, center)}"

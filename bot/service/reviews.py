"""Reviews of figures by staff: verified, queried or rejected, with who, why and which evidence. Rows are only added.

A query asks the client. Where a center asks for a second pair of eyes, a figure is verified once two members of staff have
verified it; until then it keeps the state that it had.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.outcomes.figures import Review
from bot.service import queries
from bot.service.results import Done, Refused
from storage import audit, schema
from storage.clients import locked
from storage.increments import rewrite
from storage.reviews import Standing, standing_in_wave
from storage.turns import Db

STATES = ("verified", "queried", "rejected")
EVIDENCE = ("books", "tax", "payroll", "visit", "statement")
LONGEST_WHY = 300
"""Characters."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a review changed."""

    #: Indicators that have the state from now on.
    indicators: tuple[str, ...]
    #: Indicators that had it already.
    same: tuple[str, ...]
    day: date
    #: Indicators that a second member of staff is still to verify.
    waiting: tuple[str, ...] = ()
    #: How many questions the client gets.
    asked: int = 0
    #: Why the client is not asked about a query, where they cannot be.
    not_asked: str = ""


def review(
    db: Db,
    client: schema.Client,
    wave: str,
    state: str,
    why: str,
    *,
    day: date | None = None,
    indicator: str | None = None,
    evidence: str | None = None,
    outcome_id: int | None = None,
    words: str = "",
    by: str,
    now: datetime,
) -> Done[Reviewed] | Refused:
    """Review the figures of a survey, or one of them. `day`: which survey of the wave, where there are several.
    `outcome_id`: the row that was looked at, which may have been corrected meanwhile. `words`: of a query, why it is asked
    for, as the client reads it."""
    if state not in STATES:
        return Refused(f"choose one of {', '.join(STATES)}", "state")
    if evidence is not None and evidence not in EVIDENCE:
        return Refused(f"choose one of {', '.join(EVIDENCE)}", "evidence")
    if not why.strip():
        return Refused("a review needs its reason", "why")
    if len(why) > LONGEST_WHY:
        return Refused(f"at most {LONGEST_WHY} characters; these are {len(why)}", "why")
    words = " ".join(words.split())
    if words and state != Review.QUERIED:
        return Refused("only a query asks the client", "words")
    if len(words) > queries.LONGEST_WORDS:
        return Refused(f"at most {queries.LONGEST_WORDS} characters; these are {len(words)}", "words")
    client, center = locked(db, client.id)
    figures = standing_in_wave(db, client.id, wave)
    if not figures:
        return Refused(f"{client.code} has no survey {wave}", "wave")
    days = sorted({figure.day for figure in figures})
    if day is None and len(days) > 1:
        return Refused(f"{client.code} has several surveys {wave}: choose {' or '.join(map(str, days))}", "day")
    chosen = [figure for figure in figures if day in (None, figure.day)]
    if not chosen:
        return Refused(f"{client.code} has no survey {wave} of {day}; choose {' or '.join(map(str, days))}", "day")
    mine = [figure for figure in chosen if indicator in (None, figure.indicator)]
    if not mine:
        known = ", ".join(figure.indicator for figure in chosen)
        return Refused(f"{client.code} has no {indicator} in that survey; choose one of {known}", "indicator")
    if outcome_id is not None and outcome_id not in {figure.id for figure in mine}:
        return Refused("the figure was corrected meanwhile; look at it again")
    same = [figure for figure in mine if figure.review == state]
    new = [figure for figure in mine if figure.review != state]
    first = [figure for figure in new if _needs_a_second(center, figure, state, by)]
    if first and all(figure.first_by == by for figure in new):
        return Refused(f"you verified it already; at {center.code} a second member of staff does, too", "state")
    for figure in new:
        if figure in first and figure.first_by == by:
            continue
        row = schema.ReviewRow(outcome_id=figure.id, state=state, evidence=evidence, by=by, why=why.strip(), at=now)
        if figure in first:
            row.state, row.first_of_two = figure.review.value, True
        db.add(row)
    reviewed = Reviewed(
        _names(figure for figure in new if figure not in first), _names(same), chosen[0].day, _names(first)
    )
    if new:
        rewrite(db, client, now)
        what = {"wave": wave, "state": state, "indicators": [*reviewed.indicators, *reviewed.waiting]}
        audit.record(db, by, "outcome.review", client.code, at=now, **what)
    if state != Review.QUERIED:
        queries.settle(db, client, [figure.id for figure in new if figure not in first], now, f"the figure is {state}")
        return Done(reviewed)
    asked, not_asked = queries.plan(db, client, [figure.id for figure in new if figure.given], words, now)
    return Done(replace(reviewed, asked=0 if not_asked else len(asked), not_asked=not_asked if asked else ""))


def _needs_a_second(center: schema.Center, figure: Standing, state: str, by: str) -> bool:
    return center.second_review and state == Review.VERIFIED and figure.first_by in (None, by)


def _names(figures: Iterable[Standing]) -> tuple[str, ...]:
    return tuple(figure.indicator for figure in figures)

"""Reviews of figures by staff: verified, queried or rejected, with who, why and which evidence. Rows are only added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

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
    by: str,
    now: datetime,
) -> Done[Reviewed] | Refused:
    """Review the figures of a survey, or one of them. `day`: which survey of the wave, where there are several.
    `outcome_id`: the row that was looked at, which may have been corrected meanwhile."""
    if state not in STATES:
        return Refused(f"choose one of {', '.join(STATES)}", "state")
    if evidence is not None and evidence not in EVIDENCE:
        return Refused(f"choose one of {', '.join(EVIDENCE)}", "evidence")
    if not why.strip():
        return Refused("a review needs its reason", "why")
    if len(why) > LONGEST_WHY:
        return Refused(f"at most {LONGEST_WHY} characters; these are {len(why)}", "why")
    client, _center = locked(db, client.id)
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
    new = [figure for figure in mine if figure.review != state]
    for figure in new:
        db.add(schema.ReviewRow(outcome_id=figure.id, state=state, evidence=evidence, by=by, why=why.strip(), at=now))
    if new:
        rewrite(db, client, now)
        audit.record(db, by, "outcome.review", client.code, at=now, wave=wave, state=state, indicators=_names(new))
    same = [figure for figure in mine if figure.review == state]
    return Done(Reviewed(tuple(_names(new)), tuple(_names(same)), chosen[0].day))


def _names(figures: list[Standing]) -> list[str]:
    return [figure.indicator for figure in figures]

"""What staff do with the figures of the year: they verify most of them, query a few, reject one or two; the latest wait.

The queries are of the last day: their clients are still to be asked.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.indicators import SALES_MONTH
from bot.service.reviews import review
from storage.schema import Client, Followup, Staff

PROGRAMS = ("National SME fund", "Women in business", "Export readiness", None, None)
"""Who pays for the counseling; most clients belong to no program."""
FRESH = timedelta(days=21)
"""Surveys that nobody has looked at yet."""
EVIDENCE = ("books", "books", "payroll", "visit", "tax", "statement")
WHY = {
    "verified": ("seen in the books", "agrees with the payroll", "counted on a visit"),
    "queried": ("far above last time", "a round number, asked for the books"),
    "rejected": ("those are the sales of another shop",),
}


def add_profiles(db: Session, rng: Random) -> None:
    """What counselors know of their clients and no chat asks."""
    for client in db.scalars(select(Client).where(Client.status == "registered").order_by(Client.id)):
        client.program = rng.choice(PROGRAMS)
        client.rural = rng.random() < 0.45
        client.registered = rng.random() < 0.7
        client.women_owned = rng.choice((0, 0, 50, 100, 100))


def review_the_year(db: Session, until: datetime, rng: Random) -> None:
    answered = (
        select(Followup, Client)
        .join(Client, Client.id == Followup.client_id)
        .where(Followup.status.in_(("completed", "partial")), Followup.closed_at < until - FRESH)
        .order_by(Followup.closed_at, Followup.id)
    )
    counselors: dict[int, list[Staff]] = {}
    for member in db.scalars(select(Staff).where(Staff.center_id.is_not(None)).order_by(Staff.id)):
        counselors.setdefault(member.center_id or 0, []).append(member)
    for survey, client in db.execute(answered).all():
        state = rng.choices(("verified", "queried", "rejected", ""), (74, 5, 2, 19))[0]
        if not state or survey.closed_at is None:
            continue
        who = rng.choice(counselors[client.center_id])
        at = min(survey.closed_at + timedelta(days=rng.randint(2, 18)), until)
        if state == "queried":
            at = until
        review(
            db,
            client,
            survey.wave,
            state,
            rng.choice(WHY[state]),
            indicator=SALES_MONTH.name if state == "queried" else None,
            day=survey.closed_at.date() if survey.wave.startswith("asked") else None,
            evidence=rng.choice(EVIDENCE) if state == "verified" else None,
            by=who.email or f"staff:{who.id}",
            now=at,
        )

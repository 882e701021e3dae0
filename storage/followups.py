"""Follow-ups: the rows that planning, asking and calling off ask for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.indicators import ATTRIBUTION
from storage.schema import Conversation, CounselingSession, Followup, OutcomeRow


@dataclass(frozen=True, slots=True)
class Wave:
    """A follow-up, with the day of the session that it was planned for."""

    client_id: int
    wave: str
    status: str
    due_on: date
    started_by: str
    session_day: date | None


def get_followup(db: Session, followup_id: int) -> Followup:
    return db.get_one(Followup, followup_id)


def planned_followups(db: Session, client_ids: Collection[int]) -> dict[tuple[int, str], Followup]:
    """Those that are still to come, by client and wave."""
    query = select(Followup).where(Followup.client_id.in_(client_ids), Followup.status == "planned")
    return {(followup.client_id, followup.wave): followup for followup in db.scalars(query)}


def waves_of(db: Session, client_ids: Collection[int]) -> Iterable[Wave]:
    """Every follow-up of these clients."""
    query = (
        select(
            Followup.client_id,
            Followup.wave,
            Followup.status,
            Followup.due_on,
            Followup.started_by,
            CounselingSession.day,
        )
        .outerjoin(CounselingSession, CounselingSession.id == Followup.session_id)
        .where(Followup.client_id.in_(client_ids))
    )
    return (Wave(*row) for row in db.execute(query))


def followup_due_on(db: Session, client_id: int, wave: str, day: date) -> Followup | None:
    """The client's follow-up of a wave that is due on that very day."""
    mine = (Followup.client_id == client_id, Followup.wave == wave, Followup.due_on == day)
    return db.scalar(select(Followup).where(*mine))


def unused_wave(db: Session, client_id: int, wave: str, day: date) -> str:
    """The name of one more follow-up of a wave on the same day: asked, asked 2, asked 3 …"""
    used = set(db.scalars(select(Followup.wave).where(Followup.client_id == client_id, Followup.due_on == day)))
    if wave not in used:
        return wave
    return next(name for number in count(2) if (name := f"{wave} {number}") not in used)


def followups_of(db: Session, client_id: int) -> list[Followup]:
    """All of a client's, the one that is due last first."""
    mine = select(Followup).where(Followup.client_id == client_id)
    return list(db.scalars(mine.order_by(Followup.due_on.desc(), Followup.id.desc())))


def claimed_surveys(db: Session, client_id: int) -> dict[int, str]:
    """The follow-ups of a client in which the center's part is a claim, with what is claimed: yes, partly or no."""
    mine = (OutcomeRow.client_id == client_id, OutcomeRow.indicator == ATTRIBUTION.name)
    rows = db.scalars(select(OutcomeRow).where(*mine).order_by(OutcomeRow.id))
    standing = {row.followup_id: row for row in rows if row.followup_id is not None}
    return {survey: row.text for survey, row in standing.items() if row.claimed and row.text is not None}


def completed_survey(db: Session, client_id: int, subject: str) -> Conversation | None:
    """The last conversation about that follow-up which was completed."""
    mine = (Conversation.client_id == client_id, Conversation.flow == "followup", Conversation.subject == subject)
    done = select(Conversation).where(*mine, Conversation.result == "completed")
    return db.scalar(done.order_by(Conversation.id.desc()).limit(1))


def last_completed_survey(db: Session, client_id: int, since: datetime) -> Conversation | None:
    """The client's last conversation of a follow-up that was completed after `since`."""
    return db.execute(
        select(Conversation)
        .where(
            Conversation.client_id == client_id,
            Conversation.flow == "followup",
            Conversation.result == "completed",
            Conversation.closed_at > since,
        )
        .order_by(Conversation.id.desc())
        .limit(1)
    ).scalar_one_or_none()

"""Follow-ups are planned: by the cadence of a center, after a counseling session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.service.rules import Rules
from scheduler.policy import cadence, quiet_hours
from storage import schema, timers
from storage.followups import planned_followups
from storage.turns import Db

HOUR = 10
"""Local hour at which a follow-up that is due on a day goes out."""


def add_session(
    db: Db,
    client: schema.Client,
    center: schema.Center,
    *,
    day: date,
    type: str,
    area: str,
    hours: Decimal,
    notes: str,
    counselor: schema.Staff | None,
    rules: Rules,
    now: datetime,
) -> tuple[schema.CounselingSession, list[schema.Followup]]:
    """Record a counseling session and plan its follow-ups; those whose day is past are not planned."""
    session = schema.CounselingSession(
        client_id=client.id,
        counselor_id=counselor.id if counselor else client.counselor_id,
        day=day,
        type=type,
        area=area,
        hours=hours,
        notes=notes,
        created_at=now,
    )
    db.add(session)
    db.flush()
    if counselor is not None and client.counselor_id is None:
        client.counselor_id = counselor.id
    today = now.astimezone(ZoneInfo(center.zone)).date()
    waves = [(wave, due) for wave, due in cadence.plan_followups(day, center.cadence) if due >= today]
    return session, plan(db, client, center, session, waves, rules, now)


def plan(
    db: Db,
    client: schema.Client,
    center: schema.Center,
    session: schema.CounselingSession,
    waves: Sequence[tuple[str, date]],
    rules: Rules,
    now: datetime,
) -> list[schema.Followup]:
    """The client's follow-ups for these waves. A new session moves the waves that are still to come; planning twice is
    planning once, and nobody is asked for the same wave by two sessions."""
    return plan_all(db, [Plan(client.id, session.id, waves)], center, rules, now)


@dataclass(frozen=True, slots=True)
class Plan:
    """The waves that follow a session, each with the day on which it is due."""

    client_id: int
    session_id: int
    waves: Sequence[tuple[str, date]]


def plan_all(
    db: Db, plans: Sequence[Plan], center: schema.Center, rules: Rules, now: datetime
) -> list[schema.Followup]:
    """`plan` for many clients of a center, each of them once, in as many statements as for one."""
    planned = planned_followups(db, [plan.client_id for plan in plans])
    made = []
    for plan in plans:
        for wave, due in plan.waves:
            followup = planned.get((plan.client_id, wave))
            if followup is None:
                followup = schema.Followup(client_id=plan.client_id, wave=wave, due_on=due, created_at=now)
                db.add(followup)
            followup.session_id, followup.due_on = plan.session_id, due
            made.append(followup)
    db.flush()
    days = {followup.due_on for followup in made}
    quiet, zone = rules.quiet_of(center), ZoneInfo(center.zone)
    times = {day: quiet_hours.send_time(day, zone, quiet, HOUR) for day in days}
    invitations = [(f"followup:{followup.id}", times[followup.due_on], followup.client_id) for followup in made]
    timers.plan_all(db, "followup.invite", invitations)
    return made

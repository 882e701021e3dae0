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
from storage.followups import Wave, planned_followups, waves_of
from storage.imports.outcome_table import IMPORT
from storage.imports.sessions import Held
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


AT_ONCE = 1000
"""Clients that are planned for in one statement."""


def plan_after_import(
    db: Db, center: schema.Center, sessions: Sequence[Held], rules: Rules, now: datetime
) -> list[schema.Followup]:
    """Plan what is still to come after the last imported session of each client: no wave that was imported or has taken
    place after it, and none that a later session planned."""
    last: dict[int, Held] = {}
    for session in sorted(sessions, key=lambda session: (session.day, session.id)):
        last[session.client_id] = session
    today = now.astimezone(ZoneInfo(center.zone)).date()
    made = []
    clients = sorted(last)
    for start in range(0, len(clients), AT_ONCE):
        part = clients[start : start + AT_ONCE]
        taken = {(one.client_id, one.wave) for one in waves_of(db, part) if _settled(one, last[one.client_id].day)}
        plans = [
            Plan(client, last[client].id, waves)
            for client in part
            if (
                waves := [
                    (wave, due)
                    for wave, due in cadence.plan_followups(last[client].day, center.cadence)
                    if due >= today and (client, wave) not in taken
                ]
            )
        ]
        made += plan_all(db, plans, center, rules, now) if plans else []
    return made


def _settled(there: Wave, day: date) -> bool:
    """Whether a follow-up that is there leaves nothing to plan in its wave for a session of `day`."""
    if there.status == "planned":
        return there.session_day is None or there.session_day >= day
    return there.started_by == IMPORT or there.due_on >= day

"""A client's record: who they are, what they agreed to, their figures with the message of each, and what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from bot.channels.registry import SPECS
from bot.channels.spec import window_open
from bot.countries import COUNTRIES
from bot.service.reachability import reach
from bot.text.language import LANGUAGE_NAMES
from storage import handovers, outcomes
from storage.addresses import serves
from storage.followups import claimed_surveys
from storage.persons import persons_of
from storage.schema import (
    Address,
    Center,
    Client,
    Consent,
    CounselingSession,
    Enrollment,
    Followup,
    Inbox,
    Staff,
    Training,
)
from web.console import labels

MOST = 30


@dataclass(frozen=True, slots=True)
class Origin:
    """The message that carried a figure; `words` are the client's own."""

    inbox_id: int
    words: str
    channel: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure as it is shown."""

    value: str
    wave: str
    figure: outcomes.Figure
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator: where it began, where it is now, and the change of it."""

    name: str
    baseline: Shown | None
    latest: Shown | None
    change: str
    rose: int
    attribution: str
    notes: tuple[str, ...]


def record_of(db: Db, client: Client, center: Center, now: datetime) -> dict[str, Any]:
    """What the page of a client shows, beside the conversation."""
    counselor = db.get(Staff, client.counselor_id) if client.counselor_id else None
    handover = handovers.current(db, client.id)
    addresses = db.scalars(select(Address).where(serves(client.id)).order_by(Address.id).limit(MOST)).all()
    reachable = reach(db, client, now)
    rows = figures(db, client, center)
    helped = {row.attribution for row in rows}
    return {
        "client": client,
        "center": center,
        "country": COUNTRIES[center.country].name if center.country in COUNTRIES else center.country,
        "language": LANGUAGE_NAMES.get(client.language, client.language),
        "sector": labels.choice_in_words("registration", "sector", client.sector or ""),
        "counselor": counselor,
        "handover": handover,
        "handed_to": db.get(Staff, handover.staff_id) if handover and handover.staff_id else None,
        "addresses": addresses,
        "beside_owner": [person.name for person in persons_of(db, client)[1:] if person.name],
        "reach": reachable,
        "window_closed": _window_closed(reachable.address, now),
        "figures": rows,
        "helped": helped.pop() if len(helped) == 1 else "",
        "consents": db.scalars(_of(Consent, client).order_by(Consent.at.desc(), Consent.id.desc()).limit(MOST)).all(),
        "claims": claimed_surveys(db, client.id),
        "followups": db.scalars(_of(Followup, client).order_by(Followup.due_on.desc()).limit(MOST)).all(),
        "sessions": _sessions(db, client),
        "enrollments": _enrollments(db, client),
    }


def _of(table: Any, client: Client) -> Any:
    return select(table).where(table.client_id == client.id)


def _window_closed(address: Address | None, now: datetime) -> bool:
    """Whether the channel would refuse a free text now."""
    return address is not None and not window_open(SPECS[address.channel], address.last_inbound_at, now)


def _sessions(db: Db, client: Client) -> list[tuple[CounselingSession, str | None]]:
    query = (
        select(CounselingSession, Staff.name)
        .outerjoin(Staff, Staff.id == CounselingSession.counselor_id)
        .where(CounselingSession.client_id == client.id)
        .order_by(CounselingSession.day.desc(), CounselingSession.id.desc())
        .limit(MOST)
    )
    return list(db.execute(query))


def _enrollments(db: Db, client: Client) -> list[tuple[Enrollment, Training]]:
    query = (
        select(Enrollment, Training)
        .join(Training, Training.id == Enrollment.training_id)
        .where(Enrollment.client_id == client.id)
        .order_by(Training.starts_at.desc())
        .limit(MOST)
    )
    return list(db.execute(query))


# --- figures ---------------------------------------------------------------------------------------------------------


def figures(db: Db, client: Client, center: Center) -> list[Row]:
    """Every indicator of the client, each figure with the message that it came from."""
    lines = outcomes.of_one(db, client.id)
    wanted = {i for line in lines for figure in (line.baseline, line.latest) if figure for i in figure.inbox_ids}
    messages = {row.id: row for row in db.scalars(select(Inbox).where(Inbox.id.in_(wanted)))}
    return [_row(line, messages, center) for line in lines]


def _row(line: outcomes.Line, messages: dict[int, Inbox], center: Center) -> Row:
    change = ""
    if line.change is not None:
        amount = labels.figure(abs(line.change), line.latest.currency if line.latest else None, center)
        change = f"{'+' if line.change > 0 else '−' if line.change < 0 else ''}{amount}"
    said = line.attribution.value if line.attribution else None
    return Row(
        labels.question_name(line.indicator),
        _shown(line.baseline, messages, center),
        _shown(line.latest, messages, center),
        change,
        0 if not line.change else 1 if line.change > 0 else -1,
        labels.choice_in_words("followup", "attribution", str(said)) if said else "",
        line.notes,
    )


def _shown(figure: outcomes.Figure | None, messages: dict[int, Inbox], center: Center) -> Shown | None:
    if figure is None:
        return None
    value = figure.value
    text = labels.figure(value, figure.currency, center) if isinstance(value, Decimal) else str(value or "not given")
    origins = tuple(
        Origin(row.id, row.text or "", row.channel, row.received_at)
        for row in (messages.get(inbox_id) for inbox_id in figure.inbox_ids)
        if row is not None
    )
    return Shown(text, labels.wave_name(figure.wave), figure, origins)

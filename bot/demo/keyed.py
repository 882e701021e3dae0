"""What counselors key in: they call or visit a client who did not answer, or bring a paper form back."""

from __future__ import annotations

from datetime import datetime
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.demo.ledger import Meant
from bot.demo.person import Person
from bot.demo.phones import Phone
from bot.demo.year import Year
from bot.flows.followup import ATTRIBUTIONS, FINANCING_KIND
from bot.model import ReadingKind
from bot.service import keyed_figures
from bot.service.results import Done
from storage.schema import Address, Client, Conversation, Followup, Staff

HOW = {"phone": 6, "paper": 3, "visit": 1}
"""How many of ten are told so."""


def key_in(db: Session, year: Year, center_id: int, staff_id: int, rng: Random, now: datetime) -> None:
    """The figures of the client whose survey was closed last without an answer."""
    found = db.execute(
        select(Client, Followup)
        .join(Followup, Followup.client_id == Client.id)
        .where(
            Client.center_id == center_id,
            Client.status == "registered",
            Client.survey_consent.is_(True),
            Client.opted_out_at.is_(None),
            Followup.status == "unanswered",
        )
        .order_by(Followup.closed_at.desc(), Followup.id)
        .limit(1)
    ).one_or_none()
    person = _person(db, year, found.Client) if found is not None else None
    if found is None or person is None:
        return
    client, followup = found.Client, found.Followup
    meant = person.business.figures(now, person.rng)
    replies = {name: _words(name, one, person) for name, one in meant.items()} | {FINANCING_KIND: "1"}
    how = rng.choices(tuple(HOW), tuple(HOW.values()))[0]
    wiring = year.assistant.wiring
    sheet = keyed_figures.sheet_of(wiring, db, client, replies, {}, how=how, now=now)
    staff = db.get_one(Staff, staff_id)
    done = keyed_figures.enter_figures(
        wiring,
        db,
        client,
        replies,
        {line.question.name: line.agreement for line in sheet.lines},
        how=how,
        staff=staff,
        followup=followup.id,
        by=staff.email or f"staff:{staff.id}",
        now=now,
    )
    if isinstance(done, Done):
        last = db.scalar(select(func.max(Conversation.id)).where(Conversation.client_id == client.id))
        person.ledger.meant[last or 0] = meant


def _person(db: Session, year: Year, client: Client) -> Person | None:
    phones = db.execute(select(Address.channel, Address.address).where(Address.client_id == client.id))
    return next((year.people[phone] for phone in (Phone(*row) for row in phones) if phone in year.people), None)


def _words(name: str, meant: Meant, person: Person) -> str:
    """What the counselor types for it."""
    if meant.choice is not None:
        return str([one.id for one in ATTRIBUTIONS].index(meant.choice) + 1)
    if meant.outcome is ReadingKind.UNKNOWN:
        return person.speech.unsure[0]
    if meant.outcome is ReadingKind.REFUSED:
        return person.speech.refuse[0]
    return f"{meant.value:f}"

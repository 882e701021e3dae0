"""Clients in the middle of a follow-up survey, for measurements."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import event

from benchmarks.load import OUR_NUMBER, SURVEY, phone
from bot.flows.catalog import FLOWS
from bot.flows.engine import advance, begin
from bot.flows.form import Begin, Context
from bot.model import Inbound
from bot.service.assistant import Assistant
from bot.service.rules import Rules
from bot.text.language import Catalogs
from storage.engine import Database
from storage.schema import Address, Center, Client, Conversation, Followup

NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)
COUNTED = 9_000_000
"""The number of the phone whose statements are counted, beside all others."""


def invited(database: Database, count: int, now: datetime, first: int = 0) -> None:
    """Registered clients of one center who were just asked the first question of the follow-up, by SMS."""
    opening = Context("en", "LC", "XCD", now.date(), {"center": "SBDC", "currency": "EC$", "first_name": "Ana"})
    flow = FLOWS["followup"]
    asked = advance(flow, begin(flow), Begin(now), opening).state.to_json()
    numbers = range(first, first + count)
    with database.write() as db:
        center = Center(
            code=f"L{first}"[:12],
            name="SBDC",
            country="LC",
            currency="XCD",
            zone="America/St_Lucia",
            language="en",
            cadence=[3],
            settings={},
            created_at=now,
        )
        db.add(center)
        db.flush()
        clients = [
            Client(
                code=f"LC-{number:05d}",
                center_id=center.id,
                name="Ana Charles",
                language="en",
                status="registered",
                service_consent=True,
                survey_consent=True,
                created_at=now,
                registered_at=now,
            )
            for number in numbers
        ]
        db.add_all(clients)
        db.flush()
        followups = [
            Followup(
                client_id=client.id, wave="3m", due_on=now.date(), status="invited", created_at=now, invited_at=now
            )
            for client in clients
        ]
        db.add_all(followups)
        db.flush()
        for number, client, followup in zip(numbers, clients, followups, strict=True):
            db.add(
                Address(channel="sms", address=phone(number), client_id=client.id, sender=OUR_NUMBER, created_at=now)
            )
            db.add(
                Conversation(
                    client_id=client.id,
                    flow=flow.name,
                    version=flow.version,
                    subject=f"followup:{followup.id}",
                    state=asked,
                    created_at=now,
                    asked_at=now,
                )
            )


def statements_per_answer(database: Database) -> list[int]:
    """How many SQL statements each of the seven answers takes, BEGIN on SQLite included."""
    invited(database, 1, NOW, COUNTED)
    assistant = Assistant(Catalogs.load(), Rules())
    counts = [0] * len(SURVEY)
    place = 0

    def count(*_: object) -> None:
        counts[place] += 1

    event.listen(database.engine, "before_cursor_execute", count)
    for place, line in enumerate(SURVEY):
        inbound = Inbound(
            "sms", f"counted-{place}", phone(COUNTED), NOW + timedelta(minutes=place), line, recipient=OUR_NUMBER
        )
        with database.write() as db:
            assistant.receive(db, inbound)
    event.remove(database.engine, "before_cursor_execute", count)
    return counts

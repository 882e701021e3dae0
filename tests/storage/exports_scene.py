"""Clients and what they said, put into the database for the tests of exports."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from storage import registers
from storage.increments import rewrite
from storage.schema import Address, Answer, Client, Conversation, Followup, Inbox, OutcomeRow

START = datetime(2026, 1, 10, 14, 0, tzinfo=UTC)


LATER = datetime(2026, 4, 11, 14, 0, tzinfo=UTC)


on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class Scene:
    """A center's clients and what they said, put into the database."""

    def __init__(self, db: Session, code: str = "LC", country: str = "LC") -> None:
        self.db = db
        self.center = registers.add_center(db, code, f"Center {code}", country, at=START)

    def client(self, code: str, name: str = "Marie") -> Client:
        client = Client(
            code=code,
            center_id=self.center.id,
            name=name,
            business_name="=Bakery()",
            place="Vieux Fort",
            language="en",
            status="registered",
            created_at=START,
            registered_at=START,
        )
        self.db.add(client)
        self.db.flush()
        self.db.add(Address(channel="sms", address=f"+1758455{client.id:04}", client_id=client.id, created_at=START))
        self.db.flush()
        return client

    def followup(self, client: Client, wave: str, at: datetime) -> Followup:
        row = Followup(client_id=client.id, wave=wave, due_on=at.date(), status="completed", created_at=at)
        self.db.add(row)
        self.db.flush()
        return row

    def said(
        self,
        client: Client,
        figures: dict[str, Any],
        at: datetime = START,
        survey: Followup | None = None,
        **details: Any,
    ) -> list[OutcomeRow]:
        """The figures of one survey, each with the message and the answer that carried it."""
        address = self.db.scalars(select(Address).where(Address.client_id == client.id)).one()
        conversation = Conversation(
            client_id=client.id,
            flow="followup" if survey else "registration",
            version=1,
            subject=f"followup:{survey.id}" if survey else "",
            state={},
            created_at=at,
            asked_at=at,
        )
        self.db.add(conversation)
        self.db.flush()
        rows = []
        for indicator, given in figures.items():
            value, currency = given if isinstance(given, tuple) else (given, None)
            message = Inbox(
                channel="sms",
                provider_id=f"SM-{client.code}-{indicator}-{survey.wave if survey else 'baseline'}",
                address_id=address.id,
                client_id=client.id,
                conversation_id=conversation.id,
                text=f"about {value}, says Marie",
                received_at=at,
            )
            self.db.add(message)
            self.db.flush()
            number = Decimal(value) if isinstance(value, int) else None
            withheld = value in ("refused", "unknown")
            outcome = value if withheld else "zero" if number == 0 else "value"
            text = value if number is None and not withheld else None
            answer = Answer(
                client_id=client.id,
                conversation_id=conversation.id,
                flow=conversation.flow,
                form_version=1,
                question=indicator,
                outcome=outcome,
                number=number,
                text=text,
                currency=currency,
                raw=message.text,
                reading={"outcome": outcome},
                channel="sms",
                inbox_id=message.id,
                at=at,
            )
            self.db.add(answer)
            self.db.flush()
            row = OutcomeRow(
                client_id=client.id,
                indicator=indicator,
                wave=survey.wave if survey else "baseline",
                outcome=outcome,
                value=number,
                text=text,
                currency=currency,
                answer_id=answer.id,
                followup_id=survey.id if survey else None,
                at=at,
                **details,
            )
            self.db.add(row)
            self.db.flush()
            rows.append(row)
        rewrite(self.db, client, at)
        return rows

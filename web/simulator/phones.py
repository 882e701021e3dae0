"""What simulated phones hold: their messages in both directions, whose they are, and what was understood of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from bot.channels.registry import SPECS
from bot.countries import COUNTRIES
from bot.flows.state import State
from bot.messages.shape import SHARE_PHONE, shape
from bot.text.language import LANGUAGE_NAMES
from scheduler.sender import message_of
from storage.schema import Address, Answer, Center, Client, Conversation, Handover, Inbox, Outbox, Staff
from web.console import labels as words
from web.simulator.phone_messages import addresses

ARRIVED = ("sent", "delivered", "read")
LIMIT = 200
ANSWERS = 14
RECENT = 6
NUMBER_LENGTH = {"501": 7, "592": 7, "597": 7, "52": 10}
"""Digits after the calling code where these are not eight; in the North American plan they are seven."""


def phone_of(db: Db, number: str, channel: str | None = None) -> list[Address]:
    """The simulated addresses with these digits, on one channel or on all."""
    query = select(Address).where(Address.simulated, Address.address.in_(addresses(number)))
    return list(db.scalars(query.where(Address.channel == channel) if channel else query))


def received(
    db: Db, phone: Collection[Address], after: int | None = None, since: datetime | None = None
) -> list[dict[str, Any]]:
    """What reached the phone, oldest first: after an outbox id, or since a time, or else the latest."""
    query = select(Outbox).where(Outbox.address_id.in_([a.id for a in phone]), Outbox.status.in_(ARRIVED))
    if since is not None:
        query = query.where(Outbox.sent_at >= since)
    if after is not None:
        rows = list(db.scalars(query.where(Outbox.id > after).order_by(Outbox.id).limit(LIMIT)))
    else:
        rows = list(db.scalars(query.order_by(Outbox.id.desc()).limit(LIMIT)))[::-1]
    return [as_reply(row) for row in rows]


def written_by(db: Db, phone: Collection[Address], since: datetime | None = None) -> list[dict[str, Any]]:
    """What the phone sent, oldest first: since a time, or else the latest."""
    query = select(Inbox).where(Inbox.address_id.in_([a.id for a in phone]))
    if since is not None:
        query = query.where(Inbox.received_at >= since)
    rows = list(db.scalars(query.order_by(Inbox.id.desc()).limit(LIMIT)))[::-1]
    labels = labels_of(db, [row.choice for row in rows if row.choice and not row.text], [a.id for a in phone])
    return [
        {
            "id": row.id,
            "channel": row.channel,
            "text": row.text or labels.get(row.choice or "", row.choice or ""),
            "media": row.media,
            "at": row.received_at.isoformat(),
        }
        for row in rows
    ]


def labels_of(db: Db, choices: Sequence[str | None], address_ids: Sequence[int]) -> dict[str, str]:
    """What stood on buttons, by their ids, as far as the latest messages to these addresses show them."""
    wanted = {choice for choice in choices if choice}
    if not wanted:
        return {}
    shown = db.scalars(
        select(Outbox.buttons).where(Outbox.address_id.in_(address_ids)).order_by(Outbox.id.desc()).limit(LIMIT)
    )
    return {button["id"]: button["label"] for buttons in shown for button in buttons if button["id"] in wanted}


def as_reply(row: Outbox) -> dict[str, Any]:
    """A message as its channel shows it. `choices` are all that can be picked; `buttons` and `rows` are those that the
    channel has a button or a list for; an SMS has neither."""
    message = message_of(row)
    shaped = shape(message, row.channel)
    picks = [
        button for button in message.buttons if SPECS[row.channel].shows.contact_button or button.id != SHARE_PHONE
    ]
    return {
        "id": row.id,
        "text": shaped.text,
        "choices": [{"id": button.id, "label": button.label} for button in picks],
        "flow": row.flow,
        "question": row.question,
        "channel": row.channel,
        "buttons": [{"id": button.id, "label": button.label} for button in shaped.buttons],
        "rows": [{"id": button.id, "label": button.label} for button in shaped.rows],
        "segments": shaped.segments,
        "encoding": shaped.encoding,
        "language": row.language,
        "at": (row.sent_at or row.created_at).isoformat(),
    }


# --- whose phone it is -----------------------------------------------------------------------------------------------


def understood(db: Db, phone: Collection[Address]) -> dict[str, Any]:
    """Who the phone belongs to, the question that is open, and the latest answers: what was said, what it was read as."""
    person: dict[str, Any] = {"client": None, "staff": None, "open": None, "answers": [], "person": False}
    staff_id = next((a.staff_id for a in phone if a.staff_id), None)
    if staff_id is not None:
        staff = db.get_one(Staff, staff_id)
        return person | {"staff": {"name": staff.name, "role": staff.role}}
    latest = sorted((a for a in phone if a.client_id), key=lambda a: a.last_inbound_at or a.created_at)
    if not latest:
        return person
    client = db.get_one(Client, latest[-1].client_id)
    center = db.get_one(Center, client.center_id)
    person["client"] = {
        "code": client.code,
        "name": client.name,
        "business": client.business_name,
        "status": "stopped" if client.opted_out_at else client.status,
        "language": LANGUAGE_NAMES.get(client.language, client.language),
        "center": center.name,
    }
    person["person"] = bool(
        db.scalar(
            select(Handover.id).where(
                Handover.client_id == client.id, Handover.closed_at.is_(None), Handover.taken_at.is_not(None)
            )
        )
    )
    person["open"] = _open_question(db, client, center)
    answers = db.scalars(select(Answer).where(Answer.client_id == client.id).order_by(Answer.id.desc()).limit(ANSWERS))
    person["answers"] = [_answer(answer, center) for answer in answers]
    return person


def _open_question(db: Db, client: Client, center: Center) -> dict[str, Any] | None:
    conversation = db.scalar(
        select(Conversation)
        .where(Conversation.client_id == client.id, Conversation.status == "open")
        .order_by(Conversation.asked_at.desc(), Conversation.id.desc())
        .limit(1)
    )
    if conversation is None:
        return None
    state = State.from_json(conversation.state)
    pending = None
    if state.pending is not None and state.question is not None:
        pending = {
            "raw": state.raw,
            "shown": words.reading_in_words(state.pending, conversation.flow, state.question, center)
            + (f" a {state.pending.period}" if state.pending.period else ""),
        }
    return {
        "flow": words.flow_name(conversation.flow),
        "question": words.question_name(state.question) if state.question else None,
        "tries": state.tries,
        "pending": pending,
    }


def _answer(answer: Answer, center: Center) -> dict[str, Any]:
    return {
        "id": answer.id,
        "flow": words.flow_name(answer.flow),
        "question": answer.question,
        "asked": words.question_name(answer.question),
        "raw": answer.raw,
        "outcome": answer.outcome,
        "value": str(answer.number) if answer.number is not None else answer.text,
        "currency": answer.currency,
        "shown": words.answer_in_words(answer, center),
        "approximate": bool(answer.reading.get("approximate")),
        "reason": answer.reading.get("reason", ""),
        "taken_back": answer.taken_back,
        "at": answer.at.isoformat(),
    }


# --- where to begin --------------------------------------------------------------------------------------------------


def centers(db: Db) -> list[dict[str, Any]]:
    """Where somebody can sign up, and how a phone number of that place begins."""
    found = []
    for center in db.scalars(select(Center).order_by(Center.code).limit(30)):
        country = COUNTRIES.get(center.country)
        prefix = country.calling_codes[0] if country else "1"
        start = f"{prefix}555" if len(prefix) == 4 else prefix
        length = 4 if len(prefix) == 4 else NUMBER_LENGTH.get(prefix, 8)
        found.append(
            {"code": center.code, "name": center.name, "prefix": start, "length": length, "language": center.language}
        )
    return found


def recent(db: Db) -> list[dict[str, Any]]:
    """The simulated phones that wrote last."""
    query = (
        select(Address, Client)
        .join(Client, Client.id == Address.client_id)
        .where(Address.simulated, Address.last_inbound_at.is_not(None), Client.status == "registered")
        .order_by(Address.last_inbound_at.desc())
        .limit(RECENT)
    )
    return [
        {"number": address.address.removeprefix("+"), "channel": address.channel, "name": client.name or client.code}
        for address, client in db.execute(query)
    ]

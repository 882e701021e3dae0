"""How an address becomes somebody's: a center's code, a code that proves another phone, a counselor's own code."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session as Db

from bot.answers.commands import join_code
from storage import schema

MOST_TRIES = 5
PER_HOUR = 3
SIX_DIGITS = re.compile(r"\D*(\d{3})[\s-]?(\d{3})\D*\Z")


def digest(code: str) -> str:
    """What is stored of a code."""
    return hashlib.sha256(f"acompana:{code}".encode()).hexdigest()


def six_digits(text: str) -> str | None:
    """The code in "482 913", "LINK 482913" and the like."""
    match = SIX_DIGITS.match(text.strip()[:40])
    return match[1] + match[2] if match else None


def issue(
    db: Db,
    now: datetime,
    valid: timedelta,
    *,
    client_id: int | None = None,
    staff_id: int | None = None,
    address_id: int | None = None,
) -> str | None:
    """A fresh six-digit code; None when too many were asked for within the hour. `address_id` binds it to the address
    that has to show it."""
    if client_id is not None:
        recent = db.scalar(
            select(func.count()).where(
                schema.LinkCode.client_id == client_id,
                schema.LinkCode.expires_at > now + valid - timedelta(hours=1),
            )
        )
        if (recent or 0) >= PER_HOUR:
            return None
    db.flush()
    code = f"{secrets.randbelow(10**6):06d}"
    while _alive(db, code, now):
        code = f"{secrets.randbelow(10**6):06d}"
    db.add(
        schema.LinkCode(
            code_hash=digest(code),
            client_id=client_id,
            staff_id=staff_id,
            address_id=address_id,
            expires_at=now + valid,
        )
    )
    return code


def _alive(db: Db, code: str, now: datetime) -> bool:
    """Whether somebody else could show the same code."""
    mine = (schema.LinkCode.code_hash == digest(code), schema.LinkCode.expires_at > now)
    return db.scalar(select(schema.LinkCode.id).where(*mine).limit(1)) is not None


def forget_awaited(db: Db, address: schema.Address, now: datetime) -> None:
    """From here on, six digits from this address are a figure."""
    db.execute(
        update(schema.LinkCode)
        .where(schema.LinkCode.address_id == address.id, schema.LinkCode.used_at.is_(None))
        .values(expires_at=now)
    )


@dataclass(frozen=True, slots=True)
class Proof:
    """Whose a shown code was. Both None: it was wrong, used or too old."""

    client_id: int | None = None
    staff_id: int | None = None


def prove(db: Db, code: str, address: schema.Address, now: datetime) -> Proof:
    """Redeem `code` for `address`. Five wrong ones from an address within an hour, and no code of it is taken."""
    wrong = db.scalar(
        select(func.count()).where(
            schema.Audit.action == "link.wrong",
            schema.Audit.subject == f"address:{address.id}",
            schema.Audit.at > now - timedelta(hours=1),
        )
    )
    row = None
    if (wrong or 0) < MOST_TRIES:
        row = db.scalar(
            select(schema.LinkCode)
            .where(
                schema.LinkCode.code_hash == digest(code),
                schema.LinkCode.used_at.is_(None),
                schema.LinkCode.expires_at > now,
                (schema.LinkCode.address_id.is_(None)) | (schema.LinkCode.address_id == address.id),
            )
            .limit(1)
            .with_for_update()
        )
    if row is None:
        db.add(schema.Audit(at=now, actor="system", action="link.wrong", subject=f"address:{address.id}", details={}))
        return Proof()
    row.used_at = now
    return Proof(row.client_id, row.staff_id)


def awaited(db: Db, address: schema.Address, now: datetime) -> bool:
    """Whether a code was sent that this address is expected to show."""
    query = select(schema.LinkCode.id).where(
        schema.LinkCode.address_id == address.id, schema.LinkCode.used_at.is_(None), schema.LinkCode.expires_at > now
    )
    return db.scalar(query.limit(1)) is not None


def merge(db: Db, address: schema.Address, client: schema.Client, now: datetime) -> None:
    """Let `address` join `client`; a half-begun record of its own gives way."""
    former = db.get(schema.Client, address.client_id) if address.client_id else None
    address.client_id = client.id
    db.flush()
    if former is None or former.id == client.id:
        return
    if former.status == "registered":
        details = {"to": client.code}
        db.add(schema.Audit(at=now, actor="client", action="link.moved", subject=former.code, details=details))
        return
    for table in (schema.Inbox, schema.Outbox):
        db.execute(update(table).where(table.client_id == former.id).values(client_id=client.id))
    db.execute(
        update(schema.Conversation)
        .where(schema.Conversation.client_id == former.id, schema.Conversation.status == "open")
        .values(status="closed", result="replaced", closed_at=now)
    )
    db.execute(update(schema.Conversation).where(schema.Conversation.client_id == former.id).values(state={}))
    db.execute(delete(schema.OutcomeRow).where(schema.OutcomeRow.client_id == former.id))
    db.execute(update(schema.Answer).where(schema.Answer.client_id == former.id).values(replaces_id=None))
    db.execute(delete(schema.Answer).where(schema.Answer.client_id == former.id))
    former.status = "merged"
    former.name = former.business_name = former.sector = former.stage = former.place = None


def twin(db: Db, address: schema.Address) -> schema.Address | None:
    """The same number on another channel, of somebody who is registered."""
    if not address.address.startswith("+"):
        return None
    return db.scalar(
        select(schema.Address)
        .join(schema.Client, schema.Client.id == schema.Address.client_id)
        .where(
            schema.Address.address == address.address,
            schema.Address.simulated == address.simulated,
            schema.Address.channel != address.channel,
            schema.Client.status == "registered",
        )
        .limit(1)
    )


def by_code(db: Db, code: str) -> schema.Client | None:
    """The registered client with that client code."""
    wanted = code.strip().upper()
    return db.scalar(select(schema.Client).where(schema.Client.code == wanted, schema.Client.status == "registered"))


def addresses_of(db: Db, client_id: int) -> list[schema.Address]:
    return list(db.scalars(select(schema.Address).where(schema.Address.client_id == client_id)))


def center_code(text: str, choice: str | None) -> str | None:
    """The center's code in a JOIN message, or in the button of a center."""
    if choice is None:
        return join_code(text)
    return choice.removeprefix("join:") if choice.startswith("join:") else None

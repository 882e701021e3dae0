"""Codes of six digits that prove whose an address is. Only their digests are stored."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from storage.schema import Audit, LinkCode

WRONG = "link.wrong"
"""The action in the audit log of a code that was not taken."""


def codes_expiring_after(db: Session, client_id: int, moment: datetime) -> int:
    """How many codes of a client, used ones too, expire after a moment."""
    recent = select(func.count()).where(LinkCode.client_id == client_id, LinkCode.expires_at > moment)
    return db.scalar(recent) or 0


def is_alive(db: Session, code_hash: str, now: datetime) -> bool:
    """Whether the code could still be shown, by whomever."""
    mine = (LinkCode.code_hash == code_hash, LinkCode.expires_at > now)
    return db.scalar(select(LinkCode.id).where(*mine).limit(1)) is not None


def is_awaited(db: Session, address_id: int, now: datetime) -> bool:
    """Whether a code was sent that this address is expected to show."""
    query = select(LinkCode.id).where(
        LinkCode.address_id == address_id, LinkCode.used_at.is_(None), LinkCode.expires_at > now
    )
    return db.scalar(query.limit(1)) is not None


def redeemable(db: Session, code_hash: str, address_id: int, now: datetime) -> LinkCode | None:
    """The unused code that the address may show, locked until the end of the transaction."""
    return db.scalar(
        select(LinkCode)
        .where(
            LinkCode.code_hash == code_hash,
            LinkCode.used_at.is_(None),
            LinkCode.expires_at > now,
            (LinkCode.address_id.is_(None)) | (LinkCode.address_id == address_id),
        )
        .limit(1)
        .with_for_update()
    )


def wrong_codes(db: Session, address_id: int, since: datetime) -> int:
    """How many codes from the address were not taken."""
    wrong = select(func.count()).where(
        Audit.action == WRONG, Audit.subject == f"address:{address_id}", Audit.at > since
    )
    return db.scalar(wrong) or 0


def add_wrong_code(db: Session, address_id: int, now: datetime) -> None:
    db.add(Audit(at=now, actor="system", action=WRONG, subject=f"address:{address_id}", details={}))


def forget_awaited(db: Session, address_id: int, now: datetime) -> None:
    """From here on, six digits from this address are a figure."""
    db.execute(
        update(LinkCode).where(LinkCode.address_id == address_id, LinkCode.used_at.is_(None)).values(expires_at=now)
    )


def delete_codes(db: Session, client_id: int) -> None:
    db.execute(delete(LinkCode).where(LinkCode.client_id == client_id))

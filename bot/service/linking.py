"""How an address becomes somebody's: a center's code, a code that proves another phone, a counselor's own code."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import link_codes, schema
from storage.clients import absorb, get_client
from storage.persons import person_of, serve, served, speaker
from storage.turns import Db

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
        expires_after = now + valid - timedelta(hours=1)
        if link_codes.codes_expiring_after(db, client_id, expires_after) >= PER_HOUR:
            return None
    db.flush()
    code = f"{secrets.randbelow(10**6):06d}"
    while link_codes.is_alive(db, digest(code), now):
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


@dataclass(frozen=True, slots=True)
class Proof:
    """Whose a shown code was. Both None: it was wrong, used or too old."""

    client_id: int | None = None
    staff_id: int | None = None


def prove(db: Db, code: str, address: schema.Address, now: datetime) -> Proof:
    """Redeem `code` for `address`. Five wrong ones from an address within an hour, and no code of it is taken."""
    row = None
    if link_codes.wrong_codes(db, address.id, now - timedelta(hours=1)) < MOST_TRIES:
        row = link_codes.redeemable(db, digest(code), address.id, now)
    if row is None:
        link_codes.add_wrong_code(db, address.id, now)
        return Proof()
    row.used_at = now
    return Proof(row.client_id, row.staff_id)


def merge(db: Db, address: schema.Address, client: schema.Client, now: datetime) -> schema.Client | None:
    """Let `address` join `client`; a half-begun record of its own gives way. A registered one shares the address from now
    on, and is returned."""
    former = get_client(db, address.client_id) if address.client_id else None
    address.client_id = client.id
    db.flush()
    if former is None or former.id == client.id:
        return None
    if former.status == "registered":
        serve(db, address, former, speaker(db, former, address) or person_of(db, former, now))
        serve(db, address, client, person_of(db, client, now))
        details = {"to": client.code}
        db.add(schema.Audit(at=now, actor="client", action="link.moved", subject=former.code, details=details))
        return former
    absorb(db, former.id, client.id, now)
    if served(db, address):
        serve(db, address, client, person_of(db, client, now))
    former.status = "merged"
    former.name = former.business_name = former.sector = former.stage = former.place = None
    return None

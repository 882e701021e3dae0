"""Whether a client can be written to now, by which address, or why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage import optouts, outbox, schema
from storage.addresses import addresses_of
from storage.persons import phones_for_surveys
from storage.turns import Db


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether a client can be asked now."""

    #: By which address; None where it cannot be.
    address: schema.Address | None
    #: In words for the counselor.
    why_not: str = ""


def reach(db: Db, client: schema.Client, now: datetime, *, surveys: bool = True, registered: bool = True) -> Reach:
    """`surveys`: for a follow-up, which needs a consent of its own. `registered`: only who has finished the registration;
    else who has agreed to the service may be written to in the middle of it as well."""
    if client.status == "erased":
        return Reach(None, "the record was erased")
    if client.status == "refused":
        return Reach(None, "said no at registration")
    if client.status != "registered" and (registered or not client.service_consent):
        return Reach(None, "is not registered yet")
    if client.opted_out_at is not None:
        return Reach(None, f"wrote STOP on {client.opted_out_at:%Y-%m-%d}")
    known = addresses_of(db, client.id)
    asked = phones_for_surveys(db, client, known) if surveys else known
    if surveys and not asked and (known or not client.survey_consent):
        return Reach(None, "has not agreed to follow-up surveys")
    if not known:
        return Reach(None, "has no phone or chat on record")
    stopped = optouts.opted_out(db, client, asked)
    addresses = [address for address in asked if address.id not in stopped]
    if not addresses:
        return Reach(None, f"wrote STOP on {max(stopped.values()):%Y-%m-%d}")
    alive = outbox.reachable(addresses)
    if not alive:
        reasons = {address.channel: address.unreachable_reason for address in addresses}
        return Reach(None, "; ".join(f"{channel}: {reason}" for channel, reason in reasons.items()))
    return Reach(alive[0])

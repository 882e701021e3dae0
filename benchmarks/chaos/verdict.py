"""The result of a run: the database, the providers' records and the phones must agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from benchmarks.chaos.phones import Phones
from benchmarks.chaos.providers import AcceptedMessage, Providers
from benchmarks.load import SURVEY
from storage.schema import Answer, Followup, Inbox, Outbox, Timer

SETTLED = ("sent", "delivered", "read")
IN_HAND = 16
"""Messages of one channel that one process has in hand at most: so many may a kill double where nobody can be asked."""


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    figure: str
    wrong: int | None = None
    """How many violations there are; None for a figure that is only reported."""


def none(what: str, wrong: int) -> Finding:
    """What there must be none of."""
    return Finding(what, f"{wrong:,}", wrong)


def judged(db: Session, providers: Providers, phones: Phones, campaign: int, kills: int) -> list[Finding]:
    kept = Counter(db.scalars(select(Inbox.provider_id)))
    rows = db.execute(select(Outbox.id, Outbox.status, Outbox.provider_id).order_by(Outbox.id)).all()
    completed = db.scalar(select(func.count()).where(Followup.status == "completed")) or 0
    unfired = db.scalar(select(func.count()).where(Timer.kind == "followup.invite", Timer.status != "fired")) or 0
    arrived = {message.id: message for message in providers.accepted}
    first = _first_arrivals(providers)
    through = sum(replies == len(SURVEY) for replies in phones.replied.values())
    doubles = Counter(message.channel for message in providers.accepted if message.again)
    possible = kills * IN_HAND + providers.faults["no answer after acceptance"]
    return [
        Finding("invitations", f"{campaign:,}"),
        none("did not arrive", campaign - len({to for to, _body in first})),
        none("timers that did not fire", unfired),
        Finding("messages from clients", f"{phones.replied.total():,}"),
        none("never accepted", phones.replied.total() - len(phones.accepted)),
        none("accepted and not kept", len(phones.accepted - set(kept))),
        none("kept twice, or never written", sum(kept.values()) - len(phones.senders.keys() & kept)),
        none("not answered", sum(phones.received[to] <= replies for to, replies in phones.replied.items())),
        none(f"surveys not completed, of {through:,}", through - completed),
        none("answers kept twice", _double_answers(db)),
        Finding("messages to clients", f"{len(rows):,}"),
        none("not settled", sum(row.status not in SETTLED for row in rows)),
        none("sent, and unknown to the provider", sum(row.provider_id not in arrived for row in rows)),
        none("arrived, and unknown to the database", len(first) - len(rows)),
        none("arrived before an earlier one to the same phone", _overtaken(rows, arrived, first)),
        none("arrived twice by SMS", doubles["sms"]),
        none("arrived twice by WhatsApp", doubles["whatsapp"]),
        Finding(
            "arrived twice by Telegram, which cannot be asked",
            f"{doubles['telegram']:,}",
            max(0, doubles["telegram"] - possible),
        ),
    ]


def _first_arrivals(providers: Providers) -> dict[tuple[str, str], int]:
    """When each text first came to each phone, as its place in the order of all arrivals."""
    first: dict[tuple[str, str], int] = {}
    for place, message in enumerate(providers.accepted):
        first.setdefault((message.to, message.body), place)
    return first


def _overtaken(rows: Sequence[Any], arrived: dict[str, AcceptedMessage], first: dict[tuple[str, str], int]) -> int:
    newest: dict[str, int] = {}
    late = 0
    for row in rows:
        message = arrived.get(row.provider_id)
        if message is not None:
            place = first[message.to, message.body]
            late += place < newest.get(message.to, -1)
            newest[message.to] = max(place, newest.get(message.to, -1))
    return late


def _double_answers(db: Session) -> int:
    doubles = (
        select(func.count())
        .where(Answer.replaces_id.is_(None), Answer.taken_back.is_(False))
        .group_by(Answer.conversation_id, Answer.question)
        .having(func.count() > 1)
    )
    return len(db.execute(doubles).all())

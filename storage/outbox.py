"""The outbox: what is to be sent, who sends it now, and what the provider said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session, aliased, contains_eager

from bot.model import Delivery, Status
from storage.schema import Address, Client, Conversation, EarlyReport, Enrollment, Outbox
from storage.schema.base import Id, UtcDateTime
from storage.upsert import insert

RANK = {"queued": 0, "leased": 1, "unknown": 2, "sent": 3, "failed": 4, "delivered": 5, "read": 6}
"""A later report never takes a message back: delivered does not become sent again, and what has arrived did not fail."""
IN_HAND = ("leased", "unknown")
"""With a sender, or with one that is gone."""
UNSURE = "; it may have been sent"
"""Follows the reason for which a message in hand was dropped, where nobody will know any more."""
FORGET_REPORTS = timedelta(days=1)
"""How long a report waits for its message. Those on the first parts of a long one wait for nothing."""

# --- claiming --------------------------------------------------------------------------------------------------------

CLAIMS = 0x6F757462
"""The lock by which senders on PostgreSQL claim one after the other, so that each sees what the one before it took."""


@dataclass(frozen=True, slots=True)
class Part:
    """Which messages to claim: those of one address; those of one channel to real phones, without our senders `busy`; or
    those that none of the channels `apart` takes. Everything when nothing is said."""

    address_id: int | None = None
    channel: str | None = None
    busy: Sequence[str] = ()
    apart: Sequence[str] | None = None

    def has(self, queue: str) -> bool:
        """Whether the messages of a queue are of this part."""
        channel, _colon, sender = queue.partition(":")
        if self.channel:
            return channel == self.channel and sender not in self.busy
        return not self.apart or channel not in self.apart


EVERYTHING = Part()


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at the outbox found: the queues in which anything waits, and whether a lease ran out."""

    queues: Sequence[str]
    lost: bool


def look(db: Session, now: datetime) -> Seen:
    """One look for all parts that are claimed in this transaction. On PostgreSQL the senders take turns from here on."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(select(func.pg_advisory_xact_lock(CLAIMS)))
    queues = [queue for queue in db.scalars(_waiting()) if queue is not None]
    return Seen(queues, db.scalar(_any_lost(), {"now": now}) is not None)


def claim(
    db: Session,
    now: datetime,
    lease: timedelta,
    limit: int,
    part: Part = EVERYTHING,
    admit: Callable[[Outbox], bool] = lambda row: True,
    seen: Seen | None = None,
) -> list[Outbox]:
    """Lease what is due: replies before bulk, oldest first, and at most one per address, so that nothing overtakes. What
    `admit` refuses stays where it is; `seen` is what a look in this transaction found.

    A message whose lease ran out was in the hands of a sender that died: its outcome is unknown, and it comes back
    with that status for the sender to look it up.
    """
    seen = look(db, now) if seen is None else seen
    kind = "address" if part.address_id is not None else "channel" if part.channel else "apart" if part.apart else ""
    values = {
        "now": now,
        "most": 2 * limit,
        "address": part.address_id,
        "channel": part.channel,
        "busy": list(part.busy),
        "apart": list(part.apart or ()),
    }
    claimed: list[Outbox] = []

    def lease_out(rows: Iterable[Outbox], status: str) -> None:
        for row in rows:
            if len(claimed) == limit:
                break
            if admit(row):
                row.status, row.lease_until, row.attempts = status, now + lease, row.attempts + 1
                claimed.append(row)

    if seen.lost:
        lost = [row for status in IN_HAND for row in db.scalars(_lost(kind, status), values)]
        lease_out(sorted(lost, key=lambda row: row.id), "unknown")
    due: list[Outbox] = []
    queues = (None,) if part.address_id is not None else [one for one in seen.queues if not one or part.has(one)]
    for queue in queues:
        due += db.scalars(_due(kind, queue), {**values, "queue": queue})
    lease_out(sorted(due, key=lambda row: (row.bulk, row.due_at, row.id)), "leased")
    return claimed


@cache
def _waiting() -> Select[str | None]:
    """The queues that are not empty, by a jump in the index from each to the next: however long they are, what counts is
    how many there are."""
    queued = select(Outbox.queue).where(Outbox.status == "queued").order_by(Outbox.queue).limit(1)
    found = select(queued.scalar_subquery().label("queue")).cte(recursive=True)
    following = queued.where(Outbox.queue > found.c.queue).correlate(found).scalar_subquery()
    every = found.union_all(select(following).where(found.c.queue.is_not(None)))
    return select(every.c.queue)


@cache
def _due(kind: str, queue: str | None) -> Select[Outbox]:
    """Built once: putting the query together takes longer than running it."""
    other = aliased(Outbox)
    now = bindparam("now", type_=UtcDateTime())
    before = or_(other.bulk < Outbox.bulk, and_(other.bulk == Outbox.bulk, other.id < Outbox.id))
    blocked = exists().where(
        other.address_id == Outbox.address_id,
        other.id != Outbox.id,
        or_(
            other.status.in_(IN_HAND),
            and_(other.status == "queued", or_(other.attempts > 0, other.due_at <= now), before),
        ),
    )
    due = _part(kind if not queue else "").where(Outbox.status == "queued", Outbox.due_at <= now, ~blocked)
    if queue is not None:
        due = due.where(Outbox.queue == bindparam("queue", type_=String()))
    return due.order_by(Outbox.bulk, Outbox.due_at, Outbox.id)


@cache
def _any_lost() -> Select[int | None]:
    """One whose lease ran out, found by the index whatever the planner knows of the table."""
    each = (_lost_first(select(Outbox.id).where(Outbox.status == status)).limit(1) for status in IN_HAND)
    return select(func.coalesce(*(one.scalar_subquery() for one in each)))


@cache
def _lost(kind: str, status: str) -> Select[Outbox]:
    return _lost_first(_part(kind).where(Outbox.status == status))


def _lost_first(query: Select[Any]) -> Select[Any]:
    ran_out = query.where(Outbox.lease_until < bindparam("now", type_=UtcDateTime()))
    return ran_out.order_by(Outbox.queue, Outbox.bulk, Outbox.due_at, Outbox.id)


def _part(kind: str) -> Select[Outbox]:
    """The channel stands in an expression so that no index on it is used: all but a few of its messages are long sent."""
    wanted: dict[str, list[Any]] = {
        "address": [Outbox.address_id == bindparam("address", type_=Id)],
        "channel": [
            func.coalesce(Outbox.channel, "") == bindparam("channel", type_=String()),
            Address.simulated.is_(False),
            func.coalesce(Address.sender, "").not_in(bindparam("busy", type_=String(), expanding=True)),
        ],
        "apart": [
            or_(
                Address.simulated.is_(True),
                Outbox.channel.not_in(bindparam("apart", type_=String(), expanding=True)),
            )
        ],
        "": [],
    }
    return (
        select(Outbox)
        .join(Outbox.address)
        .where(*wanted[kind])
        .limit(bindparam("most", type_=Integer()))
        .with_for_update(skip_locked=True, of=Outbox)
        .options(contains_eager(Outbox.address))
    )


# --- what became of it -----------------------------------------------------------------------------------------------


def hold(db: Session, row_id: int) -> Outbox:
    """A message, locked. Its client is locked first, in the same order as by a message from the client."""
    client = select(Client.id).join(Outbox, Outbox.client_id == Client.id).where(Outbox.id == row_id)
    db.execute(client.with_for_update(of=Client))
    return db.get_one(Outbox, row_id, with_for_update=True, populate_existing=True)


def reported_row(db: Session, status: Status) -> Outbox | None:
    """The message that a report tells something new of, locked, with its client where it failed. While no message bears
    that id the report is kept for whoever records it (`early_reports`)."""
    ids = {"channel": status.channel, "id": status.provider_id}
    row = db.scalar(_bearing_id(), ids)
    if row is None:
        _one_at_a_time(db, status.provider_id)
        row = db.scalar(_bearing_id(), ids)
    if row is None:
        _keep_report(db, status)
        return None
    if not _is_news(row, status.state):
        return None
    if status.state is Delivery.FAILED:
        hold(db, row.id)
    else:
        db.refresh(row, with_for_update=True)
    return row if row.provider_id == status.provider_id else None


def _is_news(row: Outbox, status: str) -> bool:
    return RANK.get(status, 0) > RANK.get(row.status, 0)


@cache
def _bearing_id() -> Select[Outbox]:
    mine = (
        Outbox.channel == bindparam("channel", type_=String()),
        Outbox.provider_id == bindparam("id", type_=String()),
    )
    return select(Outbox).where(*mine).limit(1)


def early_reports(db: Session, channel: str, provider_id: str) -> list[Status]:
    """The reports that came before the id was recorded; they are taken out. From here to the end of the transaction no
    other report on that id is kept."""
    _one_at_a_time(db, provider_id)
    mine = (EarlyReport.channel == channel, EarlyReport.provider_id == provider_id)
    found = db.scalars(select(EarlyReport).where(*mine).order_by(EarlyReport.id)).all()
    if found:
        db.execute(delete(EarlyReport).where(*mine))
    return [Status(channel, provider_id, Delivery(row.state), row.at, row.code, row.reason) for row in found]


def _one_at_a_time(db: Session, provider_id: str) -> None:
    """SQLite has one writer anyway."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(select(func.pg_advisory_xact_lock(CLAIMS, func.hashtext(provider_id))))


def _keep_report(db: Session, status: Status) -> None:
    row = insert(db, EarlyReport).values(
        channel=status.channel,
        provider_id=status.provider_id,
        state=status.state.value,
        code=status.code,
        reason=status.reason,
        at=status.at,
    )
    db.execute(row.on_conflict_do_nothing())
    db.execute(delete(EarlyReport).where(EarlyReport.at < status.at - FORGET_REPORTS))


def reported(row: Outbox, status: str, at: datetime, code: str | None = None, reason: str | None = None) -> bool:
    """Note what the provider tells of a message; False when it is old news."""
    if not _is_news(row, status):
        return False
    row.status = status
    if status in ("delivered", "read") and row.delivered_at is None:
        row.delivered_at = at
    if code or reason:
        row.code, row.reason = code, reason
    return True


def withdraw(db: Session, client_id: int, reason: str) -> None:
    """Drop everything that is still to be sent to a client, also what a sender has in hand: it is neither tried again nor
    looked up. What the provider takes all the same is recorded as sent."""
    addresses = select(Address.id).where(Address.client_id == client_id)
    _withdraw(db, Outbox.client_id == client_id, reason)
    _withdraw(db, and_(Outbox.client_id.is_(None), Outbox.address_id.in_(addresses)), reason)


def withdraw_from(db: Session, address_id: int, reason: str, client_id: int | None = None) -> None:
    """The same for one address, for whomever it is or for one client."""
    mine = Outbox.address_id == address_id
    _withdraw(db, mine if client_id is None else and_(mine, Outbox.client_id == client_id), reason)


def _withdraw(db: Session, mine: ColumnElement[bool], reason: str) -> None:
    db.execute(
        update(Outbox)
        .where(mine, Outbox.status.in_(("queued", *IN_HAND)))
        .values(
            status="dropped",
            reason=case((Outbox.status == "queued", reason), else_=reason + UNSURE),
            lease_until=None,
        )
    )


def wanted(row: Outbox, opted_out_at: datetime | None) -> bool:
    """Whether a message may still go where a STOP was written at `opted_out_at`: only an answer to that or to what
    they wrote later. A message whose text was erased goes to nobody."""
    if row.text is None:
        return False
    return opted_out_at is None or (not row.bulk and row.created_at >= opted_out_at)


def withdraw_training(db: Session, training_id: int, reason: str) -> set[int]:
    """Drop the bulk messages about a training that still wait to be sent; the clients who would have got them."""
    about = (
        select(Conversation.id)
        .join(Enrollment, Enrollment.client_id == Conversation.client_id)
        .where(
            Enrollment.training_id == training_id,
            Conversation.subject == literal("enrollment:") + cast(Enrollment.id, String),
        )
    )
    waiting = (Outbox.status == "queued", Outbox.bulk.is_(True), Outbox.conversation_id.in_(about))
    clients = db.scalars(
        update(Outbox).where(*waiting).values(status="dropped", reason=reason).returning(Outbox.client_id)
    )
    return {client for client in clients if client is not None}


def last_unasked(db: Session, client_id: int, since: datetime, count: int) -> Sequence[datetime]:
    """When the last messages that the client did not ask for were written, the latest first; `count` at most."""
    return db.scalars(
        select(Outbox.created_at)
        .where(
            Outbox.client_id == client_id,
            Outbox.bulk.is_(True),
            Outbox.instead_of_id.is_(None),
            Outbox.created_at > since,
        )
        .order_by(Outbox.created_at.desc())
        .limit(count)
    ).all()


def was_notified(db: Session, client_id: int, subject: str) -> bool:
    """Whether anything went to the client about a subject, or still will."""
    about = select(Conversation.id).where(Conversation.client_id == client_id, Conversation.subject == subject)
    mine = (Outbox.client_id == client_id, Outbox.conversation_id.in_(about), Outbox.status != "dropped")
    return db.scalar(select(Outbox.id).where(*mine).limit(1)) is not None


def reachable(addresses: Sequence[Address]) -> list[Address]:
    """A client's addresses that may be tried, the one that answered last first."""
    alive = [address for address in addresses if address.unreachable_at is None]
    return sorted(alive, key=lambda address: (address.last_inbound_at or address.created_at, address.id), reverse=True)

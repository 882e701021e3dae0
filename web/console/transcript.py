"""A conversation as it went, both directions and all channels, newest last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session as Db

from storage.addresses import serves
from storage.schema import Address, Client, Inbox, Outbox
from web.simulator import phones

MOST = 60
MEDIA = {"photo": "📷 picture", "voice": "🎤 voice note", "video": "🎬 video", "location": "📍 location"}


@dataclass(frozen=True, slots=True)
class Line:
    """`id` is in-12 or out-12. `status` and `reason` are those of the outbox."""

    id: str
    ours: bool
    at: datetime
    channel: str
    text: str
    erased: bool = False
    media: str = ""
    labels: tuple[str, ...] = ()
    status: str = ""
    reason: str = ""
    flow: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """`older` is the time from which earlier lines are to be asked for; None where the conversation began."""

    lines: tuple[Line, ...]
    older: datetime | None

    @property
    def mark(self) -> str:
        """Changes with what is shown."""
        return "|".join(f"{line.id}{line.status[:2]}" for line in self.lines[-6:]) if self.lines else "none"


def talk(db: Db, client: Client, until: datetime | None = None) -> Talk:
    """The last lines up to a time."""
    received = select(Inbox).where(Inbox.client_id == client.id)
    sent = select(Outbox).where(Outbox.client_id == client.id)
    if until is not None:
        received, sent = received.where(Inbox.received_at <= until), sent.where(Outbox.created_at <= until)
    theirs = db.scalars(received.order_by(Inbox.received_at.desc(), Inbox.id.desc()).limit(MOST + 1)).all()
    ours = db.scalars(sent.order_by(Outbox.created_at.desc(), Outbox.id.desc()).limit(MOST + 1)).all()
    addresses = list(db.scalars(select(Address.id).where(serves(client.id))))
    labels = phones.labels_of(db, [row.choice for row in theirs if row.choice and not row.text], addresses)
    lines = sorted(
        [*(_heard(row, labels) for row in theirs), *(_said(row) for row in ours)],
        key=lambda line: (line.at, line.ours, line.id),
    )
    shown = lines[-MOST:]
    return Talk(tuple(shown), shown[0].at if len(lines) > MOST else None)


def _heard(row: Inbox, labels: dict[str, str]) -> Line:
    text = row.text or labels.get(row.choice or "", "")
    return Line(
        f"in-{row.id}",
        False,
        row.received_at,
        row.channel,
        text,
        erased=row.text is None,
        media=MEDIA.get(row.media, row.media) if row.media else "",
    )


def _said(row: Outbox) -> Line:
    labels = tuple(str(button["label"]) for button in row.buttons)
    return Line(
        f"out-{row.id}",
        True,
        row.created_at,
        row.channel,
        row.text or "",
        erased=row.text is None,
        labels=labels,
        status=row.status,
        reason=row.reason or "",
        flow=row.flow or "",
    )

"""What was only announced on WhatsApp, since nobody had written from there for a day: it follows when somebody does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.answers.ask import Ask
from bot.answers.commands import Command
from bot.answers.yesno import read_yesno
from bot.channels.registry import SPECS
from bot.channels.spec import window_open
from bot.messages.announcements import TEMPLATES
from bot.model import Inbound, Kind
from bot.service.fallback import copied
from storage import outbox
from storage.messages import unread_announcements
from storage.schema import Address, Outbox
from storage.turns import Db

KEPT = timedelta(days=30)
"""How long after it was announced something is still worth reading."""


def announced_to(db: Db, address: Address, now: datetime) -> list[Outbox]:
    """What somebody who writes after a silence has not read yet; a question that is closed by now is left out. To be
    asked before their message is noted; nothing where no silence was."""
    if window_open(SPECS[address.channel], address.last_inbound_at, now):
        return []
    since, window = address.last_inbound_at, SPECS[address.channel].window
    sent_since = since + window if since is not None and window is not None else None
    return unread_announcements(db, address, TEMPLATES, now - KEPT, sent_since)


def deliver(db: Db, address: Address, rows: Sequence[Outbox], now: datetime) -> None:
    """Queue the words themselves. An announcement that a sender still has in hand is not needed any more."""
    for row in rows:
        if row.status in outbox.IN_HAND:
            row.status, row.reason, row.lease_until = "dropped", "the person wrote first" + outbox.UNSURE, None
        again = copied(row, address, now)
        again.template, again.variables, again.bulk = None, {}, False
        db.add(again)


def only_opens(rows: Sequence[Outbox], inbound: Inbound, command: Command | None) -> bool:
    """Whether a message answers the announcement and nothing else. To a question that was not seen yet nobody can have
    given an answer; a command is one all the same."""
    if not rows or inbound.choice is not None:
        return False
    if read_yesno(inbound.text, Ask(Kind.YESNO)).value is True:
        return True
    return command is None and any(row.conversation_id is not None for row in rows)

"""What must hold in every world: checked when a message is sent, when one is received, and over the whole database."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.model import Inbound, Outgoing, Status
from bot.service.assistant import Assistant
from bot.service.rules import Rules
from bot.simulation.kernel import NEVER, Kernel
from bot.simulation.ledger import SendRecord
from bot.simulation.people import Person
from bot.simulation.phones import Phone, Prompt
from bot.simulation.sweep import PROBLEMS, surveys
from bot.text.language import Catalogs
from storage.outbox import UNSURE
from storage.schema import Timer

MAX_ATTEMPTS = 40
"""More attempts than a message gets in its day, however often its senders crash."""
INBOX_COUNT = "SELECT count(*) FROM inbox WHERE channel = ? AND provider_id = ?"


def sql_time(at: datetime) -> str:
    """A time as SQLite stores it."""
    return at.replace(tzinfo=None).isoformat(" ", "microseconds")


class StrictAssistant(Assistant):
    """The service, which reports its own errors at once: a timer that fails would otherwise be retried silently."""

    def __init__(self, kernel: Kernel, catalogs: Catalogs, rules: Rules) -> None:
        super().__init__(catalogs, rules)
        self.kernel = kernel

    def fire(self, db: Session, timer: Timer, now: datetime) -> None:
        try:
            super().fire(db, timer, now)
        except Exception as error:
            self.kernel.fail(f"timer {timer.kind} of {timer.subject}: {type(error).__name__}: {error}")
            raise


class Checker:
    """Watches every message and the database, and fails the world on the first violation."""

    def __init__(
        self, kernel: Kernel, connection: sqlite3.Connection, people: Mapping[Phone, Person], rules: Rules
    ) -> None:
        self.kernel, self.connection, self.people, self.rules = kernel, connection, people, rules
        self.undetectable: Counter[str] = Counter()
        """By channel, messages delivered twice because their provider cannot look up whether it accepted them."""
        self.unsure: set[int] = set()
        """Messages that may have been sent before."""
        self.accepted: dict[tuple[str, str], datetime] = {}
        """When each inbound message was stored, by channel and provider id."""
        self.idle_since = NEVER
        """Since when no worker runs, if that lasts for days."""
        self._newest: dict[tuple[Phone, bool], int] = {}
        self._in_flight: dict[Phone, tuple[str, int]] = {}

    # --- sending -----------------------------------------------------------------------------------------------------

    def on_lease(self, process: str, outgoing: Outgoing, *, unsure: bool) -> None:
        """`unsure`: the message may have been sent before."""
        (self.unsure.add if unsure else self.unsure.discard)(outgoing.id)
        if outgoing.attempt > MAX_ATTEMPTS:
            self.kernel.fail(f"message {outgoing.id} is tried for the {outgoing.attempt}th time")
        phone = Phone(outgoing.channel, outgoing.recipient)
        if (other := self._in_flight.get(phone)) is not None:
            self.kernel.fail(
                f"{process} leases message {outgoing.id} while {other[0]} sends {other[1]} to the same phone"
            )
        self._in_flight[phone] = (process, outgoing.id)

    def on_settle(self, outgoing: Outgoing) -> None:
        phone = Phone(outgoing.channel, outgoing.recipient)
        self._in_flight.pop(phone, None)
        if (person := self.people.get(phone)) is not None:
            person.under_way.discard(outgoing.id)

    def on_crash(self, process: str) -> None:
        """The messages that a dead process was sending are in flight no more."""
        self._in_flight = {phone: held for phone, held in self._in_flight.items() if held[0] != process}

    def on_send(self, prompt: Prompt, outgoing: Outgoing, record: SendRecord, *, can_look_up: bool) -> None:
        """A provider is about to accept a message."""
        where = f"message {outgoing.id} ({prompt.flow or 'notice'}) to {outgoing.recipient}"
        if record.accepted > record.returned:
            if can_look_up:
                self.kernel.fail(f"{where} goes out twice")
            self.undetectable[outgoing.channel] += 1
        elif not record.accepted:
            self._check_order(prompt, where)
        self._check_opt_out(prompt, outgoing, where)
        self._check_quiet_hours(prompt, outgoing, where)

    def _check_order(self, prompt: Prompt, where: str) -> None:
        key = (prompt.phone, prompt.bulk)
        if prompt.row < self._newest.get(key, 0):
            self.kernel.fail(f"{where} goes out after {self._newest[key]}, which is newer")
        self._newest[key] = prompt.row

    def _check_opt_out(self, prompt: Prompt, outgoing: Outgoing, where: str) -> None:
        person = self.people.get(prompt.phone)
        if person is None or person.stopped_at is None or outgoing.created_at is None:
            return
        if prompt.phone != person.phones[0] and prompt.client != person.client:
            return
        if prompt.bulk or outgoing.created_at < person.stopped_at:
            if prompt.row in person.under_way:
                self.kernel.counts["under way at a STOP"] += 1
            else:
                self.kernel.fail(f"{where} of {outgoing.created_at:%d %b %H:%M:%S} goes out after STOP")

    def _check_quiet_hours(self, prompt: Prompt, outgoing: Outgoing, where: str) -> None:
        person = self.people.get(prompt.phone)
        if person is None or not prompt.bulk or prompt.flow is None:
            return
        clock = self.kernel.now.astimezone(person.place.clock)
        if self.rules.quiet.cover(clock.time()):
            if outgoing.id in self.unsure:
                self.kernel.counts["tried again in quiet hours"] += 1
            else:
                self.kernel.fail(f"{where} begins something at {clock:%H:%M} of the client's clock")

    def _in_flight_to(self, phones: tuple[Phone, ...]) -> set[int]:
        """Messages that are being sent to these phones at this moment."""
        return {self._in_flight[phone][1] for phone in phones if phone in self._in_flight}

    # --- receiving ---------------------------------------------------------------------------------------------------

    def on_webhook(self, what: Inbound | Status) -> None:
        """A provider called a webhook. The process may have died of it, so only the database shows whether it was stored."""
        if isinstance(what, Status):
            return
        key = (what.channel, what.provider_id)
        (count,) = self.connection.execute(INBOX_COUNT, key).fetchone()
        if count > 1:
            self.kernel.fail(f"message {key} was stored {count} times")
        if count and key not in self.accepted:
            self.accepted[key] = self.kernel.now
            if (person := self.people.get(Phone(what.channel, what.sender))) is not None:
                person.on_accepted(what.text, self.kernel.now, self._in_flight_to(person.phones))

    # --- the whole database ------------------------------------------------------------------------------------------

    def sweep(self) -> None:
        times = {"now": sql_time(self.kernel.now), "idle": sql_time(self.idle_since)}
        for what, query in PROBLEMS.items():
            if rows := self.connection.execute(query, times).fetchmany(3):
                self.kernel.fail(f"{what}: {'; '.join(' '.join(map(str, row)) for row in rows)}")
        self._check_inbox()
        for what in surveys(self.connection, self.people):
            self.kernel.fail(what)

    def _check_inbox(self) -> None:
        (count,) = self.connection.execute("SELECT count(*) FROM inbox").fetchone()
        if count != len(self.accepted):
            self.kernel.fail(f"{len(self.accepted)} messages were accepted and {count} are in the database")

    def end(self, sent: Sequence[tuple[int, SendRecord]]) -> None:
        """When the time is up, the statuses in the outbox must also match what the providers accepted, row by row."""
        self.sweep()
        query = f"SELECT id, iif(reason LIKE '%{UNSURE}', 'unknown', status) FROM outbox"  # noqa: S608
        statuses = dict(self.connection.execute(query).fetchall())
        for row, record in sent:
            if record.accepted > record.returned and statuses[row] in ("queued", "dropped"):
                self.kernel.fail(f"message {row} went out and is {statuses[row]} in the database")
        accepted = {row for row, _ in sent}
        for row, status in statuses.items():
            if status in ("sent", "delivered", "read") and row not in accepted:
                self.kernel.fail(f"message {row} is {status} in the database and never went out")

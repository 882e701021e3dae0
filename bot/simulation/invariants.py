"""What must hold in every world: checked where a message goes out, where one is taken in, and over the whole store."""

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
from bot.simulation.ledger import Handed
from bot.simulation.people import Person
from bot.simulation.phones import Phone, Prompt
from bot.simulation.sweep import PROBLEMS, surveys
from bot.text.language import Catalogs
from storage.outbox import UNSURE
from storage.schema import Timer


def stored(at: datetime) -> str:
    """A time as the store has it."""
    return at.replace(tzinfo=None).isoformat(" ", "microseconds")


MOST_ATTEMPTS = 40
"""More than any message is tried in the day that it has, however often its senders die."""
TAKEN_IN = "SELECT count(*) FROM inbox WHERE channel = ? AND provider_id = ?"


class WatchedAssistant(Assistant):
    """The service, with its own errors noticed at once: a timer that fails would be tried again in silence."""

    def __init__(self, kernel: Kernel, catalogs: Catalogs, rules: Rules) -> None:
        super().__init__(catalogs, rules)
        self.kernel = kernel

    def fire(self, db: Session, timer: Timer, now: datetime) -> None:
        try:
            super().fire(db, timer, now)
        except Exception as error:
            self.kernel.fail(f"timer {timer.kind} of {timer.subject}: {type(error).__name__}: {error}")
            raise


class Watch:
    def __init__(self, kernel: Kernel, look: sqlite3.Connection, people: Mapping[Phone, Person], rules: Rules) -> None:
        self.kernel, self.look, self.people, self.rules = kernel, look, people, rules
        self.undetectable: Counter[str] = Counter()
        """By channel, messages that came twice because their provider could not tell whether it had taken them."""
        self.unsure: set[int] = set()
        """Messages of which nobody knows whether they went out before."""
        self.accepted: dict[tuple[str, str], datetime] = {}
        """When each inbound message was taken in, by its channel and id."""
        self.rested = NEVER
        """When the workers last stood still for days."""
        self._newest: dict[tuple[Phone, bool], int] = {}
        self._in_hand: dict[Phone, tuple[str, int]] = {}

    # --- sending -----------------------------------------------------------------------------------------------------

    def leased(self, process: str, outgoing: Outgoing, *, unsure: bool) -> None:
        """`unsure`: nobody knows whether it went out before."""
        (self.unsure.add if unsure else self.unsure.discard)(outgoing.id)
        if outgoing.attempt > MOST_ATTEMPTS:
            self.kernel.fail(f"message {outgoing.id} is tried for the {outgoing.attempt}th time")
        phone = Phone(outgoing.channel, outgoing.recipient)
        if (other := self._in_hand.get(phone)) is not None:
            self.kernel.fail(
                f"{process} leases message {outgoing.id} while {other[0]} sends {other[1]} to the same phone"
            )
        self._in_hand[phone] = (process, outgoing.id)

    def settled(self, outgoing: Outgoing) -> None:
        phone = Phone(outgoing.channel, outgoing.recipient)
        self._in_hand.pop(phone, None)
        if (person := self.people.get(phone)) is not None:
            person.under_way.discard(outgoing.id)

    def forgets(self, process: str) -> None:
        """What a process had in hand is in nobody's."""
        self._in_hand = {phone: held for phone, held in self._in_hand.items() if held[0] != process}

    def taken(self, prompt: Prompt, outgoing: Outgoing, handed: Handed, *, can_tell: bool) -> None:
        """A provider is about to take a message."""
        where = f"message {outgoing.id} ({prompt.flow or 'notice'}) to {outgoing.recipient}"
        if handed.taken > handed.given_back:
            if can_tell:
                self.kernel.fail(f"{where} goes out twice")
            self.undetectable[outgoing.channel] += 1
        elif not handed.taken:
            self._in_order(prompt, where)
        self._wanted(prompt, outgoing, where)
        self._awake(prompt, outgoing, where)

    def _in_order(self, prompt: Prompt, where: str) -> None:
        key = (prompt.phone, prompt.bulk)
        if prompt.row < self._newest.get(key, 0):
            self.kernel.fail(f"{where} goes out after {self._newest[key]}, which is newer")
        self._newest[key] = prompt.row

    def _wanted(self, prompt: Prompt, outgoing: Outgoing, where: str) -> None:
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

    def _awake(self, prompt: Prompt, outgoing: Outgoing, where: str) -> None:
        person = self.people.get(prompt.phone)
        if person is None or not prompt.bulk or prompt.flow is None:
            return
        clock = self.kernel.now.astimezone(person.place.clock)
        if self.rules.quiet.cover(clock.time()):
            if outgoing.id in self.unsure:
                self.kernel.counts["tried again in quiet hours"] += 1
            else:
                self.kernel.fail(f"{where} begins something at {clock:%H:%M} of the client's clock")

    def _being_sent(self, phones: tuple[Phone, ...]) -> set[int]:
        """What is being sent to these phones at this moment."""
        return {self._in_hand[phone][1] for phone in phones if phone in self._in_hand}

    # --- taking in ---------------------------------------------------------------------------------------------------

    def called(self, what: Inbound | Status) -> None:
        """A provider called us, and the process may have died of it: what the store says counts."""
        if isinstance(what, Status):
            return
        key = (what.channel, what.provider_id)
        (count,) = self.look.execute(TAKEN_IN, key).fetchone()
        if count > 1:
            self.kernel.fail(f"message {key} was taken in {count} times")
        if count and key not in self.accepted:
            self.accepted[key] = self.kernel.now
            if (person := self.people.get(Phone(what.channel, what.sender))) is not None:
                person.accepted(what.text, self.kernel.now, self._being_sent(person.phones))

    # --- the whole store ---------------------------------------------------------------------------------------------

    def sweep(self) -> None:
        times = {"now": stored(self.kernel.now), "idle": stored(self.rested)}
        for what, query in PROBLEMS.items():
            if found := self.look.execute(query, times).fetchmany(3):
                self.kernel.fail(f"{what}: {'; '.join(' '.join(map(str, row)) for row in found)}")
        self._inbox()
        for what in surveys(self.look, self.people):
            self.kernel.fail(what)

    def _inbox(self) -> None:
        (count,) = self.look.execute("SELECT count(*) FROM inbox").fetchone()
        if count != len(self.accepted):
            self.kernel.fail(f"{len(self.accepted)} messages were accepted and {count} are there")

    def end(self, handed: Sequence[tuple[int, Handed]]) -> None:
        """When the time is up: also what the providers took, by the number of the row, must be what the store believes."""
        self.sweep()
        said = f"SELECT id, iif(reason LIKE '%{UNSURE}', 'unknown', status) FROM outbox"  # noqa: S608
        believed = dict(self.look.execute(said).fetchall())
        for row, one in handed:
            if one.taken > one.given_back and believed[row] in ("queued", "dropped"):
                self.kernel.fail(f"message {row} went out and is {believed[row]} in the store")
        taken = {row for row, _ in handed}
        for row, status in believed.items():
            if status in ("sent", "delivered", "read") and row not in taken:
                self.kernel.fail(f"message {row} is {status} in the store and never went out")

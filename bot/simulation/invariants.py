"""What must hold in every world: checked where a message goes out, where one is taken in, and over the whole store."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

from bot.model import Inbound, Outgoing, Status
from bot.simulation.phones import Phone, Prompt
from bot.simulation.sweep import PROBLEMS, surveys
from storage.outbox import UNSURE

if TYPE_CHECKING:
    from bot.simulation.processes import Process
    from bot.simulation.providers import Handed
    from bot.simulation.world import World


def stored(at: datetime) -> str:
    """A time as the store has it."""
    return at.replace(tzinfo=None).isoformat(" ", "microseconds")


MOST_ATTEMPTS = 40
"""More than any message is tried in the day that it has, however often its senders die."""
TAKEN_IN = "SELECT count(*) FROM inbox WHERE channel = ? AND provider_id = ?"


class Watch:
    """`undetectable` counts messages that came twice because their provider could not tell whether it had taken them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.undetectable: Counter[str] = Counter()
        self.unsure: set[int] = set()
        self.accepted: dict[tuple[str, str], datetime] = {}
        self._newest: dict[tuple[Phone, bool], int] = {}
        self._in_hand: dict[Phone, tuple[Process, int]] = {}

    # --- sending -----------------------------------------------------------------------------------------------------

    def leased(self, process: Process, outgoing: Outgoing, *, unsure: bool) -> None:
        """`unsure`: nobody knows whether it went out before."""
        (self.unsure.add if unsure else self.unsure.discard)(outgoing.id)
        if outgoing.attempt > MOST_ATTEMPTS:
            self.world.fail(f"message {outgoing.id} is tried for the {outgoing.attempt}th time")
        phone = Phone(outgoing.channel, outgoing.recipient)
        if (other := self._in_hand.get(phone)) is not None:
            self.world.fail(
                f"{process.name} leases message {outgoing.id} while {other[0].name} sends {other[1]} to the same phone"
            )
        self._in_hand[phone] = (process, outgoing.id)

    def settled(self, outgoing: Outgoing) -> None:
        phone = Phone(outgoing.channel, outgoing.recipient)
        self._in_hand.pop(phone, None)
        if (person := self.world.people.get(phone)) is not None:
            person.under_way.discard(outgoing.id)

    def forgets(self, process: Process) -> None:
        """What a process had in hand is in nobody's."""
        self._in_hand = {phone: held for phone, held in self._in_hand.items() if held[0] is not process}

    def taken(self, prompt: Prompt, outgoing: Outgoing, handed: Handed, *, can_tell: bool) -> None:
        """A provider is about to take a message."""
        where = f"message {outgoing.id} ({prompt.flow or 'notice'}) to {outgoing.recipient}"
        if handed.taken > handed.given_back:
            if can_tell:
                self.world.fail(f"{where} goes out twice")
            self.undetectable[outgoing.channel] += 1
        elif not handed.taken:
            self._in_order(prompt, where)
        self._wanted(prompt, outgoing, where)
        self._awake(prompt, outgoing, where)

    def _in_order(self, prompt: Prompt, where: str) -> None:
        key = (prompt.phone, prompt.bulk)
        if prompt.row < self._newest.get(key, 0):
            self.world.fail(f"{where} goes out after {self._newest[key]}, which is newer")
        self._newest[key] = prompt.row

    def _wanted(self, prompt: Prompt, outgoing: Outgoing, where: str) -> None:
        person = self.world.people.get(prompt.phone)
        if person is None or person.stopped_at is None or outgoing.created_at is None:
            return
        if prompt.phone != person.phones[0] and prompt.client != person.client:
            return
        if prompt.bulk or outgoing.created_at < person.stopped_at:
            if prompt.row in person.under_way:
                self.world.counts["under way at a STOP"] += 1
            else:
                self.world.fail(f"{where} of {outgoing.created_at:%d %b %H:%M:%S} goes out after STOP")

    def _awake(self, prompt: Prompt, outgoing: Outgoing, where: str) -> None:
        person = self.world.people.get(prompt.phone)
        if person is None or not prompt.bulk or prompt.flow is None:
            return
        clock = self.world.now.astimezone(person.place.clock)
        if self.world.assistant.rules.quiet.cover(clock.time()):
            if outgoing.id in self.unsure:
                self.world.counts["tried again in quiet hours"] += 1
            else:
                self.world.fail(f"{where} begins something at {clock:%H:%M} of the client's clock")

    def _being_sent(self, phones: tuple[Phone, ...]) -> set[int]:
        """What is being sent to these phones at this moment."""
        return {self._in_hand[phone][1] for phone in phones if phone in self._in_hand}

    # --- taking in ---------------------------------------------------------------------------------------------------

    def called(self, what: Inbound | Status) -> None:
        """A provider called us, and the process may have died of it: what the store says counts."""
        if isinstance(what, Status):
            return
        key = (what.channel, what.provider_id)
        (count,) = self.world.look.execute(TAKEN_IN, key).fetchone()
        if count > 1:
            self.world.fail(f"message {key} was taken in {count} times")
        if count and key not in self.accepted:
            self.accepted[key] = self.world.now
            if (person := self.world.people.get(Phone(what.channel, what.sender))) is not None:
                person.accepted(what.text, self.world.now, self._being_sent(person.phones))

    # --- the whole store ---------------------------------------------------------------------------------------------

    def sweep(self) -> None:
        world = self.world
        times = {"now": stored(world.now), "idle": stored(world.rested)}
        for what, query in PROBLEMS.items():
            if found := world.look.execute(query, times).fetchmany(3):
                world.fail(f"{what}: {'; '.join(' '.join(map(str, row)) for row in found)}")
        self._inbox()
        for what in surveys(world):
            world.fail(what)

    def _inbox(self) -> None:
        (count,) = self.world.look.execute("SELECT count(*) FROM inbox").fetchone()
        if count != len(self.accepted):
            self.world.fail(f"{len(self.accepted)} messages were accepted and {count} are there")

    def end(self) -> None:
        """When the time is up: also what was taken must be what the store believes."""
        self.sweep()
        said = f"SELECT id, iif(reason LIKE '%{UNSURE}', 'unknown', status) FROM outbox"  # noqa: S608
        believed = dict(self.world.look.execute(said).fetchall())
        for provider in self.world.providers.values():
            for row, handed in provider.handed.items():
                if handed.taken > handed.given_back and believed[row] in ("queued", "dropped"):
                    self.world.fail(f"message {row} went out and is {believed[row]} in the store")
        taken = {row for provider in self.world.providers.values() for row in provider.handed}
        for row, status in believed.items():
            if status in ("sent", "delivered", "read") and row not in taken:
                self.world.fail(f"message {row} is {status} in the store and never went out")

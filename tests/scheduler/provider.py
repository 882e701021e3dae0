"""A provider that answers as a test tells it to. It remembers every message that it took, like the real one."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from bot.channels.base import ChannelError, UnknownOutcome
from bot.channels.simulator import SimulatorChannel
from bot.channels.twilio.codes import error_for
from bot.model import Outgoing

LOST = UnknownOutcome("no answer", "the provider did not answer in time")


class Killed(BaseException):
    """The process dies right after the provider took the message."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that the provider took: its id there, the row that it came from, whom it went to, and what it said."""

    id: str
    row: int
    to: str
    text: str


@dataclass
class Provider(SimulatorChannel):
    """`script` holds what the next sendings meet: None is a success; `LOST` and `Killed` are raised after the message was
    taken, any other error before. An empty script is success. `can_tell`: it can be asked for what it took."""

    channel: str = "sms"
    script: list[ChannelError | Killed | None] = field(default_factory=list)
    can_tell: bool = True
    taken: list[Taken] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)
    busy: int = 0
    busiest: int = 0
    seconds: float = 0

    def __post_init__(self) -> None:
        super().__init__(self.channel)

    async def send(self, outgoing: Outgoing) -> str:
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        try:
            await asyncio.sleep(self.seconds)
            meets = self.script.pop(0) if self.script else None
            if isinstance(meets, ChannelError) and meets is not LOST:
                raise meets
            taken = Taken(
                f"{self.channel}-{len(self.taken) + 1}", outgoing.id, outgoing.recipient, outgoing.message.text
            )
            self.taken.append(taken)
            if meets is not None:
                raise meets
            return taken.id
        finally:
            self.busy -= 1

    async def find(self, outgoing: Outgoing) -> str | None:
        self.asked.append(outgoing.id)
        mine = [taken.id for taken in self.taken if taken.row == outgoing.id]
        return mine[-1] if mine and self.can_tell else None

    def explain(self, code: str) -> ChannelError:
        return error_for(code)

    @property
    def texts(self) -> list[str]:
        return [taken.text for taken in self.taken]

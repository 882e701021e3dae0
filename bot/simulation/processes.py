"""The processes of the program: each may die at any commit and at any sending, and another one goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.channels.base import Channel, ChannelError
from bot.service.assistant import Assistant
from bot.simulation.invariants import Watch
from bot.simulation.kernel import Kernel
from bot.simulation.stores import Crash, FragileStore
from scheduler.firing import fire_due
from scheduler.sender import Sendable, Sender


class Process:
    def __init__(
        self,
        name: str,
        kernel: Kernel,
        engine: Engine,
        assistant: Assistant,
        channels: Mapping[str, Channel],
        watch: Watch,
    ) -> None:
        self.name, self.kernel, self.assistant, self.channels, self.watch = name, kernel, assistant, channels, watch
        self.database = FragileStore(engine, name, kernel.fate)
        self.sender = self._new_sender()
        self.life = 1
        """Counts its restarts: what an earlier life had in hand is gone."""
        self.alive = True

    def _new_sender(self) -> Sender:
        return Sender(self.database, self.channels, {}, lambda: self.kernel.now)

    def dies(self, why: str, away: timedelta | None = None) -> None:
        """`away`: how long nobody starts it again; a minute or so where nothing is said."""
        kernel = self.kernel
        self.life, self.alive = self.life + 1, False
        kernel.counts["crashes"] += 1
        kernel.tell(f"{self.name} is gone: {why}")
        self.watch.forgets(self.name)
        back = away or kernel.fate.seconds(f"{self.name} is back for life {self.life} after", 2, 120)
        kernel.later(back, f"{self.name} starts again", partial(self._starts, self.life))

    def _starts(self, life: int) -> None:
        if self.life == life:
            self.sender, self.alive = self._new_sender(), True
            self.kernel.hurry()

    # --- a web process -----------------------------------------------------------------------------------------------

    def commits(self, occasion: str, work: Callable[[Session], object]) -> bool:
        """Do `work` in one transaction; False where nobody can say whether it was kept."""
        self.database.begin(occasion)
        try:
            with self.database.write() as db:
                work(db)
        except Crash as crash:
            self.dies(str(crash))
            return False
        except OperationalError:
            self.kernel.tell(f"{self.name} cannot reach the store: {occasion}")
            return False
        except Exception as error:
            self.kernel.fail(f"{occasion}: {type(error).__name__}: {error}")
            return False
        finally:
            self.kernel.hurry()
        return True

    # --- a worker ----------------------------------------------------------------------------------------------------

    def fires(self, occasion: str) -> int:
        """Fire what is due; how much that was."""
        self.database.begin(occasion)
        try:
            fired = fire_due(self.database, self.assistant, lambda: self.kernel.now)
        except Crash as crash:
            self.dies(str(crash))
            return 1
        if fired:
            self.kernel.counts["timers"] += fired
            self.kernel.tell(f"{self.name} fires {fired} timers")
        return fired

    def leases(self, occasion: str) -> int:
        """Lease what may be sent, each to be handed over in a moment; how much that was."""
        kernel = self.kernel
        self.database.begin(f"{occasion}, leasing")
        try:
            leased = self.sender.claim()
        except Crash as crash:
            self.dies(str(crash))
            return 1
        for sendable in leased:
            self.watch.leased(self.name, sendable.outgoing, unsure=sendable.look_up)
            kernel.later(timedelta(milliseconds=20), "", partial(self._hands_over, self.life, sendable))
        return len(leased)

    async def _hands_over(self, life: int, sendable: Sendable) -> None:
        if self.life != life:
            return
        kernel, outgoing = self.kernel, sendable.outgoing
        try:
            result = await self.sender.hand_over(sendable)
        except Crash as crash:
            self.dies(str(crash))
            return
        kernel.tell(f"{self.name} hands over message {outgoing.id} to {outgoing.recipient}: {result}")
        if isinstance(result, ChannelError) and result.code == "error" and not self.database.down:
            kernel.fail(f"handing over message {outgoing.id}: {result.reason}")
        after = kernel.fate.seconds(f"{outgoing.recipient} at {kernel.now} is answered after", 0.1, 3)
        kernel.later(after, "", partial(self._settles, life, sendable, result))

    def _settles(self, life: int, sendable: Sendable, result: str | ChannelError) -> None:
        """Without the store nothing is recorded: the lease runs out, and the message is looked up."""
        if self.life != life:
            return
        kernel, outgoing = self.kernel, sendable.outgoing
        self.database.begin(f"recording what went to {outgoing.recipient} by {kernel.now:%d %b %H:%M:%S.%f}")
        try:
            self.sender.settle(sendable, result)
        except Crash as crash:
            self.dies(str(crash))
        except OperationalError:
            kernel.tell(f"{self.name} cannot record message {outgoing.id}")
        except Exception as error:
            kernel.fail(f"recording message {outgoing.id}: {type(error).__name__}: {error}")
        finally:
            sendable.lane.in_flight.discard(outgoing.id)
            self.watch.settled(outgoing)
            kernel.hurry()

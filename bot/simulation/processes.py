"""The processes of the program: each may die at any commit or send, and another one carries on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.channels.base import Channel, ChannelError
from bot.service.assistant import Assistant
from bot.simulation.databases import Crash, FragileDatabase
from bot.simulation.invariants import Checker
from bot.simulation.kernel import Kernel
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
        checker: Checker,
    ) -> None:
        self.name, self.kernel, self.assistant, self.channels, self.checker = name, kernel, assistant, channels, checker
        self.database = FragileDatabase(engine, name, kernel.fate)
        self.sender = self._new_sender()
        self.life = 1
        """Counts restarts: work of an earlier life is lost."""
        self.alive = True

    def _new_sender(self) -> Sender:
        return Sender(self.database, self.channels, {}, lambda: self.kernel.now)

    def die(self, why: str, away: timedelta | None = None) -> None:
        """`away`: how long until it is restarted; by default a minute or so."""
        kernel = self.kernel
        self.life, self.alive = self.life + 1, False
        kernel.counts["crashes"] += 1
        kernel.log(f"{self.name} is gone: {why}")
        self.checker.on_crash(self.name)
        back = away or kernel.fate.seconds(f"{self.name} is back for life {self.life} after", 2, 120)
        kernel.later(back, f"{self.name} starts again", partial(self._restart, self.life))

    def _restart(self, life: int) -> None:
        if self.life == life:
            self.sender, self.alive = self._new_sender(), True
            self.kernel.hurry()

    # --- a web process -----------------------------------------------------------------------------------------------

    def commit(self, occasion: str, work: Callable[[Session], object]) -> bool:
        """Do `work` in one transaction; False if it may not have been committed."""
        self.database.begin(occasion)
        try:
            with self.database.write() as db:
                work(db)
        except Crash as crash:
            self.die(str(crash))
            return False
        except OperationalError:
            self.kernel.log(f"{self.name} cannot reach the database: {occasion}")
            return False
        except Exception as error:
            self.kernel.fail(f"{occasion}: {type(error).__name__}: {error}")
            return False
        finally:
            self.kernel.hurry()
        return True

    # --- a worker ----------------------------------------------------------------------------------------------------

    def fire(self, occasion: str) -> int:
        """Fire the timers that are due, and return their number."""
        self.database.begin(occasion)
        try:
            fired = fire_due(self.database, self.assistant, lambda: self.kernel.now)
        except Crash as crash:
            self.die(str(crash))
            return 1
        if fired:
            self.kernel.counts["timers"] += fired
            self.kernel.log(f"{self.name} fires {fired} timers")
        return fired

    def lease(self, occasion: str) -> int:
        """Lease the messages that may be sent, and return their number; each is handed over a moment later."""
        kernel = self.kernel
        self.database.begin(f"{occasion}, leasing")
        try:
            leased = self.sender.claim()
        except Crash as crash:
            self.die(str(crash))
            return 1
        for sendable in leased:
            self.checker.on_lease(self.name, sendable.outgoing, unsure=sendable.look_up)
            kernel.later(timedelta(milliseconds=20), "", partial(self._hand_over, self.life, sendable))
        return len(leased)

    async def _hand_over(self, life: int, sendable: Sendable) -> None:
        if self.life != life:
            return
        kernel, outgoing = self.kernel, sendable.outgoing
        try:
            result = await self.sender.hand_over(sendable)
        except Crash as crash:
            self.die(str(crash))
            return
        kernel.log(f"{self.name} hands over message {outgoing.id} to {outgoing.recipient}: {result}")
        if isinstance(result, ChannelError) and result.code == "error" and not self.database.down:
            kernel.fail(f"handing over message {outgoing.id}: {result.reason}")
        after = kernel.fate.seconds(f"{outgoing.recipient} at {kernel.now} is answered after", 0.1, 3)
        kernel.later(after, "", partial(self._settle, life, sendable, result))

    def _settle(self, life: int, sendable: Sendable, result: str | ChannelError) -> None:
        """If the database is down, nothing is recorded: the lease expires, and the message is looked up."""
        if self.life != life:
            return
        kernel, outgoing = self.kernel, sendable.outgoing
        self.database.begin(f"recording what went to {outgoing.recipient} by {kernel.now:%d %b %H:%M:%S.%f}")
        try:
            self.sender.settle(sendable, result)
        except Crash as crash:
            self.die(str(crash))
        except OperationalError:
            kernel.log(f"{self.name} cannot record message {outgoing.id}")
        except Exception as error:
            kernel.fail(f"recording message {outgoing.id}: {type(error).__name__}: {error}")
        finally:
            sendable.state.in_flight.discard(outgoing.id)
            self.checker.on_settle(outgoing)
            kernel.hurry()

"""The processes of the program: each may die at any commit and at any sending, and another one goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.channels.base import ChannelError
from bot.simulation.stores import Crash, FragileStore
from scheduler.firing import fire_due
from scheduler.sender import Sendable, Sender

if TYPE_CHECKING:
    from bot.simulation.world import World


class Process:
    """`life` counts its restarts: what an earlier life had in hand is gone."""

    def __init__(self, world: World, name: str) -> None:
        self.world, self.name = world, name
        self.database = FragileStore(world.engine, name, world.fate)
        self.sender = self._new_sender()
        self.life = 1
        self.alive = True

    def _new_sender(self) -> Sender:
        return Sender(self.database, self.world.providers, {}, lambda: self.world.now)

    def dies(self, why: str, away: timedelta | None = None) -> None:
        """`away`: how long nobody starts it again; a minute or so where nothing is said."""
        world = self.world
        self.life, self.alive = self.life + 1, False
        world.counts["crashes"] += 1
        world.tell(f"{self.name} is gone: {why}")
        world.watch.forgets(self)
        back = away or world.fate.seconds(f"{self.name} is back for life {self.life} after", 2, 120)
        world.later(back, f"{self.name} starts again", partial(self._starts, self.life))

    def _starts(self, life: int) -> None:
        if self.life == life:
            self.sender, self.alive = self._new_sender(), True
            self.world.hurry()

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
            self.world.tell(f"{self.name} cannot reach the store: {occasion}")
            return False
        except Exception as error:
            self.world.fail(f"{occasion}: {type(error).__name__}: {error}")
            return False
        finally:
            self.world.hurry()
        return True

    # --- a worker ----------------------------------------------------------------------------------------------------

    def fires(self, occasion: str) -> int:
        """Fire what is due; how much that was."""
        self.database.begin(occasion)
        try:
            fired = fire_due(self.database, self.world.assistant, lambda: self.world.now)
        except Crash as crash:
            self.dies(str(crash))
            return 1
        if fired:
            self.world.counts["timers"] += fired
            self.world.tell(f"{self.name} fires {fired} timers")
        return fired

    def leases(self, occasion: str) -> int:
        """Lease what may be sent, each to be handed over in a moment; how much that was."""
        world = self.world
        self.database.begin(f"{occasion}, leasing")
        try:
            leased = self.sender.claim()
        except Crash as crash:
            self.dies(str(crash))
            return 1
        for sendable in leased:
            world.watch.leased(self, sendable.outgoing, unsure=sendable.look_up)
            world.later(timedelta(milliseconds=20), "", partial(self._hands_over, self.life, sendable))
        return len(leased)

    async def _hands_over(self, life: int, sendable: Sendable) -> None:
        if self.life != life:
            return
        world, outgoing = self.world, sendable.outgoing
        try:
            result = await self.sender.hand_over(sendable)
        except Crash as crash:
            self.dies(str(crash))
            return
        world.tell(f"{self.name} hands over message {outgoing.id} to {outgoing.recipient}: {result}")
        if isinstance(result, ChannelError) and result.code == "error" and not self.database.down:
            world.fail(f"handing over message {outgoing.id}: {result.reason}")
        after = world.fate.seconds(f"{outgoing.recipient} at {world.now} is answered after", 0.1, 3)
        world.later(after, "", partial(self._settles, life, sendable, result))

    def _settles(self, life: int, sendable: Sendable, result: str | ChannelError) -> None:
        """Without the store nothing is recorded: the lease runs out, and the message is looked up."""
        if self.life != life:
            return
        world, outgoing = self.world, sendable.outgoing
        self.database.begin(f"recording what went to {outgoing.recipient} by {world.now:%d %b %H:%M:%S.%f}")
        try:
            self.sender.settle(sendable, result)
        except Crash as crash:
            self.dies(str(crash))
        except OperationalError:
            world.tell(f"{self.name} cannot record message {outgoing.id}")
        except Exception as error:
            world.fail(f"recording message {outgoing.id}: {type(error).__name__}: {error}")
        finally:
            sendable.lane.in_flight.discard(outgoing.id)
            world.watch.settled(outgoing)
            world.hurry()

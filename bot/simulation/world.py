"""A world: its database, people, providers and processes, wired to one kernel."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import CHANNELS
from bot.service.rules import Rules
from bot.simulation.invariants import Watch, WatchedAssistant
from bot.simulation.kernel import Kernel
from bot.simulation.network import Network
from bot.simulation.people import Person
from bot.simulation.phones import Phone
from bot.simulation.processes import Process
from bot.simulation.providers import Provider
from bot.simulation.staff import Counselor
from bot.simulation.stores import fresh
from bot.simulation.workers import Workers
from bot.text.language import Catalogs

WEEK = 7


@dataclass(frozen=True, slots=True)
class Plan:
    """Which world it is; the same plan gives the same world."""

    seed: int
    clients: int = 50
    days: int = 365
    spared: frozenset[str] = frozenset()
    """What does not happen in it, by the names of the occasions."""
    closely: bool = False
    """Whether everything is checked after every step instead of every week."""


class World:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.kernel = kernel = Kernel(plan.seed, plan.days, plan.spared)
        self.engine, self.look = fresh()
        """All processes share the engine; `look` sees the database without disturbing a transaction."""
        self.people: dict[Phone, Person] = {}
        """Clients by each of their phones."""
        self.counselors: dict[Phone, Counselor] = {}
        rules = Rules()
        self.assistant = WatchedAssistant(kernel, Catalogs.load(), rules)
        self.watch = Watch(kernel, self.look, self.people, rules)
        self.network = Network(kernel, self.look, self.watch, self.assistant, self.people, self.counselors)
        self.providers = {name: Provider(name, kernel, self.network, self.watch) for name in CHANNELS}

        def process(name: str) -> Process:
            return Process(name, kernel, self.engine, self.assistant, self.providers, self.watch)

        self.webs = [process(f"web {number}") for number in (1, 2)]
        self.workers = [process(f"worker {number}") for number in (1, 2)]
        self.network.connect(self.providers, self.webs)

    async def run(self) -> None:
        """Until the time is up or something is found wrong. All is checked every week."""

        def after_step() -> None:
            if self.plan.closely:
                self.watch.sweep()

        def on_day(day: int) -> None:
            if day % WEEK == 0:
                self.watch.sweep()

        await self.kernel.run(Workers(self.kernel, self.look, self.workers), after_step, on_day)

    def end(self) -> None:
        """The last checks, when the time is up."""
        self.watch.end([row for provider in self.providers.values() for row in provider.handed.items()])

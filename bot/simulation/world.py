"""A simulated world: its database, people, providers and processes, wired to one kernel."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.registry import CHANNELS
from bot.service.rules import Rules
from bot.simulation.databases import new_database
from bot.simulation.invariants import Checker, StrictAssistant
from bot.simulation.kernel import Kernel
from bot.simulation.network import Network
from bot.simulation.people import Person
from bot.simulation.phones import Phone
from bot.simulation.processes import Process
from bot.simulation.providers import Provider
from bot.simulation.staff import Counselor
from bot.simulation.workers import Workers
from bot.text.language import Catalogs

WEEK = 7


@dataclass(frozen=True, slots=True)
class Plan:
    """Which world to simulate; the same plan always gives the same world."""

    seed: int
    clients: int = 50
    days: int = 365
    excluded: frozenset[str] = frozenset()
    """Names of occasions that do not happen."""
    closely: bool = False
    """Check everything after every step instead of every week."""


class World:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.kernel = kernel = Kernel(plan.seed, plan.days, plan.excluded)
        self.engine, self.connection = new_database()
        """All processes share the engine; the checks read through the connection, outside every transaction."""
        self.people: dict[Phone, Person] = {}
        """Clients by each of their phones."""
        self.counselors: dict[Phone, Counselor] = {}
        rules = Rules()
        self.assistant = StrictAssistant(kernel, Catalogs.load(), rules)
        self.checker = Checker(kernel, self.connection, self.people, rules)
        self.network = Network(kernel, self.connection, self.checker, self.assistant, self.people, self.counselors)
        self.providers = {name: Provider(name, kernel, self.network, self.checker) for name in CHANNELS}

        def process(name: str) -> Process:
            return Process(name, kernel, self.engine, self.assistant, self.providers, self.checker)

        self.webs = [process(f"web {number}") for number in (1, 2)]
        self.workers = [process(f"worker {number}") for number in (1, 2)]
        self.network.connect(self.providers, self.webs)

    async def run(self) -> None:
        """Run until the time is up or something fails. Everything is checked every week."""

        def after_step() -> None:
            if self.plan.closely:
                self.checker.sweep()

        def on_day(day: int) -> None:
            if day % WEEK == 0:
                self.checker.sweep()

        await self.kernel.run(Workers(self.kernel, self.connection, self.workers), after_step, on_day)

    def end(self) -> None:
        """Run the last checks when the time is up."""
        self.checker.end([row for provider in self.providers.values() for row in provider.records.items()])

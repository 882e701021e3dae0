"""Simulated phones: what is sent to them stays in the database, where the simulator reads it."""

from __future__ import annotations

from bot.channels.base import ChannelError, Forged, Request, RetryLater
from bot.model import Inbound, Outgoing, Status


class SimulatorChannel:
    """Stands in for the channel `name`. No provider ever calls it."""

    def __init__(self, name: str) -> None:
        self._name = name

    @property
    def name(self) -> str:
        return self._name

    def verify(self, request: Request) -> None:
        raise Forged("no provider speaks for a simulated phone")

    def parse(self, request: Request) -> list[Inbound | Status]:
        return []

    async def acknowledge(self, inbound: Inbound) -> None:
        return None

    async def send(self, outgoing: Outgoing) -> str:
        return f"sim-{outgoing.id}"

    async def find(self, outgoing: Outgoing) -> str | None:
        return f"sim-{outgoing.id}"

    def explain(self, code: str) -> ChannelError:
        return RetryLater(code, "a simulated phone has no errors")

    async def check(self) -> str:
        return f"simulated {self._name}"

    async def faults(self, public_url: str | None) -> list[str]:
        return []

    async def close(self) -> None:
        return None

"""Accents on SMS: dropped unless the center wants to pay for them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from bot.channels.simulator import SimulatorChannel
from bot.messages.shape import shape
from bot.model import Outgoing
from scheduler.sender import Sender
from storage import registers, schema
from tests.service.world import World


@dataclass
class Phone(SimulatorChannel):
    handed: list[Outgoing] = field(default_factory=list)

    def __init__(self) -> None:
        super().__init__("sms")
        self.handed = []

    async def send(self, outgoing: Outgoing) -> str:
        self.handed.append(outgoing)
        return await super().send(outgoing)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("chosen", "sent"), [(None, "Cual"), (True, "Cual"), (False, "Cuál")])
def test_a_center_chooses_how_its_sms_are_written(network: World, chosen: bool | None, sent: str) -> None:
    with network.database.write() as db:
        center = db.scalars(select(schema.Center).where(schema.Center.code == "DO")).one()
        registers.set_center(center, fold_sms=chosen)
    network.talk("JOIN DO", "1", "1", "1")
    phone = Phone()
    asyncio.run(Sender(network.database, {}, {"sms": phone}, lambda: network.now).drain())
    written = [shape(outgoing.message, "sms", fold=outgoing.fold).text for outgoing in phone.handed]
    assert any(sent in text for text in written), written

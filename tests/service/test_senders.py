"""Centers with a number of their own, beside that of the network."""

from __future__ import annotations

from io import BytesIO

import pytest
from sqlalchemy import select

from storage import schema
from storage.checks import RegisterError
from storage.imports.clients import import_clients
from storage.registers import find_center
from storage.senders import set_sender
from tests.service.world import ANA, START, World

OWN, SHARED = "+18095550100", "+15551234567"
TABLE = b"name,phone,channel\nEva Cruz,+18095550199,sms\n"


@pytest.fixture
def own(network: World) -> World:
    """Three centers; the one in Santo Domingo has a number of its own for SMS."""
    choose(network, OWN)
    return network


def choose(world: World, number: str | None, code: str = "DO") -> None:
    with world.database.write() as db:
        set_sender(db, find_center(db, code), "sms", number)


def sender(world: World, phone: str) -> str | None:
    with world.database.read() as db:
        return db.scalars(select(schema.Address.sender).where(schema.Address.address == phone)).one()


def take_in(world: World) -> None:
    with world.database.write() as db:
        assert import_clients(db, BytesIO(TABLE), find_center(db, "DO"), at=START).problems == []


@pytest.mark.parametrize(
    ("text", "number", "channel", "answer"),
    [
        ("hola", OWN, "sms", "SBDC Santo Domingo"),
        ("JOIN LC", OWN, "sms", "SBDC Saint Lucia"),
        ("hola", SHARED, "sms", "JOIN"),
        ("hola", OWN, "whatsapp", "JOIN"),
    ],
)
def test_whoever_writes_to_a_centers_number_is_at_that_center(
    own: World, text: str, number: str, channel: str, answer: str
) -> None:
    assert answer in own.say(text, channel=channel, recipient=number)
    assert sender(own, ANA) == number


def test_clients_from_a_table_hear_from_their_centers_number(own: World) -> None:
    take_in(own)
    assert sender(own, "+18095550199") == OWN


def test_who_has_not_written_yet_goes_over_to_the_new_number(network: World) -> None:
    take_in(network)
    network.say("JOIN DO", recipient=SHARED)
    told = []
    for number in (OWN, "+18095550101", None):
        choose(network, number)
        told.append((sender(network, "+18095550199"), sender(network, ANA)))
    assert told == [(OWN, SHARED), ("+18095550101", SHARED), (None, SHARED)]


def test_a_number_is_one_centers(own: World) -> None:
    choose(own, OWN)
    with pytest.raises(RegisterError, match=r"already belongs to DO"):
        choose(own, OWN, "LC")

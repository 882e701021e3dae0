"""Persons: what they own, and a STOP that acts on who writes and on that phone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.service.reachability import reach
from storage import schema
from storage.persons import add_beside_owner, persons_of
from tests.service.world import ANA, World, on_both

BEN = "+17585550102"


def may_be_written_to(world: World, code: str, phones: dict[str, str]) -> str:
    """The name of the phone where a client is written to, or why nowhere."""
    with world.database.read() as db:
        client = db.scalars(select(schema.Client).where(schema.Client.code == code)).one()
        found = reach(db, client, world.now)
        return phones[found.address.address] if found.address else found.why_not.partition(" on ")[0]


def partners(world: World) -> tuple[str, str]:
    """Ana and Ben own one business; each writes from a phone of their own. The codes of both clients."""
    ana, ben = world.register(), world.register(BEN, name="Ben Charles")
    with world.database.write() as db:
        first, second = (db.get_one(schema.Client, world.client(who).id) for who in (ANA, BEN))
        person = db.get_one(schema.Person, second.person_id)
        add_beside_owner(db, first, person, second, world.now)
        phone = db.scalars(select(schema.Address).where(schema.Address.address == BEN)).one()
        db.add(schema.Speaker(address_id=phone.id, client_id=first.id, person_id=person.id))
    return ana, ben


@on_both
def test_a_person_owns_the_name_the_language_and_the_consents(world: World) -> None:
    world.register()
    (person,) = world.all(schema.Person)
    assert (person.name, person.language) == ("Ana Charles", "en")
    assert [(one.kind, one.person_id) for one in world.all(schema.Consent)] == [
        ("service", person.id),
        ("survey", person.id),
    ]
    world.talk("language", "2")
    (person,) = world.all(schema.Person)
    assert (person.language, world.client().language) == ("es", "es")


def test_a_refusal_leaves_no_person(world: World) -> None:
    world.talk("hello", "1", "2")
    assert (world.client().status, world.all(schema.Person)) == ("refused", [])
    assert [one.person_id for one in world.all(schema.Consent)] == [None]
    world.talk("start", "2", "1")
    (person,) = world.all(schema.Person)
    assert person.language == "es"


@on_both
def test_a_stop_acts_on_who_writes_and_not_on_a_partner(world: World) -> None:
    phones = {ANA: "Ana's", BEN: "Ben's"}
    codes = partners(world)

    def reached() -> list[str]:
        return [may_be_written_to(world, code, phones) for code in codes]

    assert reached() == ["Ben's", "Ben's"], "the phone that wrote last"
    world.say("STOP", who=BEN)
    assert reached() == ["Ana's", "wrote STOP"]
    world.say("STOP")
    assert reached() == ["wrote STOP", "wrote STOP"]
    assert world.client().opted_out_at is not None
    world.say("START", who=BEN)
    assert reached() == ["Ben's", "Ben's"]
    world.say("START")
    assert reached() == ["Ana's", "Ben's"]


def test_a_stop_of_a_partner_drops_what_waits_for_their_phone_alone(world: World) -> None:
    partners(world)
    with world.database.write() as db:
        phones = {phone.address: phone for phone in db.scalars(select(schema.Address))}
        for phone in phones.values():
            row = {"address_id": phone.id, "client_id": 1, "channel": "sms", "queue": phone.queue, "text": "waits"}
            db.add(schema.Outbox(**row, buttons=[], language="en", bulk=True, due_at=world.now, created_at=world.now))
    world.say("STOP", who=BEN)
    waiting = [row for row in world.all(schema.Outbox) if row.text == "waits"]
    assert [(row.status, row.reason) for row in waiting] == [("queued", None), ("dropped", "client opted out")]


@pytest.mark.parametrize(("who", "left"), [(ANA, ("Ben Charles", BEN)), (BEN, ("Ana Charles", ANA))])
def test_erasing_a_person_leaves_the_business_to_the_other(world: World, who: str, left: tuple[str, str]) -> None:
    partners(world)
    world.talk("my data", "erase", "yes", who=who)
    with world.database.read() as db:
        client = db.get_one(schema.Client, 1)
        assert (client.status, client.name, client.survey_consent) == ("registered", left[0], True)
        assert [person.name for person in persons_of(db, client)] == [left[0]]
        assert reach(db, client, world.now + timedelta(days=1)).address is not None
        heard = select(schema.Address.address).join(schema.Inbox).where(schema.Inbox.text.is_not(None))
        assert set(db.scalars(heard)) == {left[1]}
    assert [person.name for person in world.all(schema.Person)] == [left[0]]
    assert {row.client_id for row in world.all(schema.OutcomeRow)} == ({1} if who == BEN else {1, 2})


def test_each_person_agrees_to_surveys_alone(world: World) -> None:
    phones = {ANA: "Ana's", BEN: "Ben's"}
    ana, _ben = partners(world)
    world.say("no surveys", who=BEN)
    assert may_be_written_to(world, ana, phones) == "Ben's", "it is his own business that is meant on his phone"
    with world.database.write() as db:
        db.scalars(select(schema.Address).where(schema.Address.address == BEN)).one().client_id = 1
    assert "NO SURVEYS" in world.say("my data", who=BEN)
    world.say("no surveys", who=BEN)
    assert may_be_written_to(world, ana, phones) == "Ana's"
    assert "NO SURVEYS" not in world.say("my data", who=BEN)
    world.say("no surveys")
    assert may_be_written_to(world, ana, phones) == "has not agreed to follow-up surveys"
    assert [one.person_id for one in world.all(schema.Consent, client_id=1, granted=False)] == [2, 1]

"""One phone for several businesses: who is meant, and what each may see, stop and erase."""

from __future__ import annotations

import pytest

from bot.service import casework, linking
from storage import schema
from tests.service.world import ANA, World, on_both

BEN = "+17585550102"
SECOND = ["1", "1", "1", "Ben Toussaint", "Ben's Garage", "7", "Castries", "9000", "1", "0", "0"]
"""Another person from the language on."""
MINE = ["1", "1", "Sweet Stand", "1", "Soufriere", "900", "0", "0", "0"]
"""The same person from the consent on."""


def two_people(world: World) -> None:
    world.register()
    world.talk("NEW", "1", *SECOND)
    world.say("skip")


def names(world: World) -> list[tuple[str, str | None]]:
    """Business and owner of each client."""
    owners = {person.id: person.name for person in world.all(schema.Person)}
    return [(client.business_name, owners.get(client.person_id)) for client in world.all(schema.Client)]


@on_both
def test_another_person_registers_on_a_known_phone(world: World) -> None:
    world.register()
    assert "write NEW" in world.say("JOIN LC")
    assert world.say("new") == "Gladly. Who is the new sign-up for?"
    assert list(world.buttons()) == ["somebody_else", "business"]
    reply = world.say(choice=world.buttons()["somebody_else"])
    assert reply.count("Write SWITCH") == 1
    assert "Welcome to SBDC Saint Lucia!" in reply
    reply = world.talk(*SECOND)
    assert reply.startswith("Ben's Garage: You're registered, Ben!")
    assert names(world) == [("Ana's Bakery", "Ana Charles"), ("Ben's Garage", "Ben Toussaint")]
    one, two = world.all(schema.Person)
    assert {(row.client_id, row.person_id) for row in world.all(schema.Consent)} == {(1, one.id), (2, two.id)}
    assert {row.business_id for row in world.all(schema.Client)} == {1, 2}


def test_another_business_of_the_same_person_asks_for_no_name(world: World) -> None:
    world.register()
    reply = world.talk("NEW", "2")
    assert "May we keep what you tell me" in reply
    reply = world.talk(*MINE)
    assert reply.startswith("Sweet Stand: You're registered, Ana!")
    assert "woman or a man" not in reply or len(world.all(schema.Person)) == 1
    assert names(world) == [("Ana's Bakery", "Ana Charles"), ("Sweet Stand", "Ana Charles")]


def test_a_reply_belongs_to_the_business_that_is_named(world: World) -> None:
    two_people(world)
    assert world.say("SWITCH") == "Ana's Bakery: Good, now it's about Ana's Bakery."
    assert world.say("update").startswith("Ana's Bakery: ")
    assert world.say("5200").startswith("Ana's Bakery: ")
    reply = world.say("switch")
    assert reply == "Ben's Garage: Good, now it's about Ben's Garage."
    world.talk("update", "9900", "2", "0", "0", "0", "1")
    reply = world.say("1")
    assert "Ana's Bakery: " in reply, "what is still open about the other one is asked again"
    assert world.figures("asked")["sales_month"][1] == 9900
    world.talk("3", "1", "0", "0", "1", "1")
    sales = {row.client_id: row.value for row in world.all(schema.OutcomeRow, indicator="sales_month", wave="asked")}
    assert sales == {1: 5200, 2: 9900}


def test_a_follow_up_names_its_business_and_takes_the_reply(world: World) -> None:
    two_people(world)
    world.log_session()
    world.wait(days=91)
    heard = world.heard()
    assert "Ana's Bakery: " in heard
    assert "Ben's Garage: " not in heard
    assert world.client().business_name == "Ana's Bakery"
    world.say("5200")
    assert {answer.client_id for answer in world.all(schema.Answer, flow="followup")} == {1}


def test_a_button_counts_for_the_business_that_asked(world: World) -> None:
    two_people(world)
    world.talk("update", "9900", "2", "0", "0", "0")
    tap = world.buttons()["yes"]
    assert world.say("SWITCH").startswith("Ana's Bakery: ")
    world.say(choice=tap)
    assert {answer.client_id for answer in world.all(schema.Answer, question="attribution")} == {2}


def test_a_stop_silences_the_phone_for_both_and_start_brings_them_back(world: World) -> None:
    two_people(world)
    world.say("STOP")
    assert [person.opted_out_at is not None for person in world.all(schema.Person)] == [False, True]
    world.log_session()
    before = len(world.all(schema.Outbox))
    world.wait(days=100)
    assert len(world.all(schema.Outbox)) == before
    assert "Welcome back, Ben" in world.say("START")
    assert [person.opted_out_at for person in world.all(schema.Person)] == [None, None]
    assert world.all(schema.Address)[0].opted_out_at is None


def test_a_stop_of_who_has_two_businesses_stops_both(world: World) -> None:
    world.register()
    world.talk("NEW", "2", *MINE, "STOP")
    assert all(client.opted_out_at is not None for client in world.all(schema.Client))
    world.say("START")
    assert [client.opted_out_at for client in world.all(schema.Client)] == [None, None]


def test_erasing_one_of_two_people_leaves_the_other_and_the_phone(world: World) -> None:
    two_people(world)
    assert "erased" in world.talk("erase", "yes")
    assert [client.status for client in world.all(schema.Client)] == ["registered", "erased"]
    assert names(world)[0] == ("Ana's Bakery", "Ana Charles")
    assert world.say("my data").startswith("I keep: Ana Charles; Ana's Bakery;")
    world.wait(days=2)
    assert world.all(schema.Address)[0].address == ANA


def test_who_has_two_businesses_sees_and_erases_both(world: World) -> None:
    world.register()
    world.talk("NEW", "2", *MINE, "skip")
    shown = world.say("my data")
    assert "Ana's Bakery" in shown
    assert "Sweet Stand" in shown
    world.talk("erase", "yes")
    assert {client.status for client in world.all(schema.Client)} == {"erased"}
    assert world.all(schema.Person) == world.all(schema.Speaker) == []


def test_a_second_registration_that_is_refused_gives_the_phone_back(world: World) -> None:
    world.register()
    world.talk("NEW", "1", "1", "2")
    assert [client.status for client in world.all(schema.Client)] == ["registered", "refused"]
    assert world.say("my data").startswith("I keep: Ana Charles")


@pytest.mark.parametrize(("name", "persons"), [("Ana Charles", 1), ("Ben Toussaint", 2)])
def test_two_clients_who_meet_by_a_code_may_be_one_business(world: World, name: str, persons: int) -> None:
    world.register()
    world.register(BEN, name=name)
    code = world.say("code").split("LINK ")[1][:6]
    assert "Are they the same business?" in world.say(f"LINK {code}", who=BEN)
    assert "count as one" in world.say("yes", who=BEN)
    assert {client.business_id for client in world.all(schema.Client)} == {1}
    assert {row.business_id for row in world.all(schema.IncrementRow)} == {1}
    assert len(world.all(schema.Person)) == persons
    beside = {(row.client_id, row.person_id) for row in world.all(schema.ClientPerson)}
    assert beside == ({(1, 2), (2, 1)} if persons == 2 else set())


def test_two_clients_who_meet_by_a_code_may_stay_two(world: World) -> None:
    world.register()
    world.register(BEN, name="Ben Toussaint")
    code = world.say("code").split("LINK ")[1][:6]
    world.say(f"LINK {code}", who=BEN)
    assert "SWITCH" in world.say("no", who=BEN)
    assert {client.business_id for client in world.all(schema.Client)} == {1, 2}
    assert "Ben Toussaint" in world.talk("switch", "my data", who=BEN)


WORDS = {"es": "nuevo", "fr": "Nouveau", "pt": "NOVO", "ht": "nouvo", "nl": "nieuw"}
SWITCHES = {"es": "cambiar", "fr": "changer", "pt": "trocar", "ht": "chanje", "nl": "wissel"}


@pytest.mark.parametrize("language", WORDS)
def test_the_words_in_each_language(world: World, language: str) -> None:
    world.register()
    with world.database.write() as db:
        db.get_one(schema.Client, 1).language = language
        db.get_one(schema.Person, 1).language = language
    world.talk(WORDS[language], "2", *MINE)
    assert "Sweet Stand" in world.last()
    assert world.say(SWITCHES[language]).startswith("Ana's Bakery: ")


def test_a_reply_to_a_counselor_goes_to_the_business_that_the_counselor_wrote_to(world: World) -> None:
    two_people(world)
    staff_id = world.add_staff()
    with world.database.write() as db:
        ana, staff = db.get_one(schema.Client, 1), db.get_one(schema.Staff, staff_id)
        casework.reply_to_client(world.assistant.wiring, db, ana, staff, "Come at 3.", by="rosa", now=world.now)
    assert world.heard() == "Ana's Bakery: Rosa Pierre: Come at 3."
    world.say("I'll be there")
    assert [row.client_id for row in world.all(schema.Inbox, text="I'll be there")] == [1]


def test_a_second_registration_may_turn_out_to_be_a_known_client(world: World) -> None:
    world.register()
    world.register(BEN, name="Ben Toussaint")
    code = world.say("code", who=BEN).split("LINK ")[1][:6]
    world.talk("NEW", "1", "1", f"LINK {code}")
    assert "Ben Toussaint" in world.say("my data")
    assert "Ana Charles" in world.talk("switch", "my data")
    assert "Ben Toussaint" in world.talk("switch", "my data")


def test_a_shared_phone_that_is_a_counselors_serves_nobody_else(world: World) -> None:
    two_people(world)
    staff_id = world.add_staff()
    with world.database.write() as db:
        code = linking.issue(db, world.now, world.assistant.rules.code_valid, staff_id=staff_id)
    assert "Welcome, Rosa Pierre" in world.say(f"LINK {code}")
    assert world.all(schema.Speaker) == []
    assert [row.client_id for row in world.all(schema.Address, address=ANA)] == [None]
    assert "Nobody waits" in world.say("/list")

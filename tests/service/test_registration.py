"""Who gets in, how, and what is kept of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from storage import schema
from tests.service.world import ANA, REGISTRATION, World, on_both


@on_both
def test_a_hello_is_enough_where_there_is_one_center(world: World) -> None:
    world.talk(*REGISTRATION)
    client = world.client()
    assert (client.status, client.name, client.business_name) == ("registered", "Ana Charles", "Ana's Bakery")
    assert (client.sector, client.stage, client.place, client.language) == ("food", "running", "Castries", "en")
    assert world.figures("baseline") == {
        "sales_month": ("value", Decimal(4500)),
        "employees_full": ("value", Decimal(2)),
        "employees_part": ("value", Decimal(1)),
        "exports_month": ("zero", Decimal(0)),
    }


def test_every_figure_names_the_message_that_carried_it(world: World) -> None:
    world.talk(*REGISTRATION)
    answers = {answer.id: answer for answer in world.all(schema.Answer)}
    inbox = {row.id: row for row in world.all(schema.Inbox)}
    for outcome in world.all(schema.OutcomeRow):
        answer = answers[outcome.answer_id]
        assert inbox[answer.inbox_id].text == answer.raw
    assert {answers[row.answer_id].raw for row in world.all(schema.OutcomeRow)} == {"4500", "2", "1", "0"}


def test_both_consents_are_kept_with_version_language_and_message(world: World) -> None:
    world.talk(*REGISTRATION)
    consents = world.all(schema.Consent)
    assert [(consent.kind, consent.granted, consent.language) for consent in consents] == [
        ("service", True, "en"),
        ("survey", True, "en"),
    ]
    texts = {row.id: row.text for row in world.all(schema.Inbox)}
    assert all(consent.text_version and texts[consent.inbox_id] == "1" for consent in consents)


@on_both
def test_a_no_keeps_nothing_but_the_refusal(world: World) -> None:
    goodbye = world.talk("hello", "1", "no")
    assert "JOIN LC" in goodbye
    assert world.client().status == "refused"
    assert [(consent.kind, consent.granted) for consent in world.all(schema.Consent)] == [("service", False)]
    assert {row.text for row in world.all(schema.Inbox)} == {None}
    assert world.all(schema.Answer) == []
    assert "JOIN LC" in world.say("hello again")
    assert "language" in world.say("JOIN LC")


def test_no_to_surveys_still_registers(world: World) -> None:
    world.talk(*REGISTRATION[:3], "2", *REGISTRATION[4:])
    client = world.client()
    assert (client.status, client.service_consent, client.survey_consent) == ("registered", True, False)


def test_an_idea_is_not_asked_for_employees(world: World) -> None:
    done = world.talk(*REGISTRATION[:8], "IDEA")
    assert world.client().stage == "idea"
    assert world.client().code in done
    assert set(world.figures("baseline").values()) == {("zero", Decimal(0))}
    currencies = {row.indicator: row.currency for row in world.all(schema.OutcomeRow)}
    assert currencies == {"sales_month": "XCD", "employees_full": None, "employees_part": None}


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("JOIN LC", "SBDC Saint Lucia"),
        ("join lc", "SBDC Saint Lucia"),
        ("/start LC", "SBDC Saint Lucia"),
        ("UNIRME DO", "SBDC Santo Domingo"),
        ("JOIN XX", "XX"),
        ("hello", "JOIN"),
    ],
)
def test_which_center(network: World, first: str, expected: str) -> None:
    assert expected in network.say(first)


def test_another_center_before_the_end_moves_the_registration(network: World) -> None:
    network.talk("JOIN LC", "1")
    assert "SBDC Haïti" in network.say("JOIN HT")
    assert network.client().code.startswith("HT-")


@on_both
def test_the_same_delivery_twice_is_one_message(world: World) -> None:
    world.say("hello", id="same")
    assert world.say("hello", id="same") == ""
    assert len(world.all(schema.Inbox)) == 1


def test_a_second_phone_joins_by_a_code(world: World) -> None:
    world.register()
    code = world.say("code").split("LINK ")[1][:6]
    assert "Ana" in world.say(f"LINK {code}", who="5550", channel="telegram")
    assert len([client for client in world.all(schema.Client) if client.status == "registered"]) == 1
    assert {address.client_id for address in world.all(schema.Address)} == {world.client().id}
    assert "not right" in world.say(f"LINK {code}", who="5551", channel="telegram")


@on_both
def test_the_same_number_on_whatsapp_has_to_prove_itself(world: World) -> None:
    world.register()
    first = world.say("hello", channel="whatsapp")
    assert "SMS" in first
    with world.database.read() as db:
        sent = db.query(schema.Outbox).join(schema.Address).filter(schema.Address.channel == "sms").all()[-1].text
    digits = "".join(c for c in sent or "" if c.isdigit())
    assert "not right" in world.say("000000" if digits != "000000" else "111111", channel="whatsapp")
    assert "Ana" in world.say(digits, channel="whatsapp")
    registered = [client for client in world.all(schema.Client) if client.status == "registered"]
    assert len(registered) == 1


def test_guessing_codes_ends(world: World) -> None:
    world.register()
    code = world.say("code").split("LINK ")[1][:6]
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for _ in range(5):
        world.say(f"LINK {wrong}", who="+17585550999")
    assert "not right" in world.say(f"LINK {code}", who="+17585550999")


@on_both
def test_erasing_leaves_nothing_that_tells_who_it_was(world: World) -> None:
    world.register()
    world.talk("erase my data", "1")
    world.wait(days=2)
    client = world.all(schema.Client)[0]
    assert (client.status, client.name, client.business_name) == ("erased", None, None)
    assert world.all(schema.OutcomeRow) == []
    assert world.all(schema.Answer) == []
    assert {row.text for row in world.all(schema.Inbox)} == {None}
    assert all(ANA not in address.address for address in world.all(schema.Address))

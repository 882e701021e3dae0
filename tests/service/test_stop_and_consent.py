"""STOP at any point and in any language, consent given and taken back, and what is forgotten."""

from __future__ import annotations

import pytest

from storage import schema
from tests.service.world import ANA, REGISTRATION, World

MOMENTS = {
    "language": ["hello"],
    "consent": ["hello", "1"],
    "name": ["hello", "1", "1", "1"],
    "read-back": [*REGISTRATION, "update", "45000"],
    "review": [*REGISTRATION, "update", "5200", "3", "1", "0", "0", "1"],
    "choosing what to change": [*REGISTRATION, "update", "5200", "3", "1", "0", "0", "1", "2"],
    "a text": [*REGISTRATION, "person"],
    "erasing": [*REGISTRATION, "erase"],
    "nothing open": REGISTRATION,
}


WORDS = ["STOP", "stop!!", "Alto", "ARRÊT", "parar", "sispann", "afmelden", "please stop texting me"]
EVERY_PAIR = [
    pytest.param(moment, word, marks=[pytest.mark.slow] if "open" not in moment and word != "STOP" else [])
    for moment in MOMENTS
    for word in WORDS
]
"""Each word in each moment; the quick lane takes each word once and each moment once."""


@pytest.mark.parametrize(("moment", "word"), EVERY_PAIR)
def test_stop_counts_at_any_point(world: World, moment: str, word: str) -> None:
    world.once(lambda: world.talk(*MOMENTS[moment]), moment)
    world.say(word)
    client = world.client()
    assert client.opted_out_at == world.now
    assert world.all(schema.Conversation, status="open") == []
    for ordinary in ("hello", "5200", "yes", "1", "update", "person"):
        assert "START" in world.say(ordinary) or client.language != "en"
    assert world.client().opted_out_at is not None
    before = len(world.all(schema.Outbox))
    world.wait(days=40)
    assert len(world.all(schema.Outbox)) == before
    world.say("START")
    assert world.client().opted_out_at is None


def test_a_stop_that_the_provider_confirmed_is_not_confirmed_again(world: World) -> None:
    world.register()
    assert world.say("STOP", opt_out=True) == ""
    assert world.client().opted_out_at == world.now
    assert "Welcome back" in world.say("START", opt_out=False)


def test_stop_instead_of_the_first_answer_declines_the_survey(world: World) -> None:
    world.register()
    world.talk("update", "STOP")
    assert world.followups() == {"asked": "declined"}


def test_stop_before_the_consent_leaves_no_word(world: World) -> None:
    world.talk("hello, I am Ana Charles from the bakery", "1", "STOP")
    assert {row.text for row in world.all(schema.Inbox)} == {None}
    assert world.client().opted_out_at is not None


def test_a_registration_without_consent_is_forgotten_with_its_number(world: World) -> None:
    world.talk("hello, I am Ana Charles", "1")
    world.wait(days=32)
    assert {row.text for row in world.all(schema.Inbox)} == {None}
    assert all(ANA not in address.address for address in world.all(schema.Address))
    assert world.all(schema.Client)[0].status == "erased"


def test_a_no_after_an_earlier_yes_forgets_what_was_told_before(network: World) -> None:
    network.talk("JOIN LC", "1", "1", "1", "Ana Charles", "Bakery", "1", "Castries", "4500")
    network.say("JOIN HT")
    network.talk("1", "no")
    assert network.client().status == "refused"
    assert network.all(schema.Answer) == []
    assert network.all(schema.OutcomeRow) == []
    assert (network.client().service_consent, network.client().survey_consent) == (False, False)
    assert not any("Ana" in (row.text or "") for row in network.all(schema.Outbox))
    assert not any("Ana" in str(conversation.state) for conversation in network.all(schema.Conversation))


def test_a_person_before_the_consent(world: World) -> None:
    world.talk("hello", "1")
    assert "PERSON" in world.say("person")
    assert world.all(schema.Handover) == []
    world.talk("1", "1", "person")
    world.say("I can't write well")
    assert "can't write well" in world.all(schema.Handover)[0].reason


def test_who_asks_for_a_person_and_says_no_more_gets_one(world: World) -> None:
    world.register()
    world.say("person")
    world.wait(hours=3)
    assert world.all(schema.Handover)[0].reason == "asks for a counselor: no topic given"
    assert world.all(schema.Conversation, status="open") == []


@pytest.mark.parametrize("stopped", [False, True], ids=["mid-survey", "after STOP"])
def test_data_and_erase_work_at_any_time(world: World, stopped: bool) -> None:
    world.register()
    world.say("STOP" if stopped else "update")
    assert "Ana Charles" in world.say("my data")
    assert "erase" in world.say("erase")
    world.say("yes")
    assert world.all(schema.Client)[0].status == "erased"


def test_erase_in_the_middle_of_a_registration(world: World) -> None:
    world.talk(*REGISTRATION[:6], "erase", "yes")
    assert world.all(schema.Client)[0].status == "erased"
    assert world.all(schema.Answer) == []


def test_erasing_takes_the_name_out_of_what_staff_were_told(world: World) -> None:
    world.add_staff()
    code = world.register()
    world.talk("person", "my loan")
    world.say(f"/reply {code} Dear Ana, call me", who="900", channel="telegram")
    world.say(f"/done {code}", who="900", channel="telegram")
    world.talk("erase", "yes")
    world.wait(days=2)
    told = [row.text or "" for row in (*world.all(schema.Outbox), *world.all(schema.Inbox))]
    assert not any("Ana" in text or "loan" in text for text in told)


def test_consent_to_surveys_can_be_taken_back_and_given_again(world: World) -> None:
    world.register()
    world.log_session()
    assert "NO SURVEYS" in world.say("my data")
    world.say("update")
    assert "SURVEYS" in world.say("no surveys")
    assert world.client().survey_consent is False
    assert world.followups()["asked"] == "declined"
    world.wait(days=91)
    assert world.all(schema.Followup, wave="3m")[0].reason == "has not agreed to follow-up surveys"
    world.say("surveys")
    assert [(c.kind, c.granted) for c in world.all(schema.Consent)][2:] == [("survey", False), ("survey", True)]
    world.heard()
    world.wait(days=95)
    assert "a few questions" in world.heard()

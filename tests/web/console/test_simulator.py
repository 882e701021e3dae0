"""The simulator over HTTP: what goes in, what comes back, and what is refused with which sentence."""

from __future__ import annotations

from typing import Any

import pytest

from storage.schema import Inbox
from tests.web.console.conftest import FIGURES, SIGN_UP, World

MARIE, PHONE = "+17585550101", "+17585550110"
"""The second one is nobody's yet."""


@pytest.fixture
def world(world: World) -> World:
    world.phone = PHONE
    return world


def test_a_message_brings_its_replies(world: World) -> None:
    (reply,) = world.says("JOIN LC")
    assert reply["flow"] == "registration"
    assert reply["question"] == "language"
    assert reply["text"].startswith("Welcome to SBDC Saint Lucia! Which language do you prefer?\n1 English\n2 ")
    assert [choice["label"] for choice in reply["choices"]][:2] == ["English", "Español"]
    assert (reply["segments"], reply["encoding"]) == (1, "GSM-7")


@pytest.mark.parametrize(
    ("channel", "buttons", "rows", "lines"),
    [("sms", 0, 0, 7), ("whatsapp", 0, 6, 1), ("telegram", 6, 0, 1)],
)
def test_each_app_shows_choices_in_its_own_way(world: World, channel: str, buttons: int, rows: int, lines: int) -> None:
    (reply,) = world.says("JOIN LC", channel=channel)
    assert (len(reply["buttons"]), len(reply["rows"]), len(reply["text"].splitlines())) == (buttons, rows, lines)
    assert len(reply["choices"]) == 6


def test_a_choice_counts_like_its_words(world: World) -> None:
    (language,) = world.says("JOIN LC", channel="whatsapp")
    spanish = next(choice["id"] for choice in language["choices"] if choice["label"] == "Español")
    answer = world.write(channel="whatsapp", choice=spanish).json()
    assert answer["replies"][0]["question"] == "consent"
    assert "asistente" in answer["replies"][0]["text"]
    with world.database.read() as db:
        assert db.get_one(Inbox, answer["received"]).text == "Español"


def test_a_button_of_an_earlier_question_answers_nothing(world: World) -> None:
    (language,) = world.says("JOIN LC", channel="whatsapp")
    world.says("1", "yes", channel="whatsapp")
    late = world.write(channel="whatsapp", choice=language["choices"][3]["id"]).json()["replies"][0]
    assert "already closed" in late["text"]
    assert late["question"] == "survey_consent"


def test_the_same_delivery_twice_is_one_message(world: World) -> None:
    first = world.write(text="JOIN LC", id="delivery-1").json()
    again = world.write(text="JOIN LC", id="delivery-1").json()
    other = world.write(text="JOIN LC", id="delivery-1", **{"from": "+17585550102"}).json()
    assert (len(first["replies"]), first["duplicate"]) == (1, False)
    assert (again["replies"], again["duplicate"], again["received"]) == ([], True, None)
    assert len(other["replies"]) == 1


def test_a_number_is_one_phone_however_it_is_written(world: World) -> None:
    world.says("JOIN LC")
    for written in ("17585550110", "+1 (758) 555-0110", "001 758 555 0110", 17585550110):
        assert world.write(text="HELP", **{"from": written}).json()["replies"][0]["question"] == "language"
    seen = world.browser.get("/simulator/messages", params={"from": "1 758 555 0110"}).json()
    assert len(seen["replies"]) == 5


@pytest.mark.parametrize(
    "message", [{"text": ""}, {"text": "🌴"}, {"media": "voice"}, {"text": "\ud83d"}, {"text": "a\x00b"}]
)
def test_what_cannot_be_an_answer_is_asked_again(world: World, message: dict[str, Any]) -> None:
    world.says("JOIN LC")
    assert world.write(**message).json()["replies"][0]["question"] == "language"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("[]", "the body must be a JSON object"),
        ("{", "the body must be JSON."),
        ('{"from": "+1758", "text": "hi"}', "channel must be one of sms, whatsapp, telegram."),
        ('{"channel": "fax", "from": "+1758", "text": "hi"}', "channel must be one of sms, whatsapp, telegram."),
        ('{"channel": ["sms"], "from": "+1758", "text": "hi"}', "channel must be one of"),
        ('{"channel": "sms", "text": "hi"}', "from must be a phone number"),
        ('{"channel": "sms", "from": "Marie", "text": "hi"}', "from must be a phone number"),
        ('{"channel": "sms", "from": "1234567890123456", "text": "hi"}', "from must be a phone number"),
        ('{"channel": "sms", "from": true, "text": "hi"}', "from must be a phone number"),
        ('{"channel": "sms", "from": "+1758"}', "give a text, the id of a choice, or a media."),
        ('{"channel": "sms", "from": "+1758", "text": 5}', "text must be a string."),
        ('{"channel": "sms", "from": "+1758", "choice": {}}', "choice must be a string."),
        ('{"channel": "sms", "from": "+1758", "choice": "%s"}' % ("x" * 201), "choice is too long"),
        ('{"channel": "sms", "from": "+1758", "media": "fax"}', "media must be one of photo, voice"),
    ],
)
def test_a_mistake_is_named_in_one_sentence(world: World, body: str, sentence: str) -> None:
    answer = world.browser.post("/simulator/messages", content=body)
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(sentence)


def test_a_text_of_ten_megabytes_is_not_read(world: World) -> None:
    answer = world.browser.post("/simulator/messages", json={"channel": "sms", "from": PHONE, "text": "x" * 10**7})
    assert answer.status_code == 413


def test_messages_can_be_asked_for_after_an_id_and_since_a_time(world: World) -> None:
    (first,) = world.says("JOIN LC")
    (second,) = world.says("1")
    ask = {"from": PHONE, "channel": "sms"}
    after = world.browser.get("/simulator/messages", params={**ask, "after": first["id"]}).json()
    assert [reply["id"] for reply in after["replies"]] == [second["id"]]
    everything = world.browser.get("/simulator/messages", params=ask).json()
    assert [row["text"] for row in everything["inbound"]] == ["JOIN LC", "1"]
    assert len(everything["replies"]) == 2
    world.clock.pass_by(minutes=1)
    later = {**ask, "since": world.clock().isoformat()}
    assert world.browser.get("/simulator/messages", params=later).json()["replies"] == []
    assert world.browser.get("/simulator/messages", params={**ask, "channel": "telegram"}).json()["replies"] == []


@pytest.mark.parametrize(
    "query", ["", "?from=x", f"?from={PHONE}&channel=fax", f"?from={PHONE}&since=2026-11-23T10:00:00"]
)
def test_a_phone_that_cannot_be_is_refused(world: World, query: str) -> None:
    assert world.browser.get(f"/simulator/messages{query}").status_code == 422


def test_what_was_understood_is_shown_beside_what_was_said(world: World) -> None:
    world.says(*SIGN_UP[:8], "about 4,500", channel="whatsapp")
    seen = world.browser.get("/simulator/understood", params={"from": PHONE}).json()
    assert seen["client"]["name"] == "Marie Joseph"
    assert seen["open"]["question"] == "Full-time employees"
    sales = seen["answers"][0]
    assert (sales["question"], sales["raw"], sales["value"], sales["currency"]) == (
        "sales_month",
        "about 4,500",
        "4500",
        "XCD",
    )
    assert sales["shown"] == "EC$4,500"


def test_a_reading_that_awaits_a_yes_is_told_apart(world: World) -> None:
    world.says(*SIGN_UP[:8], "600 a week")
    seen = world.browser.get("/simulator/understood", params={"from": PHONE}).json()
    assert seen["open"]["pending"] == {"raw": "600 a week", "shown": "EC$600 a week"}
    assert seen["answers"][0]["question"] != "sales_month"


def test_a_phone_of_nobody_tells_nothing(world: World) -> None:
    seen = world.browser.get("/simulator/understood", params={"from": "999"}).json()
    assert (seen["client"], seen["answers"]) == (None, [])


def test_what_a_turn_sends_to_another_phone_arrives_there(world: World) -> None:
    """The code that proves the first phone."""
    (asked,) = world.says("JOIN LC", channel="whatsapp", **{"from": MARIE})
    assert "six digits" in asked["text"]
    codes = world.browser.get("/simulator/messages", params={"from": MARIE, "channel": "sms"}).json()["replies"]
    assert codes[-1]["text"].startswith("Your code is ")


@pytest.mark.slow
def test_a_whole_follow_up_over_http(world: World) -> None:
    world.says(*SIGN_UP, "UPDATE", *FIGURES[:-1])
    (thanks,) = world.says(FIGURES[-1])
    assert thanks["text"].startswith("Thank you, Marie!")


def test_the_page_loads_nothing_from_elsewhere(world: World) -> None:
    page = world.browser.get("/simulator")
    assert page.status_code == 200
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]
    assert "JOIN" not in page.text
    assert "SBDC Saint Lucia" in page.text
    for reference in ("http://", "https://", "<script>", "style="):
        assert reference not in page.text


@pytest.mark.parametrize(
    "path", ["/simulator/static/simulator.js", "/simulator/static/simulator.css", "/console/static/htmx.min.js"]
)
def test_files_are_served_by_name_only(world: World, path: str) -> None:
    assert world.browser.get(path).status_code == 200
    assert world.browser.get(path.rpartition("/")[0] + "/../assets.py").status_code == 404
    assert world.browser.get(path.rpartition("/")[0] + "/bootstrap.js").status_code == 404

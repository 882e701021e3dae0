"""The follow-up: planned, asked, nudged, interrupted, read back, and closed with what was given."""

from __future__ import annotations

from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.service import casework
from bot.service.reachability import reach
from bot.service.results import Done
from storage import schema
from tests.service.world import World, on_both

ANSWERS = ["5200", "3", "1", "0", "none", "1"]


@pytest.fixture
def asked(world: World) -> World:
    """Ana is registered, had a session, and got her three-month follow-up."""
    world.register()
    world.log_session()
    world.wait(days=90)
    return world


def test_a_session_plans_by_the_cadence(world: World) -> None:
    world.register()
    world.log_session()
    assert world.followups() == {"3m": "planned", "6m": "planned", "12m": "planned"}
    world.log_session()
    assert len(world.all(schema.Followup)) == 3


@on_both
def test_the_whole_survey(asked: World) -> None:
    assert "sell in March" in asked.heard()
    review = asked.talk(*ANSWERS)
    assert "EC$5,200 (was 4,500)" in review
    assert "Full-time 3 (was 2)" in review
    asked.say("1")
    assert asked.followups()["3m"] == "completed"
    assert asked.figures("3m") == {
        "sales_month": ("value", Decimal(5200)),
        "employees_full": ("value", Decimal(3)),
        "employees_part": ("value", Decimal(1)),
        "exports_month": ("zero", Decimal(0)),
        "financing": ("zero", Decimal(0)),
        "attribution": ("value", None),
    }


@on_both
def test_a_correction_adds_a_row_and_loses_none(asked: World) -> None:
    asked.talk(*ANSWERS, "2", "2")
    asked.talk("4", "1")
    assert asked.figures("3m")["employees_full"] == ("value", Decimal(4))
    rows = asked.all(schema.Answer, flow="followup", question="employees_full")
    assert [(row.raw, row.taken_back) for row in rows] == [("3", True), ("4", False)]
    assert rows[1].replaces_id == rows[0].id


def test_back_skip_and_resume_after_days(asked: World) -> None:
    asked.talk("5200", "3")
    asked.wait(days=2)
    assert "full-time" in asked.say("back")
    asked.talk("4", "skip", "0", "0", "1", "1")
    assert asked.figures("3m")["employees_full"] == ("value", Decimal(4))
    assert asked.figures("3m")["employees_part"] == ("unknown", None)


@on_both
def test_nudged_twice_then_closed_as_partial(asked: World) -> None:
    asked.talk("5200", "3")
    before = len(asked.all(schema.Outbox))
    asked.wait(days=8)
    assert len(asked.all(schema.Outbox)) == before + 2
    assert asked.followups()["3m"] == "partial"
    assert asked.figures("3m")["sales_month"] == ("value", Decimal(5200))
    assert all(row.partial for row in asked.all(schema.OutcomeRow, wave="3m"))


def test_never_answered_is_unanswered_and_keeps_no_figure(asked: World) -> None:
    asked.wait(days=8)
    assert asked.followups()["3m"] == "unanswered"
    assert asked.figures("3m") == {}


def test_nothing_goes_out_in_quiet_hours(asked: World) -> None:
    asked.wait(days=200)
    zone = ZoneInfo("America/St_Lucia")
    hours = {row.created_at.astimezone(zone).hour for row in asked.all(schema.Outbox) if row.bulk}
    assert hours
    assert hours <= set(range(8, 20))


@on_both
def test_stop_keeps_what_was_given_and_is_sticky(asked: World) -> None:
    asked.say("5200")
    asked.say("STOP")
    assert asked.figures("3m") == {"sales_month": ("value", Decimal(5200))}
    assert "START" in asked.say("hello?")
    before = len(asked.all(schema.Outbox))
    asked.wait(days=300)
    assert len(asked.all(schema.Outbox)) == before
    assert set(asked.followups().values()) == {"partial", "dropped"}
    assert "Ana" in asked.say("START")


def test_no_consent_to_surveys_means_no_survey(world: World) -> None:
    world.talk("hello", "1", "1", "2", "Ana", "Bakery", "1", "Castries", "100", "0", "0", "0")
    world.log_session()
    world.wait(days=91)
    followup = world.all(schema.Followup)[0]
    assert (followup.status, followup.reason) == ("dropped", "has not agreed to follow-up surveys")
    with world.database.read() as db:
        assert reach(db, world.client(), world.now).address is None


def test_the_client_can_start_it(world: World) -> None:
    world.register()
    assert "sell in December" in world.say("update")
    world.talk(*ANSWERS, "1")
    assert world.followups() == {"asked": "completed"}


def test_a_counselor_can_start_it_and_asking_twice_is_one_survey(world: World) -> None:
    world.register()
    for _ in range(2):
        with world.database.write() as db:
            assert isinstance(
                casework.ask_for_figures(world.assistant.wiring, db, world.client(), None, by="cli:ana", now=world.now),
                Done,
            )
    assert len(world.all(schema.Followup)) == 1
    assert len(world.all(schema.Conversation, flow="followup")) == 1


def test_the_language_can_change_in_the_middle(asked: World) -> None:
    asked.say("5200")
    asked.talk("language", "2")
    assert asked.client().language == "es"
    asked.talk("3", "1", "0", "0", "1", "1")
    assert asked.followups()["3m"] == "completed"


def test_a_tap_counts_for_its_own_prompt_only(asked: World) -> None:
    asked.talk("5200", "3", "1", "0", "0")
    first = asked.buttons()
    asked.talk("1")
    assert "closed" in asked.say(choice=first["no"])
    review = asked.buttons()
    assert asked.figures("3m") == {}
    asked.say(choice=review["right"])
    assert asked.followups()["3m"] == "completed"
    assert "closed" in asked.say(choice=review["change"])


def test_the_survey_goes_on_from_another_channel(asked: World) -> None:
    asked.say("5200")
    code = asked.say("code").split("LINK ")[1][:6]
    assert "full-time" in asked.say(f"LINK {code}", who="777", channel="telegram")
    asked.say("3", who="777", channel="telegram")
    answers = asked.all(schema.Answer, flow="followup")
    assert [(answer.question, answer.channel) for answer in answers] == [
        ("sales_month", "sms"),
        ("employees_full", "telegram"),
    ]


@pytest.mark.parametrize(
    "odd",
    ["", "   ", "😀😀😀", "x" * 10_000_000, "2500 or 3500?", "\x00\x00", "758-452-1234"],
    ids=["empty", "blank", "emoji", "10 MB", "two figures", "nul", "phone number"],
)
def test_what_is_no_answer_is_asked_again_and_loses_nothing(asked: World, odd: str) -> None:
    asked.say("5200")
    asked.say(odd)
    asked.talk("3", "1", "0", "0", "1", "1")
    assert asked.figures("3m")["employees_full"] == ("value", Decimal(3))


@pytest.mark.parametrize("media", ["photo", "voice", "document", "sticker"])
def test_media_is_answered_kindly(asked: World, media: str) -> None:
    reply = asked.say(media=media)
    assert "cannot" in reply
    assert asked.figures("3m") == {}


@on_both
def test_a_person_is_fetched_and_the_assistant_is_silent_meanwhile(asked: World) -> None:
    staff = asked.add_staff()
    asked.talk("person", "I need help with my loan")
    assert "loan" in asked.last("900", "telegram")
    assert "Ana" in asked.say("/take " + asked.client().code, who="900", channel="telegram")
    assert asked.say("are you there?") == ""
    assert "are you there?" in asked.last("900", "telegram")
    asked.say(f"/reply {asked.client().code} Yes, call me at 3", who="900", channel="telegram")
    assert "Yes, call me at 3" in asked.last()
    asked.say(f"/done {asked.client().code}", who="900", channel="telegram")
    assert "full-time" in asked.say("5200")
    assert asked.all(schema.Handover)[0].staff_id == staff


@pytest.mark.parametrize("wanted", ["ana", "Ana Charles", "CODE"])
def test_a_counselor_starts_it_from_their_own_phone(world: World, wanted: str) -> None:
    world.add_staff()
    code = world.register()
    reply = world.say(f"/followup {wanted.replace('CODE', code)}", who="900", channel="telegram")
    assert reply == f"Asked Ana Charles ({code}) by sms. The figures come in by themselves."
    assert world.followups() == {"asked": "invited"}
    assert [row.action for row in world.all(schema.Audit)] == ["followup.trigger"]

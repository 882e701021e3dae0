"""What staff noted on the phone: the client is asked once whether the center helped, and only their own word counts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.service import casework, confirmations, keyed_figures
from bot.service.results import Done, Refused
from storage import schema
from tests.service.talks import BY, TOLD
from tests.service.world import ANA, World

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def enter(world: World, how: str = "phone", **replies: str) -> keyed_figures.Entered:
    with world.database.write() as db:
        client = db.get_one(schema.Client, world.client().id)
        wiring, told = world.assistant.wiring, {**TOLD, **replies}
        done = keyed_figures.enter_figures(
            wiring, db, client, told, {}, how=how, staff=None, wave="asked", by=BY, now=world.now
        )
        assert isinstance(done, Done)
        return done.result


def registered(world: World, **more: Any) -> World:
    """Ana, who has been silent since she was asked for her sex: nothing is open and no message is due."""
    world.register(**more)
    world.wait(days=2)
    world.heard(channel=more.get("channel", "sms"))
    return world


def attributions(world: World) -> list[tuple[str | None, bool, str]]:
    """Each row of the center's part: what it says, whether it is a claim, and where it is from."""
    return [(row.text, row.claimed, row.source) for row in world.all(schema.OutcomeRow, indicator="attribution")]


def counted(world: World) -> set[str | None]:
    """How the change of sales is attributed."""
    rows = world.all(schema.IncrementRow, indicator="sales_month", baseline=False)
    return {row.attribution for row in rows}


QUESTION = """This is what SBDC Saint Lucia noted:
Sales EC$5,200
Full-time 3
Part-time 1
Did the center's help contribute to these results?"""
CLAIM = ("yes", True, "phone")


@pytest.mark.parametrize(
    ("replies", "rows", "counts"),
    [
        (["1"], [("yes", False, "chat")], {"yes"}),
        (["yes, a lot"], [("yes", False, "chat")], {"yes"}),
        (["partly"], [("partly", False, "chat")], {"partly"}),
        (["3", "1"], [("no", False, "chat")], {"no"}),
        (["no", "no difference"], [("no", False, "chat")], {"no"}),
        (["no"], [], {None}),
        (["3", "skip"], [], {None}),
        (["skip"], [], {None}),
        (["thanks for calling"], [], {None}),
    ],
)
def test_what_the_client_writes_is_what_counts(
    world: World, replies: list[str], rows: list[tuple[str, bool, str]], counts: set[str | None]
) -> None:
    registered(world)
    assert enter(world).asked
    assert counted(world) == {None}
    world.wait(hours=1)
    assert world.heard() == QUESTION
    world.talk(*replies)
    assert attributions(world) == [CLAIM, *rows]
    assert counted(world) == counts
    told = world.all(schema.OutcomeRow, indicator="attribution")
    assert {row.day for row in told} == {told[0].day}
    for row in told[1:]:
        assert (row.corrects_id, row.by, row.why) == (told[0].id, "client", "asked in the chat")
        [answer] = world.all(schema.Answer, id=row.answer_id)
        assert (answer.flow, answer.raw, answer.inbox_id is not None) == ("confirmation", replies[0], True)


@pytest.mark.parametrize("wrong", [["3", "2"], ["that's wrong", "wrong figures"], ["no those are not my figures", "2"]])
def test_wrong_figures_are_changed_as_in_any_survey(world: World, wrong: list[str]) -> None:
    registered(world)
    enter(world)
    world.wait(hours=1)
    assert "Which one shall we change?" in world.talk(*wrong)
    assert "Sales EC$6,200 (was 4,500)" in world.talk("1", "6200")
    assert attributions(world) == [CLAIM]
    assert "has your figures now" in world.say("1")
    sales = world.all(schema.OutcomeRow, indicator="sales_month", wave="asked")
    assert [(row.value, row.source, row.by) for row in sales] == [(5200, "phone", BY), (6200, "chat", "client")]
    assert sales[1].corrects_id == sales[0].id
    assert attributions(world) == [CLAIM, ("yes", False, "chat")]
    assert counted(world) == {"yes"}


def test_it_is_asked_once(world: World) -> None:
    registered(world)
    enter(world)
    world.wait(days=60)
    assert world.heard() == QUESTION
    assert world.all(schema.Conversation, flow="confirmation", status="open") == []
    assert "Hi Ana!" in world.say("hello")
    assert counted(world) == {None}


def test_another_talk_is_another_question(world: World) -> None:
    registered(world)
    enter(world)
    world.wait(hours=1)
    world.talk("1")
    world.wait(days=1)
    enter(world, sales_month="5900")
    world.heard()
    world.wait(days=2)
    assert "Sales EC$5,900" in world.heard()


def test_it_may_be_ignored(world: World) -> None:
    registered(world)
    enter(world)
    world.wait(hours=1)
    world.heard()
    assert "No training is planned" in world.say("training")
    assert "contribute" not in world.say("hello")


def test_what_is_on_paper_is_no_claim(world: World) -> None:
    registered(world)
    assert not enter(world, "paper").asked
    assert counted(world) == {"yes"}
    world.wait(days=5)
    assert world.heard() == ""


def test_who_stopped_is_not_asked(world: World) -> None:
    registered(world)
    with world.database.write() as db:
        db.get_one(schema.Client, world.client().id).opted_out_at = world.now
    assert enter(world).not_asked == f"wrote STOP on {world.now:%Y-%m-%d}"
    world.wait(days=5)
    assert world.heard() == ""


def test_who_stops_before_the_question_is_not_asked(world: World) -> None:
    registered(world)
    enter(world)
    world.say("stop")
    world.wait(days=5)
    assert world.heard() == ""
    [timer] = world.all(schema.Timer, kind="confirmation.ask")
    assert (timer.status, timer.reason.startswith("wrote STOP")) == ("dropped", True)


def test_nobody_is_asked_at_night(world: World) -> None:
    registered(world)
    world.now = world.now.replace(hour=2)
    enter(world)
    world.wait(hours=1)
    assert world.heard() == ""
    assert world.due("confirmation.ask").hour == 12


def handover(world: World, *, taken: bool) -> None:
    with world.database.write() as db:
        opened = {"client_id": world.client().id, "reason": "asks", "opened_at": world.now}
        db.add(schema.Handover(**opened, taken_at=world.now if taken else None))


@pytest.mark.parametrize("taken", [False, True])
def test_while_a_person_is_awaited_nothing_is_asked(world: World, taken: bool) -> None:
    registered(world)
    handover(world, taken=taken)
    enter(world)
    world.wait(days=2)
    assert QUESTION not in world.heard()
    with world.database.write() as db:
        for row in db.query(schema.Handover):
            row.closed_at = world.now
    world.wait(days=1)
    assert world.heard() == QUESTION


def test_it_waits_for_another_conversation(world: World) -> None:
    registered(world)
    enter(world)
    assert "All correct?" in world.say("update")
    world.wait(hours=23)
    assert QUESTION not in world.heard()
    assert attributions(world) == [CLAIM]
    world.wait(days=2)
    assert QUESTION in world.heard()


def test_who_agrees_to_the_whole_survey_is_not_asked(world: World) -> None:
    registered(world)
    enter(world)
    world.talk("update", "1")
    assert attributions(world) == [CLAIM, ("yes", False, "chat")]
    assert len(world.all(schema.OutcomeRow, wave="asked")) == 7
    world.wait(days=3)
    assert world.heard() == ""


def test_after_a_month_it_is_too_late(world: World) -> None:
    registered(world)
    enter(world)
    handover(world, taken=False)
    world.wait(days=32)
    assert QUESTION not in world.heard()
    [timer] = world.all(schema.Timer, kind="confirmation.ask")
    assert (timer.status, timer.reason) == ("dropped", "too late to be of use")


def test_on_whatsapp_it_is_announced_after_a_day_of_silence(world: World) -> None:
    registered(world, channel="whatsapp")
    enter(world)
    world.wait(hours=1)
    [row] = world.rows(channel="whatsapp")
    assert row.text == QUESTION
    assert (row.template or "").startswith("acompana_")
    world.say(choice=world.buttons(channel="whatsapp")["partly"], channel="whatsapp")
    assert attributions(world) == [CLAIM, ("partly", False, "chat")]


def test_the_answer_follows_a_correction_by_staff(world: World) -> None:
    registered(world)
    enter(world)
    with world.database.write() as db:
        client = db.get_one(schema.Client, world.client().id)
        done = casework.correct_figure(
            db, client, "attribution", "asked", "partly", "heard again", by=BY, now=world.now
        )
        assert isinstance(done, Done)
    world.wait(hours=1)
    world.talk("1")
    assert attributions(world) == [CLAIM, ("partly", True, "phone"), ("yes", False, "chat")]


# --- a paper on file -------------------------------------------------------------------------------------------------


def file(world: World, wave: str = "asked", note: str = "folder 12", **more: Any) -> Done[Any] | Refused:
    with world.database.write() as db:
        client = db.get_one(schema.Client, world.client().id)
        return confirmations.put_on_file(db, client, wave, note, by=BY, now=world.now, **more)


@pytest.mark.parametrize("asked", [False, True])
def test_a_paper_on_file_counts_and_ends_the_question(world: World, asked: bool) -> None:
    registered(world)
    enter(world, attribution="partly")
    if asked:
        world.wait(hours=1)
    done = file(world)
    assert isinstance(done, Done)
    assert done.result.answer == "partly"
    assert attributions(world) == [("partly", True, "phone"), ("partly", False, "paper")]
    assert counted(world) == {"partly"}
    assert world.all(schema.Timer, kind="confirmation.ask", status="pending") == []
    assert world.all(schema.Conversation, flow="confirmation", status="open") == []
    world.wait(days=3)
    assert (QUESTION in world.heard()) is asked
    assert world.all(schema.Conversation, flow="confirmation", status="open") == []
    world.talk("1")
    assert len(attributions(world)) == 2
    [audit] = world.all(schema.Audit, action="outcome.paper")
    assert (audit.actor, audit.details["wave"]) == (BY, "asked")


@pytest.mark.parametrize(
    ("wave", "more", "refused"),
    [
        ("asked", {"note": " "}, "say where the paper is"),
        ("asked", {"note": "x" * 301}, "at most 300 characters; these are 301"),
        ("9m", {}, "has no follow-up 9m"),
        ("asked", {"day": date(2026, 2, 1)}, "claimed nothing in a follow-up asked of 2026-02-01; choose 2026-01-07"),
    ],
)
def test_what_is_no_paper(world: World, wave: str, more: dict[str, Any], refused: str) -> None:
    registered(world)
    enter(world)
    done = file(world, wave, **more)
    assert isinstance(done, Refused)
    assert refused in done.reason
    assert attributions(world) == [CLAIM]


def test_a_claim_is_filed_once(world: World) -> None:
    registered(world)
    enter(world)
    assert isinstance(file(world), Done)
    done = file(world)
    assert isinstance(done, Refused)
    assert "claimed nothing" in done.reason
    assert world.client(ANA).opted_out_at is None
    assert Decimal(5200) == world.figures("asked")["sales_month"][1]

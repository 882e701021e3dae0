"""Figures that staff type in for a client: read as in the chat, kept with who, when and how, in the survey they belong to."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.service import casework, keyed_figures
from bot.service.keyed_figures import Entered
from bot.service.results import Done, Refused
from storage import schema
from tests.service.talks import BY, TOLD
from tests.service.world import World


@pytest.fixture
def rosa(world: World) -> int:
    staff = world.add_staff()
    world.register()
    world.heard()
    return staff


def enter(
    world: World, replies: dict[str, str], agreed: dict[str, str] | None = None, **more: Any
) -> Done[Entered] | Refused:
    """Enter what Ana told, by phone unless another way is given."""
    with world.database.write() as db:
        client = db.get_one(schema.Client, world.client().id)
        staff = db.get_one(schema.Staff, more.pop("staff")) if "staff" in more else None
        more = {"how": "phone", **more}
        return keyed_figures.enter_figures(
            world.assistant.wiring, db, client, replies, agreed or {}, staff=staff, by=BY, now=world.now, **more
        )


def ask(world: World) -> None:
    with world.database.write() as db:
        client = db.get_one(schema.Client, world.client().id)
        assert isinstance(
            casework.ask_for_figures(world.assistant.wiring, db, client, None, by=BY, now=world.now), Done
        )


def rows(world: World, wave: str) -> dict[str, schema.OutcomeRow]:
    return {row.indicator: row for row in world.all(schema.OutcomeRow, wave=wave)}


def test_what_is_told_by_phone_is_a_survey_of_its_own(world: World, rosa: int) -> None:
    done = enter(world, TOLD, staff=rosa)
    assert isinstance(done, Done)
    assert world.followups() == {"asked": "completed"}
    assert world.figures("asked")["sales_month"] == ("value", Decimal(5200))
    sales = rows(world, "asked")["sales_month"]
    assert (sales.source, sales.by, sales.claimed, sales.month) == ("phone", BY, False, "2025-12")
    [answer] = world.all(schema.Answer, id=sales.answer_id)
    assert (answer.keyed_by, answer.inbox_id, answer.raw, answer.channel) == (rosa, None, "5200", "phone")
    [audit] = world.all(schema.Audit, action="outcome.enter")
    assert (audit.actor, audit.subject, audit.details["how"]) == (BY, world.client().code, "phone")
    assert world.all(schema.Conversation, flow="followup", status="open") == []
    assert world.heard() == ""


@pytest.mark.parametrize(
    ("how", "claimed", "counts"), [("phone", True, None), ("visit", True, None), ("paper", False, "yes")]
)
def test_an_attribution_counts_when_the_client_wrote_it(
    world: World, rosa: int, how: str, claimed: bool, counts: str | None
) -> None:
    assert isinstance(enter(world, TOLD, how=how), Done)
    assert rows(world, "asked")["attribution"].claimed is claimed
    sales = [row for row in world.all(schema.IncrementRow, indicator="sales_month", chain="told") if row.value]
    assert [(row.value, row.attribution) for row in sales] == [(Decimal(700), counts)]


def test_a_figure_that_is_read_back_needs_a_yes(world: World, rosa: int) -> None:
    told = {**TOLD, "sales_month": "52000000"}
    refused = enter(world, told)
    assert isinstance(refused, Refused)
    assert refused.reason == "not clear yet: sales_month; nothing was kept"
    assert (world.followups(), world.figures("asked"), world.all(schema.Audit, action="outcome.enter")) == ({}, {}, [])
    assert isinstance(enter(world, told, {"sales_month": "value 52000000 XCD"}), Done)
    assert world.figures("asked")["sales_month"] == ("value", Decimal(52_000_000))


def test_the_questions_are_in_the_language_of_the_client(world: World, rosa: int) -> None:
    with world.database.write() as db:
        client = db.get_one(schema.Client, world.client().id)
        client.language = "es"
        replies = {**TOLD, "exports_month": "nada", "attribution": "en parte"}
        sheet = keyed_figures.sheet_of(world.assistant.wiring, db, client, replies, {}, how="visit", now=world.now)
    assert sheet.complete
    assert world.followups() == {}


# --- the survey that they belong to ----------------------------------------------------------------------------------


def invited(world: World) -> None:
    world.log_session()
    world.wait(days=92)


def silent(world: World) -> None:
    invited(world)
    world.wait(days=30)


BELONGS = [
    # before                       what is completed
    (lambda world: None, {"asked": "completed"}),
    (World.log_session, {"3m": "planned", "6m": "planned", "12m": "planned", "asked": "completed"}),
    (invited, {"3m": "completed", "6m": "planned", "12m": "planned"}),
    (silent, {"3m": "completed", "6m": "planned", "12m": "planned"}),
]


@pytest.mark.parametrize(("before", "after"), BELONGS)
def test_a_talk_completes_the_survey_it_belongs_to(world: World, rosa: int, before: Any, after: dict[str, str]) -> None:
    before(world)
    assert isinstance(enter(world, TOLD), Done)
    assert world.followups() == after


def test_the_survey_may_be_named(world: World, rosa: int) -> None:
    invited(world)
    assert isinstance(enter(world, TOLD, wave="asked"), Done)
    assert isinstance(enter(world, TOLD, wave="6m"), Done)
    third = world.all(schema.Followup, wave="3m")[0]
    assert isinstance(enter(world, TOLD, followup=third.id), Done)
    assert world.followups() == {"3m": "completed", "6m": "completed", "12m": "planned", "asked": "completed"}
    pending = {timer.kind for timer in world.all(schema.Timer, status="pending")}
    assert pending == {"followup.invite", "confirmation.ask"}


def test_two_talks_on_a_day_are_two_surveys(world: World, rosa: int) -> None:
    for sales in ("5000", "5100", "5200"):
        assert isinstance(enter(world, {**TOLD, "sales_month": sales}, wave="asked"), Done)
    assert world.followups() == {"asked": "completed", "asked 2": "completed", "asked 3": "completed"}
    assert world.figures("asked 3")["sales_month"] == ("value", Decimal(5200))
    told = [row.after for row in world.all(schema.IncrementRow, indicator="sales_month", chain="told")]
    assert told == [Decimal(4500), Decimal(5000), Decimal(5100), Decimal(5200)]


def test_a_survey_asked_for_again_on_the_same_day_is_another_one(world: World, rosa: int) -> None:
    for sales in ("5000", "5100"):
        ask(world)
        world.talk(sales, "3", "1", "0", "0", "yes", *(["0"] if sales == "5100" else []), "yes")
    assert world.followups() == {"asked": "completed", "asked 2": "completed"}
    assert world.figures("asked 2")["sales_month"] == ("value", Decimal(5100))


def test_what_the_client_wrote_before_stays_theirs(world: World, rosa: int) -> None:
    invited(world)
    world.talk("6100", "4")
    assert isinstance(
        enter(world, {"employees_full": "5", "employees_part": "2", "attribution": "no"}, staff=rosa), Done
    )
    figures = rows(world, "3m")
    assert (figures["sales_month"].value, figures["sales_month"].source) == (Decimal(6100), "chat")
    full = world.all(schema.OutcomeRow, wave="3m", indicator="employees_full")
    assert [(row.value, row.source, row.by) for row in full] == [(4, "chat", None), (5, "phone", BY)]
    assert full[1].corrects_id == full[0].id
    assert world.followups()["3m"] == "completed"
    assert world.all(schema.Conversation, flow="followup", status="open") == []


REFUSED = [
    # what is given                     why not
    ({"how": "fax"}, "choose one of phone, visit, paper"),
    ({"wave": "9m"}, "has no follow-up 9m; choose one of 6m, 12m, asked"),
    ({"wave": "3m"}, "the follow-up 3m of 2026-04-05 is completed"),
    ({"followup": 999}, "has no follow-up 999"),
    ({"replies": {}}, "nothing was typed"),
]


@pytest.mark.parametrize(("given", "why"), REFUSED)
def test_what_is_refused_changes_nothing(world: World, rosa: int, given: dict[str, Any], why: str) -> None:
    invited(world)
    enter(world, TOLD)
    before = (world.followups(), len(world.all(schema.OutcomeRow)), len(world.all(schema.Conversation)))
    refused = enter(world, given.pop("replies", TOLD), **given)
    assert isinstance(refused, Refused)
    assert why in refused.reason
    assert before == (world.followups(), len(world.all(schema.OutcomeRow)), len(world.all(schema.Conversation)))


def test_who_did_not_agree_to_surveys_is_not_entered(world: World, rosa: int) -> None:
    world.say("no surveys")
    refused = enter(world, TOLD)
    assert isinstance(refused, Refused)
    assert refused.reason == "has not agreed to follow-up surveys"


def test_a_later_figure_in_the_chat_is_held_against_what_was_keyed_in(world: World, rosa: int) -> None:
    enter(world, TOLD)
    world.now += timedelta(days=1)
    ask(world)
    assert "(was 5,200)" in world.talk("6000", "3", "1", "0", "0", "yes", "0")

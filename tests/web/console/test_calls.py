"""The call list: who is on it, in which order, with what, and what becomes of a call."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, update

from storage.schema import Address, Call, Client, Conversation, Followup, OutcomeRow, Timer
from tests.web.console.conftest import World


def silent(world: World, code: str, **values: Any) -> int:
    """A follow-up of a client that found no answer; its id."""
    with world.database.write() as db:
        client = db.scalars(select(Client).where(Client.code == code)).one()
        followup = Followup(
            **{
                "client_id": client.id,
                "wave": "3m",
                "due_on": world.clock().date(),
                "status": "unanswered",
                "created_at": world.clock(),
                "closed_at": world.clock(),
                **values,
            }
        )
        db.add(followup)
        db.flush()
        return followup.id


def change(world: World, code: str, **values: Any) -> None:
    with world.database.write() as db:
        db.execute(update(Client).where(Client.code == code).values(**values))


def called(world: World) -> list[str]:
    """The codes on the list, in its order."""
    page = world.browser.get("/console/waiting").text.split('id="calls"')[1]
    return re.findall(r'class="person" href="/console/clients/([\w-]+)"', page)


def note(world: World, code: str, followup: int, result: str, **more: str) -> str:
    return world.send(f"/console/clients/{code}/calls", followup=str(followup), result=result, **more).text


def test_the_list_leads_to_the_number_and_to_keying_in(world: World) -> None:
    number = silent(world, world.marie, reason="no answer to the invitation and its reminders")
    world.enter()
    page = world.browser.get("/console/waiting").text
    assert "sold US$1,667 a month" in page
    assert "no answer to the invitation and its reminders" in page
    assert "writes mostly around 11:00" in page
    assert f"/console/clients/{world.marie}/enter?how=phone&amp;survey={number}" in page
    assert "+17585550101" not in page
    path = page.split('id="calls"')[1].split('hx-post="')[1].split('"')[0]
    assert "+17585550101" in world.send(path).text
    assert [row.subject for row in world.audit("address.reveal")] == [world.marie]


@pytest.mark.parametrize(
    ("values", "listed"),
    [
        ({"survey_consent": True}, True),
        ({"survey_consent": False}, False),
        ({"opted_out_at": "now"}, False),
        ({"status": "erased"}, False),
    ],
)
def test_only_who_may_be_asked_is_called(world: World, values: dict[str, Any], listed: bool) -> None:
    silent(world, world.marie)
    change(world, world.marie, **{name: world.clock() if v == "now" else v for name, v in values.items()})
    world.enter()
    assert called(world) == ([world.marie] if listed else [])


def test_the_largest_business_comes_first_and_then_the_longest_silent(world: World) -> None:
    others = [world.signs_up(f"+1758555020{number}", f"Client {number}") for number in range(3)]
    sales = {world.marie: "800", others[0]: None, others[1]: "9000", others[2]: None}
    with world.database.write() as db:
        for code, usd in sales.items():
            client = db.scalars(select(Client).where(Client.code == code)).one()
            of_sales = (OutcomeRow.client_id == client.id, OutcomeRow.indicator == "sales_month")
            db.execute(update(OutcomeRow).where(*of_sales).values(usd=Decimal(usd) if usd else None))
            silence = timedelta(days=9 if code == others[2] else 1)
            wrote = {"last_inbound_at": world.clock() - silence}
            db.execute(update(Address).where(Address.client_id == client.id).values(**wrote))
    for code in sales:
        silent(world, code)
    world.enter()
    assert called(world) == [others[1], world.marie, others[2], others[0]]


def test_what_was_told_already_is_shown(world: World) -> None:
    number = silent(world, world.marie, status="partial")
    with world.database.write() as db:
        client = db.scalars(select(Client).where(Client.code == world.marie)).one()
        told = {"client_id": client.id, "wave": "3m", "followup_id": number, "at": world.clock()}
        db.add(OutcomeRow(**told, indicator="sales_month", outcome="value", value=Decimal(5000), currency="XCD"))
        db.add(OutcomeRow(**told, indicator="financing", outcome="refused"))
    world.enter()
    assert "has told: sales last month<" in world.browser.get("/console/waiting").text


@pytest.mark.parametrize(("result", "listed"), [("no_answer", True), ("wrong_number", True), ("refused", False)])
def test_what_came_of_a_call(world: World, result: str, listed: bool) -> None:
    number = silent(world, world.marie)
    world.enter()
    note(world, world.marie, number, result)
    assert called(world) == ([world.marie] if listed else [])
    with world.database.read() as db:
        [call] = db.scalars(select(Call))
        assert (call.result, call.followup_id, call.by) == (result, number, "rosa@lc.example")
        assert db.get_one(Followup, number).status == ("unanswered" if listed else "declined")
    assert [row.subject for row in world.audit("call.record")] == [world.marie]


def test_who_refuses_while_the_survey_is_open_is_not_asked_any_more(world: World) -> None:
    world.enter()
    world.send(f"/console/clients/{world.marie}/followup")
    with world.database.write() as db:
        survey = db.scalars(select(Followup)).one()
        survey.reason = "could not be delivered"
        number = survey.id
    assert called(world) == [world.marie]
    note(world, world.marie, number, "refused")
    with world.database.read() as db:
        assert [row.result for row in db.scalars(select(Conversation).where(Conversation.flow == "followup"))] == [
            "refused"
        ]
        assert (
            list(db.scalars(select(Timer.kind).where(Timer.status == "pending", Timer.kind.like("followup.%")))) == []
        )


def test_who_asked_to_be_called_back_is_on_the_list_again_on_that_day(world: World) -> None:
    number = silent(world, world.marie)
    world.enter()
    note(world, world.marie, number, "call_back", again_on="2026-11-26")
    assert called(world) == []
    world.clock.pass_by(days=2)
    world.enter()
    assert called(world) == []
    world.clock.pass_by(days=1)
    world.enter()
    assert called(world) == [world.marie]
    assert "asked to be called back" in world.browser.get("/console/waiting").text


def test_a_later_call_counts_before_the_day_to_call_back(world: World) -> None:
    number = silent(world, world.marie)
    world.enter()
    note(world, world.marie, number, "call_back", again_on="2026-12-20")
    note(world, world.marie, number, "no_answer")
    assert called(world) == [world.marie]
    assert "called 2×" in world.browser.get("/console/waiting").text


REFUSED = [
    # what is sent                                        what is said
    ({"result": "call_back"}, "choose the day on which to call back"),
    ({"result": "call_back", "again_on": "2026-11-01"}, "2026-11-01 is not within a year from today"),
    ({"result": "call_back", "again_on": "soon"}, "Choose a day."),
    ({"result": "maybe"}, "choose one of no_answer, wrong_number, call_back, refused"),
    ({"result": "refused", "followup": "999"}, "has no follow-up 999"),
]


@pytest.mark.parametrize(("fields", "why"), REFUSED)
def test_what_cannot_be_noted_says_why(world: World, fields: dict[str, str], why: str) -> None:
    number = silent(world, world.marie)
    world.enter()
    fields = {"followup": str(number), **fields}
    assert f"Nothing was noted: {why}" in world.send(f"/console/clients/{world.marie}/calls", **fields).text.replace(
        f"{world.marie} ", ""
    )
    assert world.audit("call.record") == []


def test_nobody_notes_a_call_for_another_center(world: World) -> None:
    number = silent(world, world.marie)
    world.enter("luis@do.example")
    fields = {"followup": str(number), "result": "refused"}
    assert world.send(f"/console/clients/{world.marie}/calls", **fields).status_code == 404
    assert called(world) == []

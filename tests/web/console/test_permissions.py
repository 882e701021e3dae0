"""A counselor sees the clients of their own center, and every look at a record is noted."""

from __future__ import annotations

import pytest

from tests.web.console.conftest import World


@pytest.fixture
def code(world: World) -> str:
    return world.marie


@pytest.mark.parametrize(
    ("email", "status"), [("rosa@lc.example", 200), ("ana@network.example", 200), ("luis@do.example", 404)]
)
def test_a_record_is_for_its_center_and_the_network(world: World, code: str, email: str, status: int) -> None:
    world.enter(email)
    answer = world.browser.get(f"/console/clients/{code}")
    assert answer.status_code == status
    assert ("Marie Joseph" in answer.text) == (status == 200)
    assert [row.actor for row in world.audit("client.view")] == ([email] if status == 200 else [])


@pytest.mark.parametrize("action", ["followup", "take", "done", "reply", "sessions", "addresses/1"])
def test_nothing_can_be_done_to_a_client_of_another_center(world: World, code: str, action: str) -> None:
    world.enter("luis@do.example")
    fields = {"text": "hi", "day": "2026-11-20", "hours": "1", "type": "phone", "area": "finance"}
    assert world.send(f"/console/clients/{code}/{action}", **fields).status_code == 404


@pytest.mark.parametrize(
    "page", ["/console/", "/console/clients", "/console/clients?q=Marie", "/console/waiting", "/console/audit"]
)
def test_lists_hold_no_client_of_another_center(world: World, code: str, page: str) -> None:
    world.says("PERSON", "a loan")
    world.enter("luis@do.example")
    text = world.browser.get(page).text
    assert "Marie" not in text.replace('value="Marie"', "")
    assert code not in text


def test_the_conversation_is_not_read_around_the_audit_log(world: World, code: str) -> None:
    world.enter()
    assert world.browser.get(f"/console/clients/{code}/talk").status_code == 404
    assert world.audit("client.view") == []


def test_a_number_is_hidden_until_somebody_asks_and_that_is_noted(world: World, code: str) -> None:
    world.enter()
    page = world.browser.get(f"/console/clients/{code}").text
    assert "+17585550101" not in page
    assert "+1758•••••01" in page
    path = page.split('hx-post="')[1].split('"')[0]
    assert "+17585550101" in world.send(path).text
    (row,) = world.audit("address.reveal")
    assert (row.actor, row.subject) == ("rosa@lc.example", code)


def test_an_address_of_somebody_else_is_not_shown(world: World, code: str) -> None:
    other = world.pedro
    world.enter("luis@do.example")
    page = world.browser.get(f"/console/clients/{other}").text
    own = int(page.split("/addresses/")[1].split('"')[0])
    for address in (own - 1, own + 5, 10**30):
        assert world.send(f"/console/clients/{other}/addresses/{address}").status_code == 404


def test_an_export_holds_the_own_center_only_and_is_noted(world: World, code: str) -> None:
    other = world.pedro
    world.enter("luis@do.example")
    answer = world.send("/console/export", what="clients", format="csv", center="LC", identified="yes")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert other in answer.text
    assert code not in answer.text
    assert [(row.actor, row.details["center"]) for row in world.audit("export")] == [("luis@do.example", "DO")]


@pytest.mark.parametrize(
    "fields",
    [{"what": "passwords"}, {"format": "exe"}, {"since": "yesterday"}, {"since": "2026-11-02", "until": "2026-11-01"}],
)
def test_an_export_that_cannot_be_says_so(world: World, fields: dict[str, str]) -> None:
    world.enter()
    assert world.send("/console/export", **{"what": "outcomes", "format": "csv", **fields}).status_code == 422
    assert world.audit("export") == []


def test_a_training_is_for_its_center(world: World) -> None:
    from datetime import timedelta
    from decimal import Decimal

    from storage import registers

    with world.database.write() as db:
        center = registers.find_center(db, "LC")
        start = world.clock() + timedelta(days=3)
        registers.add_training(
            db,
            center,
            "Costing",
            start,
            hours=Decimal(2),
            place="Castries",
            capacity=5,
            area="finance",
            at=world.clock(),
        )
    world.enter("luis@do.example")
    assert "Costing" not in world.browser.get("/console/trainings").text
    assert world.browser.get("/console/trainings/LC-T1").status_code == 404
    assert world.send("/console/trainings/LC-T1/attendance").status_code == 404

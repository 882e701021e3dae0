"""What counselors do on the pages, and what they see there."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from storage import registers
from storage.schema import Address, Client, Followup, Outbox
from tests.web.console.conftest import FIGURES, PHONE, World


def row_of(world: World, code: str) -> Client:
    with world.database.read() as db:
        return db.scalars(select(Client).where(Client.code == code)).one()


def test_the_first_page_shows_what_is_to_be_done(world: World) -> None:
    world.says("PERSON", "a loan")
    world.enter()
    page = world.browser.get("/console/").text
    assert "Good day, Rosa" in page
    assert "asks for a counselor: a loan" in page
    assert "<b>1</b><span>waiting for a counselor</span>" in page


def test_the_change_of_a_center_comes_from_both_figures(world: World) -> None:
    world.says("UPDATE", *FIGURES)
    world.enter()
    page = world.browser.get("/console/changes").text
    assert "<b>+1.0</b> <small>±0.0 verified · +1.0 told</small>" in page
    assert "<b>+556</b> <small>±0 verified · +556 told</small>" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 2),
        ("?q=marie", 1),
        ("?q=MANGO+sou", 2),
        ("?q=%25", 0),
        ("?q=zzz", 0),
        ("?status=registered", 2),
        ("?status=stopped", 0),
        ("?center=DO", 1),
        ("?mine=1", 0),
        ("?page=999", 2),
        ("?page=-1", 2),
        ("?page=x", 2),
        ("?status=%00&center=%00&q=%00", 2),
    ],
)
def test_clients_are_searched_and_filtered(world: World, query: str, found: int) -> None:
    world.enter("ana@network.example")
    page = world.browser.get(f"/console/clients{query}", headers={"HX-Request": "true"})
    assert page.status_code == 200
    assert page.text.count('class="person"') == found
    assert "<html" not in page.text


def test_long_lists_come_in_pages(world: World) -> None:
    with world.database.write() as db:
        center = registers.find_center(db, "LC")
        for number in range(60):
            db.add(
                Client(
                    code=f"LC-Z{number}",
                    center_id=center.id,
                    name=f"Client {number}",
                    language="en",
                    status="registered",
                    created_at=world.clock(),
                )
            )
    world.enter()
    assert "1–25 of 61" in world.browser.get("/console/clients?status=registered").text
    last = world.browser.get("/console/clients?status=registered&page=3").text
    assert "51–61 of 61" in last
    assert "?status=registered&amp;page=2" in last


def test_who_did_not_answer_is_on_the_call_list_until_somebody_called(world: World) -> None:
    code = world.marie
    with world.database.write() as db:
        client = db.scalars(select(Client).where(Client.code == code)).one()
        db.add(
            Followup(
                client_id=client.id,
                wave="3m",
                due_on=world.clock().date(),
                status="unanswered",
                reason="no answer to the invitation and its reminders",
                created_at=world.clock(),
                closed_at=world.clock(),
            )
        )
    world.enter()
    assert "no answer to the invitation" in world.browser.get("/console/waiting").text
    world.clock.pass_by(hours=1)
    world.send(f"/console/clients/{code}/sessions", day="2026-11-23", hours="0.5", type="phone", area="finance")
    assert "No calls to make." in world.browser.get("/console/waiting").text


def test_a_page_that_is_not_there_is_a_page(world: World) -> None:
    for path in ("/console/nope", "/console/clients/LC-NOPE/deeper", "/console/static/nope.js"):
        assert world.browser.get(path).status_code == 404
    assert "Nothing here" in world.browser.get("/console/nope").text


def test_what_breaks_is_noted_without_a_word_of_a_client(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks(*args: object) -> None:
        raise RuntimeError("Marie Joseph owes EC$4,500")

    code = world.marie
    world.enter()
    monkeypatch.setattr("web.console.client.record_of", breaks)
    answer = world.browser.get(f"/console/clients/{code}")
    assert answer.status_code == 500
    assert "Our mistake" in answer.text
    printed = "".join(capsys.readouterr())
    assert "RuntimeError" in printed
    assert "Marie" not in printed + answer.text
    assert row_of(world, code).name == "Marie Joseph"


def failed_message(world: World, center_of: str) -> int:
    with world.database.write() as db:
        client = db.scalars(select(Client).where(Client.code == center_of)).one()
        address = db.scalars(select(Address).where(Address.client_id == client.id)).first()
        assert address is not None
        row = Outbox(
            address_id=address.id,
            client_id=client.id,
            channel=address.channel,
            text="Here is your code",
            language="en",
            status="failed",
            reason="the provider did not take the message for a day",
            due_at=world.clock(),
            created_at=world.clock(),
        )
        db.add(row)
        db.flush()
        return row.id


def test_a_message_that_failed_is_sent_again_once(world: World) -> None:
    number = failed_message(world, world.marie)
    world.enter()
    assert "Send again" in world.browser.get("/console/messages").text
    assert "On its way again." in world.send(f"/console/messages/{number}/again").text
    last = world.browser.get("/simulator/messages", params={"from": PHONE}).json()["replies"][-1]
    assert last["text"] == "Here is your code"
    assert "Sent again" in world.browser.get("/console/messages").text
    assert "it was already sent again" in world.send(f"/console/messages/{number}/again").text


def test_a_message_of_another_center_is_not_sent_again(world: World) -> None:
    number = failed_message(world, world.pedro)
    world.enter()
    assert world.send(f"/console/messages/{number}/again").status_code == 404

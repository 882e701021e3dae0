"""The queue of reviews: its order, what it says of a figure, and what a verdict does."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from bot.service.assistant import Assistant
from bot.service.rules import Rules
from bot.text.language import Catalogs
from scheduler.firing import fire_due
from storage import registers
from storage.schema import IncrementRow, OutcomeRow, ReviewRow
from tests.web.console.conftest import FIGURES, World


@pytest.fixture
def world(world: World) -> World:
    """Marie told her figures twice; her sales rose fourfold to a round number."""
    world.says("UPDATE", "18000", *FIGURES[1:])
    world.enter()
    return world


def page(world: World, state: str = "unreviewed") -> str:
    return world.browser.get(f"/console/reviews?state={state}").text


def figure(world: World, indicator: str = "sales_month") -> int:
    with world.database.read() as db:
        told = select(OutcomeRow.id).where(OutcomeRow.indicator == indicator, OutcomeRow.wave != "baseline")
        return db.scalars(told.order_by(OutcomeRow.id.desc())).first() or 0


def card(text: str, number: int) -> str:
    return text.split(f'id="figure-{number}"')[1].split("</article>", maxsplit=1)[0]


def verdict(world: World, state: str, **fields: str) -> str:
    fields = {"outcome": str(figure(world)), "queue": "unreviewed", **fields}
    return world.send(f"/console/clients/{world.marie}/reviews", state=state, **fields).text


def states(world: World) -> list[tuple[str, str | None, str, str]]:
    with world.database.read() as db:
        return [
            (row.state, row.evidence, row.why, row.by) for row in db.scalars(select(ReviewRow).order_by(ReviewRow.id))
        ]


def test_a_figure_stands_with_its_message_and_what_is_odd(world: World) -> None:
    text = card(page(world), figure(world))
    assert "<span>EC$4,500</span> → <b>EC$18,000</b>" in text
    assert "+EC$13,500" in text
    assert "+US$5,000" in text
    assert "<q>18000</q>" in text
    assert re.findall(r'<span class="tag amber">([^<]+)<', text) == ["a jump", "a round number"]
    assert "100% of the money to review" in text
    assert [row.actor for row in world.audit("reviews.view")] == ["rosa@lc.example"]


def test_what_weighs_and_is_odd_comes_first_and_a_baseline_is_not_asked(world: World) -> None:
    ids = [int(number) for number in re.findall(r'id="figure-(\d+)"', page(world))]
    assert ids[0] == figure(world)
    with world.database.read() as db:
        waves = {db.get_one(OutcomeRow, number).wave for number in ids}
        told = set(
            db.scalars(select(OutcomeRow.id).where(OutcomeRow.wave != "baseline", OutcomeRow.value.is_not(None)))
        )
    assert waves == {"asked"}
    assert set(ids) == told


def test_evidence_is_reason_enough_to_verify(world: World) -> None:
    text = verdict(world, "verified", evidence="books")
    assert "Verified: Sales last month, Marie Joseph." in text
    assert states(world) == [("verified", "books", "Books", "rosa@lc.example")]
    assert f'id="figure-{figure(world)}"' not in page(world)
    with world.database.read() as db:
        rows = db.scalars(select(IncrementRow).where(IncrementRow.outcome_id == figure(world)))
        assert {(row.chain, row.review) for row in rows} == {("told", "verified"), ("verified", "verified")}


@pytest.mark.parametrize(("state", "queue"), [("queried", "queried"), ("rejected", "")])
def test_a_query_waits_in_its_own_queue_and_a_rejection_in_none(world: World, state: str, queue: str) -> None:
    number = figure(world)
    verdict(world, state, why="ten times the neighbours")
    found = [name for name in ("unreviewed", "queried") if f'id="figure-{number}"' in page(world, name)]
    assert found == ([queue] if queue else [])
    if queue:
        assert "queried by rosa@lc.example" in page(world, queue)
        verdict(world, "verified", evidence="visit", queue=queue)
        assert [row[0] for row in states(world)] == ["queried", "verified"]


REFUSED = [
    ("verified", {}, "A review needs its reason."),
    ("rejected", {"evidence": "books"}, "A review needs its reason."),
    ("verified", {"evidence": "rumour", "why": "x"}, "Choose one of books, tax, payroll, visit, statement."),
    ("queried", {"why": "x" * 301}, "At most 300 characters; these are 301."),
]


@pytest.mark.parametrize(("state", "fields", "why"), REFUSED)
def test_a_verdict_that_cannot_be_kept_comes_back_with_what_was_typed(
    world: World, state: str, fields: dict[str, str], why: str
) -> None:
    text = card(verdict(world, state, **fields), figure(world))
    assert why in text
    assert f'value="{fields.get("why", "")}"' in text
    assert states(world) == []


def test_a_figure_that_was_corrected_meanwhile_is_not_reviewed(world: World) -> None:
    seen = figure(world)
    correction = {"indicator": "sales_month", "wave": "asked", "value": "8100", "why": "the books"}
    world.send(f"/console/clients/{world.marie}/figures", **correction)
    assert "That figure was corrected meanwhile." in verdict(world, "verified", outcome=str(seen), evidence="books")
    assert states(world) == []
    text = card(page(world), figure(world))
    assert "corrected by rosa@lc.example: the books" in text
    assert '<span class="tag amber">corrected</span>' in text


def test_nobody_reviews_for_another_center(world: World) -> None:
    number = figure(world)
    world.enter("luis@do.example")
    assert f'id="figure-{number}"' not in page(world)
    fields = {"outcome": str(number), "state": "verified", "evidence": "books"}
    assert world.send(f"/console/clients/{world.marie}/reviews", **fields).status_code == 404
    assert states(world) == []


# --- the question to the client --------------------------------------------------------------------------------------


def fire(world: World, **later: float) -> None:
    """Let time pass, and what is due with it."""
    world.clock.pass_by(**later)
    database = world.database
    fire_due(database, Assistant(Catalogs.load(), Rules()), world.clock)


def test_a_query_asks_the_client_and_shows_what_came_of_it(world: World) -> None:
    told = verdict(world, "queried", why="a jump", words="Three times as much")
    assert "Queried; it counts as unreviewed: Sales last month, Marie Joseph. The client is asked in the chat." in told
    assert "The client: still to be asked, since" in page(world, "queried")
    fire(world, hours=2)
    assert "The client: asked, " in page(world, "queried")
    assert "another figure" not in page(world, "queried")
    world.says("8100")
    text = card(page(world, "queried"), figure(world))
    assert "<b>EC$8,100</b>" in text
    assert '<span class="tag green">answered</span> The client: another figure, which stands here now' in text
    assert "<q>8100</q>" in text
    assert "Verified: Sales last month" in verdict(world, "verified", evidence="books", queue="queried")
    assert [row[0] for row in states(world)] == ["queried", "queried", "verified"]


def test_the_reviewer_reads_who_cannot_be_asked(world: World) -> None:
    world.says("STOP")
    told = verdict(world, "queried", why="a jump")
    assert "The client is not asked: wrote STOP on 2026-11-23." in told
    assert "The client: not asked: wrote STOP on 2026-11-23, " in page(world, "queried")


def test_words_that_are_too_long_come_back(world: World) -> None:
    text = card(verdict(world, "queried", why="a jump", words="x" * 61), figure(world))
    assert "At most 60 characters; these are 61." in text
    assert f'value="{"x" * 61}"' in text
    assert states(world) == []


# --- two reviews -----------------------------------------------------------------------------------------------------


def test_where_the_center_asks_for_two_the_second_one_verifies(world: World) -> None:
    with world.database.write() as db:
        registers.set_center(registers.find_center(db, "LC"), second_review=True)
    assert "Verified once; a second member of staff is still to verify it" in verdict(world, "verified", evidence="tax")
    assert "needs a second member of staff</span> verified by rosa@lc.example" in card(page(world), figure(world))
    again = verdict(world, "verified", evidence="tax")
    assert "You verified it already; at LC a second member of staff does, too." in card(again, figure(world))
    world.enter("ana@network.example")
    assert "Verified: Sales last month, Marie Joseph." in verdict(world, "verified", evidence="books")
    assert [(row[0], row[3]) for row in states(world)] == [
        ("unreviewed", "rosa@lc.example"),
        ("verified", "ana@network.example"),
    ]

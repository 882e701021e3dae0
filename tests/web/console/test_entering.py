"""Figures entered on the page: read, shown, and kept when the page is sent once more."""

from __future__ import annotations

import html
import re

from httpx import Response
from sqlalchemy import select

from storage.schema import Followup, OutcomeRow
from tests.web.console.conftest import World

TOLD = {
    "reply-sales_month": "5200",
    "reply-employees_full": "3",
    "reply-employees_part": "1",
    "reply-exports_month": "none",
    "reply-financing": "",
    "reply-attribution": "Partly",
}


def send(world: World, code: str, **fields: str) -> Response:
    """The page as it is sent: with what it carries from the last answer."""
    return world.send(f"/console/clients/{code}/enter", **{"how": "phone", "survey": "", **TOLD, **fields})


def carried(page: Response) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', page.text)
    assert found
    return html.unescape(found[1])


def agreement(page: Response, question: str) -> str:
    found = re.search(rf'name="agree-{question}" value="([^"]*)"', page.text)
    assert found
    return html.unescape(found[1])


def kept(world: World) -> dict[str, object]:
    with world.database.read() as db:
        rows = db.scalars(select(OutcomeRow).where(OutcomeRow.wave != "baseline")).all()
        return {row.indicator: row.value if row.value is not None else row.text for row in rows}


def test_the_page_shows_every_question_and_is_found_from_the_client(world: World) -> None:
    world.enter()
    assert f"/console/clients/{world.marie}/enter" in world.browser.get(f"/console/clients/{world.marie}").text
    page = world.browser.get(f"/console/clients/{world.marie}/enter?how=visit").text
    assert all(f'name="{name}"' in page for name in TOLD)
    assert "Don&#39;t count yourself." in page
    assert '<option value="visit" selected>' in page


def test_figures_are_kept_only_after_they_were_shown(world: World) -> None:
    world.enter()
    first = send(world, world.marie, seen="")
    assert first.status_code == 200
    assert "Read as <b>EC$5,200</b>" in first.text
    assert "Left out" in first.text
    assert kept(world) == {}
    done = send(world, world.marie, seen=carried(first))
    assert "The figures are kept as the follow-up on request." in done.text
    assert "keyed in by staff" in done.text
    assert kept(world) == {
        "sales_month": 5200,
        "employees_full": 3,
        "employees_part": 1,
        "exports_month": 0,
        "financing": None,
        "attribution": "partly",
    }
    [row] = world.audit("outcome.enter")
    assert (row.actor, row.subject) == ("rosa@lc.example", world.marie)


def test_questions_that_follow_from_others_are_answered_on_the_same_page(world: World) -> None:
    world.enter()
    page = world.browser.get(f"/console/clients/{world.marie}/enter").text
    assert "Only where money came in." in page
    told = {"reply-financing": "5000", "reply-financing_kind": "Grant", "reply-employees_full": "2"}
    told |= {"reply-retained": "1"}
    first = send(world, world.marie, **told)
    assert "Read as <b>Grant</b>" in first.text
    send(world, world.marie, **told, seen=carried(first))
    figures = kept(world)
    assert (figures["financing"], figures["retained"]) == (5000, 1)
    with world.database.read() as db:
        assert db.scalars(select(OutcomeRow.kind).where(OutcomeRow.kind.is_not(None))).all() == ["grant"]


def test_a_reply_to_a_question_that_others_make_pointless_is_not_kept(world: World) -> None:
    world.enter()
    told = {"reply-financing": "none", "reply-financing_kind": "Grant"}
    first = send(world, world.marie, **told)
    assert first.status_code == 200
    assert "Not kept: the other replies make this question pointless." in first.text
    send(world, world.marie, **told, seen=carried(first))
    assert kept(world)["financing"] == 0


def test_a_reply_that_was_changed_is_shown_again(world: World) -> None:
    world.enter()
    first = send(world, world.marie)
    again = send(world, world.marie, **{"seen": carried(first), "reply-sales_month": "5300"})
    assert "Read as <b>EC$5,300</b>" in again.text
    assert kept(world) == {}


def test_a_doubtful_figure_is_ticked_before_it_is_kept(world: World) -> None:
    world.enter()
    doubtful = {"reply-sales_month": "52000000"}
    first = send(world, world.marie, **doubtful)
    assert first.status_code == 422
    assert "EC$52,000,000 for October, is that right?" in first.text
    assert send(world, world.marie, **doubtful, seen=carried(first)).status_code == 422
    assert kept(world) == {}
    ticked = {"agree-sales_month": agreement(first, "sales_month")}
    send(world, world.marie, **doubtful, **ticked, seen=carried(first))
    assert kept(world)["sales_month"] == 52_000_000


def test_what_cannot_be_read_is_asked_again_with_what_was_typed(world: World) -> None:
    world.enter()
    page = send(world, world.marie, **{"reply-employees_full": "a <few>"})
    assert page.status_code == 422
    assert 'value="a &lt;few&gt;"' in page.text
    assert 'id="note-employees_full" role="alert"' in page.text
    assert "1 reply needs another look." in page.text
    assert 'value="5200"' in page.text
    assert kept(world) == {}


def test_an_empty_page_says_so(world: World) -> None:
    world.enter()
    page = send(world, world.marie, **dict.fromkeys(TOLD, ""))
    assert page.status_code == 422
    assert "Type at least one reply." in page.text


def test_the_questions_are_in_the_language_of_the_talk(world: World) -> None:
    world.enter("luis@do.example")
    page = world.browser.get(f"/console/clients/{world.pedro}/enter").text
    assert "speaks Español" in page
    assert "¿Cuántas personas" in page


def test_an_open_follow_up_is_offered_and_completed(world: World) -> None:
    world.enter()
    world.send(f"/console/clients/{world.marie}/followup")
    page = world.browser.get(f"/console/clients/{world.marie}/enter")
    found = re.search(r'<option value="(\d+)" selected>On request, due 23 Nov 2026, invited', page.text)
    assert found
    shown = send(world, world.marie, survey=found[1])
    send(world, world.marie, survey=found[1], seen=carried(shown))
    with world.database.read() as db:
        assert [(one.id, one.status) for one in db.scalars(select(Followup))] == [(int(found[1]), "completed")]
    late = send(world, world.marie, survey=found[1], seen=carried(shown))
    assert late.status_code == 422
    assert "is completed" in late.text


def test_a_client_of_another_center_cannot_be_entered(world: World) -> None:
    world.enter("luis@do.example")
    assert world.browser.get(f"/console/clients/{world.marie}/enter").status_code == 404
    assert send(world, world.marie).status_code == 404
    assert kept(world) == {}


def test_who_refused_surveys_has_no_page(world: World) -> None:
    world.says("no surveys")
    world.enter()
    assert "/enter" not in world.browser.get(f"/console/clients/{world.marie}").text
    page = world.browser.get(f"/console/clients/{world.marie}/enter")
    assert "No figures can be entered: has not agreed to follow-up surveys." in html.unescape(page.text)


def test_a_claim_counts_once_a_paper_is_on_file(world: World) -> None:
    world.enter()
    first = send(world, world.marie, seen="")
    kept_page = send(world, world.marie, seen=carried(first))
    assert "The client is asked in the chat whether the center helped." in kept_page.text
    page = world.browser.get(f"/console/clients/{world.marie}").text
    assert "the center helped: partly, as told to staff" in page
    survey = re.search(
        r'name="survey" value="(\d+)"><?\s*<input class="form-control form-control-sm" name="note"', page
    )
    assert survey
    path = f"/console/clients/{world.marie}/papers"
    refused = world.send(path, survey=survey[1], note=" ")
    assert refused.status_code == 422
    assert "Say where the paper is." in refused.text
    assert world.send(path, survey="999", note="folder 12").status_code == 404
    assert "On file: the center helped, partly." in world.send(path, survey=survey[1], note="folder 12").text
    assert "as told to staff" not in world.browser.get(f"/console/clients/{world.marie}").text
    assert "Nothing is claimed there any more." in world.send(path, survey=survey[1], note="folder 12").text
    with world.database.read() as db:
        rows = db.scalars(select(OutcomeRow).where(OutcomeRow.indicator == "attribution").order_by(OutcomeRow.id))
        told = [(row.claimed, row.source, row.by, row.why) for row in rows]
    assert told[-1] == (False, "paper", "rosa@lc.example", "folder 12")
    world.enter("luis@do.example")
    assert world.send(path, survey=survey[1], note="folder 12").status_code == 404

"""The page of a client: figures with their messages, the conversation, sessions and corrections."""

from __future__ import annotations

from decimal import Decimal
from html import escape

import pytest
from sqlalchemy import select

from storage.schema import CounselingSession, Followup
from tests.web.console.conftest import FIGURES, PHONE, World

HOSTILE = [
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "🥭 Mangó & “Co”",
    "'\"><img src=x onerror=alert(1)>",
    "{{ 7*7 }}",
]


def test_each_figure_names_the_message_it_came_from(world: World) -> None:
    code = world.marie
    world.says("UPDATE", "about 6,000", *FIGURES[1:])
    world.enter()
    page = world.browser.get(f"/console/clients/{code}").text
    assert "<q>about 6,000</q>" in page
    assert "EC$6,000" in page
    assert "+EC$1,500" in page
    link = page.split('<a class="origin" href="')[1].split('"')[0].replace("&amp;", "&")
    anchor = link.partition("#")[2]
    assert f'id="{anchor}"' in world.browser.get(link).text


def test_a_follow_up_is_asked_for_and_arrives(world: World) -> None:
    code = world.marie
    world.enter()
    answer = world.send(f"/console/clients/{code}/followup")
    assert "Asked. The answers come in here by themselves." in answer.text
    assert "Asked." not in world.browser.get(f"/console/clients/{code}").text
    last = world.browser.get("/simulator/messages", params={"from": PHONE}).json()["replies"][-1]
    assert last["flow"] == "followup"
    with world.database.read() as db:
        followup = db.scalars(select(Followup)).one()
        assert (followup.started_by, followup.staff_id) == ("counselor", world.staff["rosa@lc.example"])


def test_the_page_of_a_client_tells_that_it_is_night_there(world: World) -> None:
    code = world.marie
    world.enter()
    assert "in quiet hours" not in world.browser.get(f"/console/clients/{code}").text
    world.clock.pass_by(hours=10)
    world.enter()
    assert "It is 21:10 there, in quiet hours" in world.browser.get(f"/console/clients/{code}").text


def test_who_wrote_stop_is_not_asked(world: World) -> None:
    code = world.marie
    world.says("STOP")
    world.enter()
    assert "wrote STOP" in world.send(f"/console/clients/{code}/followup").text
    assert "wrote STOP" in world.send(f"/console/clients/{code}/reply", text="Are you there?").text
    assert world.audit("followup.trigger") == world.audit("handover.reply") == []


def test_a_counselor_takes_over_writes_and_gives_back(world: World) -> None:
    code = world.marie
    world.says("PERSON", "a loan")
    world.enter()
    assert "the assistant is silent" in world.send(f"/console/clients/{code}/take").text
    assert world.says("Hello?") == []
    world.send(f"/console/clients/{code}/reply", text="Hi Marie, <b>Rosa</b> here & happy to help")
    seen = world.browser.get("/simulator/messages", params={"from": PHONE}).json()["replies"]
    assert seen[-1]["text"] == "Rosa Charles: Hi Marie, <b>Rosa</b> here & happy to help"
    page = world.browser.get(f"/console/clients/{code}").text
    assert "Rosa Charles speaks" in page
    assert "&lt;b&gt;Rosa&lt;/b&gt; here &amp; happy" in page
    world.send(f"/console/clients/{code}/done")
    assert world.says("HELP") != []
    actions = [row.action for name in ("take", "reply", "done") for row in world.audit(f"handover.{name}")]
    assert actions == ["handover.take", "handover.reply", "handover.done"]


def test_no_words_of_a_message_stand_in_the_audit_log(world: World) -> None:
    code = world.marie
    world.enter()
    world.send(f"/console/clients/{code}/reply", text="a very private matter")
    page = world.browser.get("/console/audit").text
    assert "handover.reply" in page
    assert "private" not in page
    assert "Marie" not in page


def test_the_conversation_is_fetched_again_only_when_it_changed(world: World) -> None:
    code = world.marie
    world.enter()
    page = world.browser.get(f"/console/clients/{code}").text
    path = page.split('hx-get="')[1].split('"')[0].replace("&amp;", "&")
    assert world.browser.get(path).status_code == 204
    world.says("HELP")
    assert "HELP" in world.browser.get(path).text


def test_a_session_plans_its_follow_ups(world: World) -> None:
    code = world.marie
    world.enter()
    fields = {"day": "2026-11-20", "hours": "1.5", "type": "visit", "area": "finance", "notes": "Plan for a <loan>"}
    page = world.send(f"/console/clients/{code}/sessions", **fields).text
    assert "The session is logged. 3 follow-ups are planned." in page
    assert "Plan for a &lt;loan&gt;" in page
    with world.database.read() as db:
        session = db.scalars(select(CounselingSession)).one()
        assert (session.hours, session.counselor_id) == (Decimal("1.5"), world.staff["rosa@lc.example"])
        assert [str(f.due_on) for f in db.scalars(select(Followup).order_by(Followup.due_on))] == [
            "2027-02-20",
            "2027-05-20",
            "2027-11-20",
        ]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("day", "tomorrow", "Choose a day."),
        ("day", "2026-11-24", "still to come"),
        ("hours", "0", "Must be more than 0."),
        ("hours", "many", "Write a number in digits"),
        ("hours", "NaN", "Write a number in digits"),
        ("hours", "1e9", "Must be at most 24."),
        ("type", "fax", "Choose one of"),
        ("area", "", "Choose one of"),
    ],
)
def test_a_session_that_cannot_be_says_why(world: World, field: str, value: str, sentence: str) -> None:
    code = world.marie
    world.enter()
    fields = {"day": "2026-11-20", "hours": "1", "type": "visit", "area": "finance", field: value}
    answer = world.send(f"/console/clients/{code}/sessions", **fields)
    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_only_names(world: World, name: str) -> None:
    code = world.signs_up("+17585550199", name)
    world.says("PERSON", name, **{"from": "+17585550199"})
    world.enter()
    for page in (
        "/console/",
        "/console/clients",
        f"/console/clients/{code}",
        "/console/waiting",
        "/console/clients?q=" + name[:5],
    ):
        text = world.browser.get(page).text
        assert escape(name).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in text
        assert "<script>" not in text
        assert "<img src=x" not in text
    assert "<script>" not in world.browser.get("/simulator").text


def test_a_figure_is_corrected_with_its_reason(world: World) -> None:
    code = world.marie
    world.enter()
    page = f"/console/clients/{code}"
    fields = {
        "indicator": "sales_month",
        "wave": "baseline",
        "survey": "",
        "value": "3,900.50",
        "why": "from the books",
    }
    told = world.send(f"{page}/figures", **fields).text
    assert "Corrected." in told
    assert "EC$3,900.50" in told
    assert "corrected by rosa@lc.example" in told
    assert len(world.audit("outcome.correct")) == 1


@pytest.mark.parametrize(
    ("field", "value", "status", "sentence"),
    [
        ("value", "many", 422, "Write a number in digits"),
        ("value", "-1", 422, "0 or more"),
        ("why", " ", 422, "needs its reason"),
        ("indicator", "fte", 404, "does not exist"),
        ("survey", "1 or 1=1", 404, "does not exist"),
    ],
)
def test_a_correction_that_cannot_be_says_why(world: World, field: str, value: str, status: int, sentence: str) -> None:
    code = world.marie
    world.enter()
    fields = {
        "indicator": "sales_month",
        "wave": "baseline",
        "survey": "",
        "value": "3900",
        "why": "books",
        field: value,
    }
    answer = world.send(f"/console/clients/{code}/figures", **fields)
    assert answer.status_code == status
    assert sentence in answer.text
    assert not world.audit("outcome.correct")

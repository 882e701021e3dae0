"""What counselors do on the pages, and what they see there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from html import escape

import pytest
from sqlalchemy import select

from bot.service import trainings
from bot.service.rules import Rules
from storage import registers
from storage.schema import Address, Client, CounselingSession, Enrollment, Followup, Outbox, Timer
from tests.web.console.conftest import FIGURES, PHONE, World

HOSTILE = [
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "🥭 Mangó & “Co”",
    "'\"><img src=x onerror=alert(1)>",
    "{{ 7*7 }}",
]


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


@pytest.fixture
def training(world: World) -> Callable[[timedelta], int]:
    """Adds a training that starts then, with one client who was invited; the number of the enrollment."""
    code = world.marie

    def add(ahead: timedelta) -> int:
        with world.database.write() as db:
            center = registers.find_center(db, "LC")
            made = registers.add_training(
                db,
                center,
                "Costing & pricing",
                world.clock() + ahead,
                hours=Decimal(2),
                place="Castries",
                capacity=5,
                area="finance",
                at=world.clock(),
            )
            client = db.scalars(select(Client).where(Client.code == code)).one()
            (enrollment,) = trainings.invite(db, made, center, [client], Rules(), world.clock())
            return enrollment.id

    return add


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


PLANNED = {
    "center": "LC",
    "title": "Costing & pricing",
    "place": "Castries",
    "start": "2027-01-12T14:00",
    "hours": "2",
    "capacity": "5",
    "area": "finance",
}


def test_a_training_is_planned_invited_to_and_called_off(world: World) -> None:
    assert world.marie
    world.enter()
    assert "The training is planned." in world.send("/console/trainings", **PLANNED).text
    page = "/console/trainings/LC-T1"
    assert "12 Jan 2027" in world.browser.get(page).text
    assert "1 will be invited" in world.send(f"{page}/invite", sector="", stage="", language="", over="0").text
    assert "Nobody new fits" in world.send(f"{page}/invite", over="0").text
    assert "Cancelled." in world.send(f"{page}/cancel").text
    assert world.send(f"{page}/cancel").status_code == 422
    assert world.send(f"{page}/invite", over="0").status_code == 422
    assert len(world.audit("training.add")) == len(world.audit("training.cancel")) == 1
    assert [row.details for row in world.audit("training.invite")] == [{"invited": 1}, {"invited": 0}]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "Is missing."),
        ("start", "soon", "Choose a day and a time."),
        ("start", "9999-12-31T23:59", "This cannot be read."),
        ("start", "2020-01-12T14:00", "Is in the past"),
        ("hours", "0", "Must be more than 0."),
        ("capacity", "many", "Write a whole number."),
        ("area", "magic", "not one of finance"),
        ("center", "XX", "XX"),
    ],
)
def test_a_training_that_cannot_be_says_why(world: World, field: str, value: str, sentence: str) -> None:
    world.enter()
    answer = world.send("/console/trainings", **{**PLANNED, field: value})
    assert answer.status_code == 422
    assert sentence in answer.text


def test_attendance_is_marked_once_it_has_begun(world: World, training: Callable[[timedelta], int]) -> None:
    number = training(timedelta(hours=-3))
    world.enter()
    assert "Costing &amp; pricing" in world.browser.get("/console/trainings").text
    path = "/console/trainings/LC-T1/attendance"
    assert "1 marked." in world.send(path, **{f"came-{number}": "yes"}).text
    assert (
        "Nothing was changed." in world.send(path, **{f"came-{number}": "yes", "came-x": "no", "came-999": "no"}).text
    )
    with world.database.read() as db:
        assert db.get_one(Enrollment, number).status == "attended"
        assert db.scalar(select(Timer.status).where(Timer.kind == "training.feedback")) == "pending"
    assert [row.details for row in world.audit("training.attendance")] == [{"marked": 1}]


def test_attendance_is_not_marked_before(world: World, training: Callable[[timedelta], int]) -> None:
    number = training(timedelta(days=3))
    world.enter()
    answer = world.send("/console/trainings/LC-T1/attendance", **{f"came-{number}": "yes"})
    assert answer.status_code == 422
    assert "once the training has begun" in answer.text


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

"""A form that was filled in wrongly comes back with the error beside the field and with what was typed."""

from __future__ import annotations

import re

import pytest

from tests.web.console.conftest import PASSWORD, World


def beside(page: str, control: str) -> str:
    """What stands between a control and the end of its cell."""
    found = re.search(rf'<(?:input|select|textarea)[^>]*name="{control}".*?(?=<label|</form>|<button)', page, re.DOTALL)
    assert found, control
    return found[0]


def test_a_session_keeps_what_was_typed(world: World) -> None:
    code = world.marie
    world.enter()
    fields = {"day": "2026-11-20", "hours": "30", "type": "visit", "area": "technology", "notes": "Plan for a <loan>"}
    answer = world.send(f"/console/clients/{code}/sessions", **fields)
    form = answer.text.split("/sessions")[1].split("</form>")[0] + "</form>"
    assert answer.status_code == 422
    assert '<details class="entry" open>' in answer.text
    assert "Must be at most 24." in beside(form, "hours")
    assert "is-invalid" in beside(form, "hours")
    assert 'value="30"' in beside(form, "hours")
    assert 'value="2026-11-20"' in beside(form, "day")
    assert "is-invalid" not in beside(form, "day")
    assert '<option value="visit" selected>' in beside(form, "type")
    assert '<option value="technology" selected>' in beside(form, "area")
    assert "Plan for a &lt;loan&gt;</textarea>" in form
    assert world.audit("session.log") == []


def test_what_the_use_case_refuses_stands_beside_its_field_too(world: World) -> None:
    code = world.marie
    world.enter()
    fields = {"day": "2027-11-20", "hours": "2", "type": "visit", "area": "finance"}
    answer = world.send(f"/console/clients/{code}/sessions", **fields)
    form = answer.text.split("/sessions")[1].split("</form>")[0] + "</form>"
    assert answer.status_code == 422
    assert "2027-11-20 is still to come; log a session after it took place." in beside(form, "day")
    assert 'value="2"' in beside(form, "hours")


def test_a_correction_keeps_what_was_typed(world: World) -> None:
    code = world.marie
    world.enter()
    fields = {"indicator": "sales_month", "wave": "baseline", "survey": "", "value": "many", "why": "the books"}
    answer = world.send(f"/console/clients/{code}/figures", **fields)
    assert answer.status_code == 422
    opened = answer.text.split('<details class="entry correct" open>')
    assert len(opened) == 2, "the form of the one figure that was sent"
    form = opened[1].split("</details>")[0]
    assert 'value="sales_month"' in form
    assert "Write a number in digits, like 5200 or 5200.50." in beside(form, "value")
    assert 'value="many"' in form
    assert 'value="the books"' in form
    assert world.audit("outcome.correct") == []


def test_a_training_keeps_what_was_typed(world: World) -> None:
    world.enter()
    fields = {
        "center": "LC",
        "title": "Costing & pricing",
        "place": "Castries",
        "start": "2027-01-12T14:00",
        "hours": "2.5",
        "capacity": "0",
        "area": "technology",
    }
    answer = world.send("/console/trainings", **fields)
    assert answer.status_code == 422
    assert "Must be at least 1." in beside(answer.text, "capacity")
    assert 'value="0"' in beside(answer.text, "capacity")
    assert 'value="Costing &amp; pricing"' in beside(answer.text, "title")
    assert 'value="Castries"' in beside(answer.text, "place")
    assert 'value="2027-01-12T14:00"' in beside(answer.text, "start")
    assert 'value="2.5"' in beside(answer.text, "hours")
    assert '<option value="technology" selected>' in beside(answer.text, "area")
    assert world.audit("training.add") == []


def reply_form(page: str) -> str:
    """The form, and the error below it."""
    return page.split("/reply")[1].split("</section>", maxsplit=1)[0]


def test_a_reply_keeps_what_was_written(world: World) -> None:
    world.enter()
    long = "A <long> story. " + "x" * 1000
    answer = world.send(f"/console/clients/{world.marie}/reply", text=long)
    form = reply_form(answer.text)
    assert answer.status_code == 422
    assert "Nothing was sent: a message has at most 1000 characters; this one has 1016." in form
    assert f"A &lt;long&gt; story. {'x' * 1000}</textarea>" in form
    assert world.audit("handover.reply") == []


def test_a_reply_without_a_text_is_not_sent(world: World) -> None:
    world.enter()
    page = f"/console/clients/{world.marie}/reply"
    assert "Fill in this field." in reply_form(world.send(page).text)
    assert "Nothing was sent: nothing was written." in reply_form(world.send(page, text=" ").text)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("what", "passwords", "Choose one of outcomes, answers, "),
        ("format", "exe", "Choose one of csv, xlsx."),
        ("since", "yesterday", "Choose a day."),
        ("until", "2026-10-31", "The first day is after the last day."),
        ("center", "XX", "There is no center &#39;XX&#39;; centers: DO, LC."),
    ],
)
def test_an_export_keeps_what_was_typed(world: World, field: str, value: str, sentence: str) -> None:
    world.enter("ana@network.example")
    fields = {"what": "messages", "format": "csv", "since": "2026-11-01", "until": "2026-11-20", "center": "LC"}
    answer = world.send("/console/export", **{**fields, "identified": "yes", field: value})
    assert answer.status_code == 422
    assert answer.text.count("invalid-feedback") == 1
    assert sentence in answer.text[answer.text.rindex(f'name="{field}"') :].split('class="col')[0]
    kept = {
        "what": 'value="messages" checked',
        "format": '<option value="csv" selected>',
        "since": 'name="since" value="2026-11-01"',
        "until": 'name="until" value="2026-11-20"',
        "center": '<option value="LC" selected>',
    }
    assert [name for name, shown in kept.items() if shown not in answer.text] == [field]
    assert 'name="identified" value="yes" checked' in answer.text
    assert world.audit("export") == []


def test_an_export_of_no_days_holds_all(world: World) -> None:
    world.enter("ana@network.example")
    answer = world.send("/console/export", what="clients", format="csv", since="", until="", center="")
    assert answer.status_code == 200
    assert world.marie in answer.text
    assert world.pedro in answer.text
    assert "Marie Joseph" not in answer.text


PLANNED = {
    "center": "LC",
    "title": "Costing",
    "place": "Castries",
    "start": "2026-11-25T14:00",
    "hours": "2",
    "capacity": "5",
    "area": "finance",
}


@pytest.mark.parametrize(
    ("over", "sentence"),
    [("73", "Must be at most 72."), ("-1", "Must be at least 0."), ("soon", "Write a whole number.")],
)
def test_an_invitation_keeps_what_was_typed(world: World, over: str, sentence: str) -> None:
    world.enter()
    world.send("/console/trainings", **PLANNED)
    fields = {"sector": "retail", "stage": "running", "language": "es", "over": over}
    answer = world.send("/console/trainings/LC-T1/invite", **fields)
    assert answer.status_code == 422
    assert sentence in beside(answer.text, "over")
    assert f'value="{over}"' in beside(answer.text, "over")
    assert '<option value="running" selected>' in answer.text
    assert '<option value="es" selected>' in answer.text
    assert world.audit("training.invite") == []


def test_an_attendance_that_is_neither_yes_nor_no_is_refused_in_its_row(world: World) -> None:
    world.enter()
    world.send("/console/trainings", **PLANNED)
    assert "1 will be invited" in world.send("/console/trainings/LC-T1/invite", over="").text
    world.clock.pass_by(days=3)
    world.enter()
    page = world.browser.get("/console/trainings/LC-T1").text
    field = page.split('type="radio" name="')[1].split('"')[0]
    answer = world.send("/console/trainings/LC-T1/attendance", **{field: "perhaps"})
    assert answer.status_code == 422
    assert "Choose yes or no." in answer.text.split(f'name="{field}"')[-1].split("</tr>")[0]
    assert world.audit("training.attendance") == []


def test_a_login_keeps_the_e_mail_and_the_spaces_of_a_password(world: World) -> None:
    answer = world.log_in(" Rosa@LC.example ", "wrong")
    assert answer.status_code == 401
    assert 'value="rosa@lc.example"' in answer.text
    assert world.log_in("rosa@lc.example", f" {PASSWORD}").status_code == 401
    assert world.log_in(" Rosa@LC.example ").url.path == "/console/"


def test_a_form_without_its_token_is_refused_before_it_is_read(world: World) -> None:
    world.enter()
    answer = world.send(f"/console/clients/{world.marie}/sessions", "forged", day="tomorrow")
    assert answer.status_code == 403
    assert "Choose a day." not in answer.text

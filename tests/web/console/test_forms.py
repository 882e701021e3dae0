"""A form that was filled in wrongly comes back with the error beside the field and with what was typed."""

from __future__ import annotations

import re

from tests.web.console.conftest import World


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
    opened = answer.text.split('<details class="entry mend" open>')
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

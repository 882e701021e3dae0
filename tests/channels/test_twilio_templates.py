"""WhatsApp templates: from our texts to what Twilio and WhatsApp take."""

from __future__ import annotations

import pytest

from bot.channels.base import Misconfigured
from bot.channels.twilio.templates import Approved, TemplateState, TwilioTemplates
from bot.messages.templates import Template, faults, template_name
from bot.model import Button
from tests.channels.wire import Wire

TEXT = "Hi {first_name}, {center} here: how is business?"
SPANISH = "Aquí {center}, hola {first_name}: ¿cómo va el negocio?"
SAMPLES = {"first_name": "Ana", "center": "SBDC"}
YES = Button("yes", "Sí")


def template(text: str = TEXT, wording: str = "", *buttons: Button, **samples: str) -> Template:
    return Template(text, wording or text, "es", samples or SAMPLES, buttons)


def templates(wire: Wire) -> TwilioTemplates:
    return TwilioTemplates(account_sid="AC" + "0" * 32, auth_token="t", api_url=wire.url)


def test_a_field_has_one_number_in_every_language() -> None:
    assert template().body == "Hi {{1}}, {{2}} here: how is business?"
    assert template(TEXT, SPANISH).body == "Aquí {{2}}, hola {{1}}: ¿cómo va el negocio?"
    assert template(first_name="Ana", center="SBDC", currency="RD$").variables == {"1": "Ana", "2": "SBDC"}
    assert template(TEXT, "", Button("yes~7.1", "Sí")).variables == {"1": "Ana", "2": "SBDC", "3": "yes~7.1"}


@pytest.mark.parametrize(
    "buttons",
    [
        tuple(Button(str(number), f"No. {number}") for number in range(1, 12)),
        (Button("a", "Twenty-one characters"), Button("b", "No")),
    ],
)
def test_choices_that_are_no_buttons_stand_as_lines(buttons: tuple[Button, ...]) -> None:
    one = template("Which one?", "", *buttons)
    assert one.body == "\n".join(["Which one?", *(f"{n} {button.label}" for n, button in enumerate(buttons, start=1))])
    assert (one.variables, faults(one)) == ({}, [])


def test_a_name_says_what_it_is_and_changes_with_the_text() -> None:
    name = template_name(TEXT, "es")
    assert name.startswith("acompana_hi_here_how_is_bus_")
    assert name.endswith("_es")
    assert name.replace("_", "").isalnum()
    assert len(template_name("A text that goes on for quite a while", "es")) <= 40  # what the outbox keeps of it
    assert name == name.lower()
    others = {template_name(TEXT + "!", "es"), template_name(TEXT, "fr"), template_name(TEXT, "es", (YES,))}
    assert len({name, *others}) == 4


@pytest.mark.parametrize(
    ("one", "wrong"),
    [
        (template(), []),
        (template(TEXT, SPANISH, YES), []),
        (template("{center} invites you to a training."), ["starts with a variable"]),
        (template("You are invited by {center}"), ["ends with a variable, or with one and a sign after it"]),
        (
            template("We would like to have you with us, {center}!"),
            ["ends with a variable, or with one and a sign after it"],
        ),
        (template("Hello and welcome {first_name} {center}, please write."), ["has two variables side by side"]),
        (template("Hi {first_name}, welcome."), ["has 2 words for 1 variables; WhatsApp wants 3"]),
        (template("x" * 1025), ["has 1025 characters; WhatsApp takes 1024"]),
        (template("Hello {other}, you are welcome."), ["has no sample for other"]),
    ],
)
def test_whatsapps_rules_are_checked_before(one: Template, wrong: list[str]) -> None:
    assert faults(one) == wrong


def test_a_template_is_created_and_submitted(wire: Wire) -> None:
    wire.answer("/Content", {"sid": "HX9"}, 201)
    wire.answer("/ApprovalRequests/whatsapp", {"name": "n", "status": "received"}, 201)
    made = templates(wire)
    one = template(TEXT, SPANISH, YES)
    made.submit(one.name, made.create(one))
    made.close()
    created, submitted = wire.calls
    assert created.fields == {
        "friendly_name": one.name,
        "language": "es",
        "variables": {"1": "Ana", "2": "SBDC", "3": "yes"},
        "types": {
            "twilio/quick-reply": {
                "body": "Aquí {{2}}, hola {{1}}: ¿cómo va el negocio?",
                "actions": [{"type": "QUICK_REPLY", "title": "Sí", "id": "{{3}}"}],
            }
        },
    }
    assert submitted.path == "/content/v1/Content/HX9/ApprovalRequests/whatsapp"
    assert submitted.fields == {"name": one.name, "category": "UTILITY"}


@pytest.mark.parametrize(("language", "code"), [("pt", "pt_BR"), ("ht", "fr"), ("nl", "nl")])
def test_the_language_in_whatsapps_code(wire: Wire, language: str, code: str) -> None:
    wire.answer("/Content", {"sid": "HX9"}, 201)
    made = templates(wire)
    made.create(Template(TEXT, TEXT, language, SAMPLES))
    made.close()
    assert wire.calls[0].fields["language"] == code
    assert list(wire.calls[0].fields["types"]) == ["twilio/text"]


def test_what_whatsapp_would_refuse_is_not_created(wire: Wire) -> None:
    made = templates(wire)
    with pytest.raises(ValueError, match="starts with a variable"):
        made.create(template("{center} invites you."))
    made.close()
    assert wire.calls == []


def test_the_states_of_our_templates(wire: Wire) -> None:
    held = [
        {"sid": "HX1", "friendly_name": "acompana_a_es", "approval_requests": {"status": "approved"}},
        {
            "sid": "HX2",
            "friendly_name": "acompana_b_es",
            "approval_requests": {"status": "rejected", "rejection_reason": "INVALID_FORMAT"},
        },
        {"sid": "HX3", "friendly_name": "acompana_c_es", "approval_requests": {}},
        {"sid": "HX4", "friendly_name": "somebody_elses", "approval_requests": {"status": "approved"}},
    ]
    wire.answer("/ContentAndApprovals", {"contents": held, "meta": {"key": "contents", "next_page_url": None}})
    made = templates(wire)
    assert made.states() == {
        "acompana_a_es": TemplateState("acompana_a_es", "HX1", "approved"),
        "acompana_b_es": TemplateState("acompana_b_es", "HX2", "rejected", "INVALID_FORMAT"),
        "acompana_c_es": TemplateState("acompana_c_es", "HX3", "unsubmitted"),
    }
    made.close()


def test_a_refusal_speaks_our_vocabulary(wire: Wire) -> None:
    wire.answer("/ContentAndApprovals", {"code": 20003, "message": "Authenticate", "status": 401}, 401)
    made = templates(wire)
    with pytest.raises(Misconfigured):
        made.states()
    made.close()


def test_what_twilio_told_is_believed_for_a_while(wire: Wire) -> None:
    def told(status: str) -> dict[str, object]:
        held = {"sid": "HX1", "friendly_name": "acompana_a_es", "approval_requests": {"status": status}}
        return {"contents": [held], "meta": {"key": "contents", "next_page_url": None}}

    for status in ("pending", "approved", "rejected"):
        wire.answer("/ContentAndApprovals", told(status))
    seconds = 0.0
    approved = Approved(templates(wire), clock=lambda: seconds)
    found = []
    for seconds in (0, 59, 60, 600, 660):
        found.append((seconds, approved.sid("acompana_a_es")))
    approved.close()
    assert found == [(0, None), (59, None), (60, "HX1"), (600, "HX1"), (660, None)]
    assert len(wire.calls) == 3

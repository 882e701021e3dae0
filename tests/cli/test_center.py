"""acompana center: a center and how it works, and the addresses by which clients join it."""

from __future__ import annotations

import pytest

from bot.cli.center import addresses
from bot.config.settings import Settings
from tests.cli import CENTER, Shell, audited


def test_a_center_changes_how_it_works(sh: Shell) -> None:
    sh.ok(CENTER)
    shown = "LC, Castries SBDC. SMS: {}. Follow-ups after a session: {}. Quiet hours: network default."
    assert sh.ok("center set LC") == shown.format("without accents", "3,6,12 months")
    assert sh.ok("center set lc --no-fold-sms") == shown.format("with accents", "3,6,12 months")
    assert sh.ok("center set LC --cadence 6,18") == shown.format("with accents", "6,18 months")
    assert sh.ok("center set LC --fold-sms --cadence none") == shown.format("without accents", "none")
    assert sh("center set LC --cadence 6,3").err == "cadence: must be months in ascending order, like 3,6,12"
    assert [action for _actor, action, _subject in audited(sh)] == ["center.add", *["center.set"] * 3]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("19:30-9:00", "19:30-09:00"),
        ("off", "none"),
        ("default", "network default"),
    ],
)
def test_a_center_has_its_own_quiet_hours(sh: Shell, given: str, told: str) -> None:
    sh.ok(CENTER)
    sh.ok("center set LC --quiet-hours 22:00-06:00")
    assert sh.ok(f"center set LC --quiet-hours {given}").endswith(f"Quiet hours: {told}.")


def test_quiet_hours_that_cannot_be_read_are_told(sh: Shell) -> None:
    sh.ok(CENTER)
    wrong = sh("center set LC --quiet-hours 25:00-06:00")
    assert wrong.err == "quiet hours: '25:00-06:00' is not a range of hours; write it like 20:00-08:00, or off"


def test_a_center_has_numbers_of_its_own(sh: Shell) -> None:
    sh.ok("center add LC 'SBDC Saint Lucia' --country LC")
    sh.ok("center add DO 'SBDC Santo Domingo' --country DO")
    said = sh.ok("center set LC --sms-from '+1 758 555 0100' --whatsapp-from +17585550101").splitlines()
    assert said[1:] == ["SMS number: +17585550100", "WhatsApp sender: +17585550101"]
    taken = sh("center set DO --sms-from +17585550100")
    assert taken.err == "sms sender: +17585550100 already belongs to LC; choose another number"
    assert sh("center set DO --whatsapp-from 5550100").err.startswith(
        "whatsapp sender: '5550100' is not a phone number"
    )
    assert sh.ok("center set LC --sms-from default").splitlines()[1:] == said[2:]


def test_a_center_and_its_people(sh: Shell) -> None:
    assert sh.ok(CENTER) == ("Added LC, Castries SBDC (XCD, America/St_Lucia, en). Clients join by writing: JOIN LC")
    sh.ok("center add DM Roseau --country DM --cadence none --language fr")
    assert sh.ok("center list").splitlines() == [
        "code\tname\tcountry\tcurrency\tzone\tlanguage\tfollow-ups after",
        "DM\tRoseau\tDM\tXCD\tAmerica/Dominica\tfr\tnone",
        "LC\tCastries SBDC\tLC\tXCD\tAmerica/St_Lucia\ten\t3,6,12 months",
    ]
    assert sh.ok("staff add 'Ana Joseph' --center LC --email ana@c.lc --login", "a long password\n").endswith(
        "To link their phone: acompana staff link ana@c.lc"
    )
    sh.ok("staff add Cora --role coordinator")
    assert sh.ok("staff list").splitlines() == [
        "name\trole\tcenter\temail\tconsole\tactive",
        "Cora\tcoordinator\tall\t\tno\tyes",
        "Ana Joseph\tcounselor\tLC\tana@c.lc\tyes\tyes",
    ]
    assert [action for _actor, action, _subject in audited(sh)] == [
        "center.add",
        "center.add",
        "staff.add",
        "staff.add",
    ]
    assert {actor for actor, _action, _subject in audited(sh)} == {"cli:ana"}


def test_each_channel_has_its_address() -> None:
    settings = Settings(twilio_whatsapp_from="+17585550100", twilio_sms_from="+17585550101")
    assert addresses(settings, "LC", "@sbdc_bot") == [
        ("whatsapp", "https://wa.me/17585550100?text=JOIN%20LC"),
        ("sms", "sms:+17585550101?body=JOIN%20LC"),
        ("telegram", "https://t.me/sbdc_bot?start=LC"),
    ]


def test_a_center_may_have_numbers_of_its_own() -> None:
    settings = Settings(twilio_whatsapp_from="+17585550100", twilio_sms_from="+17585550101")
    assert addresses(settings, "DO", None, {"sms": "+18095550100", "whatsapp": None}) == [
        ("whatsapp", "https://wa.me/17585550100?text=JOIN%20DO"),
        ("sms", "sms:+18095550100?body=JOIN%20DO"),
    ]


def test_no_channel_no_address() -> None:
    assert addresses(Settings(), "LC", None) == []


def test_a_center_asks_for_two_reviews(sh: Shell) -> None:
    sh.ok(CENTER)
    assert sh.ok("center set LC --second-review").endswith("Two reviews verify a figure.")
    assert sh.ok("center set LC --cadence 6").endswith("Two reviews verify a figure.")
    assert "Two reviews" not in sh.ok("center set LC --one-review")

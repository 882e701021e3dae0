"""Institutions on the command line: added, given centers, and seen by their staff."""

from __future__ import annotations

import pytest

from tests.cli import CENTER, Shell, audited


@pytest.fixture
def sh(sh: Shell) -> Shell:
    sh.ok(CENTER)
    sh.ok("center add BB 'Barbados SBDC' --country BB")
    sh.ok("institution add MIN --name 'Ministry of Commerce' --center LC")
    sh.ok("staff add 'Ines Duval' --role coordinator --institution MIN --email ines@min.example")
    return sh


def seen(sh: Shell) -> str:
    return sh.ok("staff list").splitlines()[-1].split("\t")[2]


def test_an_institution_has_centers(sh: Shell) -> None:
    assert sh.ok("institution set min --center BB") == "MIN, Ministry of Commerce. Centers: BB, LC."
    assert sh.ok("institution set MIN --without LC") == "MIN, Ministry of Commerce. Centers: BB."
    assert sh.ok("institution list").splitlines()[1:] == ["MIN\tMinistry of Commerce\tBB"]
    assert audited(sh)[-2:] == [("cli:ana", "institution.set", "MIN")] * 2


def test_staff_see_a_center_an_institution_or_all(sh: Shell) -> None:
    assert seen(sh) == "MIN"
    assert sh.ok("staff set ines@min.example --center BB") == "Ines Duval sees BB."
    assert seen(sh) == "BB"
    assert sh.ok("staff set ines@min.example --network") == "Ines Duval sees the whole network."
    assert seen(sh) == "all"
    assert sh.ok("staff set 'Ines Duval' --institution min") == "Ines Duval sees MIN."
    assert seen(sh) == "MIN"
    assert audited(sh)[-1][:2] == ("cli:ana", "staff.set")


REFUSED = [
    (
        "institution add M1 --name Again --center LC",
        "LC belongs to MIN; first: acompana institution set MIN --without LC",
    ),
    ("institution add MIN --name Again", "institution MIN already exists"),
    ("institution add 'm i n' --name Again", "is not a valid code"),
    ("institution set MIN --without BB", "BB is no center of MIN"),
    ("institution set NON", "there is no institution 'NON'; institutions: MIN"),
    ("staff set ines@min.example", "give one of --center, --institution and --network"),
    ("staff set ines@min.example --network --center LC", "give one of --center, --institution and --network"),
    ("staff add 'Bo' --institution MIN --center LC", "belongs to a center or to an institution, not to both"),
    ("staff add 'Bo'", "center: is required for a counselor"),
]


@pytest.mark.parametrize(("command", "why"), REFUSED)
def test_what_is_refused_changes_nothing(sh: Shell, command: str, why: str) -> None:
    before = (sh.ok("institution list"), sh.ok("staff list"))
    said = sh(command)
    assert said.code == 1
    assert why in said.err
    assert before == (sh.ok("institution list"), sh.ok("staff list"))


def test_a_counselor_is_of_a_center_or_an_institution(sh: Shell) -> None:
    sh.ok("staff add Rosa --center LC")
    assert "a counselor belongs to a center or to an institution" in sh("staff set Rosa --network").err
    assert sh.ok("staff set Rosa --institution MIN") == "Rosa sees MIN."

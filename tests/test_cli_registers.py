from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import select

from storage.engine import Database
from storage.passwords import matches
from storage.schema import Address, Audit, Client, LinkCode, Staff
from tests.cli import Shell

CENTER = "center add LC 'Castries SBDC' --country LC"


@pytest.fixture
def sh(tmp_path: Path, store_template: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    path = tmp_path / "store.sqlite3"
    copyfile(store_template("sqlite"), path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("getpass.getuser", lambda: "ana")
    return Shell(tmp_path, f"sqlite:///{path}")


def audited(sh: Shell) -> list[tuple[str, str, str]]:
    database = Database.open(sh.url)
    with database.read() as db:
        rows = [(row.actor, row.action, row.subject) for row in db.scalars(select(Audit).order_by(Audit.id))]
    database.close()
    return rows


def test_a_center_changes_how_it_works(sh: Shell) -> None:
    sh.ok(CENTER)
    told = "LC, Castries SBDC: an SMS goes {}; follow-ups {}; quiet hours as in the whole network."
    assert sh.ok("center set LC") == told.format("without accents", "3,6,12 months")
    assert sh.ok("center set lc --no-fold-sms") == told.format("as it is written", "3,6,12 months")
    assert sh.ok("center set LC --cadence 6,18") == told.format("as it is written", "6,18 months")
    assert sh.ok("center set LC --fold-sms --cadence none") == told.format("without accents", "by hand")
    assert sh("center set LC --cadence 6,3").err == "cadence: must be months in rising order, like 3,6,12"
    assert [action for _actor, action, _subject in audited(sh)] == ["center.add", *["center.set"] * 3]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("19:30-9:00", "19:30-09:00"),
        ("off", "none"),
        ("default", "as in the whole network"),
    ],
)
def test_a_center_has_its_own_quiet_hours(sh: Shell, given: str, told: str) -> None:
    sh.ok(CENTER)
    sh.ok("center set LC --quiet-hours 22:00-06:00")
    assert sh.ok(f"center set LC --quiet-hours {given}").endswith(f"quiet hours {told}.")


def test_quiet_hours_that_cannot_be_read_are_told(sh: Shell) -> None:
    sh.ok(CENTER)
    wrong = sh("center set LC --quiet-hours 25:00-06:00")
    assert wrong.err == "quiet hours: '25:00-06:00' is not a span of hours; write it like 20:00-08:00, or off"


def test_a_center_has_numbers_of_its_own(sh: Shell) -> None:
    sh.ok("center add LC 'SBDC Saint Lucia' --country LC")
    sh.ok("center add DO 'SBDC Santo Domingo' --country DO")
    said = sh.ok("center set LC --sms-from '+1 758 555 0100' --whatsapp-from +17585550101").splitlines()
    assert said[1:] == ["It writes by SMS from +17585550100.", "It writes by WhatsApp from +17585550101."]
    taken = sh("center set DO --sms-from +17585550100")
    assert taken.err == "sms sender: +17585550100 is that of LC; choose another number"
    assert sh("center set DO --whatsapp-from 5550100").err.startswith(
        "whatsapp sender: '5550100' is not a phone number"
    )
    assert sh.ok("center set LC --sms-from default").splitlines()[1:] == said[2:]


def test_a_center_and_its_people(sh: Shell) -> None:
    assert sh.ok(CENTER) == ("Added LC, Castries SBDC (XCD, America/St_Lucia, en). Clients join it by writing: JOIN LC")
    sh.ok("center add DM Roseau --country DM --cadence none --language fr")
    assert sh.ok("center list").splitlines() == [
        "code\tname\tcountry\tcurrency\tzone\tlanguage\tfollow-ups after",
        "DM\tRoseau\tDM\tXCD\tAmerica/Dominica\tfr\tby hand",
        "LC\tCastries SBDC\tLC\tXCD\tAmerica/St_Lucia\ten\t3,6,12 months",
    ]
    assert sh.ok("staff add 'Ana Joseph' --center LC --email ana@c.lc --login", "a long password\n").endswith(
        "For their own phone: acompana staff link ana@c.lc"
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


def test_a_link_code_is_shown_once_and_kept_as_a_hash(sh: Shell) -> None:
    sh.ok(CENTER)
    sh.ok("staff add Ana --center LC")
    said = sh.ok("staff link ana")
    code = re.search(r"LINK (\d{6})$", said)
    assert code
    database = Database.open(sh.url)
    with database.read() as db:
        kept = db.scalars(select(LinkCode)).one()
    database.close()
    assert kept.staff_id is not None
    assert code[1] not in kept.code_hash


def test_a_password_is_replaced(sh: Shell) -> None:
    sh.ok("staff add Cora --role coordinator --email cora@n.org")
    assert sh("staff password cora@n.org", "short\n").err == "password: a password has at least 10 characters"
    sh.ok("staff password cora@n.org", "long enough now\n")
    database = Database.open(sh.url)
    with database.read() as db:
        assert matches("long enough now", db.scalars(select(Staff.password_hash)).one())
    database.close()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("center add LC Again --country LC", "code: there is a center LC already; choose another code"),
        ("center add XX Name --country XX", "country: 'XX' is not one of AG, AR,"),
        ("center add DM Roseau --country DM --cadence often", "cadence: 'often' is not a list of months, like 3,6,12"),
        ("staff add Bo", "center: a counselor belongs to one; name it"),
        ("staff add Bo --center BB", "center: there is no center 'BB'; there are: LC"),
        ("staff link bo", "staff: there is nobody 'bo'; acompana staff list shows who there is"),
        ("client show Zoe", "client: there is no client 'Zoe'"),
        ("client import missing.csv --center LC", "missing.csv: No such file or directory"),
        ("rate set XCD 2.7", "currency: XCD is pegged at 2.70 to the US dollar; it needs no rate"),
        ("rate set JMD cheap", "per_usd: 'cheap' is not a number; write it like 1.5"),
        (
            "training add T --center LC --start '2026-12-03 14:00' --place Hall --area cooking",
            "area: 'cooking' is not one of finance, technology, standards, cooperatives, value_chains",
        ),
    ],
)
def test_what_cannot_be_is_told_in_one_line(sh: Shell, line: str, told: str) -> None:
    sh.ok(CENTER)
    said = sh(line)
    assert (said.out, said.code) == ("", 1)
    assert said.err.startswith(told)
    assert "\n" not in said.err


def test_trainings_are_on_the_clock_of_their_center(sh: Shell) -> None:
    sh.ok(CENTER)
    said = sh.ok(
        "training add Pricing --center lc --start '2099-12-03 14:00' --place 'Town Hall' --area finance --seats 12"
    )
    assert said == "Added LC-T1, Pricing, 2099-12-03 14:00 in America/St_Lucia."
    said = sh.ok("training add Before --center lc --start '2020-12-03 14:00' --place Hall --area finance --hours 1.5")
    assert said.endswith("It is in the past: nobody will be reminded.")
    assert sh.ok("training list").splitlines()[1:] == [
        "LC-T1\tPricing\t2099-12-03 14:00\t2\tTown Hall\t12\ten\tfinance"
    ]
    assert len(sh.ok("training list --all").splitlines()) == 3


def test_a_rate_is_entered_with_its_day(sh: Shell) -> None:
    assert sh.ok("rate set JMD 156.25 --day 2026-01-31 --source BOJ") == "2026-01-31: 1 USD = 156.25 JMD"
    assert audited(sh) == [("cli:ana", "rate.set", "JMD 2026-01-31")]


def test_clients_come_from_a_table(sh: Shell) -> None:
    sh.ok(CENTER)
    (sh.folder / "clients.csv").write_text("code,name,phone\nLC-AAAA,Marie,4550102\nLC-BBBB,,4550103\n")
    said = sh("client import clients.csv --center LC")
    assert (said.out, said.code) == ("", 1)
    assert said.err.splitlines() == [
        "line 3: name: is missing",
        "Nothing was taken in. Mend the rows, or add --skip-broken for the 1 good ones.",
    ]
    assert sh.ok("client list").count("\n") == 0
    said = sh("client import clients.csv --center LC --skip-broken")
    assert said.code == 1
    assert said.out.splitlines() == [
        "Took in 1 client: LC-AAAA",
        "None of them has agreed to anything: invite them to write JOIN LC themselves.",
    ]
    assert sh.ok("client list --center LC --status new").splitlines()[1] == "LC-AAAA\tMarie\t\tnew\ten\t\t"
    database = Database.open(sh.url)
    with database.read() as db:
        assert db.scalars(select(Client.service_consent)).one() is False
        assert db.scalars(select(Address.address)).one() == "+17584550102"
    database.close()


def test_looking_at_a_client_is_kept(sh: Shell) -> None:
    sh.ok(CENTER)
    (sh.folder / "clients.csv").write_text("code,name,phone\nLC-AAAA,Marie,4550102\n")
    sh.ok("client import clients.csv --center LC")
    shown = dict(line.split(":", 1) for line in sh.ok("client show marie").splitlines())
    assert {name: shown[name].strip() for name in ("code", "name", "sms", "status")} == {
        "code": "LC-AAAA",
        "name": "Marie",
        "sms": "+17584550102",
        "status": "new",
    }
    assert audited(sh)[-1] == ("cli:ana", "client.show", "LC-AAAA")
    sh("client show zoe")
    assert audited(sh)[-1] == ("cli:ana", "client.show", "LC-AAAA")


def test_a_client_is_erased_after_a_second_thought(sh: Shell) -> None:
    sh.ok(CENTER)
    (sh.folder / "clients.csv").write_text("code,name,phone\nLC-AAAA,Marie,4550102\n")
    sh.ok("client import clients.csv --center LC")
    assert sh("client erase marie", "n\n").code == 1
    assert "Marie" in sh.ok("client show LC-AAAA")
    assert sh.ok("client erase marie --yes") == "LC-AAAA is erased."
    assert ("cli:ana", "client.erase", "LC-AAAA") in audited(sh)
    assert sh("client show LC-AAAA").err == "client: there is no client 'LC-AAAA'"
    database = Database.open(sh.url)
    with database.read() as db:
        assert db.scalars(select(Client.name)).all() == [None]
    database.close()

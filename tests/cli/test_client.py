"""acompana client: clients from a table, shown and erased."""

from __future__ import annotations

from sqlalchemy import select

from storage.engine import Database
from storage.persons import add_beside_owner, serve
from storage.schema import Address, Client, Person
from tests.cli import CENTER, Shell, audited


def test_clients_come_from_a_table(sh: Shell) -> None:
    sh.ok(CENTER)
    (sh.folder / "clients.csv").write_text("code,name,phone\nLC-AAAA,Marie,4550102\nLC-BBBB,,4550103\n")
    said = sh("client import clients.csv --center LC")
    assert (said.out, said.code) == ("", 1)
    assert said.err.splitlines() == [
        "line 3: name: is missing",
        "Nothing was imported: 1 row is broken, 1 is good. Fix the rows, or add --skip-broken to import the valid ones.",
    ]
    assert sh.ok("client list").count("\n") == 0
    said = sh("client import clients.csv --center LC --skip-broken")
    assert said.code == 1
    assert said.out.splitlines() == [
        "Imported 1 client: LC-AAAA",
        "None of them has consented yet: ask them to write JOIN LC themselves.",
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
    assert sh.ok("client erase marie --yes") == "Erased LC-AAAA."
    assert ("cli:ana", "client.erase", "LC-AAAA") in audited(sh)
    assert sh("client show LC-AAAA").err == "client: there is no client 'LC-AAAA'"
    database = Database.open(sh.url)
    with database.read() as db:
        assert db.scalars(select(Client.name)).all() == [None]
    database.close()


def test_a_business_at_two_centers_keeps_one_phone(sh: Shell) -> None:
    sh.ok(CENTER)
    sh.ok("center add DO 'Santo Domingo SBDC' --country DO")
    (sh.folder / "lc.csv").write_text("code,name,phone\nLC-AAAA,Marie,+17584550102\n")
    (sh.folder / "do.csv").write_text("code,name,phone\nDO-AAAA,Marie,+17584550102\n")
    sh.ok("client import lc.csv --center LC")
    told = sh.ok("client import do.csv --center DO").splitlines()
    assert told[1] == "DO-AAAA is the same business as LC-AAAA, which keeps the phone: write to LC-AAAA."
    shown = dict(line.split(":", 1) for line in sh.ok("client show DO-AAAA").splitlines())
    assert "sms" not in shown
    assert shown["same business as"].strip() == "LC-AAAA"
    assert shown["center"].strip() == "DO, Santo Domingo SBDC"
    said = sh("followup trigger DO-AAAA")
    assert (said.code, said.out.splitlines()[1]) == (1, "DO-AAAA\tMarie\t\tis not registered yet")


def test_a_client_is_shown_with_all_its_persons_and_phones(sh: Shell) -> None:
    """Ben speaks for Ana's business, too, from his own phone."""
    sh.ok(CENTER)
    (sh.folder / "clients.csv").write_text("code,name,phone\nLC-AAAA,Ana Charles,4550101\nLC-BBBB,Ben Paul,4550102\n")
    sh.ok("client import clients.csv --center LC")
    database = Database.open(sh.url)
    with database.write() as db:
        ana, ben = db.scalars(select(Client).order_by(Client.code))
        person = db.get_one(Person, ben.person_id)
        add_beside_owner(db, ana, person, ben, ben.created_at)
        serve(db, db.scalars(select(Address).where(Address.client_id == ben.id)).one(), ana, person)
    database.close()
    shown = [" ".join(line.split()) for line in sh.ok("client show LC-AAAA").splitlines()]
    assert "also speaks: Ben Paul" in shown
    assert [line for line in shown if line.startswith("sms:")] == ["sms: +17584550101", "sms: +17584550102"]
    sh.ok("client erase LC-AAAA --yes")
    assert "Ben Paul" in sh.ok("client show LC-BBBB")
    assert "sms: +17584550102" in " ".join(sh.ok("client show LC-BBBB").split())


def test_a_client_without_a_phone_is_erased(sh: Shell) -> None:
    """As one that another center speaks with."""
    sh.ok("center add LC Castries --country LC")
    sh.ok("center add DO Santiago --country DO")
    for center in ("LC", "DO"):
        (sh.folder / f"{center}.csv").write_text(f"code,name,phone\n{center}-A,Ana Charles,+17585550101\n")
        sh.ok(f"client import {sh.folder / center}.csv --center {center}")
    assert "same business as" in sh.ok("client show DO-A")
    assert sh.ok("client erase DO-A --yes") == "Erased DO-A."
    assert "there is no client 'DO-A'" in sh("client show DO-A").err
    assert "Ana Charles" in sh.ok("client show LC-A")

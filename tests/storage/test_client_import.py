"""Clients from a table: what is known of the person and the business, and one business at two centers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage import registers
from storage.imports.clients import Imported, import_clients
from storage.schema import Address, Business, Center, Client, Person

NOW = datetime(2026, 3, 14, 15, 0, tzinfo=UTC)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def centers(db: Session) -> dict[str, Center]:
    return {code: registers.add_center(db, code, f"Center {code}", code, at=NOW) for code in ("LC", "DO", "JM")}


def take_in(db: Session, center: Center, table: str) -> Imported:
    result = import_clients(db, BytesIO(table.encode()), center, at=NOW)
    db.commit()
    return result


def client(db: Session, code: str) -> Client:
    return db.scalars(select(Client).where(Client.code == code)).one()


FACTS = "sex,birth_year,rural,disability,indigenous,email,district,start_on,registered,legal_form,women_owned,isic,program,referred_by"


def test_what_a_table_says_of_a_client(db: Session, centers: dict[str, Center]) -> None:
    row = "F,1988,sí,no,non,Marie@shop.lc,Soufrière,2020-02-29,wi,cooperative,60%,c10.71,EU fund,the bank"
    assert take_in(db, centers["LC"], f"code,name,phone,stage,{FACTS}\nLC-A,Marie,4550101,idea,{row}\n").codes == [
        "LC-A"
    ]
    marie = client(db, "LC-A")
    assert (marie.stage, marie.baseline_stage) == ("idea", "idea")
    assert (marie.rural, marie.disability, marie.indigenous, marie.registered) == (True, False, False, True)
    assert (marie.email, marie.district, marie.start_on) == ("marie@shop.lc", "Soufrière", date(2020, 2, 29))
    assert (marie.legal_form, marie.women_owned, marie.isic) == ("cooperative", 60, "C1071")
    assert (marie.program, marie.referred_by) == ("EU fund", "the bank")
    person = db.get_one(Person, marie.person_id)
    assert (person.sex, person.birth_year) == ("f", 1988)


def test_each_client_is_a_business_and_a_person_of_its_own(db: Session, centers: dict[str, Center]) -> None:
    take_in(db, centers["LC"], "code,name,phone,sex\nLC-A,Ana,4550101,f\nLC-B,Ben,4550102,\n")
    ana, ben = client(db, "LC-A"), client(db, "LC-B")
    assert None not in (ana.business_id, ben.business_id, ana.person_id, ben.person_id)
    assert ana.business_id != ben.business_id
    assert [db.get_one(Person, one.person_id).sex for one in (ana, ben)] == ["f", None]
    assert (ana.rural, ana.women_owned, ana.baseline_stage) == (None, None, None)


@on_sqlite
@pytest.mark.parametrize(
    ("column", "cell", "says"),
    [
        ("sex", "female", "'female' is not one of f, m, x"),
        ("birth_year", "88", "'88' is not a year of birth like 1988"),
        ("birth_year", "2027", "'2027' is not a year of birth like 1988"),
        ("rural", "maybe", "'maybe' is neither yes nor no"),
        ("email", "marie", "'marie' is not an e-mail address"),
        ("start_on", "2027-01-01", "2027-01-01 is not a past date"),
        ("women_owned", "101", "'101' is neither a percentage from 0 to 100 nor yes or no"),
        ("isic", "food", "'food' is not a code of ISIC like 1071 or C10"),
        ("program", "x" * 201, "is too long (201 characters; the limit is 200)"),
    ],
)
def test_a_fact_that_is_none(db: Session, centers: dict[str, Center], column: str, cell: str, says: str) -> None:
    result = take_in(db, centers["LC"], f"name,phone,{column}\nMarie,4550101,{cell}\n")
    assert [str(problem) for problem in result.problems] == [f"line 2: {column}: {says}"]
    assert db.scalar(select(func.count()).select_from(Client)) == 0


@on_sqlite
@pytest.mark.parametrize(("said", "percent"), [("yes", 51), ("não", 0), ("0", 0), ("100 %", 100)])
def test_a_business_owned_by_women(db: Session, centers: dict[str, Center], said: str, percent: int) -> None:
    take_in(db, centers["LC"], f"code,name,phone,women_owned\nLC-A,Marie,4550101,{said}\n")
    assert client(db, "LC-A").women_owned == percent


PHONE = "+17584550101"


def test_the_phone_of_a_client_of_another_center_makes_one_business(db: Session, centers: dict[str, Center]) -> None:
    take_in(db, centers["LC"], f"code,name,phone,sex\nLC-A,Marie,{PHONE},f\n")
    table = f"code,name,phone,channel,sex,birth_year\nDO-A,Marie,{PHONE},whatsapp,m,1988\nDO-B,Ben,+18095550101,,,\n"
    result = take_in(db, centers["DO"], table)
    assert (result.codes, result.shared) == (["DO-A", "DO-B"], [("DO-A", "LC-A")])
    first, second, other = client(db, "LC-A"), client(db, "DO-A"), client(db, "DO-B")
    assert (first.business_id, first.person_id) == (second.business_id, second.person_id)
    assert other.business_id != first.business_id
    person = db.get_one(Person, first.person_id)
    assert (person.sex, person.birth_year) == ("f", 1988)  # what was known stays, what was not is filled in
    owners = db.execute(select(Address.client_id, Address.address).order_by(Address.id)).all()
    assert [tuple(row) for row in owners] == [(first.id, PHONE), (other.id, "+18095550101")]
    counts = [db.scalar(select(func.count()).select_from(table)) for table in (Business, Person)]
    assert counts == [2, 2]


def test_a_business_is_at_a_center_once(db: Session, centers: dict[str, Center]) -> None:
    take_in(db, centers["LC"], f"code,name,phone\nLC-A,Marie,{PHONE}\n")
    take_in(db, centers["DO"], f"code,name,phone\nDO-A,Marie,{PHONE}\n")
    assert take_in(db, centers["JM"], f"code,name,phone\nJM-A,Marie,{PHONE}\n").shared == [("JM-A", "LC-A")]
    for code, name in (("LC", "LC-A"), ("DO", "DO-A"), ("JM", "JM-A")):
        again = take_in(db, centers[code], f"name,phone\nMarie,{PHONE}\n")
        assert [str(one) for one in again.problems] == [
            f"line 2: phone: already belongs to {name}; remove one of the two"
        ]
    assert len({client(db, code).business_id for code in ("LC-A", "DO-A", "JM-A")}) == 1


def test_a_phone_twice_in_a_table_is_refused_wherever_it_is_known(db: Session, centers: dict[str, Center]) -> None:
    take_in(db, centers["LC"], f"code,name,phone\nLC-A,Marie,{PHONE}\n")
    result = take_in(db, centers["DO"], f"name,phone\nMarie,{PHONE}\nMarie,{PHONE}\n")
    assert [str(one) for one in result.problems] == ["line 3: phone: already belongs to line 2; remove one of the two"]

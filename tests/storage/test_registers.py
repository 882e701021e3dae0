from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage import audit, registers
from storage.checks import RegisterError
from storage.exchange_rates import rates_of, set_rate
from storage.imports.clients import Imported, import_clients, phone_number
from storage.passwords import matches
from storage.schema import Address, Audit, Center, Client, Staff

NOW = datetime(2026, 3, 14, 15, 0, tzinfo=UTC)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def center(db: Session) -> Center:
    return registers.add_center(db, "lc", "Castries SBDC", "LC", at=NOW)


# --- centers, staff, trainings, rates --------------------------------------------------------------------------------


def test_a_center_takes_its_defaults_from_its_country(db: Session) -> None:
    center = registers.add_center(db, "sr", " Paramaribo  SBDC ", "sr", at=NOW)
    db.commit()
    assert (center.code, center.name, center.currency, center.zone, center.language, center.cadence) == (
        "SR",
        "Paramaribo SBDC",
        "SRD",
        "America/Paramaribo",
        "nl",
        [3, 6, 12],
    )
    assert registers.find_center(db, "sr") is center


@on_sqlite
@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("code", {"code": "LC"}),
        ("code", {"code": "2 much"}),
        ("name", {"name": "  "}),
        ("name", {"name": "x" * 201}),
        ("country", {"country": "XX"}),
        ("currency", {"currency": "DOLLARS"}),
        ("zone", {"zone": "Castries"}),
        ("language", {"language": "de"}),
        ("cadence", {"cadence": (6, 3)}),
        ("cadence", {"cadence": (0,)}),
    ],
)
def test_what_a_center_cannot_be(db: Session, center: Center, field: str, changed: dict[str, Any]) -> None:
    given = {"code": "DM", "name": "Roseau", "country": "DM"} | changed
    with pytest.raises(RegisterError) as refused:
        registers.add_center(db, **given, at=NOW)
    assert refused.value.field == field


@on_sqlite
def test_staff_log_in_by_email(db: Session, center: Center) -> None:
    registers.add_staff(db, center, "Ana Joseph", "counselor", "Ana@Center.LC", at=NOW, password="correct horse")
    found = registers.find_staff(db, "ana@center.lc")
    assert registers.find_staff(db, "ána joseph") is found
    assert matches("correct horse", found.password_hash)
    assert not matches("wrong horse", found.password_hash)
    assert not matches("anything", None)


@on_sqlite
@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("role", {"role": "boss"}),
        ("email", {"email": "nowhere"}),
        ("email", {"email": "ANA@center.lc"}),
        ("email", {"email": None, "password": "long enough"}),
        ("password", {"password": "short"}),
        ("center", {"center": None}),
    ],
)
def test_what_staff_cannot_be(db: Session, center: Center, field: str, changed: dict[str, Any]) -> None:
    registers.add_staff(db, center, "Ana", "counselor", "ana@center.lc", at=NOW)
    given: dict[str, Any] = {"center": center, "name": "Bo", "role": "counselor", "email": "bo@center.lc"} | changed
    with pytest.raises(RegisterError) as refused:
        registers.add_staff(db, **given, at=NOW)
    assert refused.value.field == field


def test_training_codes_count_on_within_a_center(db: Session, center: Center) -> None:
    details: dict[str, Any] = {"hours": Decimal(2), "place": "Hall", "capacity": 20, "area": "finance", "at": NOW}
    codes = [registers.add_training(db, center, "Pricing", NOW, **details).code for _ in range(11)]
    assert codes[0] == "LC-T1"
    assert codes[-1] == "LC-T11"
    assert registers.find_training(db, "lc-t11").language == "en"
    with pytest.raises(RegisterError, match="capacity"):
        registers.add_training(db, center, "Pricing", NOW, **(details | {"capacity": 0}))


def test_a_rate_holds_from_its_day_on(db: Session) -> None:
    set_rate(db, "jmd", date(2026, 1, 31), Decimal("155"))
    set_rate(db, "JMD", date(2026, 2, 28), Decimal("160"), "BOJ")
    set_rate(db, "JMD", date(2026, 2, 28), Decimal("156.5"), "BOJ")
    rates = rates_of(db)
    assert rates.on("JMD", date(2026, 1, 30)) is None
    january, march = rates.on("JMD", date(2026, 2, 27)), rates.on("JMD", date(2026, 3, 1))
    assert january is not None
    assert january.usd(Decimal(1000)) == Decimal("6.45")
    assert march is not None
    assert (march.per_usd, march.day) == (Decimal("156.5"), "2026-02-28")
    pegged = rates.on("XCD", date(2026, 3, 1))
    assert pegged is not None
    assert pegged.usd(Decimal(270)) == Decimal(100)


@on_sqlite
@pytest.mark.parametrize(
    ("field", "currency", "per_usd"),
    [("currency", "XCD", "2.7"), ("currency", "XXL", "1"), ("per_usd", "JMD", "-1"), ("per_usd", "JMD", "NaN")],
)
def test_what_a_rate_cannot_be(db: Session, field: str, currency: str, per_usd: str) -> None:
    with pytest.raises(RegisterError) as refused:
        set_rate(db, currency, date(2026, 1, 1), Decimal(per_usd))
    assert refused.value.field == field


def test_the_audit_log_says_who_did_what(db: Session) -> None:
    audit.record(db, "cli:ana", "client.show", "LC-7K3Q", at=NOW, reason="call")
    db.commit()
    row = db.scalars(select(Audit)).one()
    assert (row.at, row.actor, row.action, row.subject, row.details) == (
        NOW,
        "cli:ana",
        "client.show",
        "LC-7K3Q",
        {"reason": "call"},
    )


# --- finding clients -------------------------------------------------------------------------------------------------


FINDS = [
    ("LC-AAAA", "LC-AAAA"),
    (" lc aaaa", "LC-AAAA"),
    ("José Félix", "LC-AAAA"),
    ("jose felix", "LC-AAAA"),
    ("felix", "LC-AAAA"),
    ("Sweet Breads", "LC-BBBB"),
    ("Marie", "LC-BBBB"),
    ("Ann", "2 clients match 'Ann': LC-CCCC, LC-DDDD; use the code"),
    ("Zoe", "there is no client 'Zoe'"),
    ("Gone", "there is no client 'Gone'"),
    ("  ", "there is no client '  '"),
]


def test_a_client_is_found_by_code_or_by_a_name_that_only_one_has(db: Session, center: Center) -> None:
    for code, name, business, status in (
        ("LC-AAAA", "José  Félix", None, "registered"),
        ("LC-BBBB", "Marie", "Sweet Breads", "registered"),
        ("LC-CCCC", "Ann Marie", None, "new"),
        ("LC-DDDD", "Annette", None, "new"),
        ("LC-EEEE", "Gone", None, "erased"),
    ):
        row = {"code": code, "name": name, "business_name": business, "status": status}
        db.add(Client(**row, center_id=center.id, language="en", created_at=NOW))
    db.flush()

    def found(wanted: str, center_id: int) -> str:
        try:
            return registers.find_client(db, wanted, center_id).code
        except RegisterError as error:
            return error.problem

    assert [(wanted, found(wanted, center.id)) for wanted, _found in FINDS] == FINDS
    assert found("LC-AAAA", center.id + 1) == "there is no client 'LC-AAAA'"


# --- importing clients -----------------------------------------------------------------------------------------------

HEADER = "code,name,business_name,sector,stage,place,language,phone,channel,counselor,registered_on\n"
FIRST = "LC-OLD1,José Félix,Pan & Co,Food and drink,running,Vieux Fort,English,758 455 0101,whatsapp,ana@center.lc,2025-11-03\n"


def take_in(db: Session, center: Center, table: str | bytes, **how: Any) -> Imported:
    content = table if isinstance(table, bytes) else table.encode()
    return import_clients(db, BytesIO(content), center, at=NOW, rng=Random(1), **how)


def test_an_imported_client_has_agreed_to_nothing(db: Session, center: Center) -> None:
    ana = registers.add_staff(db, center, "Ana", "counselor", "ana@center.lc", at=NOW)
    result = take_in(db, center, HEADER + FIRST)
    db.commit()
    assert result.codes == ["LC-OLD1"]
    client = db.scalars(select(Client)).one()
    assert (client.status, client.service_consent, client.survey_consent) == ("new", False, False)
    assert (client.name, client.sector, client.language, client.counselor_id) == ("José Félix", "food", "en", ana.id)
    assert client.registered_at == datetime(2025, 11, 3, 4, 0, tzinfo=UTC)  # midnight in Saint Lucia
    address = db.scalars(select(Address)).one()
    assert (address.channel, address.address, address.simulated) == ("whatsapp", "+17584550101", False)


@on_sqlite
@pytest.mark.parametrize(
    "table",
    [
        b"\xef\xbb\xbfname,phone\nMarie,+17584550102\n",
        "name;phone\r\nMarie;+1 758 455 0102\r\n",
        "\nname\tphone\nMarie\t4550102\n\n"[1:],
        'Name,Phone\n"Marie","\'+17584550102"\n',
        '"name","phone"\n\n"Marie",4550102',
    ],
    ids=["byte order mark", "semicolons", "tabs", "exported with an apostrophe", "no last line end"],
)
def test_tables_come_in_many_forms(db: Session, center: Center, table: str | bytes) -> None:
    assert len(take_in(db, center, table).codes) == 1
    assert db.scalars(select(Client.name)).one() == "Marie"
    assert db.scalars(select(Address.address)).one() == "+17584550102"


BROKEN = """name,phone,stage,language,channel,counselor,registered_on,code
Marie,+17584550102,,,,,,
,+17584550103,,,,,,
Ben,nothing,,,,,,
Cy,12,,,,,,
Di,+17584550104,growing,de,telegram,eve@center.lc,3/14/2026,
Eve,+17584550102,,,,,,
"Fay
Marie",+17584550105,,,,,2027-01-01,
Gus,+17584550106,,,,,,LC-TAKEN
Hal,+17584550107,,,,,,,,surplus
Ida,+17584550108,,,,,,
"""
REASONS = [
    "line 3: name: is missing",
    "line 4: phone: is not a phone number; write it like +17584550100",
    "line 5: phone: has too few or too many digits for LC; write it like +17584550100",
    "line 6: stage: 'growing' is not one of idea, running",
    "line 6: language: 'de' is not one of en, es, fr, pt, ht, nl",
    "line 6: channel: 'telegram' is not one of sms, whatsapp; clients who use Telegram join there themselves",
    "line 6: counselor: nobody at LC has the e-mail address eve@center.lc; see: acompana staff list",
    "line 6: registered_on: '3/14/2026' is not a date like 2026-03-14",
    "line 7: phone: already belongs to line 2; remove one of the two",
    "line 8: registered_on: 2027-01-01 is not a past date",
    "line 10: code: LC-TAKEN is taken; leave it empty to get a free one",
    "line 11: 1 more cells than columns; quote texts that contain the separator",
]


@pytest.mark.parametrize(("skip", "entered"), [(False, []), (True, ["Ida", "Marie"])])
def test_broken_rows_are_named_and_nothing_is_half_done(
    db: Session, center: Center, skip: bool, entered: list[str]
) -> None:
    db.add(Client(code="LC-TAKEN", center_id=center.id, language="en", created_at=NOW))
    db.flush()
    result = take_in(db, center, BROKEN, skip_broken=skip)
    assert [str(problem) for problem in result.problems] == REASONS
    assert result.good == 2
    assert sorted(name for name in db.scalars(select(Client.name)) if name) == entered


def test_phones_that_the_store_knows(db: Session, center: Center) -> None:
    take_in(db, center, "name,phone,code\nMarie,+17584550102,LC-MARIE\n")
    ana = registers.add_staff(db, center, "Ana", "counselor", at=NOW)
    db.add(Address(channel="sms", address="+17584550103", staff_id=ana.id, created_at=NOW))
    db.add(Address(channel="sms", address="+17584550104", created_at=NOW - timedelta(days=1)))
    db.add(Address(channel="sms", address="+17584550105", simulated=True, created_at=NOW))
    db.flush()
    table = "name,phone\n" + "".join(f"Somebody,+1758455010{last}\n" for last in (2, 3, 4, 5))
    result = take_in(db, center, table, skip_broken=True)
    assert [str(problem) for problem in result.problems] == [
        "line 2: phone: already belongs to LC-MARIE; remove one of the two",
        "line 3: phone: already belongs to a staff member; remove one of the two",
    ]
    assert len(result.codes) == 2
    assert db.scalar(select(func.count()).select_from(Address)) == 5


@on_sqlite
@pytest.mark.parametrize(
    ("table", "says"),
    [
        (b"", "file: is empty"),
        (
            "naïve,phone\n".encode("latin-1"),
            "file: is not UTF-8 (byte 2); save it as 'CSV UTF-8' (in Excel: Save As)",
        ),
        ("name,fone\n", "file: line 1: there is no column 'fone'; did you mean phone?"),
        ("name,mobile,x\n", "file: line 1: there is no column 'mobile'; columns: code, name"),
        ("name\n", "file: line 1: the column phone is missing"),
        ("name,phone,name\n", "file: line 1: the column name appears twice"),
        ('name,phone\nA,1\n"B,2\nC,3\n', "file: cannot be read from line 3: unexpected end of data"),
    ],
)
def test_a_file_that_is_no_table_of_clients(db: Session, center: Center, table: str | bytes, says: str) -> None:
    with pytest.raises(RegisterError) as refused:
        take_in(db, center, table)
    assert str(refused.value).startswith(says)


@pytest.mark.slow
@on_sqlite
def test_a_thousand_clients_get_codes_of_their_own(db: Session, center: Center) -> None:
    table = "name,phone\n" + "".join(f"Client {number},+1758{4_000_000 + number}\n" for number in range(1000))
    seen: list[int] = []
    assert len(set(take_in(db, center, table, progress=seen.append).codes)) == 1000
    assert seen[-1] == 1001


def test_staff_rows_are_listed_with_their_center(db: Session, center: Center) -> None:
    registers.add_staff(db, center, "Ana", "counselor", at=NOW)
    registers.add_staff(db, None, "Cora", "coordinator", "cora@network.org", at=NOW)
    db.commit()
    db.expunge_all()
    assert {(staff.name, staff.center.code if staff.center else None) for staff in registers.list_staff(db)} == {
        ("Ana", "LC"),
        ("Cora", None),
    }
    assert db.scalar(select(func.count()).select_from(Staff)) == 2


@pytest.mark.parametrize("typed", ["+525512345678", "+52 1 55 1234 5678", "55 1234 5678", "1 55 1234 5678"])
def test_a_mexican_mobile_has_one_number(typed: str) -> None:
    assert phone_number(typed, "MX") == "+525512345678"

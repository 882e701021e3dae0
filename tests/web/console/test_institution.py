"""A coordinator of an institution sees its centers on every page, and nothing of any other center."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from bot.service.staff_chat import StaffChat
from storage import audit, increments, institutions, registers
from storage.addresses import staff_addresses_at
from storage.schema import Address, Center, Client, Followup, Outbox, OutcomeRow, Staff
from tests.web.console.conftest import World

EMAIL = "ines@ministry.example"


@dataclass
class Network:
    """Marie (LC) and Kofi (BB) are of the institution's centers, Pedro (DO) is not."""

    world: World
    codes: dict[str, str]


@pytest.fixture
def network(world: World) -> Network:
    """Three centers, of which an institution runs two, each with a client, a training, a message that failed, somebody who
    waits, a call to make and an entry in the audit log."""
    with world.database.write() as db:
        registers.add_center(db, "BB", "SBDC Barbados", "BB", at=world.clock())
        ministry = institutions.add_institution(db, "MIN", "Ministry of Commerce", ["LC", "BB"], at=world.clock())
        staff = registers.add_staff(
            db, None, "Inés Duval", "coordinator", EMAIL, at=world.clock(), institution=ministry
        )
        world.staff[EMAIL] = staff.id
    kofi = world.signs_up("+12465550101", "Kofi Clarke", "BB")
    codes = {"LC": world.marie, "BB": kofi, "DO": world.pedro}
    phones = {"LC": "+17585550101", "BB": "+12465550101", "DO": "+18095550101"}
    for center, code in codes.items():
        world.says("PERSON", f"about {code} papers", **{"from": phones[center]})
        with world.database.write() as db:
            client = db.scalars(select(Client).where(Client.code == code)).one()
            home = db.get_one(Center, client.center_id)
            registers.add_training(
                db,
                home,
                f"Costing in {center}",
                world.clock() + timedelta(days=9),
                hours=Decimal(2),
                place="Town hall",
                capacity=5,
                area="finance",
                at=world.clock(),
            )
            missed = {"client_id": client.id, "created_at": world.clock(), "closed_at": world.clock()}
            survey = Followup(wave="3m", due_on=world.clock().date(), status="unanswered", **missed)
            db.add(survey)
            db.flush()
            told = {"client_id": client.id, "wave": "3m", "followup_id": survey.id, "at": world.clock()}
            sales = {"indicator": "sales_month", "outcome": "value", "value": Decimal(9000), "currency": home.currency}
            db.add(OutcomeRow(**told, **sales))
            increments.rewrite(db, client, world.clock())
            db.add(Followup(wave="6m", due_on=world.clock().date(), status="planned", **missed))
            address = db.scalars(select(Address).where(Address.client_id == client.id)).first()
            assert address is not None
            at = {"due_at": world.clock(), "created_at": world.clock()}
            row = {"address_id": address.id, "client_id": client.id, "channel": "sms", "language": "en"}
            db.add(Outbox(**row, **at, text="lost", status="failed", reason="no such number"))
            audit.record(db, "cli:root", "client.view", client.code, at=world.clock())
    return Network(world, codes)


NAMES = {"LC": "Marie Joseph", "BB": "Kofi Clarke", "DO": "Pedro Pérez"}
PAGES = [
    # page                         what it shows of each center
    ("/console/", NAMES),
    ("/console/clients", NAMES),
    ("/console/clients", {"LC": "SBDC Saint Lucia", "BB": "SBDC Barbados", "DO": "Centro PYME Santiago"}),
    ("/console/waiting", NAMES),
    ("/console/reviews", NAMES),
    ("/console/trainings", {center: f"Costing in {center}" for center in NAMES}),
    ("/console/trainings", {center: f'value="{center}"' for center in NAMES}),
    ("/console/messages", NAMES),
    ("/console/export", {center: f'value="{center}"' for center in NAMES}),
    ("/console/audit", {"LC": "LC-", "BB": "BB-", "DO": "DO-"}),
]
SEEN = [
    (EMAIL, {"LC", "BB"}),
    ("rosa@lc.example", {"LC"}),
    ("ana@network.example", {"LC", "BB", "DO"}),
]


@pytest.mark.parametrize(("email", "centers"), SEEN)
def test_each_page_shows_the_centers_they_see(network: Network, email: str, centers: set[str]) -> None:
    network.world.enter(email)
    for page, shows in PAGES:
        text = network.world.browser.get(page).text
        assert {center for center, words in shows.items() if words in text} == centers, page


@pytest.mark.parametrize(("email", "centers"), [SEEN[0], SEEN[2]])
def test_outcomes_can_be_narrowed_to_the_centers_they_see(network: Network, email: str, centers: set[str]) -> None:
    network.world.enter(email)
    text = network.world.browser.get("/console/outcomes").text
    assert {center for center in NAMES if f'value="{center}"' in text} == centers


@pytest.mark.parametrize("center", ["LC", "BB", "DO"])
def test_a_client_opens_where_they_see_it(network: Network, center: str) -> None:
    network.world.enter(EMAIL)
    code, status = network.codes[center], 404 if center == "DO" else 200
    for page in ("", "/enter"):
        assert network.world.browser.get(f"/console/clients/{code}{page}").status_code == status
    assert network.world.browser.get(f"/console/trainings/{center}-T1").status_code == status
    fields = {"text": "hello", "day": "2026-11-20", "hours": "1", "type": "phone", "area": "finance"}
    assert network.world.send(f"/console/clients/{code}/sessions", **fields).status_code == status


@pytest.mark.parametrize("what", ["clients", "outcomes", "answers", "messages"])
def test_an_export_has_their_centers_only(network: Network, what: str) -> None:
    network.world.enter(EMAIL)
    every = network.world.send("/console/export", what=what, format="csv").text
    assert {center for center, code in network.codes.items() if code in every} == {"LC", "BB"}
    one = network.world.send("/console/export", what=what, format="csv", center="BB").text
    assert {center for center, code in network.codes.items() if code in one} == {"BB"}
    assert network.world.send("/console/export", what=what, format="csv", center="DO").status_code == 404


def test_a_training_is_planned_at_their_centers_only(network: Network) -> None:
    network.world.enter(EMAIL)
    fields = {
        "title": "Books",
        "place": "Town hall",
        "start": "2027-01-12T14:00",
        "hours": "2",
        "capacity": "9",
        "area": "finance",
    }
    assert network.world.send("/console/trainings", center="BB", **fields).status_code == 200
    assert network.world.send("/console/trainings", center="DO", **fields).status_code == 404


def test_the_staff_chat_finds_their_clients_only(network: Network) -> None:
    world = network.world
    with world.database.write() as db:
        staff = db.get_one(Staff, world.staff[EMAIL])
        address = Address(channel="telegram", address="77", simulated=True, staff_id=staff.id, created_at=world.clock())
        db.add(address)
        db.flush()
        chat = StaffChat(db, None, staff, address, world.clock())  # type: ignore[arg-type]
        found = {center: isinstance(chat.find(code), Client) for center, code in network.codes.items()}
        assert found == {"LC": True, "BB": True, "DO": False}
        assert isinstance(chat.find("Kofi"), Client)
        assert chat.find("Pedro") == "No client of yours matches “Pedro”. Try the client code."
        waiting = chat.waiting()
        assert ["Marie" in waiting, "Kofi" in waiting, "Pedro" in waiting] == [True, True, False]


def test_a_notice_goes_to_who_sees_the_client(network: Network) -> None:
    with network.world.database.write() as db:
        for number, email in enumerate((EMAIL, "ana@network.example", "luis@do.example")):
            staff = network.world.staff[email]
            db.add(
                Address(
                    channel="telegram",
                    address=f"9{number}",
                    simulated=True,
                    staff_id=staff,
                    created_at=network.world.clock(),
                )
            )
        db.flush()
        centers = {center.code: center.id for center in db.scalars(select(Center))}
        told = {code: {one.address for one in staff_addresses_at(db, number)} for code, number in centers.items()}
    assert told == {"LC": {"90", "91"}, "BB": {"90", "91"}, "DO": {"91", "92"}}


def test_who_is_moved_sees_the_new_place_at_once(network: Network) -> None:
    network.world.enter(EMAIL)
    with network.world.database.write() as db:
        staff = db.get_one(Staff, network.world.staff[EMAIL])
        institutions.assign(staff, registers.find_center(db, "DO"), None)
    text = network.world.browser.get("/console/clients").text
    assert ["Marie" in text, "Kofi" in text, "Pedro" in text] == [False, False, True]


@pytest.mark.parametrize(
    ("email", "centers", "day"),
    [
        (EMAIL, (), "2026-11-23"),
        (EMAIL, (("JM", "Jamaica SBDC", "JM"), ("JK", "Kingston SBDC", "JM"), ("JO", "Ochi SBDC", "JM")), "2026-11-23"),
        (
            "ana@network.example",
            (("NL", "Steunpunt", "SR"), ("NP", "Paramaribo", "SR"), ("NN", "Nickerie", "SR")),
            "2026-11-24",
        ),
    ],
    ids=["its centers", "centers of others do not count", "the network"],
)
def test_today_is_that_of_most_of_their_centers(
    network: Network, email: str, centers: tuple[tuple[str, str, str], ...], day: str
) -> None:
    """At a quarter past three UTC it is still the evening before in Saint Lucia, and past midnight in Suriname."""
    with network.world.database.write() as db:
        for code, name, country in centers:
            registers.add_center(db, code, name, country, at=network.world.clock())
    network.world.clock.now = datetime(2026, 11, 24, 3, 15, tzinfo=UTC)
    network.world.enter(email)
    page = network.world.browser.get("/console/outcomes").text
    assert f'name="until" value="{day}"' in page

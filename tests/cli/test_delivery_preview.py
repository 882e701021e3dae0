"""What a dry run says: who would be reached, by which channel, at what price, and what a missing template leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copyfile

import pytest
import time_machine
from sqlalchemy import select

from bot.messages.first_messages import proactive
from bot.text.language import Catalogs
from storage.engine import Database
from storage.schema import Address, Center, Client, Outbox, Timer
from tests.channels.wire import Wire, open_wire
from tests.cli import Shell

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=30)
NAMES = {one.about: one.template.name for one in proactive(Catalogs.load(), ["en"])}
SPARE = "its WhatsApp template is {} ({})"
CALL = "no other channel; call the client"


@pytest.fixture
def wire() -> Iterator[Wire]:
    with open_wire() as wire:
        yield wire


@pytest.fixture
def sh(
    tmp_path: Path, store_template: Callable[[str], str], monkeypatch: pytest.MonkeyPatch, wire: Wire
) -> Iterator[Shell]:
    copyfile(store_template("sqlite"), tmp_path / "store.sqlite3")
    monkeypatch.chdir(tmp_path)
    account = {
        "ACOMPANA_TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "ACOMPANA_TWILIO_AUTH_TOKEN": "a-token",
        "ACOMPANA_TWILIO_WHATSAPP_FROM": "+15551234567",
        "ACOMPANA_TWILIO_API_URL": wire.url,
        "ACOMPANA_PUBLIC_URL": "https://chat.example.org",
        "ACOMPANA_SECRET_KEY": "sixteen characters at least",
    }
    shell = Shell(tmp_path, f"sqlite:///{tmp_path / 'store.sqlite3'}", account)
    with time_machine.travel(NOW, tick=False):
        shell.ok("center add LC 'Castries SBDC' --country LC")
        yield shell


def client(sh: Shell, *channels: tuple[str, datetime]) -> None:
    """Ana, who wrote last from these addresses at these times."""
    database = Database.open(sh.url)
    with database.write() as db:
        center = db.scalars(select(Center)).one()
        ana = Client(
            code="LC-ANA",
            center_id=center.id,
            name="Ana Charles",
            language="en",
            status="registered",
            service_consent=True,
            survey_consent=True,
            created_at=LONG_AGO,
        )
        db.add(ana)
        db.flush()
        for channel, at in channels:
            address = "900" if channel == "telegram" else "+17585550101"
            db.add(Address(channel=channel, address=address, client_id=ana.id, last_inbound_at=at, created_at=at))
    database.close()


def holds(wire: Wire, about: str, status: str | None) -> None:
    held = {"sid": "HX1", "friendly_name": NAMES[about], "approval_requests": {"status": status}}
    contents = [held] if status else []
    wire.answer("/ContentAndApprovals", {"contents": contents, "meta": {"key": "contents", "next_page_url": None}})


@pytest.mark.parametrize(
    ("channels", "status", "by", "says"),
    [
        ([("sms", NOW)], None, "sms", "1 SMS segment (GSM-7), $0.04"),
        ([("telegram", NOW)], None, "telegram", "free"),
        ([("whatsapp", NOW)], None, "whatsapp", "1 WhatsApp message within the 24-hour window, $0.005"),
        (
            [("whatsapp", LONG_AGO)],
            "approved",
            "whatsapp",
            "1 approved WhatsApp template (the 24-hour window is closed), $0.016",
        ),
        (
            [("whatsapp", LONG_AGO), ("sms", LONG_AGO - timedelta(days=1))],
            "pending",
            "sms",
            SPARE.format("pending", NAMES["followup"]) + ", sent by sms instead; 1 SMS segment (GSM-7), $0.04",
        ),
        ([("whatsapp", LONG_AGO)], None, "", SPARE.format("missing", NAMES["followup"]) + ", " + CALL),
    ],
)
def test_a_dry_run_tells_the_way_and_the_price(
    sh: Shell, wire: Wire, channels: list[tuple[str, datetime]], status: str | None, by: str, says: str
) -> None:
    (sh.folder / "prices.toml").write_text(
        "as_of = 2026-11-01\n[sms]\nLC = 0.04\n[whatsapp]\nmessage = 0.005\ntemplate = {LC = 0.011}\n"
    )
    client(sh, *channels)
    holds(wire, "followup", status)
    said = sh("followup trigger LC-ANA --dry-run")
    assert said.out.splitlines()[1:] == [f"LC-ANA\tAna Charles\t{by}\t{says}", "Nothing was sent."]
    assert said.code == (0 if by else 1)
    database = Database.open(sh.url)
    with database.read() as db:
        assert db.scalars(select(Outbox)).all() == []
    database.close()


def test_a_trigger_names_the_fallback(sh: Shell, wire: Wire) -> None:
    client(sh, ("whatsapp", LONG_AGO), ("sms", LONG_AGO - timedelta(days=1)))
    holds(wire, "followup", None)
    told = f"queued for the worker; {SPARE.format('missing', NAMES['followup'])}, sent by sms instead"
    assert sh.ok("followup trigger LC-ANA").splitlines()[1] == f"LC-ANA\tAna Charles\twhatsapp\t{told}"


def queued(sh: Shell) -> int:
    database = Database.open(sh.url)
    with database.read() as db:
        found = len(db.scalars(select(Outbox)).all()) + len(db.scalars(select(Timer)).all())
    database.close()
    return found


def test_what_would_reach_nobody_is_refused(sh: Shell, wire: Wire) -> None:
    client(sh, ("whatsapp", LONG_AGO))
    holds(wire, "followup", "pending")
    stuck = f"{SPARE.format('pending', NAMES['followup'])}, {CALL}"
    said = sh("followup trigger LC-ANA")
    assert (said.code, said.out.splitlines()[1]) == (1, f"LC-ANA\tAna Charles\t\t{stuck}")
    said = sh("followup spread LC")
    assert (said.code, said.out.splitlines()[0]) == (1, f"1 client not asked: {stuck}.")
    assert queued(sh) == 0


def test_a_campaign_names_the_fallback(sh: Shell, wire: Wire) -> None:
    client(sh, ("whatsapp", LONG_AGO), ("sms", LONG_AGO - timedelta(days=1)))
    holds(wire, "followup", None)
    said = sh("followup spread LC --over 2")
    assert said.out.startswith("1 client of LC will be asked between ")
    assert said.err == f"1 client: {SPARE.format('missing', NAMES['followup'])}, sent by sms instead"


@pytest.mark.parametrize("command", ["followup trigger LC-ANA", "followup trigger LC-ANA --dry-run"])
def test_a_trigger_in_quiet_hours_tells_the_hour(sh: Shell, command: str) -> None:
    client(sh, ("sms", LONG_AGO))
    with time_machine.travel(datetime(2026, 11, 25, 1, 5, tzinfo=UTC), tick=False):
        assert sh.ok(command).splitlines()[1].endswith("; it is 21:05 local time")


@pytest.mark.parametrize(
    ("status", "by", "note"),
    [
        ("approved", "whatsapp", ""),
        ("rejected", "sms", SPARE.format("rejected", NAMES["training"]) + ", sent by sms instead"),
    ],
)
def test_an_invitation_names_the_fallback(sh: Shell, wire: Wire, status: str, by: str, note: str) -> None:
    client(sh, ("whatsapp", LONG_AGO), ("sms", LONG_AGO - timedelta(days=1)))
    holds(wire, "training", status)
    start = (NOW + timedelta(days=9)).strftime("%Y-%m-%d 14:00")
    added = sh.ok(f"training add Books --center LC --start '{start}' --place Castries --area finance")
    code = added.split()[1].rstrip(",")
    assert sh.ok(f"training invite {code} --dry-run").splitlines() == [
        "client\tname\tchannel\tnote",
        f"LC-ANA\tAna Charles\t{by}\t{note}",
        "1 would be invited to Books. Nothing was sent.",
    ]
    said = sh(f"training invite {code}")
    assert said.out == "1 invited to Books; 0 had already been invited."
    assert said.err == (f"1 invitation: {note}" if note else "")


def test_an_invitation_that_would_reach_nobody_is_refused(sh: Shell, wire: Wire) -> None:
    client(sh, ("whatsapp", LONG_AGO))
    holds(wire, "training", None)
    start = (NOW + timedelta(days=9)).strftime("%Y-%m-%d 14:00")
    code = sh.ok(f"training add Books --center LC --start '{start}' --place Castries --area finance").split()[1]
    said = sh(f"training invite {code.rstrip(',')}")
    assert said.out == "0 invited to Books; 0 had already been invited."
    assert said.err == f"1 invitation not sent: {SPARE.format('missing', NAMES['training'])}, {CALL}"
    assert queued(sh) == 0


def test_prices_that_cannot_be_read_are_told(sh: Shell) -> None:
    (sh.folder / "prices.toml").write_text("[sms]\nLC = 0.04\n")
    assert sh("followup trigger LC-ANA --dry-run").err == "prices.toml: as_of is missing"

"""The golden case by the commands that a network types, and the reviews of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from storage.engine import Database
from storage.schema import Client, IncrementRow
from tests import golden
from tests.cli import Shell, audited

MODULES = ("client", "growth", "outcome", "rate")
TABLES = golden.TABLES


@pytest.fixture
def built(sh: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    for module in MODULES:
        monkeypatch.setattr(f"bot.cli.{module}.now", lambda: golden.IMPORTED_AT)
    monkeypatch.setattr("bot.cli.session.clock", lambda: golden.IMPORTED_AT)
    sh.ok("center add LC 'Castries SBDC' --country LC")
    sh.ok("center add DO 'Santo Domingo SBDC' --country DO")
    assert sh.ok(f"rate import {TABLES}/rates.csv") == "Rates: 3 new, 0 changed, 0 on record already."
    assert sh.ok(f"growth import {TABLES}/growth.csv") == "Growth: 2 new, 0 changed, 0 on record already."
    for center in ("LC", "DO"):
        for command in ("client", "session", "outcome"):
            sh.ok(f"{command} import {TABLES}/{command}s-{center.lower()}.csv --center {center}")
    sh.ok("outcome correct DO-D sales_month 72200 --wave 6m --why 'read from the books'")
    reviewed = sh.ok(
        "outcome review DO-D --wave 6m --day 2026-05-18 --indicator sales_month --state verified --evidence books"
        " --why 'seen in the books'"
    )
    assert reviewed == "DO-D, 6m, 2026-05-18: verified: sales_month."
    return sh


def increments(url: str) -> Iterator[tuple[object, ...]]:
    database = Database.open(url)
    columns = [
        column for column in IncrementRow.__table__.columns if column.key not in ("id", "outcome_id", "business_id")
    ]
    with database.read() as db:
        query = select(Client.code, *columns).join(Client, Client.id == IncrementRow.client_id)
        yield from sorted(tuple(map(str, row)) for row in db.execute(query))
    database.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_commands_do_what_the_use_cases_do(built: Shell, database_url: str) -> None:
    database = Database.open(database_url)
    golden.build(database)
    database.close()
    assert list(increments(built.url)) == list(increments(database_url))


def test_every_step_is_in_the_audit_log(built: Shell) -> None:
    actions = [action for actor, action, _ in audited(built) if actor == "cli:ana"]
    each = ["client.import", "session.import", "outcome.import"]
    assert actions[-10:] == ["rate.import", "growth.import", *each, *each, "outcome.correct", "outcome.review"]


def test_a_figure_is_shown_with_its_review(built: Shell) -> None:
    shown = built.ok("outcome show LC-A").splitlines()
    assert shown[1] == "sales_month\t4,320 XCD\t6,480 XCD (verified)\t12m"
    built.ok("outcome review LC-A --wave 12m --state queried --why 'round number'")
    built.ok("outcome review LC-A --wave baseline --indicator sales_month --state rejected --why 'no books'")
    assert "sales_month\t4,320 XCD (rejected)\t6,480 XCD (queried)\t12m" in built.ok("outcome show LC-A").splitlines()
    again = built.ok("outcome review LC-A --wave 12m --indicator sales_month --state queried --why 'round number'")
    assert again == "LC-A, 12m, 2026-11-18: queried already: sales_month."


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("outcome review LC-Z --wave 6m --state verified --why x", "client: there is no client 'LC-Z'"),
        ("outcome review LC-A --wave 3m --state verified --why x", "--wave: LC-A has no survey 3m"),
        ("outcome review LC-A --wave 6m --state good --why x", "--state: choose one of verified, queried, rejected"),
    ],
)
def test_what_is_no_review_is_told(built: Shell, line: str, says: str) -> None:
    said = built(line)
    assert (said.code, said.err) == (1, says)


def test_everything_is_derived_anew(built: Shell) -> None:
    before = list(increments(built.url))
    assert built.ok("outcome rebuild") == "Derived the changes of 6 businesses anew."
    assert list(increments(built.url)) == before
    assert audited(built)[-1][1] == "outcome.rebuild"


def test_figures_follow_a_new_rate(built: Shell) -> None:
    told = built.ok("rate set DOP 122 --day 2026-05-15 --source BCRD").splitlines()
    assert told == ["2026-05-15: 1 USD = 122 DOP", "Converted the figures of 3 businesses anew."]
    usd = {row[0]: row[9] for row in increments(built.url) if row[2:5] == ("told", "financing", "2026-05-18")}
    assert usd["DO-D"] == "1000"


def test_rates_are_listed_with_their_source(built: Shell) -> None:
    listed = built.ok("rate list").splitlines()
    assert listed[:2] == [
        "currency\tday\tper USD\tsource",
        "XCD\tfixed\t2.70\tfixed by the Eastern Caribbean Central Bank",
    ]
    assert listed[-3:] == [
        f"DOP\t{day}\t{rate}\tmade up"
        for day, rate in (("2025-11-15", "60"), ("2026-05-15", "61"), ("2026-11-15", "62.5"))
    ]
    assert built.ok("rate list --currency xcd").splitlines()[1:] == listed[1:2]
    assert built.ok("rate list --currency DOP").splitlines()[1:] == listed[-3:]
    assert "No rate of JMD is known" in built("rate list --currency JMD").err
    assert built("rate list --currency pesos").err.startswith("currency: 'PESOS' is not a currency")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("rate set DOP 0", "per_usd: 0 is not a rate; write how many DOP one US dollar costs"),
        ("rate set XCD 2.7", "currency: XCD is pegged at 2.70 to the US dollar and needs no rate"),
        ("rate set DOP 60 --day 2026-11-26", "day: 2026-11-26 is still to come; enter a rate on its day or later"),
    ],
)
def test_what_is_no_rate_is_told(built: Shell, line: str, says: str) -> None:
    said = built(line)
    assert (said.code, said.err) == (1, says)

"""Exchange rates in the console: listed, entered one by one or as a table, and amounts without one."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from storage.schema import Rate
from tests.web.console.conftest import FIGURES, World

COORDINATOR = "ana@network.example"


def shown(world: World, path: str = "/console/rates") -> str:
    """The page, as one line of words."""
    world.enter(COORDINATOR)
    return " ".join(re.sub(r"<[^>]+>", " ", world.browser.get(path).text).split())


def kept(world: World) -> list[tuple[str, str, str, str, str | None]]:
    with world.database.read() as db:
        rows = db.scalars(select(Rate).order_by(Rate.currency, Rate.day))
        return [(row.currency, row.day, str(row.per_usd), row.source, row.by) for row in rows]


def test_a_rate_is_entered_listed_and_recorded(world: World) -> None:
    world.enter(COORDINATOR)
    fields = {"currency": "dop", "day": "2026-11-20", "per_usd": "61,25", "source": "Banco Central"}
    page = world.send("/console/rates", **fields)
    assert "2026-11-20: 1 USD = 61.25 DOP." in page.text
    assert kept(world) == [("DOP", "2026-11-20", "61.25", "Banco Central", COORDINATOR)]
    assert f"DOP 2026-11-20 61.25 Banco Central {COORDINATOR}" in shown(world)
    assert [(row.actor, row.subject) for row in world.audit("rate.set")] == [(COORDINATOR, "DOP 2026-11-20")]


def test_fixed_rates_are_there_with_their_source(world: World) -> None:
    assert "XCD 2.70 fixed by the Eastern Caribbean Central Bank" in shown(world)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"currency": "XCD"}, "XCD is pegged at 2.70 to the US dollar and needs no rate."),
        ({"day": "2026-12-24"}, "2026-12-24 is still to come; enter a rate on its day or later."),
        ({"per_usd": "0"}, "0 is not a rate; write how many DOP one US dollar costs."),
        ({"per_usd": "much"}, "Write a number in digits, like 5200 or 5200.50."),
    ],
)
def test_a_rate_that_cannot_be(world: World, fields: dict[str, str], error: str) -> None:
    world.enter(COORDINATOR)
    page = world.send("/console/rates", **{"currency": "DOP", "day": "2026-11-20", "per_usd": "61", **fields})
    assert (page.status_code, error in page.text) == (422, True)
    assert kept(world) == []


def test_a_table_is_imported_as_a_whole_or_not(world: World) -> None:
    world.enter(COORDINATOR)
    table = "currency\tday\tper_usd\tsource\nDOP\t2026-05-15\t61\tBanco Central\nDOP\t2026-11-15\t62.5\tBanco Central\n"
    broken = world.send("/console/rates/import", table=f"{table}DOP\t2026-11-16\t0\t\n")
    assert broken.status_code == 422
    assert "1 row is broken, 2 are good; line 4: per_usd: 0 is not a rate" in broken.text
    assert kept(world) == []
    assert "Rates: 2 new, 0 changed, 0 on record already." in world.send("/console/rates/import", table=table).text
    assert [row[:3] for row in kept(world)] == [("DOP", "2026-05-15", "61"), ("DOP", "2026-11-15", "62.5")]
    assert [row.actor for row in world.audit("rate.import")] == [COORDINATOR]


def test_amounts_without_a_rate_are_counted_and_lead_to_their_clients(world: World) -> None:
    world.enter("luis@do.example")
    world.send(f"/console/clients/{world.pedro}/followup")
    world.clock.pass_by(minutes=5)
    world.says(*FIGURES, **{"from": "+18095550101"})
    page = shown(world)
    assert "1 amount in DOP of 1 business, told on 23 Nov 2026" in page
    assert "Pedro Pérez" in shown(world, "/console/rates/missing/DOP")
    day = (world.clock() - timedelta(days=1)).date()
    world.enter(COORDINATOR)
    done = world.send("/console/rates", currency="DOP", day=day.isoformat(), per_usd="60")
    assert "Converted the figures of 1 business anew." in done.text
    assert "Every amount has a rate." in shown(world)
    assert "Every amount in DOP has a rate." in shown(world, "/console/rates/missing/DOP")


def test_who_replaces_a_rate_is_recorded(world: World) -> None:
    with world.database.write() as db:
        db.add(Rate(currency="DOP", day="2026-11-20", per_usd=Decimal(61), source="Reuters", by="cli:root"))
    world.enter(COORDINATOR)
    world.send("/console/rates/import", table="currency,day,per_usd,source\nDOP,2026-11-20,60,Banco Central\n")
    assert kept(world) == [("DOP", "2026-11-20", "60", "Banco Central", COORDINATOR)]


@pytest.mark.parametrize("path", ["/console/rates", "/console/rates/missing/DOP"])
def test_rates_are_for_coordinators(world: World, path: str) -> None:
    world.enter()
    assert world.browser.get(path).status_code == 403
    for sent in ("/console/rates", "/console/rates/import"):
        fields = {"currency": "DOP", "day": "2026-11-20", "per_usd": "61", "table": "currency,day,per_usd\n"}
        assert world.send(sent, **fields).status_code == 403
    assert kept(world) == []

"""Every page on both engines: what one of them forgives, the other one may not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.console.conftest import FIGURES, World, found, opened

pytestmark = pytest.mark.slow

PAGES = (
    "/console/",
    "/console/changes",
    "/console/clients?q=a&status=stopped&mine=1&center=LC",
    "/console/clients?q=%00&center=%00&status=%00",
    "/console/waiting",
    "/console/reviews?state=%00",
    "/console/reviews?state=queried",
    "/console/trainings",
    "/console/messages?status=failed&channel=sms",
    "/console/messages?status=%00&channel=%00",
    "/console/export",
    "/console/audit?q=%00a",
)
NOWHERE = ("/console/clients/%00", "/console/trainings/%00", "/console/trainings/LC-T1")


@pytest.fixture
def network(database_url: str) -> Iterator[World]:
    world = opened(database_url)
    found(world)
    yield world
    world.close()


def test_every_page_opens(network: World) -> None:
    code = network.signs_up()
    network.says("UPDATE", *FIGURES)
    network.says("PERSON", "a loan")
    for email in ("rosa@lc.example", "ana@network.example"):
        network.enter(email)
        for page in (
            *PAGES,
            f"/console/clients/{code}",
            f"/console/clients/{code}/enter",
            f"/console/clients/{code}?until=2026-11-23T18:00:00%2B00:00",
        ):
            assert network.browser.get(page).status_code == 200, page
        for page in NOWHERE:
            assert network.browser.get(page).status_code == 404, page
    assert "Asked." in network.send(f"/console/clients/{code}/followup").text
    assert network.send("/console/export", what="outcomes", format="csv").status_code == 200
    assert network.browser.get("/simulator").status_code == 200

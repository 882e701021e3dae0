"""Issued reports in the console: issued by a coordinator, and handed out again in every form."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest

from tests.web.console.conftest import World


@pytest.mark.slow
def test_an_issued_report_is_handed_out_as_a_pack_with_its_seal(world: World) -> None:
    world.enter("ana@network.example")
    page = world.send("/console/outcomes/issue?since=2026-01-01&until=2026-12-31")
    assert "Issued as R2026-1." in page.text
    links = re.findall(r'href="(/console/outcomes/issued/[^"]+)"', world.browser.get("/console/outcomes").text)
    assert [link.rpartition(".")[2] for link in links] == ["json", "xlsx", "html", "pdf", "zip"]
    answer = world.browser.get(links[-1])
    assert answer.headers["content-disposition"] == 'attachment; filename="R2026-1.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert json.loads(archive.read("seal.json"))["report"] == "R2026-1"
    assert [(row.subject, row.details["format"]) for row in world.audit("report.show")] == [("R2026-1", "zip")]


@pytest.mark.parametrize("address", ["R2026-9.zip", "R2026-1.exe"])
def test_a_report_that_was_not_issued_is_not_there(world: World, address: str) -> None:
    world.enter("ana@network.example")
    assert world.browser.get(f"/console/outcomes/issued/{address}").status_code == 404

"""Who gets in, for how long, and which forms count."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from storage import registers
from storage.schema import Staff
from tests.web.console.conftest import PASSWORD, World, opened
from web.console.context import within
from web.console.signing import login_token

PAGES = [
    "",
    "/",
    "/clients",
    "/clients/LC-AAAAA",
    "/waiting",
    "/trainings",
    "/messages",
    "/export",
    "/audit",
    "/changes",
]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_asks_for_a_login(world: World, page: str) -> None:
    answer = world.browser.get(f"/console{page}", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/console/login?next=/console")


def test_a_login_leads_to_the_page_that_was_asked_for(world: World) -> None:
    answer = world.log_in(next="/console/trainings")
    assert answer.url.path == "/console/trainings"
    assert "Rosa Charles" in answer.text
    assert [row.actor for row in world.audit("login")] == ["rosa@lc.example"]


@pytest.mark.parametrize(
    ("email", "password"),
    [("rosa@lc.example", "wrong"), ("nobody@lc.example", PASSWORD), ("", ""), ("rosa@lc.example", "x" * 5000)],
)
def test_a_wrong_password_says_as_little_as_an_unknown_e_mail(world: World, email: str, password: str) -> None:
    answer = world.log_in(email, password)
    assert answer.status_code == 401
    assert "Wrong e-mail or password" in answer.text


def test_the_e_mail_of_a_failed_login_is_not_kept(world: World) -> None:
    world.log_in(password="wrong")
    (row,) = world.audit("login.failed")
    assert "rosa" not in f"{row.actor}{row.subject}{row.details}"


def test_five_wrong_passwords_close_the_door_for_a_quarter_of_an_hour(world: World) -> None:
    for _try in range(5):
        assert world.log_in(password="wrong").status_code == 401
    assert world.log_in().status_code == 429
    assert world.log_in("luis@do.example").url.path == "/console/"
    world.clock.pass_by(minutes=16)
    assert world.log_in().url.path == "/console/"


def test_a_login_without_its_token_is_refused(world: World) -> None:
    world.browser.get("/console/login")
    answer = world.browser.post("/console/login", data={"email": "rosa@lc.example", "password": PASSWORD})
    assert answer.status_code == 403


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(world: World) -> None:
    answer = world.browser.get("/console/login")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/console" in cookie


def test_a_session_ends_after_twelve_hours(world: World) -> None:
    world.log_in()
    world.clock.pass_by(hours=13)
    assert world.browser.get("/console/").url.path == "/console/login"


def test_a_session_of_one_app_is_none_of_another(
    world: World, store_template: Callable[[str], str], tmp_path: Path
) -> None:
    """Both are open at once and have the same key; only the first one knows Rosa."""
    world.enter()
    other = opened(f"sqlite:///{shutil.copyfile(store_template('sqlite'), tmp_path / 'other.sqlite3')}")
    other.browser.cookies = world.browser.cookies
    assert other.browser.get("/console/").url.path == "/console/login"
    assert "Rosa Charles" in world.browser.get("/console/").text
    other.close()


@pytest.mark.parametrize("change", ["new password", "inactive"])
def test_a_new_password_or_a_leave_ends_the_sessions(world: World, change: str) -> None:
    world.log_in()
    with world.database.write() as db:
        staff = db.get_one(Staff, world.staff["rosa@lc.example"])
        if change == "inactive":
            staff.active = False
        else:
            registers.set_password(staff, "another long one")
    assert world.browser.get("/console/").url.path == "/console/login"


def test_a_forged_cookie_is_nobody(world: World) -> None:
    world.log_in()
    cookie = world.browser.cookies["acompana_session"]
    world.browser.cookies.clear()
    world.browser.cookies.set("acompana_session", cookie[:-2] + "xx", path="/console")
    assert world.browser.get("/console/").url.path == "/console/login"


def test_a_link_lets_in_for_an_hour(world: World) -> None:
    token = login_token(world.settings, world.staff["ana@network.example"], world.clock())
    assert "all centers" in world.browser.get(f"/console/enter?token={token}").text
    world.clock.pass_by(minutes=61)
    assert world.browser.get(f"/console/enter?token={token}").status_code == 403
    assert world.browser.get("/console/enter?token=made-up").status_code == 403
    assert world.browser.get("/console/enter").status_code == 403


def test_logging_out_ends_it(world: World) -> None:
    world.enter()
    assert world.send("/console/logout").url.path == "/console/login"
    assert world.browser.get("/console/").url.path == "/console/login"


@pytest.mark.parametrize("csrf", ["", "0" * 64, "é"])
def test_a_form_without_its_token_does_nothing(world: World, csrf: str) -> None:
    code = world.marie
    world.enter()
    answer = world.send(f"/console/clients/{code}/take", csrf)
    assert answer.status_code == 403
    assert "no longer valid" in answer.text
    assert world.audit("handover.take") == []


def test_a_form_of_another_site_does_nothing(world: World) -> None:
    world.enter()
    fields = {"csrf": world.csrf("/console/")}
    for origin in ("https://evil.example", "null"):
        assert world.browser.post("/console/logout", data=fields, headers={"Origin": origin}).status_code == 403
    ours = world.browser.post("/console/logout", data=fields, headers={"Origin": "http://testserver"})
    assert ours.url.path == "/console/login"


def test_a_form_that_is_far_too_long_is_not_read(world: World) -> None:
    world.enter()
    assert world.send("/console/logout", text="x" * 100_000).status_code == 422


@pytest.mark.parametrize(
    ("wanted", "path"),
    [
        ("/console/clients?q=a", "/console/clients?q=a"),
        ("https://evil.example", "/console/"),
        ("//evil.example", "/console/"),
        ("/console/\\evil.example", "/console/"),
        ("/console/login", "/console/"),
        ("/console/x\r\nSet-Cookie: a=b", "/console/"),
        ("", "/console/"),
    ],
)
def test_a_login_leads_nowhere_else(wanted: str, path: str) -> None:
    assert within(wanted) == path


def test_pages_bear_strict_headers(world: World) -> None:
    world.enter()
    headers = world.browser.get("/console/").headers
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    assert headers["cache-control"] == "no-store"
    assert headers["x-frame-options"] == "DENY"

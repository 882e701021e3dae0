"""Asking a whole center for its figures, spread over hours, and calling that off while it runs."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.channels.base import Unreachable
from bot.service import campaigns
from scheduler.firing import fire_due
from storage.campaigns import codes_to_ask
from storage.engine import Database
from storage.schema import Center, Client, Followup
from tests.cli import Shell
from tests.scheduler.post import Post

HOUR = timedelta(hours=1)


def spread(post: Post, over: timedelta = 4 * HOUR) -> Counter[str]:
    """Ask every client of the center; how many will be asked, and why the others not."""
    with post.database.write() as db:
        center = db.get_one(Center, post.center_id)
        codes = codes_to_ask(db, center.id)
        told: Counter[str] = Counter()
        times = campaigns.times(center, len(codes), post.assistant.rules, post.now, over)
        for code, at in zip(codes, times, strict=True):
            client = db.scalars(select(Client).where(Client.code == code)).one()
            told[campaigns.ask(db, client, center, at, post.now) or "asked"] += 1
        return told


def call_off(post: Post) -> int:
    with post.database.write() as db:
        return campaigns.call_off(db, db.get_one(Center, post.center_id), post.now)


def hour_by_hour(post: Post, hours: int) -> list[int]:
    sent = []
    for _ in range(hours):
        fire_due(post.database, post.assistant, lambda: post.now)
        sent.append(post.send())
        post.now += HOUR
    return sent


def statuses(post: Post) -> Counter[tuple[str, str | None]]:
    with post.database.read() as db:
        return Counter((row.status, row.reason) for row in db.scalars(select(Followup)))


@pytest.mark.slow
def test_a_center_is_asked_evenly_over_some_hours(post: Post) -> None:
    for _ in range(8):
        post.client()
    assert spread(post) == {"asked": 8}
    assert hour_by_hour(post, 6) == [1, 2, 2, 2, 1, 0]
    assert statuses(post) == {("invited", None): 8}


def test_asking_twice_is_asking_once(post: Post) -> None:
    for _ in range(4):
        post.client()
    spread(post)
    assert spread(post) == {"asked": 4}
    hour_by_hour(post, 6)
    assert spread(post) == {"was asked today already (invited)": 4}
    assert len(post.sms.texts) == 4


@pytest.mark.slow
def test_after_a_night_it_goes_on_evenly(post: Post) -> None:
    """From 11:00 on, an hour for each; 20:00 to 08:00 is quiet."""
    for _ in range(12):
        post.client()
    spread(post, over=12 * HOUR)
    assert hour_by_hour(post, 24) == 9 * [1] + 12 * [0] + 3 * [1]


def test_called_off_while_it_runs(post: Post) -> None:
    """Of eight clients two were asked, two wait in the outbox, and four are still to come."""
    for _ in range(8):
        post.client()
    spread(post)
    fire_due(post.database, post.assistant, lambda: post.now)
    post.send(minutes=31)
    fire_due(post.database, post.assistant, lambda: post.now)
    post.send()
    fire_due(post.database, post.assistant, lambda: post.now + HOUR)
    assert call_off(post) == 6
    assert call_off(post) == 0
    assert hour_by_hour(post, 8) == [0] * 8
    assert len(post.sms.texts) == 2
    assert statuses(post) == {("invited", None): 2, ("dropped", campaigns.CALLED_OFF): 6}


def test_who_was_called_off_can_be_asked_again(post: Post) -> None:
    post.client()
    spread(post)
    assert call_off(post) == 1
    assert spread(post) == {"asked": 1}
    assert hour_by_hour(post, 1) == [1]


def test_a_reminder_is_not_called_off_as_an_invitation(post: Post) -> None:
    post.client()
    spread(post)
    hour_by_hour(post, 1)
    post.now += 23 * HOUR
    fire_due(post.database, post.assistant, lambda: post.now)
    assert call_off(post) == 0
    assert post.send() == 1


def test_nobody_is_asked_who_does_not_want_it(post: Post) -> None:
    one, other = post.client()[0], post.client()[0]
    with post.database.write() as db:
        db.get_one(Client, post.person(one).id).opted_out_at = post.now
        db.get_one(Client, post.person(other).id).survey_consent = False
    assert spread(post) == {}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_commands(tmp_path: Path, database: Database, post: Post) -> None:
    for _ in range(3):
        post.client()
    sh = Shell(tmp_path, database.engine.url.render_as_string(hide_password=False))
    dry = sh.ok("followup spread LC --over 2 --dry-run").splitlines()
    assert dry[0].startswith("3 clients of LC would be asked between ")
    assert dry[1] == "Nothing was scheduled."
    assert sh.ok("followup spread LC --over 2").startswith("3 clients of LC will be asked between ")
    assert statuses(post) == {("planned", None): 3}
    assert sh.ok("followup cancel LC") == (
        "3 clients of LC will not be asked. Clients who were already asked can still answer."
    )
    assert sh("followup spread XX").code == 1


def test_who_cannot_be_reached_stands_on_the_call_list_with_the_reason(post: Post) -> None:
    post.client()
    spread(post)
    post.sms.script = [Unreachable("30006", "the number is a landline")]
    hour_by_hour(post, 1)
    assert statuses(post) == {("invited", "could not be reached by sms: the number is a landline"): 1}
    hour_by_hour(post, 1)
    assert [text.partition(" could not ")[2] for text in post.counselor_hears()] == [
        "be reached by sms: the number is a landline. Please call."
    ]
    for _day in range(8):
        post.now += timedelta(days=1)
        fire_due(post.database, post.assistant, lambda: post.now)
    assert statuses(post) == {("unanswered", "could not be reached by sms: the number is a landline"): 1}

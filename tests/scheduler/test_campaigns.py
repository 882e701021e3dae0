"""A campaign that is spread over hours, and one that is called off while it runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.service import trainings
from scheduler.firing import fire_due
from storage import registers
from storage.engine import Database
from storage.schema import Center, Client, Conversation, Enrollment, Timer, Training
from storage.trainings import clients_to_invite
from tests.cli import Shell
from tests.scheduler.post import Post

HOUR = timedelta(hours=1)


def training(post: Post, *, days: float = 10, over: timedelta = timedelta(0)) -> Training:
    """A training to which every client is invited."""
    with post.database.write() as db:
        center = db.get_one(Center, post.center_id)
        starts = post.now + timedelta(days=days)
        made = registers.add_training(
            db,
            center,
            "Books",
            starts,
            hours=Decimal(2),
            place="Castries",
            capacity=9,
            area="finance",
            at=post.now,
        )
        trainings.invite(db, made, center, clients_to_invite(db, made), post.assistant.rules, post.now, over)
        return made


def fire(post: Post, **later: float) -> None:
    post.now += timedelta(**later)
    fire_due(post.database, post.assistant, lambda: post.now)


def cancel(post: Post, called_off: Training) -> int:
    with post.database.write() as db:
        center = db.get_one(Center, post.center_id)
        return trainings.cancel(db, called_off, center, post.assistant.rules, post.now)


@pytest.mark.slow
def test_invitations_are_spread_evenly_within_waking_hours(post: Post) -> None:
    for _ in range(4):
        post.client()
    training(post, over=4 * HOUR)
    sent = []
    for _ in range(5):
        fire(post)
        sent.append(post.send())
        post.now += HOUR
    assert sent == [1, 1, 1, 1, 0]


@pytest.mark.slow
def test_called_off_while_its_invitations_go_out(post: Post) -> None:
    """The first client said yes, the second was invited, the third invitation is queued, the fourth is not due yet."""
    phones = [post.client()[0] for _ in range(4)]
    books = training(post, over=4 * HOUR)
    for _ in range(2):
        fire(post)
        post.send()
        post.now += HOUR
    fire(post)
    with post.database.write() as db:
        first = db.scalars(select(Enrollment).order_by(Enrollment.id)).first()
        assert first is not None
        first.status = "yes"
    assert cancel(post, books) == 2
    assert cancel(post, books) == 0
    for _ in range(4):
        fire(post, hours=1)
        post.send()
    heard = {phone: [t.text for t in post.sms.taken if t.to == post.address(phone).address] for phone in phones}
    assert [len(texts) for texts in heard.values()] == [2, 2, 0, 0]
    assert all("cancelled" in texts[-1] for texts in list(heard.values())[:2])
    with post.database.read() as db:
        assert set(db.scalars(select(Conversation.status))) == {"closed"}
        late = db.scalars(select(Timer).where(Timer.kind == "training.invite").order_by(Timer.id.desc())).first()
        assert late is not None
        assert (late.status, late.reason) == ("dropped", "the training was cancelled")


def test_who_would_come_tomorrow_morning_is_told_tonight(post: Post) -> None:
    post.client()
    post.now += timedelta(hours=8, minutes=30)  # 19:30 there; quiet from 20:00 to 8:00
    books = training(post, days=12 / 24)
    fire(post)
    post.send()
    post.now += HOUR
    cancel(post, books)
    fire(post)
    post.send()
    assert "cancelled" in post.sms.texts[-1]


def test_clients_hear_it_in_their_language(post: Post) -> None:
    (phone,) = post.client()
    with post.database.write() as db:
        db.get_one(Client, post.person(phone).id).language = "es"
    books = training(post)
    fire(post)
    post.send()
    cancel(post, books)
    fire(post)
    post.send()
    assert "se canceló" in post.sms.texts[-1]


def test_the_command(tmp_path: Path, store_template: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "store.sqlite3"
    path.write_bytes(Path(store_template("sqlite")).read_bytes())
    monkeypatch.chdir(tmp_path)
    sh = Shell(tmp_path, f"sqlite:///{path}")
    database = Database.open(sh.url)
    post = Post(database)
    post.client()
    post.now = post.now.replace(year=2099)
    books = training(post)
    assert sh.ok(f"training cancel {books.code}").startswith(f"Cancelled Books ({books.code}).")
    assert "was cancelled on" in sh(f"training cancel {books.code}").err
    assert "was cancelled" in sh(f"training invite {books.code}").err
    database.close()
